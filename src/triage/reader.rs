//! The second reader: rules find what their editors thought of; people say it otherwise. It weighs what a message is made
//! of (a logistic score over character n-grams, word lists and whether a rule fired), window by window, so that an alarm in
//! one clause of fifteen counts as much as alone. Its weights are data (`knowledge/red_flags/reader.tsv`).

use super::grams::{self, Gram};
use super::scan::Word;
use crate::text::Analyzed;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// Longest window, in characters.
const WINDOW_CHARS: usize = 45;
/// Most clauses of a window.
const WINDOW_CLAUSES: usize = 3;
/// In a clause without commas windows begin this far apart, in characters.
const WINDOW_STEP: usize = 12;
/// Least rest of a clause that is worth a window of its own, in characters.
const WINDOW_REST: usize = 6;

/// Spreads the bits of a feature; they are no secret and nobody gains by making them collide.
#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        let mixed = (self.0 ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 29;
    }
}

/// Weights by feature.
pub(super) type ByGram<T> = HashMap<Gram, T, BuildHasherDefault<Spread>>;

/// The second reader.
pub(super) struct Reader {
    pub(super) weights: ByGram<f32>,
    pub(super) bias: f32,
    pub(super) fired: f32,
    pub(super) threshold: f32,
}

/// The window that alarms most.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The score.
    pub(super) score: f32,
    /// Bytes of the normalised text.
    pub(super) window: Range<usize>,
}

impl Reader {
    /// Reads a text. Cost is linear in its length.
    pub(super) fn read(&self, analyzed: &Analyzed, words: &[Word], named: &[bool], fired: bool) -> Reading {
        let mut sums = Sums::default();
        grams::visit(analyzed, words, named, |place, features| {
            let (mut weight, mut count) = (0.0, 0);
            for known in features.filter_map(|feature| self.weights.get(&feature)) {
                weight += known;
                count += 1;
            }
            sums.push(place.at, place.clause, weight, count);
        });
        let start = self.bias + if fired { self.fired } else { 0.0 };
        let best = windows(&sums.clauses).map(|window| (sums.of(&window), window)).max_by(|one, other| one.0.total_cmp(&other.0));
        let (score, window) = best.unwrap_or_default();
        Reading { score: start + score, window: sums.bytes(&window, analyzed.text().len()) }
    }

    /// Whether a reading is an alarm.
    pub(super) fn alarms(&self, reading: &Reading) -> bool {
        reading.score >= self.threshold
    }
}

/// Running sums over places, so that every window costs the same.
#[derive(Default)]
struct Sums {
    at: Vec<usize>,
    clauses: Vec<usize>,
    weights: Vec<f32>,
    counts: Vec<u32>,
}

impl Sums {
    fn push(&mut self, at: usize, clause: usize, weight: f32, count: u32) {
        self.at.push(at);
        self.clauses.push(clause);
        self.weights.push(self.weights.last().unwrap_or(&0.0) + weight);
        self.counts.push(self.counts.last().unwrap_or(&0) + count);
    }

    /// A window's weight over the root of the number of its known features, so that length alone raises no alarm.
    fn of(&self, window: &Range<usize>) -> f32 {
        let before = window.start.checked_sub(1);
        let sum = |sums: &[f32]| sums.get(window.end - 1).unwrap_or(&0.0) - before.and_then(|at| sums.get(at)).unwrap_or(&0.0);
        let count = self.counts.get(window.end - 1).unwrap_or(&0) - before.and_then(|at| self.counts.get(at)).unwrap_or(&0);
        sum(&self.weights) / (count.max(1) as f32).sqrt()
    }

    fn bytes(&self, window: &Range<usize>, length: usize) -> Range<usize> {
        let at = |place: usize| self.at.get(place).copied().unwrap_or(length);
        at(window.start)..at(window.end)
    }
}

/// Windows over places, given the clause of each: from every clause's beginning whole clauses as far as they fit.
pub(super) fn windows(clauses: &[usize]) -> impl Iterator<Item = Range<usize>> + '_ {
    let (mut first, mut end) = (0, 0);
    (0..clauses.len()).filter_map(move |start| {
        if start == end {
            first = start;
            end = start + clauses[start..].iter().take_while(|&&clause| clause == clauses[start]).count();
        }
        let begins = start == first || ((start - first).is_multiple_of(WINDOW_STEP) && end - start >= WINDOW_REST);
        begins.then(|| start..window_end(clauses, start, end))
    })
}

/// Where a window ends that begins at `start`, in a clause that ends at `end`.
fn window_end(clauses: &[usize], start: usize, end: usize) -> usize {
    if end - start > WINDOW_CHARS {
        return start + WINDOW_CHARS;
    }
    let mut reached = end;
    for _ in 1..WINDOW_CLAUSES {
        let Some(clause) = clauses.get(reached) else { break };
        let length = clauses[reached..].iter().take(WINDOW_CHARS + 1).take_while(|other| *other == clause).count();
        if reached + length - start > WINDOW_CHARS {
            break;
        }
        reached += length;
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_takes_whole_clauses_as_far_as_they_fit() {
        let clauses = [[0; 4].as_slice(), &[1; 3], &[2; 2], &[3; 5]].concat();
        assert_eq!(windows(&clauses).collect::<Vec<_>>(), [0..9, 4..14, 7..14, 9..14]);
    }

    #[test]
    fn a_clause_without_end_is_read_in_pieces() {
        let windows: Vec<_> = windows(&[0; 60]).collect();
        assert_eq!(windows, [0..45, 12..57, 24..60, 36..60, 48..60]);
    }

    #[test]
    fn a_text_of_nothing_has_no_window() {
        assert_eq!(windows(&[]).count(), 0);
    }
}
