//! Which red flag a message is most like, where none fired but the second reader alarms: a vote of the nearest known
//! sentences (cosine over character pairs weighted by rarity), so that the right card is shown and `/why` can name them.

use super::reader::ByGram;
use std::collections::HashMap;

/// How many sentences vote.
const VOTERS: usize = 7;

/// A sentence whose red flag is known.
struct Known {
    rule: usize,
    text: String,
}

/// Known sentences and where their character pairs stand.
#[derive(Default)]
pub(super) struct Alike {
    known: Vec<Known>,
    postings: ByGram<Vec<(u32, f32)>>,
}

/// The red flag that a message is most like.
pub(super) struct Likeness<'a> {
    /// Its place among the rules.
    pub(super) rule: usize,
    /// The known sentence that is nearest.
    pub(super) sentence: &'a str,
}

/// The character pairs of a text, each once.
fn pairs(text: &str) -> Vec<u64> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut pairs: Vec<u64> = chars.windows(2).map(|pair| u64::from(pair[0] as u32) << 32 | u64::from(pair[1] as u32)).collect();
    pairs.extend(chars.iter().map(|&c| u64::from(c as u32)));
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

impl Alike {
    /// From normalised sentences, each with the place of its rule.
    pub(super) fn new(sentences: impl IntoIterator<Item = (usize, String)>) -> Self {
        let known: Vec<Known> = sentences.into_iter().map(|(rule, text)| Known { rule, text }).collect();
        let mut postings: ByGram<Vec<(u32, f32)>> = ByGram::default();
        for (sentence, nth) in known.iter().zip(0..) {
            for pair in pairs(&sentence.text) {
                postings.entry(pair).or_default().push((nth, 0.0));
            }
        }
        let total = known.len().max(1) as f32;
        let mut norms = vec![0.0_f32; known.len()];
        for found in postings.values_mut() {
            let rarity = (1.0 + total / found.len() as f32).ln();
            for (nth, weight) in found {
                *weight = rarity;
                norms[*nth as usize] += rarity * rarity;
            }
        }
        for (nth, weight) in postings.values_mut().flatten() {
            *weight *= *weight / norms[*nth as usize].sqrt();
        }
        Self { known, postings }
    }

    /// The red flag that a stretch of normalised text is most like.
    pub(super) fn find(&self, text: &str) -> Option<Likeness<'_>> {
        let mut scores: ByGram<f32> = ByGram::default();
        for pair in pairs(text) {
            for (nth, weight) in self.postings.get(&pair).into_iter().flatten() {
                *scores.entry(u64::from(*nth)).or_default() += weight;
            }
        }
        let mut nearest: Vec<(f32, u64)> = scores.into_iter().map(|(nth, score)| (score, nth)).collect();
        nearest.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        nearest.truncate(VOTERS);
        let mut votes: HashMap<usize, f32> = HashMap::new();
        for (score, nth) in &nearest {
            *votes.entry(self.known[*nth as usize].rule).or_default() += score * score;
        }
        let (rule, _) = votes.into_iter().max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))?;
        let sentence = nearest.iter().map(|(_, nth)| &self.known[*nth as usize]).find(|known| known.rule == rule)?;
        Some(Likeness { rule, sentence: &sentence.text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_sentences_name_the_red_flag() {
        let alike = Alike::new([(0, "嘴突然歪了".into()), (0, "半边脸不会动".into()), (1, "胸口压着痛".into())]);
        let found = alike.find("我妈半边脸动不了").expect("something is alike");
        assert_eq!((found.rule, found.sentence), (0, "半边脸不会动"));
        assert!(alike.find("abc").is_none());
    }
}
