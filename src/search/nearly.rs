//! Words with a wrong character: typed by ear (头运 for 头晕) or by eye (坐骨神径痛). Only ever put right towards a name or a word
//! that the titles and asks use, and only where no text has the two characters that would be a slip side by side.

use super::understand::Mention;
use crate::text::{Analyzed, Sounds, half_right, is_plain};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Stands for the character that may be wrong.
const ANY: char = '*';
/// Shortest name whose wrong character need not sound right, in characters: of three, two say too little (光发烧 is not 娃发烧).
const BY_EYE: usize = 4;
/// Longest word that is looked for, in characters.
const LONGEST: usize = 10;
/// How often a word that is no name must be used.
const USED: u32 = 3;
/// Characters of a question that are read: whoever writes more does not depend on one word.
const READ: usize = 500;
/// Characters that name another thing where they stand for one of a name: 肾 for 肝 is no slip.
const NO_SLIP: &str = "头脑眼耳鼻口嘴唇牙齿舌咽喉颈肩背胸乳心肺肝胆脾胃肠肾膀子卵宫阴腹腰手指足脚腿膝髋臀肛皮肤骨血尿便痰男女老小儿孕高低多少不没无前后上下左右内外轻重急慢";

/// Finds words with a wrong character.
pub(super) struct Nearly {
    words: Vec<Word>,
    /// Every word that is right as it stands.
    known: HashMap<String, u32>,
    /// Words of two characters and more by their sound, names first.
    by_sound: HashMap<String, Vec<u32>>,
    /// Longer names with each of their characters left open.
    by_eye: HashMap<String, Vec<u32>>,
    longest: usize,
    sounds: Sounds,
}

struct Word {
    text: String,
    /// Whether it means a topic.
    name: bool,
}

/// A text with its slips put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Corrected {
    pub(super) text: String,
    /// Bytes of it that were put right.
    pub(super) spans: Vec<Range<usize>>,
}

/// A character of the question: where it stands, and the word it is part of.
struct Typed {
    at: usize,
    c: char,
    word: Range<usize>,
    framed: bool,
}

impl Typed {
    fn end(&self) -> usize {
        self.at + self.c.len_utf8()
    }
}

impl Nearly {
    /// Names of topics as they are after normalisation, other words for them, and the words of the texts, each with how often it is used.
    pub(super) fn new<'a>(
        names: impl Iterator<Item = &'a str>,
        synonyms: impl Iterator<Item = &'a str>,
        used: &BTreeMap<String, u32>,
        sounds: Sounds,
    ) -> Self {
        let mut nearly =
            Self { words: Vec::new(), known: HashMap::new(), by_sound: HashMap::new(), by_eye: HashMap::new(), longest: 0, sounds };
        names.for_each(|name| nearly.add(name, true, true));
        synonyms.for_each(|word| nearly.add(word, true, false));
        used.iter().filter(|(_, count)| **count >= USED).for_each(|(word, _)| nearly.add(word, false, false));
        for word in used.keys() {
            nearly.known.entry(word.clone()).or_insert(u32::MAX);
        }
        nearly
    }

    fn add(&mut self, text: &str, name: bool, by_eye: bool) {
        let chars: Vec<char> = text.chars().collect();
        if chars.len() < 2 || chars.len() > LONGEST || self.known.contains_key(text) {
            return;
        }
        let nth = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.longest = self.longest.max(chars.len());
        self.known.insert(text.to_owned(), nth);
        if let Some(sound) = self.sounds.word(text) {
            self.by_sound.entry(sound).or_default().push(nth);
        }
        if by_eye && chars.len() >= BY_EYE && !chars.iter().any(|c| is_plain(*c)) {
            for open in 0..chars.len() {
                self.by_eye.entry(opened(&chars, open)).or_default().push(nth);
            }
        }
        self.words.push(Word { text: text.to_owned(), name });
    }

    /// The question with its slips put right; nothing where there is none. Names that stand as they are written stay. `seen` says
    /// whether any text has two characters side by side.
    pub(super) fn correct(&self, analyzed: &Analyzed, mentions: &[Mention], seen: &dyn Fn(&str) -> bool) -> Option<Corrected> {
        let mut slips: Vec<(Range<usize>, &str)> = Vec::new();
        for piece in &analyzed.content {
            let typed = typed(analyzed, piece);
            for length in (2..=self.longest.min(typed.len())).rev() {
                for window in typed.windows(length) {
                    let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
                    let span = first.at..last.end();
                    let free = slips.iter().all(|(other, _)| other.end <= span.start || span.end <= other.start);
                    let apart = |named: &Range<usize>| named.end <= span.start || span.end <= named.start;
                    let around = |named: &Range<usize>| span.start <= named.start && named.end <= span.end && *named != span;
                    let alone = mentions.iter().all(|mention| apart(&mention.span));
                    if free
                        && mentions.iter().all(|mention| apart(&mention.span) || around(&mention.span))
                        && let Some(word) = self.of_window(window, alone, seen)
                    {
                        slips.push((span, word));
                    }
                }
            }
        }
        (!slips.is_empty()).then(|| put_right(analyzed.text(), slips))
    }

    /// The word that was meant by what was typed; by eye only where no other name stands there.
    fn of_window(&self, window: &[Typed], alone: bool, seen: &dyn Fn(&str) -> bool) -> Option<&str> {
        let text: String = window.iter().map(|typed| typed.c).collect();
        if self.known.contains_key(&text) {
            return None;
        }
        let span = window.first()?.at..window.last()?.end();
        let one_word = window.iter().all(|typed| typed.word == span);
        let meant = |nth: &&u32| {
            let Some(word) = self.words.get(**nth as usize) else { return false };
            let right: Vec<bool> = window.iter().zip(word.text.chars()).map(|(typed, right)| typed.c == right).collect();
            let unseen = window
                .windows(2)
                .zip(right.windows(2))
                .all(|(pair, right)| right.iter().all(|right| *right) || !seen(&pair.iter().map(|typed| typed.c).collect::<String>()));
            let mut wrong = window.iter().zip(&right).filter(|(_, right)| !**right).map(|(typed, _)| typed);
            // A character that is part of another word (the 出 of 抽出) is no slip.
            let slip = |typed: &Typed| {
                let within = span.start <= typed.word.start && typed.word.end <= span.end;
                within && !typed.framed && !NO_SLIP.contains(typed.c) && !is_plain(typed.c)
            };
            unseen && wrong.all(slip) && (word.name || !one_word)
        };
        let right_enough = |nth: &&u32| self.words.get(**nth as usize).is_some_and(|word| half_right(&text, &word.text));
        let heard = self.sounds.word(&text).and_then(|sound| self.by_sound.get(&sound));
        let heard = heard.into_iter().flatten().filter(right_enough).find(meant);
        let by_eye = || {
            let chars: Vec<char> = text.chars().collect();
            let open = (0..chars.len()).filter(|_| alone && chars.len() >= BY_EYE);
            open.filter_map(|open| self.by_eye.get(&opened(&chars, open))).flatten().find(meant)
        };
        heard.or_else(by_eye).and_then(|nth| self.words.get(*nth as usize)).map(|word| word.text.as_str())
    }
}

