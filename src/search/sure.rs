//! How likely the first article is the answer, judged by the whole list: the same score means more where nothing else comes near.
//! A logistic regression over the first hit's features and a few of the list; its weights are data, written by `wenzheng fit`.

use super::features::{COUNT, FEATURE_NAMES};
use super::ranking::Hit;
use super::understand::Understood;
use crate::knowledge::{LIST_COLUMNS, RankingWeights};

/// Hits that are looked at.
pub(super) const LISTED: usize = 10;

/// What the list as a whole says.
const LIST_NAMES: [&str; LIST_COUNT] = [
    "第一名的分",
    "第一名的对数分",
    "领先同主题的",
    "领先别的主题的",
    "占全部的份额",
    "没说主题",
    "说了几个主题",
    "没说方面",
    "说了几个方面",
    "最可能的方面",
    "只是近似",
    "问句的长短",
    "同主题的有几个",
];
const LIST_COUNT: usize = 13;
const ALL: usize = LIST_COUNT + COUNT;

/// What stands before the names of the first hit's features in the file of weights.
const OF_FIRST: &str = "第一名：";

/// Log odds beyond which scores are the same.
const MOST: f32 = 7.0;
/// Question length that counts as long, in characters.
const LONG: f32 = 80.0;

/// Steps of the fit, their size, and the pull towards zero.
const STEPS: usize = 600;
const STEP: f32 = 0.1;
const DECAY: f32 = 1e-3;

/// One value a feature: of the list, then of the first hit.
pub(super) type Listed = [f32; ALL];

/// Judges lists. Columns: lists of the knowledge's topics, lists of imported articles.
#[derive(Debug, Clone)]
pub(super) struct Sureness([[f32; ALL]; LIST_COLUMNS.len()]);

/// A list whose outcome is known.
pub(super) struct Outcome {
    pub(super) listed: Listed,
    /// Whether the first hit is an imported article.
    pub(super) open: bool,
    /// Whether the first hit was the answer.
    pub(super) right: bool,
    /// What it counts for.
    pub(super) weight: f32,
}

fn names() -> impl Iterator<Item = String> {
    let of_first = FEATURE_NAMES.iter().map(|name| format!("{OF_FIRST}{name}"));
    LIST_NAMES.iter().map(|name| (*name).to_owned()).chain(of_first)
}

/// How far one score lies before another, 0 to 1: their difference over their sum.
pub(super) fn lead(first: f32, second: f32) -> f32 {
    (first - second) / (first + second).max(f32::MIN_POSITIVE)
}

/// What a list says; hits best first.
pub(super) fn listed(hits: &[Hit], understood: &Understood, chars: usize) -> Option<Listed> {
    let hits = &hits[..hits.len().min(LISTED)];
    let (first, rest) = hits.split_first()?;
    let same_topic = |hit: &&Hit| hit.at.topic == first.at.topic;
    let best = |same: bool| rest.iter().filter(|hit| same_topic(hit) == same).map(|hit| hit.score).fold(0.0, f32::max);
    let flag = |set: bool| f32::from(u8::from(set));
    let mut topics: Vec<usize> = understood.topics().collect();
    topics.sort_unstable();
    topics.dedup();
    let score = first.score.clamp(1e-6, 1.0 - 1e-6);
    let of_list = [
        score,
        (score / (1.0 - score)).ln().clamp(-MOST, MOST) / MOST,
        lead(score, best(true)),
        lead(score, best(false)),
        score / hits.iter().map(|hit| hit.score).sum::<f32>().max(f32::MIN_POSITIVE),
        flag(topics.is_empty()),
        flag(topics.len() > 1),
        flag(understood.facets.is_empty()),
        flag(understood.facets.len() > 1),
        understood.sides.best(),
        flag(understood.nearly()),
        (chars as f32 / LONG).min(1.0),
        rest.iter().filter(same_topic).count() as f32 / LISTED as f32,
    ];
    let mut all = [0.0; ALL];
    for (place, value) in all.iter_mut().zip(of_list.iter().chain(&first.features.0)) {
        *place = *value;
    }
    Some(all)
}

