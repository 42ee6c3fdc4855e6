//! Which side of a topic is asked, read from all ways in which the knowledge's own questions ask for it: naive Bayes over
//! runs of one to three characters outside the names of topics (Manning, Raghavan and Schütze 2008, chapter 13, in the
//! Bernoulli form without absent terms). The lists of wordings in `knowledge/facets.toml` name the clear cases; this tells
//! 能去根儿不 from 咋长出来的 where no list does.

use crate::knowledge::Facet;
use std::collections::HashMap;

/// What is added to every count.
const SMOOTHING: f32 = 0.3;
/// Kinds of runs that the smoothing reckons with.
const KINDS: f32 = 20.0;
/// A run that fewer questions have is not counted.
const LEAST: f32 = 2.0;
/// The most that a single run can say against a side, in nats.
const AGAINST: f32 = -3.0;
/// Runs overlap, so the evidence of many is divided by the root of their number, over this.
const OVERLAP: f32 = 1.5;
/// How many sides there are.
const SIDES: usize = Facet::ALL.len();

/// Reads the side that is asked.
pub(super) struct SideReader {
    counts: HashMap<String, [u32; SIDES]>,
    totals: [u32; SIDES],
}

/// How likely each side is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sides([f32; SIDES]);

impl Default for Sides {
    fn default() -> Self {
        Self([1.0 / SIDES as f32; SIDES])
    }
}

impl Sides {
    /// How likely a side is, 0 to 1.
    pub fn of(&self, facet: Facet) -> f32 {
        self.0.get(number(facet)).copied().unwrap_or(0.0)
    }

    /// How likely the likeliest is.
    pub fn best(&self) -> f32 {
        self.0.iter().copied().fold(0.0, f32::max)
    }
}

fn number(facet: Facet) -> usize {
    Facet::ALL.iter().position(|other| *other == facet).unwrap_or_default()
}

/// The runs of a text that has breaks where topics were named.
fn runs(text: &str) -> Vec<String> {
    let mut runs = Vec::new();
    for piece in text.split(|c: char| !c.is_alphanumeric()) {
        let chars: Vec<char> = piece.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        for start in 0..chars.len() {
            runs.extend((1..=3).filter_map(|length| chars.get(start..start + length)).map(|run| run.iter().collect::<String>()));
        }
        if let (Some(first), Some(last)) = (chars.first(), chars.last()) {
            runs.extend([format!("^{first}"), format!("{last}$")]);
        }
    }
    runs.sort_unstable();
    runs.dedup();
    runs
}

impl SideReader {
    /// Learns from questions, each with the side it asks for.
    pub(super) fn new(questions: impl Iterator<Item = (String, Facet)>) -> Self {
        let mut reader = Self { counts: HashMap::new(), totals: [0; SIDES] };
        for (text, facet) in questions {
            reader.totals[number(facet)] += 1;
            for run in runs(&text) {
                reader.counts.entry(run).or_insert([0; SIDES])[number(facet)] += 1;
            }
        }
        reader
    }

    /// Reads a text. `own` is the side of a question that was learned from this very text, which then counts one time less.
    pub(super) fn read(&self, text: &str, own: Option<Facet>) -> Sides {
        let own = own.map(number);
        let total: Vec<f32> =
            self.totals.iter().enumerate().map(|(side, &n)| n.saturating_sub(u32::from(own == Some(side))) as f32).collect();
        let mut scores = [0.0_f32; SIDES];
        let mut known = 0;
        for run in runs(text) {
            let Some(counts) = self.counts.get(&run) else { continue };
            let count = |side: usize| counts[side].saturating_sub(u32::from(own == Some(side))) as f32;
            if (0..SIDES).map(count).sum::<f32>() < LEAST {
                continue;
            }
            known += 1;
            let share = |side: usize| (count(side) + SMOOTHING) / (total[side] + SMOOTHING * KINDS);
            let mean = (0..SIDES).map(share).sum::<f32>() / SIDES as f32;
            for (side, score) in scores.iter_mut().enumerate() {
                *score += (share(side) / mean).ln().max(AGAINST);
            }
        }
        let spread = ((known.max(1) as f32).sqrt() / OVERLAP).max(1.0);
        let highest = scores.iter().copied().fold(f32::MIN, f32::max);
        let likely = scores.map(|score| ((score - highest) / spread).exp());
        let sum: f32 = likely.iter().sum();
        Sides(likely.map(|value| value / sum))
    }
}
