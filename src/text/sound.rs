//! How characters sound, for words typed by ear: 胸口闷通 for 闷痛, 抽畜 for 抽搐.
//!
//! Only ever used to reach known words that are half right already; never as a normal form, since 景点 is not 经典.

use pinyin::ToPinyin;
use std::collections::HashMap;

/// The block of common characters.
const TABLE: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';
/// Sounds are written as characters of this private plane, so that all are four bytes long.
const SOUND_PLANE: u32 = 0xF_0000;
/// Characters without a sound are written here.
const OTHER_PLANE: u32 = 0x10_0000;

/// The sound of every common character: its commonest reading without tone, with the syllables that many people do
/// not tell apart folded (zh/z, ch/c, sh/s, ang/an, eng/en, ing/in, l/n before a vowel stays).
#[derive(Clone)]
pub struct Sounds(Vec<u16>);

/// A text as sounds, four bytes a character.
#[derive(Debug, Clone, Default)]
pub struct Sounded {
    /// The sounds.
    pub sounds: String,
    starts: Vec<usize>,
}

impl Default for Sounds {
    fn default() -> Self {
        let mut ids: HashMap<String, u16> = HashMap::new();
        let sound = |c: char| {
            let folded = fold(c.to_pinyin()?.plain());
            let next = u16::try_from(ids.len() + 1).unwrap_or(u16::MAX);
            Some(*ids.entry(folded).or_insert(next))
        };
        let mut sound = sound;
        Self(TABLE.map(|c| sound(c).unwrap_or(0)).collect())
    }
}

fn fold(syllable: &str) -> String {
    let initial = syllable.replacen("zh", "z", 1).replacen("ch", "c", 1).replacen("sh", "s", 1);
    match initial.strip_suffix('g') {
        Some(open) if open.ends_with("an") || open.ends_with("en") || open.ends_with("in") => open.to_owned(),
        _ => initial,
    }
}

impl Sounds {
    fn written(&self, c: char) -> char {
        let sound = TABLE.contains(&c).then(|| self.0.get(c as usize - *TABLE.start() as usize).copied()).flatten();
        let code = match sound {
            Some(sound) if sound > 0 => SOUND_PLANE + u32::from(sound),
            _ => OTHER_PLANE + (c as u32 & 0xFFFF).min(0xFFFD),
        };
        char::from_u32(code).unwrap_or('\u{10fffd}')
    }

    /// A word as sounds, if it is all Chinese and at least two characters long.
    pub fn word(&self, word: &str) -> Option<String> {
        let chinese = word.chars().all(|c| TABLE.contains(&c)) && word.chars().nth(1).is_some();
        chinese.then(|| word.chars().map(|c| self.written(c)).collect())
    }

    /// A text as sounds.
    pub fn text(&self, text: &str) -> Sounded {
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Sounded { sounds: text.chars().map(|c| self.written(c)).collect(), starts }
    }
}

impl Sounded {
    /// The stretch of the text that a stretch of the sounds stands for.
    pub fn span(&self, sounds: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let at = |byte: usize| self.starts.get(byte / 4).or(self.starts.last()).copied().unwrap_or(0);
        at(sounds.start)..at(sounds.end)
    }
}

/// A text in Latin letters, for names of files: 面瘫 is `mian-tan`. Empty where nothing can be written so.
pub fn romanize(text: &str) -> String {
    let syllables = text.chars().filter_map(|c| match c.to_pinyin() {
        Some(pinyin) => Some(pinyin.plain().replace('ü', "v")),
        None => c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase().to_string()),
    });
    syllables.collect::<Vec<_>>().join("-")
}

/// Characters that stand beside any verb, and so say nothing of which word was meant.
const COLOURLESS: &str = "到了着过住死不没一有在得上下来去起出进个的很好太";

/// Characters so common that they stand for themselves: nobody types 是 for 死.
const PLAIN: &str =
    "是的了地得我你他她它老啊吧呢嘛吗也都就还和跟在有要会能不一个几里上下来去年月日时点分这那什么怎样大小人说看想吃喝用做到过着";

/// Whether a character is so common that it is no slip for another.
pub fn is_plain(c: char) -> bool {
    PLAIN.contains(c)
}

/// Whether a stretch may be a word typed by ear: as long, not the same, at least half of it right, something right that
/// says which word it is (烟到 is not 淹到), and what is wrong no character that stands for itself.
pub fn half_right(typed: &str, word: &str) -> bool {
    let pairs = || typed.chars().zip(word.chars());
    let same = || pairs().filter(|(a, b)| a == b).map(|(a, _)| a);
    let (right, length) = (same().count(), word.chars().count());
    let as_long = typed.chars().count() == length && right < length;
    let plain = pairs().any(|(a, b)| a != b && is_plain(a));
    as_long && right * 2 >= length && !plain && same().any(|c| !COLOURLESS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_sound_alike_are_written_alike() {
        let sounds = Sounds::default();
        assert_eq!(sounds.word("抽畜"), sounds.word("抽搐"));
        assert_eq!(sounds.word("晕倒"), sounds.word("晕到"));
        assert_ne!(sounds.word("胸痛"), sounds.word("头痛"));
        assert_eq!(sounds.word("a痛"), None);
    }

    #[test]
    fn only_half_right_words_count() {
        assert!(half_right("抽畜", "抽搐"));
        assert!(!half_right("景点", "经典"));
        assert!(!half_right("抽搐", "抽搐"));
        assert!(!half_right("烟到", "淹到"));
        assert!(!half_right("快是", "快死"));
    }

    #[test]
    fn spans_lead_back_to_the_text() {
        let sounded = Sounds::default().text("a胸痛");
        assert_eq!(sounded.span(4..12), 1..7);
    }
}
