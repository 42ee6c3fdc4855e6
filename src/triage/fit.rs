//! Fits the second reader: logistic regression by stochastic gradient descent with AdaGrad step sizes (Duchi et al. 2011,
//! JMLR 12:2121), where each message stands for its most alarming window (multiple instances, as in Andrews et al. 2002,
//! NIPS 15). Deterministic: the same sentences give the same weights.

use super::assess::Triage;
use super::grams::{self, Gram};
use super::reader::{ByGram, windows};
use crate::knowledge::ReaderWeights;
use crate::text::Analyzer;
use std::ops::Range;

/// Passes over the sentences.
const EPOCHS: usize = 8;
/// Step size; fitted by hand on the seen part of the gold set, as the others here.
const STEP: f32 = 0.2;
/// Step size of the bias, which every sentence moves.
const BIAS_STEP: f32 = 0.01;
/// Pull towards zero.
const DECAY: f32 = 1e-5;
/// A feature of fewer sentences is left out.
const LEAST_SENTENCES: u32 = 2;
/// Sum of squared gradients of a feature that was never met.
const UNTOUCHED: f32 = 1e-8;
/// Parts of the cross-validation.
const FOLDS: usize = 3;
/// Passes over the knowledge's own sentences that still come out wrong: an editor's example is a promise.
const REPAIRS: usize = 30;
/// How far from the threshold such a sentence must come to lie.
const MARGIN: f32 = 0.1;
/// The most that is allowed of heard messages that are no emergency and alarm all the same: what is asked of look-alikes, which
/// half of them are.
const FALSE_ALARMS: f32 = 0.03;

/// A sentence to learn from.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    /// The sentence.
    pub text: &'a str,
    /// Whether it must alarm.
    pub alarm: bool,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a sentence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The rules and articles themselves: it must come out right.
    Promised,
    /// Heard, emergencies and what sounds like one: the threshold is set by these.
    Heard,
    /// Asked by people who look for an article.
    Asked,
}

/// What was learned, and how well it does on sentences that it did not learn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The weights.
    pub weights: ReaderWeights,
    /// Sentences learned from: heard emergencies, other messages heard, questions that were asked, the knowledge's own.
    pub counts: [usize; 4],
    /// Cross-validated share of heard emergencies that alarm.
    pub recall: f32,
    /// Cross-validated share of other heard messages that alarm.
    pub heard_alarms: f32,
    /// Cross-validated share of asked questions that alarm.
    pub asked_alarms: f32,
    /// Cross-validated share of articles' questions that alarm.
    pub question_alarms: f32,
}

/// A sentence as features.
struct Sample {
    alarm: bool,
    origin: Origin,
    fired: bool,
    windows: Vec<Vec<u32>>,
}

/// Weights while they are learned.
struct Model {
    weights: Vec<f32>,
    squares: Vec<f32>,
    bias: f32,
    /// Weight and squared gradients of a fired rule.
    fired: (f32, f32),
}

