//! Articles in few words: for those who want answers short, and as cards for other chats.

use super::card::Numbers;
use super::compose::Asker;
use super::fill::fill;
use super::page::page;
use super::says::{Action, Answer, ArticleView, Link};
use crate::knowledge::{ArticleAt, Knowledge, Phrases};

/// The start parameter that opens the private chat and names nothing.
pub const PLAIN_START: &str = "start";
/// Longest start parameter of a link to the bot.
const LONGEST_START: usize = 64;
/// Danger signs on a card.
const MOST_SIGNS: usize = 3;

impl ArticleView {
    /// The summary and when to go; the rest is a tap away.
    #[must_use]
    pub(super) fn shortened(self, phrases: &Phrases) -> Self {
        let whole = Link::callback(&phrases.carry.whole, format!("fu:{}", self.id));
        Self { points: Vec::new(), order: String::new(), related: Vec::new(), tools: vec![whole], ..self }
    }
}

/// The start parameter of a link to an article; none where its id has other characters than a link may have.
pub fn start_parameter(id: &str) -> Option<String> {
    let start = id.replace('/', "__");
    let fits = start.len() <= LONGEST_START && start.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    (fits && !start.is_empty()).then_some(start)
}

/// The articles that an answer gives or offers, as they come; an article's own topic after it. None of an emergency.
pub fn shortlist(knowledge: &Knowledge, answer: &Answer) -> Vec<ArticleAt> {
    let ids =
        |links: &[Link]| -> Vec<String> { links.iter().filter_map(|link| link.data()?.strip_prefix("a:").map(str::to_owned)).collect() };
    match answer {
        Answer::Article(article) => {
            let Some(at) = knowledge.find(&article.id) else { return Vec::new() };
            let siblings = (0..knowledge.topic_at(at).articles.len()).map(|article| ArticleAt { topic: at.topic, article });
            std::iter::once(at).chain(siblings.filter(|other| *other != at)).collect()
        }
        Answer::Choices(choices) => ids(&choices.links).iter().filter_map(|id| knowledge.find(id)).collect(),
        Answer::Card(_) | Answer::Decline(_) | Answer::Notice(_) | Answer::Page(_) => Vec::new(),
    }
}

/// An article as a card in another chat: the summary, the danger signs in short, a link to the whole.
pub fn inline_card(knowledge: &Knowledge, at: ArticleAt, asker: &Asker) -> Answer {
    let (topic, article, phrases) = (knowledge.topic_at(at), knowledge.article_at(at), &knowledge.phrases);
    let mut text = vec![article.summary.clone()];
    if !topic.red_flags.is_empty() {
        let heading = Numbers::of(knowledge, asker).insert(&phrases.carry.inline_flags);
        let signs = topic.red_flags.iter().take(MOST_SIGNS).map(|flag| format!("\n· {}", flag.text));
        text.push(std::iter::once(heading).chain(signs).collect());
    }
    if !topic.review.is_reviewed() {
        text.push(phrases.unreviewed.clone());
    }
    let open = start_parameter(&knowledge.id_of(at));
    let links = open.map(|start| Link { label: phrases.carry.inline_open.clone(), action: Action::Open(start) });
    page(knowledge, &fill(&phrases.matched_sure, &[("题目", &article.title)]), text, links.into_iter().collect())
}
