//! Search as one thing: question in, hits out.

use super::background::Background;
use super::features::{self, Agreement, EXACT, Features, SITE_MISSING, TOPIC_SAME, TOPIC_WORDS};
use super::index::{EntryId, Index};
use super::rank::{Kind, Weights};
use super::reply::Replies;
use super::side::Sides;
use super::sure::{LISTED, Sureness, listed};
use super::understand::{Understanding, Understood};
use crate::knowledge::{ArticleAt, Audience, Facet, Knowledge, Topic};
use crate::text::{Analyzed, Analyzer};
use std::collections::BTreeMap;
use std::ops::Range;

/// How likely a side must be to count as asked where no list of wordings says so.
const CLEAR_SIDE: f32 = 0.5;

/// Entries that are compared in full.
const COMPARED: usize = 60;

/// The search engine. Built once for a knowledge.
pub struct Search {
    pub(super) index: Index,
    understanding: Understanding,
    replies: Replies,
    follow_ups: Replies,
    articles: Vec<Indexed>,
    /// Entries of each topic, so that a named topic's articles are always compared.
    by_topic: Vec<Vec<EntryId>>,
    background: Background,
    weights: Weights,
    sureness: Sureness,
    /// Names, titles and asks of each topic as one text, to see which parts of the body it speaks of.
    topic_texts: Vec<String>,
}

/// What search keeps of an article.
pub(super) struct Indexed {
    pub(super) at: ArticleAt,
    imported: bool,
    /// The sides it answers: its own, or for an imported article those that its title asks for.
    pub(super) facets: Vec<Facet>,
    audience: Audience,
}

/// A question against one title or ask.
pub(super) struct Comparison {
    pub(super) at: ArticleAt,
    pub(super) entry: EntryId,
    pub(super) kind: Kind,
    pub(super) features: Features,
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
        self.features.0[TOPIC_WORDS] > 0.3
    }

    /// Whether the question names the article's topic, and no part of the body that the topic does not speak of.
    pub fn is_of_named_topic(&self) -> bool {
        self.features.0[TOPIC_SAME] > 0.0 && self.features.0[SITE_MISSING] == 0.0
    }

    /// Whether the question is the article's title or one of its asks, word for word.
    pub fn is_exact(&self) -> bool {
        self.features.0[EXACT] > 0.0
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
    /// How likely the first is the answer, 0 to 1, judged by the whole list; 1 where it is asked word for word.
    pub sure: f32,
    /// The question as it was read, where a slip in it was put right.
    pub corrected: Option<String>,
    /// Length of the question without its politeness, in characters.
    pub chars: usize,
}

impl Matched {
    /// Whether the question names a topic as it is written.
    pub fn names_topic(&self) -> bool {
        self.understood.topics().next().is_some() && !self.understood.nearly()
    }

