//! Normalisation: one form for everything that means the same on a keyboard.
//!
//! The steps run in the order of [`STEPS`]; each is a total function from text to text.

use super::numerals;
use super::script::SimplifiedTable;
use unicode_normalization::UnicodeNormalization;

/// Longest question that is read, in characters. Telegram's own limit is 4,096; what is pasted elsewhere is
/// cut here, so that no message can cost more than this.
pub const MAX_CHARS: usize = 100_000;

/// A text after normalisation: NFKC, lower case, Simplified, Arabic numerals, `,` for a break inside a
/// sentence, `.` for its end, `?` for a question, `、` kept, no spaces inside Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Normalized {
    /// The text itself.
    pub text: String,
    /// Whether the asker used a character that only Traditional script has.
    pub traditional: bool,
}

/// Folds text. Built once, used by every question.
pub struct Normalizer {
    simplified: SimplifiedTable,
    emoji: Vec<(String, String)>,
}

/// One step of normalisation.
struct Step {
    name: &'static str,
    run: fn(&Normalizer, &str) -> String,
}

/// The order matters: compatibility forms first, script before numerals (兩 is 两), breaks last.
const STEPS: &[Step] = &[
    Step { name: "emoji", run: |n, t| n.spell_emoji(t) },
    Step { name: "nfkc", run: |_, t| t.nfkc().flat_map(char::to_lowercase).collect() },
    Step { name: "simplified", run: |n, t| t.chars().map(|c| n.simplified.fold(c)).collect() },
    Step { name: "invisible", run: |_, t| t.chars().filter(|&c| !is_invisible(c)).collect() },
    Step { name: "punctuation", run: |_, t| fold_punctuation(t) },
    Step { name: "breaks", run: |_, t| join_broken_words(t) },
    Step { name: "numerals", run: |_, t| numerals::fold(t) },
    Step { name: "repeats", run: |_, t| collapse_repeats(t) },
];

impl Normalizer {
    /// `emoji` spells pictures that carry a meaning (`🩸` as 血); all others become a break.
    pub fn new<'a>(emoji: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let emoji = emoji.into_iter().map(|(from, to)| (from.to_owned(), to.to_owned())).collect();
        Self { simplified: SimplifiedTable::new(), emoji }
    }

    /// Runs all steps.
    pub fn normalize(&self, question: &str) -> Normalized {
        let cut = question.char_indices().nth(MAX_CHARS).map_or(question, |(at, _)| &question[..at]);
        let traditional = cut.chars().any(|c| self.simplified.fold(c) != c);
        let text = STEPS.iter().fold(cut.to_owned(), |text, step| (step.run)(self, &text));
        Normalized { text, traditional }
    }

    /// The names of the steps, for the Trace and the docs.
    pub fn steps() -> impl Iterator<Item = &'static str> {
        STEPS.iter().map(|step| step.name)
    }

    fn spell_emoji(&self, text: &str) -> String {
        if text.is_ascii() || self.emoji.is_empty() || !text.chars().any(is_pictograph) {
            return text.to_owned();
        }
        self.emoji.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from.as_str(), to))
    }
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}')
}

/// Zero-width, bidirectional and variation marks, the byte-order mark, combining marks left by NFKC, and controls
/// other than line breaks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}' | '\u{ad}' | '\u{300}'..='\u{36f}')
        || (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
}

/// Whether a character belongs to Chinese writing.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '\u{f900}'..='\u{faff}' | '〇')
}

fn fold_punctuation(text: &str) -> String {
    text.replace('℃', "度").replace("°c", "度").chars().map(fold_mark).collect()
}

fn fold_mark(c: char) -> char {
    match c {
        '。' | '!' | ';' | '\n' | '\r' | '…' | '⋯' | '｡' => '.',
        '?' | '？' => '?',
        ',' | '，' | ':' | '~' | '～' | '—' | '–' | '(' | ')' | '[' | ']' | '【' | '】' | '「' | '」' | '『' | '』' | '《' | '》' | '<'
        | '>' | '"' | '“' | '”' | '\'' | '‘' | '’' | '|' | '{' | '}' => ',',
        '、' | '､' => '、',
        '\t' | '\u{3000}' => ' ',
        c if is_pictograph(c) => ',',
        c => c,
    }
}

/// A mark that people put inside words, to hide them or by slip.
fn is_mask(c: char) -> bool {
    matches!(c, '*' | '-' | '_' | '·' | '•' | '/' | '\\' | '^' | '=' | '+' | '#' | '@')
}

