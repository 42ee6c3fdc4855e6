//! Fits the ranking: a conditional logit over the articles that a question may be answered by and "none of them", whose score
//! is 0 (McFadden 1974). So scores order articles and at the same time say how likely each is the answer. Step sizes by
//! AdaGrad (Duchi et al. 2011, JMLR 12:2121). Deterministic: the same questions give the same weights.

use super::features::{COUNT, EXACT, FEATURE_NAMES, Features, ONE};
use super::rank::mix;
use super::ranking::Search;
use super::understand::Mention;
use crate::knowledge::{ArticleAt, Facet, RankingWeights, WEIGHT_COLUMNS};
use crate::text::Analyzer;

/// Passes over the questions; the last third at a smaller step.
const EPOCHS: usize = 15;
const STEPS: [f32; 3] = [0.15, 0.15, 0.05];
/// Pull towards zero.
const DECAY: f32 = 1e-4;
/// Sum of squared gradients of a weight that was never moved.
const UNTOUCHED: f32 = 1e-6;

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

/// A question with what may answer it: each article's texts one after another.
struct Compared {
    articles: Vec<(Vec<[f32; COUNT]>, bool)>,
    shares: [f32; WEIGHT_COLUMNS.len()],
    weight: f32,
    answerable: bool,
}

/// A fit under way: weights and sums of squared gradients by column.
type Columns = [[f32; COUNT]; WEIGHT_COLUMNS.len()];

impl Search {
    fn prepare(&self, analyzer: &Analyzer, lesson: &Lesson<'_>) -> Compared {
        let analyzed = analyzer.analyze(lesson.text);
        let mut understood = self.understand(&analyzed);
        let forgotten = |mention: &Mention| lesson.unnamed || lesson.hidden.is_some_and(|topic| mention.topics.contains(&topic));
        let spans: Vec<_> = understood.mentions.extract_if(.., |mention| forgotten(mention)).map(|mention| mention.span).collect();
        understood.explained.retain(|span| !spans.contains(span));
        if let Some(facet) = lesson.own.or(lesson.right.first().copied()).and_then(|own| self.facet_of(own)) {
            understood.sides = self.sides(&analyzed, &understood, Some(facet));
        }
        let chars = analyzed.content_text().chars().count();
        let mut shares = None;
        let mut articles: Vec<(ArticleAt, Vec<[f32; COUNT]>)> = Vec::new();
        for (at, kind, features) in self.compare(&analyzed, &understood) {
            shares.get_or_insert_with(|| mix(kind, chars));
            let Features(values) = features;
            // Its own text is left out; a repetition elsewhere is an editor's fault and teaches nothing.
            if lesson.not == Some(at) || lesson.hidden == Some(at.topic) || (values[EXACT] > 0.0 && lesson.own.is_some()) {
                continue;
            }
            match articles.last_mut() {
                Some((last, texts)) if *last == at => texts.push(values),
                _ => articles.push((at, vec![values])),
            }
        }
        let articles: Vec<_> = articles.into_iter().map(|(at, texts)| (texts, lesson.right.contains(&at))).collect();
        Compared { articles, shares: shares.unwrap_or_default(), weight: lesson.weight, answerable: !lesson.right.is_empty() }
    }
}

impl Search {
    /// The side an article answers.
    fn facet_of(&self, at: ArticleAt) -> Option<Facet> {
        self.article(at).and_then(|article| article.facets.first().copied())
    }
}

impl Compared {
    fn score(&self, weights: &Columns, text: &[f32; COUNT]) -> f32 {
        let columns = self.shares.iter().zip(weights).filter(|(share, _)| **share > 0.0);
        columns.map(|(share, column)| share * column.iter().zip(text).map(|(w, x)| w * x).sum::<f32>()).sum()
    }

