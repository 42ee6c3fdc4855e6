//! What a topic's own text speaks of: pairs of characters of its articles, for questions that describe a thing without its
//! name (手指侧面冒出透明小水泡). Only ever a hint beside the titles.

use crate::knowledge::{Knowledge, Point, Topic};
use std::collections::HashMap;

/// Topics that a question's words suggest at most.
const SUGGESTED: usize = 4;
/// BM25's saturation for how often a pair stands in a topic.
const K1: f32 = 1.2;
/// How much longer than a title a topic's text counts as: saturation comes so much later.
const LENGTH: f32 = 2.0;

/// Pairs of the topics' texts.
pub(super) struct Background {
    postings: HashMap<[char; 2], Vec<(u32, f32)>>,
    topics: usize,
}

/// How much of a question each topic's text speaks of, 0 to 1.
pub(super) struct Spoken(Vec<f32>);

impl Spoken {
    /// For one topic.
    pub(super) fn of(&self, topic: usize) -> f32 {
        self.0.get(topic).copied().unwrap_or(0.0)
    }

    /// The topics that speak of it most.
    pub(super) fn best(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.0.len()).filter(|&topic| self.0[topic] > 0.0).collect();
        order.sort_by(|&a, &b| self.0[b].total_cmp(&self.0[a]).then(a.cmp(&b)));
        order.truncate(SUGGESTED);
        order
    }
}

fn pairs(text: &str) -> impl Iterator<Item = [char; 2]> + '_ {
    let chars = || text.chars().map(|c| c.to_ascii_lowercase());
    chars().zip(chars().skip(1)).filter(|(a, b)| a.is_alphanumeric() && b.is_alphanumeric()).map(|(a, b)| [a, b])
}

/// What a topic's articles say of it, its questions left out: those are compared one by one.
fn texts(topic: &Topic) -> impl Iterator<Item = &str> {
    let points = topic.articles.iter().flat_map(|article| &article.points).flat_map(Point::texts);
    let summaries = topic.articles.iter().map(|article| article.summary.as_str());
    let names = std::iter::once(topic.name.as_str()).chain(topic.also.iter().map(String::as_str));
    let care = topic.care.today.iter().chain(&topic.care.days).chain(&topic.care.home).map(String::as_str);
    points.chain(summaries).chain(names).chain(care)
}

impl Background {
    pub(super) fn new(knowledge: &Knowledge) -> Self {
        let mut postings: HashMap<[char; 2], Vec<(u32, f32)>> = HashMap::new();
        let mut topics = 0;
        for (topic, nth) in knowledge.topics.iter().zip(0..).filter(|(topic, _)| !topic.is_imported()) {
            topics += 1;
            let mut counts: HashMap<[char; 2], f32> = HashMap::new();
            for pair in texts(topic).flat_map(pairs) {
                *counts.entry(pair).or_default() += 1.0;
            }
            for (pair, count) in counts {
                postings.entry(pair).or_default().push((nth, count * (K1 + 1.0) / (count + K1 * LENGTH)));
            }
        }
        Self { postings, topics }
    }

    /// Reads the content of a question, given as stretches of its text.
    pub(super) fn read<'t>(&self, content: impl Iterator<Item = &'t str>, topics: usize) -> Spoken {
        let mut spoken = vec![0.0_f32; topics];
        let count = self.topics as f32;
        let idf = |df: f32| (1.0 + (count - df + 0.5) / (df + 0.5)).ln();
        let mut whole = 0.0;
        for pair in content.flat_map(pairs) {
            let postings = self.postings.get(&pair).map_or(&[][..], Vec::as_slice);
            let weight = idf(postings.len() as f32);
            whole += weight;
            for &(topic, share) in postings {
                if let Some(spoken) = spoken.get_mut(topic as usize) {
                    *spoken += weight * share;
                }
            }
        }
        for value in &mut spoken {
            *value = if whole > 0.0 { (*value / whole).min(1.0) } else { 0.0 };
        }
        Spoken(spoken)
    }
}