fn typed(analyzed: &Analyzed, piece: &Range<usize>) -> Vec<Typed> {
    let Some(text) = analyzed.text().get(piece.clone()) else { return Vec::new() };
    let mut terms = analyzed.terms.iter().peekable();
    let typed = text.char_indices().take(READ).map(|(at, c)| {
        let at = piece.start + at;
        while terms.next_if(|term| term.span.end <= at).is_some() {}
        let word = terms.peek().filter(|term| term.span.contains(&at)).map_or(at..at + c.len_utf8(), |term| term.span.clone());
        Typed { at, c, word, framed: analyzed.is_framed(at) }
    });
    typed.collect()
}

fn put_right(text: &str, mut slips: Vec<(Range<usize>, &str)>) -> Corrected {
    slips.sort_unstable_by_key(|(span, _)| span.start);
    let (mut corrected, mut start) = (Corrected { text: String::with_capacity(text.len()), spans: Vec::new() }, 0);
    for (span, word) in slips {
        corrected.text.push_str(text.get(start..span.start).unwrap_or_default());
        corrected.spans.push(corrected.text.len()..corrected.text.len() + word.len());
        corrected.text.push_str(word);
        start = span.end;
    }
    corrected.text.push_str(text.get(start..).unwrap_or_default());
    corrected
}

fn opened(chars: &[char], open: usize) -> String {
    chars.iter().enumerate().map(|(at, &c)| if at == open { ANY } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Analyzer, Lexicon};

    fn corrected(question: &str) -> Option<String> {
        let used = [("化疗", 5), ("手术", 9), ("天气", 1)].map(|(word, count)| (word.to_owned(), count)).into();
        let names = ["点痣", "白血病", "头晕", "麦粒肿", "发烧", "坐骨神经痛"];
        let analyzer = Analyzer::new(&Lexicon::default(), names).expect("a lexicon without faults");
        let nearly = Nearly::new(names.into_iter(), [].into_iter(), &used, Sounds::default());
        nearly.correct(&analyzer.analyze(question), &[], &|pair| pair == "点知").map(|corrected| corrected.text)
    }

    #[test]
    fn slips_are_put_right_by_ear_and_by_eye() {
        assert_eq!(corrected("老是头运").as_deref(), Some("老是头晕"));
        assert_eq!(corrected("麦粒仲").as_deref(), Some("麦粒肿"));
        assert_eq!(corrected("坐骨神径痛").as_deref(), Some("坐骨神经痛"));
        assert_eq!(corrected("坐骨神仙痛").as_deref(), Some("坐骨神经痛"));
        assert_eq!(corrected("白雪病").as_deref(), Some("白血病"));
        assert_eq!(corrected("白雪病要画疗").as_deref(), Some("白血病要化疗"));
    }

    #[test]
    fn what_is_right_stays() {
        assert_eq!(corrected("白血病要化疗"), None);
        assert_eq!(corrected("今天天气怎么样"), None);
        assert_eq!(corrected("景点"), None);
        assert_eq!(corrected("光发烧"), None);
        assert_eq!(corrected("点知"), None, "a text has it");
        assert_eq!(corrected(""), None);
    }
}
