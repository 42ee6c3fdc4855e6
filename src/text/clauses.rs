//! Clauses and sentences of a normalised text.

use std::ops::Range;

/// A stretch of text between breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Bytes of the normalised text.
    pub span: Range<usize>,
    /// Number of the sentence it belongs to, from 0.
    pub sentence: usize,
    /// Whether a question mark ends its sentence.
    pub asks: bool,
}

/// Splits at `,` `.` `?`; `、` does not end a clause, because denial runs on over a list.
pub(super) fn split(text: &str) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let (mut start, mut sentence, mut first_of_sentence) = (0, 0, 0);
    let ends = text.char_indices().filter(|&(at, c)| is_break(text, at, c)).chain([(text.len(), '.')]);
    for (at, mark) in ends {
        if start < at {
            clauses.push(Clause { span: start..at, sentence, asks: false });
        }
        if mark != ',' {
            let asks = mark == '?';
            clauses[first_of_sentence..].iter_mut().for_each(|clause| clause.asks = asks);
            sentence += 1;
            first_of_sentence = clauses.len();
        }
        start = at + 1;
    }
    clauses
}

/// Whether the mark at `at` parts two clauses; the point of 38.5 does not.
pub(super) fn is_break(text: &str, at: usize, c: char) -> bool {
    let between_digits = || {
        let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
        let bytes = text.as_bytes();
        digit(at.checked_sub(1).and_then(|before| bytes.get(before))) && digit(bytes.get(at + 1))
    };
    match c {
        ',' | '?' => true,
        '.' => !between_digits(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn clauses_know_their_sentence_and_whether_it_asks() {
        let text = "头痛,恶心.发烧38.5度怎么办?谢谢";
        let clauses = split(text);
        let seen: Vec<_> = clauses.iter().map(|c| (&text[c.span.clone()], c.sentence, c.asks)).collect();
        assert_eq!(seen, [("头痛", 0, false), ("恶心", 0, false), ("发烧38.5度怎么办", 1, true), ("谢谢", 2, false)]);
    }

    #[test]
    fn a_text_of_breaks_has_no_clause() {
        assert!(split(",..?").is_empty());
        assert!(split("").is_empty());
    }
}
