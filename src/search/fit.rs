//! Fits the ranking: a conditional logit over the articles that a question may be answered by and "none of them", whose score
//! is 0 (McFadden 1974). So scores order articles and at the same time say how likely each is the answer. Step sizes by
//! AdaGrad (Duchi et al. 2011, JMLR 12:2121). Deterministic: the same questions give the same weights.

use super::features::{COUNT, EXACT, FEATURE_NAMES, Features, ONE, TERMS};
use super::index::{TokenId, differences};
use super::rank::{Kind, mix};
use super::ranking::{Comparison, Hit, Search};
use super::sure::{Outcome, Sureness, listed};
use super::understand::{Mention, Understood};
use crate::knowledge::{ArticleAt, Facet, RankingWeights, WEIGHT_COLUMNS};
use crate::text::Analyzer;
use std::collections::{BTreeMap, HashMap};

/// Passes over the questions; the last third at a smaller step.
const EPOCHS: usize = 15;
const STEPS: [f32; 3] = [0.15, 0.15, 0.05];
/// Pull towards zero.
const DECAY: f32 = 1e-4;
/// Sum of squared gradients of a weight that was never moved.
const UNTOUCHED: f32 = 1e-6;

/// Passes of the calibration, and its step size.
const CALIBRATIONS: usize = 300;
const CALIBRATION_STEP: f32 = 0.3;
/// What a question without an answer counts for in the calibration: most that is asked has one.
const UNANSWERABLE: f32 = 0.1;
/// The same where the list as a whole is judged.
const UNANSWERABLE_LIST: f32 = 0.5;

/// A question to learn from.
pub struct Lesson<'a> {
    /// The question.
    pub text: &'a str,
    /// The articles that answer it; none where none does.
    pub right: Vec<ArticleAt>,
    /// An article that must not be offered, because it is the question's own.
    pub not: Option<ArticleAt>,
    /// The article of which it is a title or an ask; then it is compared with all others of that article's.
    pub own: Option<ArticleAt>,
    /// Whether to read it as if the topic it names had no name: people describe what they have no word for.
    pub unnamed: bool,
    /// An article that does not answer it, as an editor says; then nothing is known of the others.
    pub wrong: Option<ArticleAt>,
    /// A topic that is taken away, name and articles: what is not known must not be answered.
    pub hidden: Option<usize>,
    /// What it counts for.
    pub weight: f32,
}

/// How many questions had the right article first.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Ranked {
    /// Questions that have a right article.
    pub questions: usize,
    /// Of them, those that have it first.
    pub first: usize,
    /// Of them, those that have it first and more likely than not.
    pub sure: usize,
    /// Questions that have none, and whose first article is more likely than not.
    pub fooled: usize,
    /// Questions that have none.
    pub unanswerable: usize,
}

/// A character or pair is learned if so many questions have it.
const LEAST_QUESTIONS: usize = 15;
/// Step size and pull towards zero of what is learned of them, which is much and thinly supported.
const TERM_STEP: f32 = 0.3;
const TERM_DECAY: f32 = 1e-3;

/// A text that a question was compared with.
struct Text {
    features: [f32; COUNT],
    /// Of the characters and pairs that are learned: three weights each, and the share of each difference.
    terms: Vec<(u32, f32)>,
}

/// A question with what may answer it: each article's texts one after another.
struct Compared {
    articles: Vec<Candidate>,
    understood: Understood,
    chars: usize,
    open: bool,
    wrong: Option<ArticleAt>,
    shares: [f32; WEIGHT_COLUMNS.len()],
    weight: f32,
    answerable: bool,
}

/// An article that may answer it: its texts, and whether it does.
struct Candidate {
    at: ArticleAt,
    texts: Vec<Text>,
    right: bool,
}

/// Numbers for each column.
type Columns = [[f32; COUNT]; WEIGHT_COLUMNS.len()];

/// A fit under way: the weights, or their sums of squared gradients.
struct Fit {
    columns: Columns,
    terms: Vec<f32>,
}

