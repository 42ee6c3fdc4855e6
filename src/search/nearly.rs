//! Names with one wrong character: typed by ear (头运 for 头晕) or by eye (麦粒仲). Only ever towards a known name, and only
//! where no name was found as it is written.

use crate::text::{Analyzed, Sounds, half_right, is_plain};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Stands for the character that may be wrong.
const ANY: char = '*';
/// Shortest name whose wrong character need not sound right, in characters.
const BY_EYE: usize = 3;
/// Longest name that is looked for, in characters.
const LONGEST: usize = 10;
/// Characters that name another thing where they stand for one of a name: 肾 for 肝 is no slip.
const NO_SLIP: &str = "头脑眼耳鼻口嘴唇牙齿舌咽喉颈肩背胸乳心肺肝胆脾胃肠肾膀子卵宫阴腹腰手指足脚腿膝髋臀肛皮肤骨血尿便痰男女老小儿孕高低多少不没无前后上下左右内外轻重急慢";

/// Finds names with one wrong character.
pub(super) struct Nearly {
    /// Names of two characters and more by their sound.
    by_sound: HashMap<String, Vec<u32>>,
    /// Longer names with each of their characters left open.
    by_eye: HashMap<String, Vec<u32>>,
    names: Vec<(String, usize)>,
    longest: usize,
    sounds: Sounds,
}

impl Nearly {
    /// Names as they are after normalisation, each with its topic.
    pub(super) fn new(names: Vec<(String, usize)>, sounds: Sounds) -> Self {
        let (mut by_sound, mut by_eye): (HashMap<String, Vec<u32>>, HashMap<String, Vec<u32>>) = Default::default();
        let mut longest = 0;
        for ((name, _), nth) in names.iter().zip(0..) {
            let chars: Vec<char> = name.chars().collect();
            if chars.len() < 2 || chars.len() > LONGEST {
                continue;
            }
            longest = longest.max(chars.len());
            if let Some(sound) = sounds.word(name) {
                by_sound.entry(sound).or_default().push(nth);
            }
            if chars.len() >= BY_EYE {
                for open in 0..chars.len() {
                    by_eye.entry(opened(&chars, open)).or_default().push(nth);
                }
            }
        }
        Self { by_sound, by_eye, names, longest, sounds }
    }

    /// The longest name that is nearly there: where, and its topics.
    pub(super) fn find(&self, analyzed: &Analyzed) -> Option<(Range<usize>, Vec<usize>)> {
        let text = analyzed.text();
        let inside = analyzed.inside_words();
        for piece in &analyzed.content {
            let chars: Vec<(usize, char)> = text[piece.clone()].char_indices().map(|(at, c)| (piece.start + at, c)).collect();
            for length in (2..=self.longest.min(chars.len())).rev() {
                for window in chars.windows(length) {
                    let topics = self.of_window(window, &inside);
                    if let (false, Some(first), Some(last)) = (topics.is_empty(), window.first(), window.last()) {
                        return Some((first.0..last.0 + last.1.len_utf8(), topics));
                    }
                }
            }
        }
        None
    }

    fn of_window(&self, window: &[(usize, char)], inside: &HashSet<usize>) -> Vec<usize> {
        let typed: String = window.iter().map(|(_, c)| c).collect();
        let mut topics = Vec::new();
        let mut take = |nth: u32| {
            let Some((name, topic)) = self.names.get(nth as usize) else { return };
            let mut wrong = window.iter().zip(name.chars()).filter(|((_, typed), right)| typed != right).map(|(typed, _)| typed);
            // A character that is part of another word (the 出 of 抽出) is no slip.
            let slip = |(at, c): &(usize, char)| !inside.contains(at) && !NO_SLIP.contains(*c) && !is_plain(*c);
            if !topics.contains(topic) && wrong.all(slip) {
                topics.push(*topic);
            }
        };
        let heard = self.sounds.word(&typed).and_then(|sound| self.by_sound.get(&sound));
        let right_enough = |nth: &&u32| self.names.get(**nth as usize).is_some_and(|(name, _)| half_right(&typed, name));
        for &nth in heard.into_iter().flatten().filter(right_enough) {
            take(nth);
        }
        let chars: Vec<char> = typed.chars().collect();
        if chars.len() >= BY_EYE {
            for open in 0..chars.len() {
                self.by_eye.get(&opened(&chars, open)).into_iter().flatten().for_each(|&nth| take(nth));
            }
        }
        topics
    }
}

fn opened(chars: &[char], open: usize) -> String {
    chars.iter().enumerate().map(|(at, &c)| if at == open { ANY } else { c }).collect()
}