/// Fits the reader to sentences.
pub fn fit(triage: &Triage, analyzer: &Analyzer, examples: &[Example]) -> Fitted {
    let mut names: Vec<Gram> = Vec::new();
    let mut ids: ByGram<u32> = ByGram::default();
    let samples: Vec<Sample> = examples.iter().map(|example| sample(triage, analyzer, *example, &mut ids, &mut names)).collect();
    let samples = without_rare(samples, names.len());
    let mut held_out: Vec<(f32, usize)> = Vec::new();
    for fold in 0..FOLDS {
        let (out, kept): (Vec<usize>, Vec<usize>) = (0..samples.len()).partition(|nth| nth % FOLDS == fold);
        let model = learn(&samples, kept, names.len());
        held_out.extend(out.into_iter().map(|nth| (model.read(&samples[nth], true).0, nth)));
    }
    let share = |threshold: f32, of: &dyn Fn(&Sample) -> bool| {
        let scores: Vec<f32> = held_out.iter().filter(|(_, nth)| of(&samples[*nth])).map(|(score, _)| *score).collect();
        scores.iter().filter(|score| **score >= threshold).count() as f32 / scores.len().max(1) as f32
    };
    let other_heard = |sample: &Sample| sample.origin == Origin::Heard && !sample.alarm;
    let heard_alarm = |sample: &Sample| sample.origin == Origin::Heard && sample.alarm;
    let promised = |sample: &Sample| sample.origin == Origin::Promised;
    let steps = (-200..800_i16).map(|step| f32::from(step) / 100.0);
    let threshold = steps.into_iter().find(|&threshold| share(threshold, &other_heard) <= FALSE_ALARMS).unwrap_or(0.0);
    let mut model = learn(&samples, (0..samples.len()).collect(), names.len());
    model.repair(&samples, threshold);
    let count = |of: &dyn Fn(&Sample) -> bool| samples.iter().filter(|sample| of(sample)).count();
    Fitted {
        counts: [count(&heard_alarm), count(&other_heard), count(&|s| s.origin == Origin::Asked), count(&promised)],
        recall: share(threshold, &heard_alarm),
        heard_alarms: share(threshold, &other_heard),
        asked_alarms: share(threshold, &|s| s.origin == Origin::Asked),
        question_alarms: share(threshold, &|s| promised(s) && !s.alarm),
        weights: model.written(triage, &names, threshold),
    }
}

fn sample(triage: &Triage, analyzer: &Analyzer, example: Example, ids: &mut ByGram<u32>, names: &mut Vec<Gram>) -> Sample {
    let analyzed = analyzer.analyze(example.text);
    let (words, fired) = triage.by_rules(&analyzed);
    let (mut places, mut clauses): (Vec<Vec<u32>>, Vec<usize>) = (Vec::new(), Vec::new());
    grams::visit(&analyzed, &words, &triage.0.named, |place, features| {
        clauses.push(place.clause);
        let known = features.map(|gram| {
            *ids.entry(gram).or_insert_with(|| {
                names.push(gram);
                (names.len() - 1) as u32
            })
        });
        places.push(known.collect());
    });
    let gather = |window: Range<usize>| places[window].concat();
    let windows: Vec<Vec<u32>> = windows(&clauses).map(gather).collect();
    Sample { alarm: example.alarm, origin: example.origin, fired: fired.is_some(), windows }
}

/// What only one sentence has says nothing of others.
fn without_rare(mut samples: Vec<Sample>, features: usize) -> Vec<Sample> {
    let mut sentences = vec![0_u32; features];
    for sample in &samples {
        let mut there = sample.windows.concat();
        there.sort_unstable();
        there.dedup();
        for feature in there {
            sentences[feature as usize] += 1;
        }
    }
    for window in samples.iter_mut().flat_map(|sample| &mut sample.windows) {
        window.retain(|&feature| sentences[feature as usize] >= LEAST_SENTENCES);
    }
    samples
}

fn learn(samples: &[Sample], mut order: Vec<usize>, features: usize) -> Model {
    let mut model = Model { weights: vec![0.0; features], squares: vec![UNTOUCHED; features], bias: -1.0, fired: (0.0, UNTOUCHED) };
    let mut dice = 12_345_u64;
    for epoch in 0..EPOCHS {
        for nth in (1..order.len()).rev() {
            // Knuth's constants for a linear congruential generator.
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(nth, (dice >> 33) as usize % (nth + 1));
        }
        // In every other pass rules say nothing, so that the words learn to stand alone.
        let rules = epoch.is_multiple_of(2);
        for &nth in &order {
            model.learn(&samples[nth], rules);
        }
    }
    model
}

