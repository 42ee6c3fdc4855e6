//! Search as one thing: question in, hits out.

use super::features::{self, Agreement, Features};
use super::index::{EntryId, Index};
use super::rank;
use super::reply::Replies;
use super::understand::{Understanding, Understood};
use crate::knowledge::{ArticleAt, Audience, Facet, Knowledge, Topic};
use crate::text::{Analyzed, Analyzer};
use std::ops::Range;

/// Entries that are compared in full.
const COMPARED: usize = 60;

/// The search engine. Built once for a knowledge.
pub struct Search {
    index: Index,
    understanding: Understanding,
    replies: Replies,
    follow_ups: Replies,
    articles: Vec<Indexed>,
    /// Entries of each topic, so that a named topic's articles are always compared.
    by_topic: Vec<Vec<EntryId>>,
    /// Names, titles and asks of each topic as one text, to see which parts of the body it speaks of.
    topic_texts: Vec<String>,
}

/// What search keeps of an article.
struct Indexed {
    at: ArticleAt,
    facet: Option<Facet>,
    audience: Audience,
}

/// An article that matched.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The article.
    pub at: ArticleAt,
    /// From 0 to 1; higher is better; the same for the same question and article whatever else is known.
    pub score: f32,
    /// What the score was made of.
    pub features: Features,
}

impl Hit {
    /// Whether it has a fair part of the question's words in common, not only its frame.
    pub fn shares_words(&self) -> bool {
        self.features.0[0] > 0.3
    }

    /// Whether the question is the article's title or one of its asks, word for word.
    pub fn is_exact(&self) -> bool {
        self.features.0[5] > 0.0
    }
}

/// What search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matched {
    /// What the question is about.
    pub understood: Understood,
    /// The fixed reply to what is not for articles, as its number in the knowledge.
    pub reply: Option<usize>,
    /// Articles, best first.
    pub hits: Vec<Hit>,
}

impl Matched {
    /// Whether the question names a topic and no side of it, and no article is asked word for word: a gamble.
    pub fn is_broad(&self) -> bool {
        let exact = self.hits.first().is_some_and(Hit::is_exact);
        !exact && self.understood.facets.is_empty() && self.understood.topics().next().is_some()
    }
}