fn chance(weights: &[f32; ALL], listed: &Listed) -> f32 {
    let sum: f32 = weights.iter().zip(listed).map(|(weight, value)| weight * value).sum();
    1.0 / (1.0 + (-sum).exp())
}

impl Sureness {
    pub(super) fn of(learned: &RankingWeights) -> Self {
        let mut weights = [[0.0; ALL]; LIST_COLUMNS.len()];
        for (nth, name) in names().enumerate() {
            let known = learned.lists.iter().find(|(known, _)| *known == name);
            for (column, weight) in weights.iter_mut().zip(known.map_or([0.0; LIST_COLUMNS.len()], |(_, weights)| *weights)) {
                column[nth] = weight;
            }
        }
        Self(weights)
    }

    /// The chance that the first hit is the answer.
    pub(super) fn chance(&self, open: bool, listed: &Listed) -> f32 {
        self.0.get(usize::from(open)).map_or(0.0, |weights| chance(weights, listed))
    }

    /// Fits a column to outcomes: logistic regression, all at once, step sizes by `AdaGrad`. A column without outcomes stays.
    pub(super) fn fit(&mut self, outcomes: &[Outcome]) {
        for (column, weights) in self.0.iter_mut().enumerate() {
            let of_column: Vec<&Outcome> = outcomes.iter().filter(|outcome| usize::from(outcome.open) == column).collect();
            let whole: f32 = of_column.iter().map(|outcome| outcome.weight).sum();
            if of_column.is_empty() {
                continue;
            }
            let mut squares = [f32::MIN_POSITIVE; ALL];
            *weights = [0.0; ALL];
            for _ in 0..STEPS {
                let mut slopes = [0.0_f32; ALL];
                for outcome in &of_column {
                    let wanted = f32::from(u8::from(outcome.right));
                    let pull = outcome.weight * (chance(weights, &outcome.listed) - wanted) / whole;
                    for (slope, value) in slopes.iter_mut().zip(&outcome.listed) {
                        *slope += pull * value;
                    }
                }
                for ((weight, square), slope) in weights.iter_mut().zip(&mut squares).zip(slopes) {
                    let slope = slope + DECAY * *weight;
                    *square += slope * slope;
                    *weight -= STEP * slope / square.sqrt().max(f32::MIN_POSITIVE);
                }
            }
        }
    }

    /// The weights by name.
    pub(super) fn named(&self) -> Vec<(String, [f32; LIST_COLUMNS.len()])> {
        names().enumerate().map(|(nth, name)| (name, self.0.map(|column| column[nth]))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(score: f32, right: bool) -> Outcome {
        let mut listed = [0.0; ALL];
        listed[0] = score;
        listed[LIST_COUNT] = 1.0;
        Outcome { listed, open: false, right, weight: 1.0 }
    }

    #[test]
    fn the_fit_tells_what_was_right_from_what_was_not() {
        let outcomes: Vec<Outcome> = (0..100).map(|nth| outcome(nth as f32 / 100.0, nth >= 60)).collect();
        let mut sureness = Sureness::of(&RankingWeights::default());
        sureness.fit(&outcomes);
        let chance = |score| sureness.chance(false, &outcome(score, true).listed);
        assert!(chance(0.9) > 0.7 && chance(0.2) < 0.3, "{} {}", chance(0.9), chance(0.2));
        assert!((sureness.chance(true, &outcome(0.9, true).listed) - 0.5).abs() < f32::EPSILON, "the other column was not fitted");
    }

    #[test]
    fn weights_survive_the_file() {
        let mut sureness = Sureness::of(&RankingWeights::default());
        sureness.fit(&[outcome(1.0, true), outcome(0.0, false)]);
        let read = RankingWeights { lists: sureness.named(), ..RankingWeights::default() };
        assert_eq!(Sureness::of(&read).0, sureness.0);
    }
}