impl Model {
    /// The score of the most alarming window, and that window.
    fn read<'a>(&self, sample: &'a Sample, rules: bool) -> (f32, &'a [u32]) {
        let score = |window: &[u32]| {
            let sum: f32 = window.iter().map(|&feature| self.weights[feature as usize]).sum();
            sum / (window.len().max(1) as f32).sqrt()
        };
        let scored = sample.windows.iter().map(|window| (score(window), window.as_slice()));
        let (best, window) = scored.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((0.0, &[]));
        let fired = if rules && sample.fired { self.fired.0 } else { 0.0 };
        (best + self.bias + fired, window)
    }

    fn learn(&mut self, sample: &Sample, rules: bool) {
        let (score, window) = self.read(sample, rules);
        let wanted = if sample.alarm { 1.0 } else { 0.0 };
        self.correct(sample, rules, window, 1.0 / (1.0 + (-score).exp()) - wanted);
    }

    fn correct(&mut self, sample: &Sample, rules: bool, window: &[u32], error: f32) {
        let scale = 1.0 / (window.len().max(1) as f32).sqrt();
        for &feature in window {
            let (weight, square) = (&mut self.weights[feature as usize], &mut self.squares[feature as usize]);
            step(weight, square, error * scale + DECAY * *weight);
        }
        // Rules were tuned on what the knowledge promises: there their word would be trusted too much.
        if rules && sample.fired && sample.origin != Origin::Promised {
            let (weight, square) = (&mut self.fired.0, &mut self.fired.1);
            step(weight, square, error);
        }
        self.bias -= BIAS_STEP * error;
    }

    /// Brings the knowledge's own sentences to the right side of the threshold, as far as words can.
    fn repair(&mut self, samples: &[Sample], threshold: f32) {
        for _ in 0..REPAIRS {
            for sample in samples.iter().filter(|sample| sample.origin == Origin::Promised) {
                let (score, window) = self.read(sample, true);
                let wrong = if sample.alarm { score < threshold + MARGIN } else { score >= threshold - MARGIN };
                if wrong {
                    self.correct(sample, true, window, if sample.alarm { -1.0 } else { 1.0 });
                }
            }
        }
    }

    fn written(&self, triage: &Triage, names: &[Gram], threshold: f32) -> ReaderWeights {
        let list = |id| triage.0.lists.iter().filter(|(_, other)| **other == id).map(|(name, _)| name.clone()).min();
        let learned = self.weights.iter().zip(names).zip(&self.squares).filter(|(_, squares)| **squares > UNTOUCHED);
        let mut features: Vec<(String, f32)> =
            learned.filter_map(|((weight, gram), _)| Some((grams::written(*gram, list)?, *weight))).collect();
        features.sort_by(|one, other| one.0.cmp(&other.0));
        ReaderWeights { bias: self.bias, fired: self.fired.0, threshold, features }
    }
}

fn step(weight: &mut f32, squares: &mut f32, gradient: f32) {
    *squares += gradient * gradient;
    *weight -= STEP * gradient / squares.sqrt();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::text::Lexicon;

    #[test]
    fn what_was_learned_tells_the_two_kinds_apart() {
        let analyzer = Analyzer::new(&Lexicon::default(), []).expect("an empty lexicon");
        let mut knowledge = Knowledge::default();
        let triage = Triage::new(&knowledge, &analyzer).expect("no rules");
        let alarms = ["胸口压着痛冒冷汗", "我爸胸口痛冒冷汗", "突然胸口痛得冒冷汗", "奶奶胸口压得痛"];
        let calm = ["感冒吃什么好", "我爸感冒了吃什么", "奶奶膝盖痛吃什么好", "突然想吃什么"];
        let both = alarms.iter().map(|text| (text, true)).chain(calm.iter().map(|text| (text, false)));
        let examples: Vec<Example> = both.map(|(text, alarm)| Example { text, alarm, origin: Origin::Promised }).collect();
        let fitted = fit(&triage, &analyzer, &examples);
        assert_eq!(fitted, fit(&triage, &analyzer, &examples), "the same sentences give the same weights");
        knowledge.reader = fitted.weights;
        let reader = Triage::new(&knowledge, &analyzer).expect("no rules").0.reader.expect("it was fitted");
        let alarmed = |text: &str| reader.alarms(&reader.read(&analyzer.analyze(text), &[], &[], false));
        assert!(alarmed("妈妈胸口痛冒冷汗") && !alarmed("妈妈感冒吃什么"));
    }
}
