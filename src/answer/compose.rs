//! From what search found to what is said.

use super::article::compose_article;
use super::choices;
use super::page::simple;
use super::says::{Answer, Link, Notice};
use crate::knowledge::{Date, Knowledge, RegionId, Reply, ReplyKind};
use crate::search::{Band, Hit, Matched, Settings};
use crate::triage::Cleared;

/// Who asks, as far as it matters for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// The region they chose.
    pub region: Option<RegionId>,
    /// The day, for numbers and reviews that run out.
    pub today: Date,
    /// Whether articles are wanted short.
    pub short: bool,
}

impl Asker {
    /// Somebody who wants articles whole.
    pub fn new(region: Option<RegionId>, today: Date) -> Self {
        Self { region, today, short: false }
    }
}

/// Chance from which search calls itself sure.
const SURE: f32 = 0.9;
/// Least score of an article to be offered beside others.
const CLOSE: f32 = 0.01;
/// Least score of an article to be named where nothing answers.
const NEAR: f32 = 0.04;

/// Composes an ordinary answer. Needs triage's word that there is no emergency.
pub fn compose(_cleared: Cleared, knowledge: &Knowledge, matched: &Matched, settings: &Settings, asker: &Asker) -> Answer {
    let exact = matched.hits.first().is_some_and(Hit::is_exact);
    if let Some(reply) = matched.reply.and_then(|nth| knowledge.replies.get(nth)).filter(|_| !exact) {
        return Answer::Notice(notice(knowledge, reply));
    }
    if knowledge.topics.is_empty() {
        return simple(knowledge, &knowledge.phrases.safety_net_only);
    }
    match settings.band(matched) {
        Band::Answer => match matched.hits.first() {
            Some(hit) => {
                let sure = hit.is_exact() || matched.sure >= SURE;
                Answer::Article(Box::new(compose_article(knowledge, hit.at, sure, &matched.understood, asker)))
            }
            None => Answer::Decline(choices::decline(knowledge, &[])),
        },
        Band::Choices => {
            let close = |hit: &&Hit| hit.score >= CLOSE || (matched.names_topic() && matched.understood.names(hit.at.topic));
            let close: Vec<_> = matched.hits.iter().filter(close).cloned().collect();
            let close = Matched { hits: close, ..matched.clone() };
            Answer::Choices(choices::choices(knowledge, &close))
        }
        Band::Decline => {
            let near: Vec<_> = matched.hits.iter().filter(|hit| hit.score >= NEAR && hit.shares_words()).take(3).cloned().collect();
            Answer::Decline(choices::decline(knowledge, &near))
        }
    }
}

fn notice(knowledge: &Knowledge, reply: &Reply) -> Notice {
    Notice {
        text: reply.text.clone(),
        disclaimer: knowledge.phrases.disclaimer.clone(),
        declines: reply.kind == ReplyKind::Decline,
        links: vec![Link::callback(&knowledge.phrases.button_browse, "b:")],
    }
}