    /// Whether the question names a topic and no side of it, and no article is asked word for word: a gamble.
    pub fn is_broad(&self) -> bool {
        let exact = self.hits.first().is_some_and(Hit::is_exact);
        let side = !self.understood.facets.is_empty() || self.understood.sides.best() >= CLEAR_SIDE;
        !exact && !side && self.understood.topics().next().is_some()
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
        let mut articles: Vec<Indexed> = knowledge.places().map(|at| Indexed::of(knowledge, at)).collect();
        let mut used = BTreeMap::new();
        let texts = articles.iter().zip(0..).flat_map(|(article, nth)| {
            let of = knowledge.article_at(article.at);
            let title = std::iter::once((nth, analyzer.analyze(&of.title)));
            title.chain(of.asks.iter().map(move |ask| (nth, analyzer.analyze(ask))))
        });
        let mut index = Index::new(texts.inspect(|(_, analyzed)| count_words(analyzed, &mut used)));
        index.learn(&knowledge.ranking.terms);
        let understanding = Understanding::new(knowledge, analyzer, &used)?;
        for article in articles.iter_mut().filter(|article| article.imported && article.facets.is_empty()) {
            let title = analyzer.analyze(&knowledge.article_at(article.at).title);
            let understood = understanding.read(&title, &[]);
            (article.facets, article.audience) = (understood.facets, understood.audience);
        }
        let mut by_topic = vec![Vec::new(); knowledge.topics.len()];
        for (entry, nth) in index.entries.iter().zip(0..) {
            by_topic[articles[entry.article as usize].at.topic].push(nth);
        }
        Ok(Self {
            background: Background::new(knowledge),
            weights: Weights::of(&knowledge.ranking),
            sureness: Sureness::of(&knowledge.ranking),
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

    /// The best articles for a question, at most `limit`. A slip in a known word is put right first.
    pub fn search(&self, analyzer: &Analyzer, analyzed: &Analyzed, limit: usize) -> Matched {
        let (corrected, understood) = self.understand(analyzer, analyzed);
        let reply = self.replies.find(analyzed);
        let analyzed = corrected.as_ref().unwrap_or(analyzed);
        let chars = analyzed.content_text().chars().count();
        let mut hits: Vec<Hit> = Vec::new();
        for Comparison { at, kind, features, .. } in self.compare(analyzed, &understood) {
            keep_best(&mut hits, Hit { at, score: self.weights.score(kind, chars, &features), features });
        }
        // The best scores are so near to 1 that they are equal: what is asked word for word comes first.
        let order = |a: &Hit, b: &Hit| (b.is_exact().cmp(&a.is_exact())).then(b.score.total_cmp(&a.score)).then(a.at.cmp(&b.at));
        hits.sort_unstable_by(order);
        hits.truncate(limit.max(LISTED));
        let sure = self.sure(&hits, &understood, chars);
        hits.truncate(limit);
        let corrected = corrected.map(|corrected| corrected.text().to_owned());
        Matched { understood, reply, hits, sure, corrected, chars }
    }

    /// Keeps the hits of some topics alone, and judges the list that is left.
    pub fn keep_topics(&self, matched: &mut Matched, topics: &[usize]) {
        let before = matched.hits.len();
        matched.hits.retain(|hit| topics.contains(&hit.at.topic));
        if matched.hits.len() < before {
            matched.sure = self.sure(&matched.hits, &matched.understood, matched.chars);
        }
    }

    /// How likely the first hit is the answer.
    fn sure(&self, hits: &[Hit], understood: &Understood, chars: usize) -> f32 {
        let open = hits.first().and_then(|first| self.article(first.at)).is_some_and(|article| article.imported);
        let judged = listed(hits, understood, chars).map_or(0.0, |listed| self.sureness.chance(open, &listed));
        if hits.first().is_some_and(Hit::is_exact) { 1.0 } else { judged }
    }

    /// The number of the reply to what is said after a card.
    pub fn follow_up(&self, analyzed: &Analyzed) -> Option<usize> {
        self.follow_ups.find(analyzed)
    }

    /// How likely each side is for a question of the knowledge itself, were it not known.
    pub(super) fn sides(&self, analyzed: &Analyzed, understood: &Understood, own: Option<Facet>) -> Sides {
        self.understanding.sides(analyzed, understood, own)
    }

    /// What is kept of an article.
    pub(super) fn article(&self, at: ArticleAt) -> Option<&Indexed> {
        self.articles.binary_search_by_key(&at, |article| article.at).ok().and_then(|nth| self.articles.get(nth))
    }

    /// The question with its slips put right, if there are any, and what it is about.
    pub fn understand(&self, analyzer: &Analyzer, analyzed: &Analyzed) -> (Option<Analyzed>, Understood) {
        let Some(corrected) = self.understanding.correct(analyzed, &|pair| self.index.term(pair).is_some()) else {
            return (None, self.understanding.read(analyzed, &[]));
        };
        let analyzed = analyzer.analyze(&corrected.text);
        let understood = self.understanding.read(&analyzed, &corrected.spans);
        (Some(analyzed), understood)
    }

    /// The question against every title and ask that may answer it, in the order of their articles.
    pub(super) fn compare(&self, analyzed: &Analyzed, understood: &Understood) -> Vec<Comparison> {
        let bags = self.index.bags(analyzed);
        let spoken = self.background.read(analyzed.content.iter().map(|piece| &analyzed.text()[piece.clone()]), self.by_topic.len());
        let mut entries = self.index.candidates(&bags, COMPARED);
        let suggested = if understood.mentions.is_empty() { spoken.best() } else { Vec::new() };
        entries.extend(understood.topics().chain(suggested).flat_map(|topic| &self.by_topic[topic]));
        entries.sort_unstable();
        entries.dedup();
        let sites: Vec<&str> = understood.sites.iter().map(|span| &analyzed.text()[span.clone()]).collect();
        let unexplained = unexplained(analyzed, &understood.explained);
        let named = understood.topics().next().is_some();
        let compared = entries.into_iter().map(|nth| {
            let entry = &self.index.entries[nth as usize];
            let article = &self.articles[entry.article as usize];
            let mut agreement = article.agreement(understood, unexplained);
            let topic = self.topic_texts.get(article.at.topic).map_or("", String::as_str);
            agreement.site_missing = sites.iter().any(|site| !topic.contains(site));
            agreement.background = spoken.of(article.at.topic);
            let terms = if article.imported { self.index.learned(&bags, &entry.bags) } else { 0.0 };
            let kind = if article.imported {
                Kind::Open
            } else if named {
                Kind::Named
            } else {
                Kind::Unnamed
            };
            Comparison { at: article.at, entry: nth, kind, features: features::compare(&bags, entry, agreement, terms) }
        });
        compared.collect()
    }
}

/// Counts the words of a text that carry topic.
fn count_words(analyzed: &Analyzed, used: &mut BTreeMap<String, u32>) {
    for term in analyzed.terms.iter().filter(|term| !term.template && term.span.len() > '一'.len_utf8()) {
        *used.entry(analyzed.term(term).to_owned()).or_default() += 1;
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
        let imported = knowledge.topic_at(at).is_imported();
        Self { at, imported, facets: knowledge.article_at(at).facet.into_iter().collect(), audience: knowledge.audience_of(at) }
    }

    /// Whether it was written for a group that general text does not fit.
    fn is_special(&self) -> bool {
        !self.audience.covers(Audience::Any)
    }

    fn agreement(&self, understood: &Understood, unexplained: f32) -> Agreement {
        let named = understood.topics().next().is_some();
        let topic_same = understood.names(self.at.topic);
        let more = understood.topics().any(|topic| topic != self.at.topic);
        // An imported article belongs to no topic, and its side is read from its title.
        let topic_other = named && !topic_same && !self.imported;
        let asked = !understood.facets.is_empty();
        let facet_same = self.facets.iter().any(|facet| understood.facets.contains(facet));
        let side = self.facets.iter().map(|facet| understood.sides.of(*facet)).fold(0.0, f32::max);
        Agreement {
            topic_same: topic_same && !understood.nearly(),
            topic_nearly: topic_same && understood.nearly(),
            topic_other,
            topic_more: topic_same && more,
            facet_same,
            facet_other: asked && !self.facets.is_empty() && !facet_same,
            facet_unasked: !asked && !self.facets.is_empty(),
            facet_unknown: asked && self.facets.is_empty(),
            audience_same: self.is_special() && self.audience.covers(understood.audience),
            audience_other: self.is_special() && !self.audience.covers(understood.audience),
            side,
            side_behind: understood.sides.best() - side,
            background: 0.0,
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
