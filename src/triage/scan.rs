//! Finds words, then patterns, in an analysed text.

use super::compile::{Compiled, ConceptId, Form, ListId, Step, StepKind};
use crate::text::{Analyzed, half_right};
use std::collections::HashSet;
use std::ops::Range;

/// A concept found in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ConceptHit {
    pub(super) concept: ConceptId,
    /// Bytes of the normalised text.
    pub(super) span: Range<usize>,
    pub(super) clause: usize,
    /// Contexts that turn it off, a bit each.
    pub(super) off: u64,
    /// Whether the asker says that it is not there.
    pub(super) denied: bool,
    /// Whether a part of it was typed by ear. Such a hit may raise an alarm, never turn one off.
    pub(super) by_ear: bool,
}

/// A word found in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word {
    pub(super) list: ListId,
    pub(super) start: usize,
    end: usize,
    clause: usize,
    by_ear: bool,
}

/// A number found in the text.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: f64,
    start: usize,
    end: usize,
    clause: usize,
}

/// What was found in a text.
pub(super) struct Scanned {
    /// Words, by list and place.
    pub(super) words: Vec<Word>,
    /// Concepts, by concept and place.
    pub(super) hits: Vec<ConceptHit>,
}

/// All words and concepts of the text.
pub(super) fn scan(compiled: &Compiled, analyzed: &Analyzed) -> Scanned {
    let scanner = Scanner { words: words(compiled, analyzed), numbers: numbers(analyzed), analyzed };
    let mut hits = Vec::new();
    for word in &scanner.words {
        for &form in &compiled.forms_by_first[word.list as usize] {
            scanner.complete(&compiled.forms[form as usize], word.start..word.end, word.clause, word.by_ear, &mut hits);
        }
    }
    for &form in &compiled.forms_by_number {
        let form = &compiled.forms[form as usize];
        for number in scanner.numbers.iter().filter(|number| fits(form.steps.first(), number.value)) {
            scanner.complete(form, number.start..number.end, number.clause, false, &mut hits);
        }
    }
    hits.sort_unstable_by_key(|hit| (hit.concept, hit.span.start, hit.span.end, hit.by_ear));
    hits.dedup();
    Scanned { words: scanner.words, hits }
}

fn fits(step: Option<&Step>, value: f64) -> bool {
    matches!(step, Some(Step { kind: StepKind::Number(low, high), .. }) if (*low..=*high).contains(&value))
}

fn clause_at(analyzed: &Analyzed, byte: usize) -> usize {
    analyzed.clauses.partition_point(|clause| clause.span.end <= byte)
}

fn words(compiled: &Compiled, analyzed: &Analyzed) -> Vec<Word> {
    let mut words = Vec::new();
    for found in compiled.automaton.find_overlapping_iter(analyzed.text()) {
        let clause = clause_at(analyzed, found.start());
        for &list in &compiled.lists_of_word[found.pattern().as_usize()] {
            words.push(Word { list, start: found.start(), end: found.end(), clause, by_ear: false });
        }
    }
    words_by_ear(compiled, analyzed, &mut words);
    words.sort_unstable();
    words
}

/// Words that were typed by ear. A wrong character breaks segmentation and is left alone by it; one that is part of
/// another word (the 出 of 抽出) is no slip.
fn words_by_ear(compiled: &Compiled, analyzed: &Analyzed, words: &mut Vec<Word>) {
    let mut spoken_for: Option<HashSet<usize>> = None;
    for found in compiled.sounds.find_overlapping_iter(&analyzed.sounded.sounds) {
        let span = analyzed.sounded.span(found.range());
        let typed = &analyzed.text()[span.clone()];
        for (word, lists) in &compiled.words_of_sound[found.pattern().as_usize()] {
            if !half_right(typed, word) {
                continue;
            }
            let spoken_for = spoken_for.get_or_insert_with(|| inside_words(analyzed));
            let wrong = typed.char_indices().zip(word.chars()).filter(|((_, typed), right)| typed != right);
            if wrong.map(|((at, _), _)| span.start + at).all(|at| !spoken_for.contains(&at)) {
                let clause = clause_at(analyzed, span.start);
                words.extend(lists.iter().map(|&list| Word { list, start: span.start, end: span.end, clause, by_ear: true }));
            }
        }
    }
}

/// Where the characters of words of more than one character begin.
fn inside_words(analyzed: &Analyzed) -> HashSet<usize> {
    let long = analyzed.terms.iter().filter(|term| analyzed.term(term).chars().nth(1).is_some());
    long.flat_map(|term| analyzed.term(term).char_indices().map(|(at, _)| term.span.start + at)).collect()
}

fn numbers(analyzed: &Analyzed) -> Vec<Number> {
    let text = analyzed.text();
    let bytes = text.as_bytes();
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
        let written = text[at..at + length].trim_end_matches('.');
        if let Ok(value) = written.parse() {
            numbers.push(Number { value, start: at, end: at + written.len(), clause: clause_at(analyzed, at) });
        }
        at += length;
    }
    numbers
}

struct Scanner<'a> {
    words: Vec<Word>,
    numbers: Vec<Number>,
    analyzed: &'a Analyzed,
}

/// How far a way through a form has come.
#[derive(Clone, Copy)]
struct Way {
    end: usize,
    denied: bool,
    by_ear: bool,
}

impl Scanner<'_> {
    /// Adds a hit if the rest of a form follows its first part.
    fn complete(&self, form: &Form, first: Range<usize>, clause: usize, by_ear: bool, hits: &mut Vec<ConceptHit>) {
        let begun = Way { end: first.end, denied: self.analyzed.is_denied(&first), by_ear };
        if let Some(way) = self.follow(form.steps.get(1..).unwrap_or_default(), begun, clause) {
            let span = first.start..way.end;
            hits.push(ConceptHit { concept: form.concept, span, clause, off: 0, denied: way.denied, by_ear: way.by_ear });
        }
    }

    /// The end of the form's remaining steps. A way that is not denied is preferred, since denial must be certain.
    fn follow(&self, steps: &[Step], way: Way, clause: usize) -> Option<Way> {
        let Some((step, rest)) = steps.split_first() else { return Some(way) };
        let mut best = None;
        for (next, by_ear) in self.next(step, way.end, clause) {
            let denied = way.denied || self.analyzed.is_denied(&next);
            let found = self.follow(rest, Way { end: next.end, denied, by_ear: way.by_ear || by_ear }, clause);
            match found {
                Some(Way { denied: false, .. }) => return found,
                Some(_) if best.is_none() => best = found,
                _ => {}
            }
        }
        best
    }

    /// Places where a step can stand after `end`, in the same clause and within its gap, and whether by ear.
    fn next(&self, step: &Step, end: usize, clause: usize) -> Vec<(Range<usize>, bool)> {
        let reach = end..=end + step.gap;
        match step.kind {
            StepKind::List(list) => {
                let from = self.words.partition_point(|word| (word.list, word.start) < (list, end));
                let near = self.words[from..].iter().take_while(|word| word.list == list && reach.contains(&word.start));
                near.filter(|word| word.clause == clause).map(|word| (word.start..word.end, word.by_ear)).collect()
            }
            StepKind::Number(low, high) => {
                let from = self.numbers.partition_point(|number| number.start < end);
                let near = self.numbers[from..].iter().take_while(|number| reach.contains(&number.start));
                let near = near.filter(|number| number.clause == clause && (low..=high).contains(&number.value));
                near.map(|number| (number.start..number.end, false)).collect()
            }
        }
    }
}
