//! What is talked about in a chat: a value that goes in with a message and comes out with its answer.

use crate::answer::{Answer, Link};
use crate::knowledge::{Audience, Facet, Knowledge};
use crate::search::Understood;

/// Articles that one can go back through.
const LONGEST_WAY_BACK: usize = 8;

/// What is talked about. Names only, so that it outlives a reload.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Talk {
    /// Id of the topic.
    pub topic: Option<String>,
    /// About whom.
    pub who: Audience,
    /// The side that was asked last.
    pub side: Option<Facet>,
    /// Ids of the articles that were shown, the newest last.
    pub shown: Vec<String>,
    /// Ids of the articles that the last answer offered.
    pub offered: Vec<String>,
}

impl Talk {
    /// What is talked about once an answer is given to what was understood.
    #[must_use]
    pub fn after(&self, knowledge: &Knowledge, answer: &Answer, understood: &Understood) -> Self {
        match answer {
            Answer::Card(_) => Self::default(),
            Answer::Article(article) => self.showing(knowledge, &article.id, understood.audience),
            Answer::Choices(choices) => self.offering(knowledge, &choices.links, understood),
            Answer::Decline(decline) => Self { offered: ids(&decline.links), ..self.clone() },
            Answer::Notice(_) | Answer::Page(_) => self.clone(),
        }
    }

    /// What is talked about once an article is shown for somebody.
    #[must_use]
    pub fn showing(&self, knowledge: &Knowledge, id: &str, who: Audience) -> Self {
        let Some(at) = knowledge.find(id) else { return self.clone() };
        let topic = knowledge.topic_at(at);
        let mut shown = self.shown.clone();
        if shown.last().is_none_or(|last| last != id) {
            shown.push(id.to_owned());
        }
        shown.drain(..shown.len().saturating_sub(LONGEST_WAY_BACK));
        // An imported article has no sides that could be asked for.
        let talked = (!topic.is_imported()).then(|| topic.id.clone());
        Self { topic: talked, who: special(who), side: knowledge.article_at(at).facet, shown, offered: Vec::new() }
    }

    fn offering(&self, knowledge: &Knowledge, links: &[Link], understood: &Understood) -> Self {
        let offered = ids(links);
        if offered.is_empty() {
            return Self { offered, ..self.clone() };
        }
        let mut topics: Vec<&str> = offered.iter().filter_map(|id| Some(id.rsplit_once('/')?.0)).collect();
        topics.dedup();
        let topic = match topics[..] {
            [topic] if knowledge.topic(topic).is_some() => Some(topic.to_owned()),
            _ => None,
        };
        let side = understood.facets.first().copied().or(self.side.filter(|_| topic.is_none()));
        Self { topic, who: special(understood.audience), side, offered, ..self.clone() }
    }

    /// Whether it holds nothing of anybody.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// General text fits adults.
pub(super) fn special(who: Audience) -> Audience {
    if who == Audience::Adult { Audience::Any } else { who }
}

/// The articles that buttons lead to.
fn ids(links: &[Link]) -> Vec<String> {
    links.iter().filter_map(Link::article).map(str::to_owned).collect()
}