/// Takes spaces and marks out of words (胸 口 痛, 自*杀), and turns the spaces that part phrases into breaks.
fn join_broken_words(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        if !is_separator(c) {
            out.push(c);
            at += 1;
            continue;
        }
        let length = chars[at..].iter().take_while(|&&c| is_separator(c)).count();
        let gap = Gap { chars: &chars, start: at, end: at + length };
        gap.push_to(&mut out);
        at += length;
    }
    out
}

fn is_separator(c: char) -> bool {
    c == ' ' || is_mask(c) || matches!(c, ',' | '.' | '?')
}

/// A run of separators between two stretches of text.
struct Gap<'t> {
    chars: &'t [char],
    start: usize,
    end: usize,
}

impl Gap<'_> {
    fn push_to(&self, out: &mut String) {
        let between = &self.chars[self.start..self.end];
        let (left, right) = (self.left(), self.right());
        let chinese = left.is_some_and(is_cjk) && right.is_some_and(is_cjk);
        if between.contains(&'?') {
            out.push('?');
        } else if self.is_decimal_point() {
            out.push('.');
        } else if chinese && self.splits_a_word(between) {
        } else if between.contains(&'.') {
            out.push('.');
        } else if between.contains(&',') || (chinese && between.contains(&' ')) {
            out.push(',');
        } else if between.iter().all(|&c| c == ' ') {
            self.push_space(out);
        } else {
            out.extend(between.iter().filter(|&&c| c != ' '));
        }
    }

    fn left(&self) -> Option<char> {
        self.start.checked_sub(1).and_then(|at| self.chars.get(at)).copied()
    }

    fn right(&self) -> Option<char> {
        self.chars.get(self.end).copied()
    }

    fn is_decimal_point(&self) -> bool {
        self.end - self.start == 1
            && self.chars[self.start] == '.'
            && self.left().is_some_and(|c| c.is_ascii_digit())
            && self.right().is_some_and(|c| c.is_ascii_digit())
    }

    /// Between Latin words and numbers a space stays; next to Chinese it means nothing.
    fn push_space(&self, out: &mut String) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(self.left()) && latin(self.right()) {
            out.push(' ');
        }
    }

    /// A mask always splits a word; a space does when a single character stands on one side of it; a stop
    /// only when single characters stand on both sides.
    fn splits_a_word(&self, between: &[char]) -> bool {
        let (left, right) = (self.run_before(), self.run_after());
        if between.iter().all(|&c| is_mask(c)) {
            return true;
        }
        if between.iter().all(|&c| c == ' ' || is_mask(c)) {
            return left == 1 || right == 1;
        }
        left == 1 && right == 1
    }

    fn run_before(&self) -> usize {
        self.chars[..self.start].iter().rev().take_while(|&&c| is_cjk(c)).count()
    }

    fn run_after(&self) -> usize {
        self.chars[self.end..].iter().take_while(|&&c| is_cjk(c)).count()
    }
}

/// Three or more of one character are typed for emphasis: 痛痛痛痛 is 痛. Digits and Latin letters stay.
fn collapse_repeats(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut run = 1;
        while chars.next_if_eq(&c).is_some() {
            run += 1;
        }
        let kept = if run >= 3 && !c.is_ascii_alphanumeric() { 1 } else { run };
        out.extend(std::iter::repeat_n(c, kept));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> String {
        Normalizer::new([("🩸", "血")]).normalize(text).text
    }

    #[test]
    fn forms_of_one_temperature_are_one() {
        for form in ["３８度５", "38.5℃", "三十八度五", "38.5°C", "38.5度", "38．5度"] {
            assert_eq!(normal(form), "38.5度", "{form}");
        }
    }

    #[test]
    fn words_broken_by_spaces_and_marks_are_mended() {
        assert_eq!(normal("胸 口 痛"), "胸口痛");
        assert_eq!(normal("肚子 痛"), "肚子痛");
        assert_eq!(normal("自*杀"), "自杀");
        assert_eq!(normal("自。杀"), "自杀");
        assert_eq!(normal("胸口好痛 手麻了 冒冷汗"), "胸口好痛,手麻了,冒冷汗");
    }

    #[test]
    fn invisible_characters_and_emphasis_go() {
        assert_eq!(normal("头\u{200b}痛\u{202e}"), "头痛");
        assert_eq!(normal("痛痛痛痛死了!!!"), "痛死了.");
        assert_eq!(normal("吐了🩸"), "吐了血");
        assert_eq!(normal("血压180 110"), "血压180 110");
    }

    #[test]
    fn what_only_traditional_has_is_noticed() {
        assert!(Normalizer::new([]).normalize("頭痛").traditional);
        assert!(!Normalizer::new([]).normalize("头痛").traditional);
    }
}