    /// The best text of each article, with its score.
    fn best<'c>(&'c self, weights: &Columns) -> Vec<(&'c [f32; COUNT], f32, bool)> {
        let best = |(texts, right): &'c (Vec<[f32; COUNT]>, bool)| {
            let scored = texts.iter().map(|text| (text, self.score(weights, text)));
            scored.max_by(|one, other| one.1.total_cmp(&other.1)).map(|(text, score)| (text, score, *right))
        };
        self.articles.iter().filter_map(best).collect()
    }

    /// Moves the weights towards the right answer.
    fn learn(&self, weights: &mut Columns, squares: &mut Columns, step: f32) {
        let best = self.best(weights);
        let found = best.iter().any(|(_, _, right)| *right);
        if self.answerable && !found {
            return;
        }
        let highest = best.iter().map(|(_, score, _)| *score).fold(0.0, f32::max);
        let likely: Vec<f32> = best.iter().map(|(_, score, _)| (score - highest).exp()).collect();
        let none = (-highest).exp();
        let all = likely.iter().sum::<f32>() + none;
        let right: f32 = likely.iter().zip(&best).filter(|(_, (_, _, right))| *right).map(|(value, _)| value).sum();
        let mut gradient = [0.0_f32; COUNT];
        for (value, (text, _, is_right)) in likely.iter().zip(&best) {
            let wanted = if *is_right { value / right.max(f32::MIN_POSITIVE) } else { 0.0 };
            let pull = value / all - wanted;
            if pull.abs() > 1e-4 {
                for (sum, value) in gradient.iter_mut().zip(*text) {
                    *sum += pull * value;
                }
            }
        }
        for ((share, column), squares) in self.shares.iter().zip(weights).zip(squares).filter(|((share, _), _)| **share > 0.0) {
            for ((weight, square), slope) in column.iter_mut().zip(squares).zip(gradient) {
                let slope = self.weight * share * slope + DECAY * *weight;
                *square += slope * slope;
                *weight -= step * slope / square.sqrt();
            }
            column[EXACT] = 0.0;
        }
    }
}

/// Fits weights to questions, and says how they do on others that they were not fitted to. Columns that no question moves keep
/// the weights they had.
pub fn fit<'s>(
    lessons: &[(&'s Search, &'s Analyzer, Vec<Lesson<'_>>)],
    old: &RankingWeights,
    aside: &[Lesson<'_>],
) -> (RankingWeights, Ranked) {
    let mut compared: Vec<Compared> = Vec::new();
    for (search, analyzer, lessons) in lessons {
        compared.extend(lessons.iter().map(|lesson| search.prepare(analyzer, lesson)));
    }
    let mut weights = [[0.0; COUNT]; WEIGHT_COLUMNS.len()];
    let mut squares = [[UNTOUCHED; COUNT]; WEIGHT_COLUMNS.len()];
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
            ranked.add(&search.prepare(analyzer, lesson), &weights);
        }
    }
    let moved = |column: usize| compared.iter().any(|question| question.shares[column] > 0.0);
    let features = FEATURE_NAMES.iter().enumerate().map(|(nth, name)| {
        let had = old.features.iter().find(|(known, _)| known == name).map_or([0.0; WEIGHT_COLUMNS.len()], |(_, weights)| *weights);
        let mut by_column = had;
        for (column, weight) in by_column.iter_mut().enumerate().filter(|(column, _)| moved(*column)) {
            *weight = weights[column][nth];
        }
        ((*name).to_owned(), by_column)
    });
    (RankingWeights { features: features.collect() }, ranked)
}

/// What a question without an answer counts for in the calibration: most that is asked has one.
const UNANSWERABLE: f32 = 0.1;
/// Passes of the calibration.
const CALIBRATIONS: usize = 300;

/// Stretches and shifts the scores of each column so that each says how likely its article is the answer, whatever others are
/// there (Platt 1999). The order stays as it was.
fn calibrate(compared: &[Compared], weights: &mut Columns) {
    for column in 0..weights.len() {
        let of_column = compared.iter().filter(|question| question.shares[column] > 0.5);
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
                *value -= 0.3 * slope / square.sqrt();
            }
        }
        for weight in &mut weights[column] {
            *weight *= stretch;
        }
        weights[column][ONE] += shift;
    }
}

impl Ranked {
    fn add(&mut self, question: &Compared, weights: &Columns) {
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