/// Why search could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("名字太多，无法建立自动机：{0}")]
pub struct SearchError(#[from] aho_corasick::BuildError);

impl Search {
    /// Indexes the knowledge.
    ///
    /// # Errors
    /// Names beyond what an automaton can hold.
    pub fn new(knowledge: &Knowledge, analyzer: &Analyzer) -> Result<Self, SearchError> {
        let articles: Vec<Indexed> = knowledge.places().map(|at| Indexed::of(knowledge, at)).collect();
        let texts = articles.iter().zip(0..).flat_map(|(article, nth)| {
            let of = knowledge.article_at(article.at);
            let title = std::iter::once((nth, analyzer.analyze(&of.title)));
            title.chain(of.asks.iter().map(move |ask| (nth, analyzer.analyze(ask))))
        });
        let index = Index::new(texts);
        let mut by_topic = vec![Vec::new(); knowledge.topics.len()];
        for (entry, nth) in index.entries.iter().zip(0..) {
            by_topic[articles[entry.article as usize].at.topic].push(nth);
        }
        let understanding = Understanding::new(knowledge, analyzer)?;
        Ok(Self {
            index,
            understanding,
            replies: Replies::new(knowledge, false),
            follow_ups: Replies::new(knowledge, true),
            articles,
            by_topic,
            topic_texts: topic_texts(knowledge, analyzer),
        })
    }

    /// Words that should carry no topic weight beside the lexicon's own: the facets' wordings.
    pub fn template_words(knowledge: &Knowledge) -> impl Iterator<Item = &String> {
        knowledge.facets.iter().flat_map(|words| words.cues.iter().chain(&words.weak_cues))
    }

    /// The best articles for a question, at most `limit`.
    pub fn search(&self, analyzed: &Analyzed, limit: usize) -> Matched {
        let understood = self.understanding.read(analyzed);
        let mut hits: Vec<Hit> = Vec::new();
        for (at, features) in self.compare(analyzed, &understood) {
            let weights = if understood.mentions.is_empty() { &rank::UNNAMED } else { &rank::NAMED };
            keep_best(&mut hits, Hit { at, score: weights.score(&features), features });
        }
        hits.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
        hits.truncate(limit);
        Matched { understood, reply: self.replies.find(analyzed), hits }
    }

    /// The number of the reply to what is said after a card.
    pub fn follow_up(&self, analyzed: &Analyzed) -> Option<usize> {
        self.follow_ups.find(analyzed)
    }

    /// What the question is about.
    pub fn understand(&self, analyzed: &Analyzed) -> Understood {
        self.understanding.read(analyzed)
    }

    /// The question against every title and ask that may answer it, in the order of their articles.
    pub fn compare(&self, analyzed: &Analyzed, understood: &Understood) -> Vec<(ArticleAt, Features)> {
        let bag = self.index.bag(analyzed);
        let chars: Vec<char> = analyzed.content_text().chars().collect();
        let mut entries = self.index.candidates(&bag, COMPARED);
        entries.extend(understood.topics().flat_map(|topic| &self.by_topic[topic]));
        entries.sort_unstable();
        entries.dedup();
        let sites: Vec<&str> = understood.sites.iter().map(|span| &analyzed.text()[span.clone()]).collect();
        let unexplained = unexplained(analyzed, &understood.explained);
        let compared = entries.into_iter().map(|entry| {
            let entry = &self.index.entries[entry as usize];
            let article = &self.articles[entry.article as usize];
            let mut agreement = article.agreement(understood, unexplained);
            let topic = self.topic_texts.get(article.at.topic).map_or("", String::as_str);
            agreement.site_missing = sites.iter().any(|site| !topic.contains(site));
            (article.at, features::compare(&bag, &chars, entry, agreement))
        });
        compared.collect()
    }
}

fn topic_texts(knowledge: &Knowledge, analyzer: &Analyzer) -> Vec<String> {
    let text = |topic: &Topic| {
        let asked = topic.articles.iter().flat_map(|article| std::iter::once(&article.title).chain(&article.asks));
        let all = std::iter::once(&topic.name).chain(&topic.also).chain(asked);
        analyzer.normalize(&all.map(String::as_str).collect::<Vec<_>>().join("\n"))
    };
    knowledge.topics.iter().map(text).collect()
}

/// Entries come in the order of their articles, so an article's hits are neighbours.
fn keep_best(hits: &mut Vec<Hit>, hit: Hit) {
    match hits.last_mut() {
        Some(last) if last.at == hit.at => {
            if hit.score > last.score {
                *last = hit;
            }
        }
        _ => hits.push(hit),
    }
}

impl Indexed {
    fn of(knowledge: &Knowledge, at: ArticleAt) -> Self {
        Self { at, facet: knowledge.article_at(at).facet, audience: knowledge.audience_of(at) }
    }

    /// Whether it was written for a group that general text does not fit.
    fn is_special(&self) -> bool {
        !self.audience.covers(Audience::Any)
    }

    fn agreement(&self, understood: &Understood, unexplained: f32) -> Agreement {
        let named = understood.topics().next().is_some();
        let topic_same = understood.names(self.at.topic);
        let facet_same = self.facet.is_some_and(|facet| understood.facets.contains(&facet));
        Agreement {
            topic_same,
            topic_other: named && !topic_same,
            facet_same,
            facet_other: self.facet.is_some() && !understood.facets.is_empty() && !facet_same,
            audience_same: self.is_special() && self.audience.covers(understood.audience),
            audience_other: self.is_special() && !self.audience.covers(understood.audience),
            unexplained,
            site_missing: false,
        }
    }
}

/// The share of the content's characters that no known word explains.
fn unexplained(analyzed: &Analyzed, explained: &[Range<usize>]) -> f32 {
    let (mut total, mut open) = (0_usize, 0_usize);
    for piece in &analyzed.content {
        for (at, c) in analyzed.text()[piece.clone()].char_indices() {
            if !c.is_alphanumeric() {
                continue;
            }
            let byte = piece.start + at;
            total += 1;
            open += usize::from(!explained.iter().any(|span| span.contains(&byte)));
        }
    }
    if total == 0 { 1.0 } else { open as f32 / total as f32 }
}