/// The characters and pairs that are learned: their texts, and for each corpus their places in that list.
fn frequent(lessons: &[(&Search, &Analyzer, Vec<Lesson<'_>>)]) -> (Vec<String>, Vec<HashMap<TokenId, u32>>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    // The first is the knowledge itself, whose topics and sides are known: there words only break ties.
    for (search, analyzer, lessons) in lessons.iter().skip(1) {
        let texts: HashMap<TokenId, &str> = search.index.terms().map(|(text, id)| (id, text)).collect();
        for lesson in lessons {
            let bags = search.index.bags(&analyzer.analyze(lesson.text));
            for token in bags.singles.tokens.iter().chain(&bags.pairs.tokens) {
                if let Some(text) = texts.get(&token.id) {
                    *counts.entry(text).or_default() += 1;
                }
            }
        }
    }
    let learned: Vec<String> = counts.into_iter().filter(|(_, count)| *count >= LEAST_QUESTIONS).map(|(text, _)| text.to_owned()).collect();
    let places = |search: &Search| learned.iter().zip(0..).filter_map(|(text, nth)| Some((search.index.term(text)?, nth))).collect();
    let places = lessons.iter().map(|(search, ..)| places(search)).collect();
    (learned, places)
}

impl Search {
    fn prepare(&self, analyzer: &Analyzer, lesson: &Lesson<'_>, learned: &HashMap<TokenId, u32>) -> Compared {
        let analyzed = analyzer.analyze(lesson.text);
        let (corrected, mut understood) = self.understand(analyzer, &analyzed);
        let analyzed = corrected.unwrap_or(analyzed);
        let forgotten = |mention: &Mention| lesson.unnamed || lesson.hidden.is_some_and(|topic| mention.topics.contains(&topic));
        let spans: Vec<_> = understood.mentions.extract_if(.., |mention| forgotten(mention)).map(|mention| mention.span).collect();
        understood.explained.retain(|span| !spans.contains(span));
        if let Some(facet) = lesson.own.or(lesson.right.first().copied()).and_then(|own| self.facet_of(own)) {
            understood.sides = self.sides(&analyzed, &understood, Some(facet));
        }
        let chars = analyzed.content_text().chars().count();
        let mut shares = None;
        let bags = self.index.bags(&analyzed);
        let mut open = false;
        let mut articles: Vec<Candidate> = Vec::new();
        for Comparison { at, entry, kind, features: Features(values) } in self.compare(&analyzed, &understood) {
            shares.get_or_insert_with(|| mix(kind, chars));
            // Its own text is left out; a repetition elsewhere is an editor's fault and teaches nothing.
            if lesson.not == Some(at) || lesson.hidden == Some(at.topic) || (values[EXACT] > 0.0 && lesson.own.is_some()) {
                continue;
            }
            let mut terms = Vec::new();
            open |= kind == Kind::Open;
            if kind == Kind::Open {
                differences(&bags, &self.index.entries[entry as usize].bags, |id, which, share| {
                    terms.extend(learned.get(&id).map(|term| (term * 3 + which as u32, share)));
                });
            }
            let text = Text { features: values, terms };
            match articles.last_mut() {
                Some(last) if last.at == at => last.texts.push(text),
                _ => articles.push(Candidate { at, texts: vec![text], right: lesson.right.contains(&at) }),
            }
        }
        let shares = shares.unwrap_or_default();
        Compared {
            articles,
            understood,
            chars,
            open,
            wrong: lesson.wrong,
            shares,
            weight: lesson.weight,
            answerable: !lesson.right.is_empty(),
        }
    }

    /// The side an article answers.
    fn facet_of(&self, at: ArticleAt) -> Option<Facet> {
        self.article(at).and_then(|article| article.facets.first().copied())
    }
}

impl Compared {
    fn score(&self, fit: &Fit, text: &Text) -> f32 {
        let terms: f32 = text.terms.iter().map(|&(term, share)| fit.terms[term as usize] * share).sum();
        let dense = |column: &[f32; COUNT]| {
            let features = column.iter().zip(&text.features).enumerate().filter(|(nth, _)| *nth != TERMS);
            features.map(|(_, (w, x))| w * x).sum::<f32>() + column[TERMS] * terms
        };
        let columns = self.shares.iter().zip(&fit.columns).filter(|(share, _)| **share > 0.0);
        columns.map(|(share, column)| share * dense(column)).sum()
    }

    /// The best text of each article, with its score.
    fn best<'c>(&'c self, fit: &Fit) -> Vec<(&'c Text, f32, bool)> {
        let best = |article: &'c Candidate| {
            let scored = article.texts.iter().map(|text| (text, self.score(fit, text)));
            scored.max_by(|one, other| one.1.total_cmp(&other.1)).map(|(text, score)| (text, score, article.right))
        };
        self.articles.iter().filter_map(best).collect()
    }

    /// What the list said, and whether its first was right.
    fn outcome(&self, fit: &Fit) -> Option<Outcome> {
        let mut hits: Vec<(Hit, bool)> = (self.best(fit).into_iter().zip(&self.articles))
            .map(|((text, score, right), article)| {
                (Hit { at: article.at, score: 1.0 / (1.0 + (-score).exp()), features: Features(text.features) }, right)
            })
            .collect();
        hits.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
        let right = hits.first().is_some_and(|(_, right)| *right);
        if self.wrong.is_some_and(|wrong| hits.first().is_none_or(|(hit, _)| hit.at != wrong)) {
            return None;
        }
        let hits: Vec<Hit> = hits.into_iter().map(|(hit, _)| hit).collect();
        let weight = self.weight * if self.answerable || self.wrong.is_some() { 1.0 } else { UNANSWERABLE_LIST };
        Some(Outcome { listed: listed(&hits, &self.understood, self.chars)?, open: self.open, right, weight })
    }

    /// Moves the weights towards the right answer.
    fn learn(&self, fit: &mut Fit, squares: &mut Fit, step: f32) {
        let best = self.best(fit);
        let found = best.iter().any(|(_, _, right)| *right);
        if self.wrong.is_some() || (self.answerable && !found) {
            return;
        }
        let highest = best.iter().map(|(_, score, _)| *score).fold(0.0, f32::max);
        let likely: Vec<f32> = best.iter().map(|(_, score, _)| (score - highest).exp()).collect();
        let none = (-highest).exp();
        let all = likely.iter().sum::<f32>() + none;
        let right: f32 = likely.iter().zip(&best).filter(|(_, (_, _, right))| *right).map(|(value, _)| value).sum();
        let mut gradient = [0.0_f32; COUNT];
        let mut of_terms: BTreeMap<u32, f32> = BTreeMap::new();
        for (value, (text, _, is_right)) in likely.iter().zip(&best) {
            let wanted = if *is_right { value / right.max(f32::MIN_POSITIVE) } else { 0.0 };
            let pull = value / all - wanted;
            if pull.abs() > 1e-4 {
                for (sum, value) in gradient.iter_mut().zip(&text.features) {
                    *sum += pull * value;
                }
                for &(term, share) in &text.terms {
                    *of_terms.entry(term).or_default() += pull * share;
                }
            }
        }
        for ((share, column), squares) in self.shares.iter().zip(&mut fit.columns).zip(&mut squares.columns).filter(|((s, _), _)| **s > 0.0)
        {
            for ((weight, square), slope) in column.iter_mut().zip(squares).zip(gradient) {
                let slope = self.weight * share * slope + DECAY * *weight;
                *square += slope * slope;
                *weight -= step * slope / square.sqrt();
            }
            column[EXACT] = 0.0;
            column[TERMS] = 1.0;
        }
        for (term, slope) in of_terms {
            let (weight, square) = (&mut fit.terms[term as usize], &mut squares.terms[term as usize]);
            let slope = slope + TERM_DECAY * *weight;
            *square += slope * slope;
            *weight -= TERM_STEP * step * slope / square.sqrt();
        }
    }
}

