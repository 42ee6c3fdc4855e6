//! Groups with dignity: what is private is neither answered nor named there; one neutral line leads to the private chat.

use crate::answer::{Action, Answer, Link, PLAIN_START, simple};
use crate::engine::Engine;
use crate::knowledge::{ArticleAt, Knowledge, Sensitivity};

/// What of an answer may stand where others read along.
pub(super) fn fit_for_the_place(engine: &Engine, private: bool, answer: Answer) -> Answer {
    let knowledge = &engine.knowledge;
    if private {
        return answer;
    }
    if answer.is_private() || leads_first_to_private(knowledge, &answer) {
        return ask_in_private(knowledge);
    }
    without_private(knowledge, answer)
}

/// The neutral line. Its button names nothing either: a link can be read by all.
pub(super) fn ask_in_private(knowledge: &Knowledge) -> Answer {
    let mut answer = simple(knowledge, &knowledge.phrases.ask_in_private);
    if let Answer::Page(page) = &mut answer {
        page.links.push(Link { label: knowledge.phrases.carry.open_private.clone(), action: Action::Open(PLAIN_START.to_owned()) });
    }
    answer
}

/// Whether an article is talked about in private only.
pub(super) fn is_private(knowledge: &Knowledge, at: ArticleAt) -> bool {
    knowledge.topic_at(at).sensitivity != Sensitivity::None
}

fn links(answer: &Answer) -> &[Link] {
    match answer {
        Answer::Choices(choices) | Answer::Decline(choices) => &choices.links,
        Answer::Page(page) => &page.links,
        Answer::Article(article) => &article.related,
        Answer::Notice(notice) => &notice.links,
        Answer::Card(_) => &[],
    }
}

/// Candidates, or a topic's page, whose first is private: that is what was asked for.
fn leads_first_to_private(knowledge: &Knowledge, answer: &Answer) -> bool {
    // A topic's page leads to its articles and to browsing, and nowhere else.
    let data = || links(answer).iter().map(|link| link.data().unwrap_or_default());
    let topic_page =
        matches!(answer, Answer::Page(_)) && data().any(|data| data == "b:") && data().all(|data| data.starts_with("a:") || data == "b:");
    let first = links(answer).iter().find(|link| leads_somewhere(link));
    (topic_page || matches!(answer, Answer::Choices(_))) && first.is_some_and(|link| leads_to_private(knowledge, link))
}

fn leads_somewhere(link: &Link) -> bool {
    link.data().is_some_and(|data| data.starts_with("a:") || data.starts_with("t:"))
}

fn leads_to_private(knowledge: &Knowledge, link: &Link) -> bool {
    let Some((kind, id)) = link.data().and_then(|data| data.split_once(':')) else { return false };
    match kind {
        "a" => knowledge.find(id).is_some_and(|at| is_private(knowledge, at)),
        "t" => knowledge.topic(id).is_some_and(|topic| topic.sensitivity != Sensitivity::None),
        _ => false,
    }
}

/// The buttons that name what is private are left out.
fn without_private(knowledge: &Knowledge, mut answer: Answer) -> Answer {
    let links = match &mut answer {
        Answer::Choices(choices) | Answer::Decline(choices) => &mut choices.links,
        Answer::Page(page) => &mut page.links,
        Answer::Article(article) => &mut article.related,
        Answer::Notice(notice) => &mut notice.links,
        Answer::Card(_) => return answer,
    };
    links.retain(|link| !leads_to_private(knowledge, link));
    answer
}
