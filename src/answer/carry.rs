//! What can be done with an article beyond reading it: take it along, be reminded of it, send it on, say it is wrong.

use super::article::compose_article;
use super::brief::start_parameter;
use super::compose::Asker;
use super::fill::fill;
use super::page::page;
use super::says::{Action, Answer, Link};
use crate::knowledge::{ArticleAt, Knowledge, Sensitivity};
use crate::search::Understood;

/// Longest callback data (Bot API).
const LONGEST_DATA: usize = 64;
/// What the longest state adds to an id in a button, in bytes.
const STATE: usize = 16;

/// The ways to take an article along. In a group only what is not about one person.
pub fn carry(knowledge: &Knowledge, at: ArticleAt, private: bool) -> Answer {
    let (id, phrases) = (knowledge.id_of(at), &knowledge.phrases);
    let roomy = id.len() + STATE <= LONGEST_DATA;
    let mut links = Vec::new();
    if private && roomy {
        links.push(Link::callback(&phrases.carry.visit, format!("vc:{id}:x")));
    }
    if private {
        links.push(Link::callback(&phrases.carry.remind, format!("re:{id}")));
    }
    let share = start_parameter(&id);
    links.extend(share.map(|start| Link { label: phrases.carry.share.clone(), action: Action::Share(start) }));
    links.push(Link::callback(&phrases.carry.find, format!("wh:{}", knowledge.topic_at(at).id)));
    if roomy {
        links.push(Link::callback(&phrases.carry.report, format!("er:{id}:x")));
    }
    links.push(Link::callback(&phrases.button_back, format!("r:{id}")));
    let heading = fill(&phrases.carry.heading, &[("题目", &knowledge.article_at(at).title)]);
    page(knowledge, &heading, Vec::new(), links)
}

/// What somebody hears who asked to be reminded of an article: when to go, and a way back to it. What is private is not
/// named, for it may be read on a locked screen. None where the article is gone and nothing replaced it.
pub fn reminder(knowledge: &Knowledge, id: &str, asker: &Asker) -> Option<Answer> {
    let successor = || knowledge.successor(id).and_then(|successor| knowledge.find(successor));
    let at = knowledge.find(id).or_else(successor)?;
    let phrases = &knowledge.phrases;
    let open = vec![Link::callback(&phrases.carry.reminder_open, format!("a:{}", knowledge.id_of(at)))];
    if knowledge.topic_at(at).sensitivity != Sensitivity::None {
        return Some(page(knowledge, &phrases.carry.reminder_private, Vec::new(), open));
    }
    let view = compose_article(knowledge, at, true, &Understood::default(), asker);
    let rungs = view.ladder.iter().map(|rung| format!("{}：{}", rung.label, rung.lines.join("")));
    let heading = fill(&phrases.carry.reminder, &[("题目", &knowledge.article_at(at).title)]);
    Some(page(knowledge, &heading, std::iter::once(view.ladder_heading.clone()).chain(rungs).collect(), open))
}

/// What may be wrong with an article, to choose from.
pub fn report_reasons(knowledge: &Knowledge, at: ArticleAt) -> Answer {
    let (id, phrases) = (knowledge.id_of(at), &knowledge.phrases);
    let reasons = phrases.carry.report_reasons.iter().enumerate();
    let mut links: Vec<Link> = reasons.map(|(nth, reason)| Link::callback(reason, format!("er:{id}:{nth}"))).collect();
    links.push(Link::callback(&phrases.button_back, format!("ca:{id}")));
    let text = fill(&phrases.carry.report_ask, &[("题目", &knowledge.article_at(at).title)]);
    page(knowledge, "", vec![text], links)
}

/// What an editor is told of a report. None where there is no such reason.
pub fn report_to_editor(knowledge: &Knowledge, at: ArticleAt, reason: usize) -> Option<Answer> {
    let (id, phrases) = (knowledge.id_of(at), &knowledge.phrases);
    let reason = phrases.carry.report_reasons.get(reason)?;
    let places = [("题目", knowledge.article_at(at).title.as_str()), ("编号", &id), ("理由", reason)];
    let open = vec![Link::callback(&phrases.carry.reminder_open, format!("a:{id}"))];
    Some(page(knowledge, "", vec![fill(&phrases.carry.report_to_editor, &places)], open))
}