/// Fits weights to questions, and says how they do on others that they were not fitted to. Columns that no question moves keep
/// the weights they had.
pub fn fit(lessons: &[(&Search, &Analyzer, Vec<Lesson<'_>>)], old: &RankingWeights, aside: &[Lesson<'_>]) -> (RankingWeights, Ranked) {
    let (learned, places) = frequent(lessons);
    let mut compared: Vec<Compared> = Vec::new();
    for ((search, analyzer, lessons), places) in lessons.iter().zip(&places) {
        compared.extend(lessons.iter().map(|lesson| search.prepare(analyzer, lesson, places)));
    }
    let filled = |value: f32| Fit { columns: [[value; COUNT]; WEIGHT_COLUMNS.len()], terms: vec![value; learned.len() * 3] };
    let (mut weights, mut squares) = (filled(0.0), filled(UNTOUCHED));
    for column in &mut weights.columns {
        column[TERMS] = 1.0;
    }
    let mut seed = 7_u64;
    for epoch in 0..EPOCHS {
        for nth in (1..compared.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            compared.swap(nth, (seed >> 33) as usize % (nth + 1));
        }
        let step = STEPS.get(epoch * STEPS.len() / EPOCHS).copied().unwrap_or_default();
        for question in &compared {
            question.learn(&mut weights, &mut squares, step);
        }
    }
    calibrate(&compared, &mut weights);
    let mut ranked = Ranked::default();
    if let Some((search, analyzer, _)) = lessons.first() {
        for lesson in aside {
            ranked.add(&search.prepare(analyzer, lesson, &HashMap::new()), &weights);
        }
    }
    let moved = |column: usize| compared.iter().any(|question| question.shares[column] > 0.0);
    let features = FEATURE_NAMES.iter().enumerate().map(|(nth, name)| {
        let had = old.features.iter().find(|(known, _)| known == name).map_or([0.0; WEIGHT_COLUMNS.len()], |(_, weights)| *weights);
        let mut by_column = had;
        for (column, weight) in by_column.iter_mut().enumerate().filter(|(column, _)| moved(*column)) {
            *weight = weights.columns[column][nth];
        }
        ((*name).to_owned(), by_column)
    });
    let three = |(term, weights): (String, &[f32])| Some((term, <[f32; 3]>::try_from(weights).ok()?));
    let terms: Vec<_> = learned.into_iter().zip(weights.terms.chunks(3)).filter_map(three).collect();
    let terms = if terms.is_empty() { old.terms.clone() } else { terms };
    let mut sureness = Sureness::of(old);
    sureness.fit(&compared.iter().filter_map(|question| question.outcome(&weights)).collect::<Vec<_>>());
    (RankingWeights { features: features.collect(), terms, lists: sureness.named() }, ranked)
}

/// Stretches and shifts the scores of each column so that each says how likely its article is the answer, whatever others are
/// there (Platt 1999). The order stays as it was.
fn calibrate(compared: &[Compared], weights: &mut Fit) {
    for column in 0..weights.columns.len() {
        let of_column = compared.iter().filter(|question| question.shares[column] > 0.5 && question.wrong.is_none());
        let scored: Vec<(f32, f32, f32)> = of_column
            .flat_map(|question| {
                let best = question.best(weights);
                let weight = question.weight * if question.answerable { 1.0 } else { UNANSWERABLE };
                best.into_iter().map(move |(_, score, right)| (score, f32::from(u8::from(right)), weight))
            })
            .collect();
        let (mut stretch, mut shift) = (1.0_f32, -3.0_f32);
        let mut squares = [UNTOUCHED; 2];
        for _ in 0..CALIBRATIONS {
            let mut slopes = [0.0_f64; 2];
            for &(score, right, weight) in &scored {
                let likely = 1.0 / (1.0 + (-(stretch * score + shift)).exp());
                let pull = f64::from(weight * (likely - right));
                slopes[0] += pull * f64::from(score);
                slopes[1] += pull;
            }
            for (slope, (square, value)) in slopes.into_iter().zip(squares.iter_mut().zip([&mut stretch, &mut shift])) {
                let slope = slope as f32 / scored.len().max(1) as f32;
                *square += slope * slope;
                *value -= CALIBRATION_STEP * slope / square.sqrt();
            }
        }
        for weight in &mut weights.columns[column] {
            *weight *= stretch;
        }
        weights.columns[column][ONE] += shift;
    }
}

impl Ranked {
    fn add(&mut self, question: &Compared, weights: &Fit) {
        let first = question.best(weights).into_iter().max_by(|one, other| one.1.total_cmp(&other.1));
        let (right, sure) = first.map_or((false, false), |(_, score, right)| (right, score > 0.0));
        if question.answerable {
            self.questions += 1;
            self.first += usize::from(right);
            self.sure += usize::from(right && sure);
        } else {
            self.unanswerable += 1;
            self.fooled += usize::from(sure);
        }
    }
}
