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
    let mut there = Marks::new(compiled.forms_by_first.len());
    for word in &scanner.words {
        there.set(word.list);
    }
    let numbers = !scanner.numbers.is_empty();
    // Most forms want a word that the text does not have: they cost one look each.
    let possible = |form: &Form| {
        form.steps.iter().skip(1).all(|step| match step.kind {
            StepKind::List(list) => there.has(list),
            StepKind::Number(..) => numbers,
        })
    };
    let mut hits = Vec::new();
    for of_list in scanner.words.chunk_by(|one, other| one.list == other.list) {
        let Some(list) = of_list.first().map(|word| word.list) else { continue };
        let forms = compiled.forms_by_first[list as usize].iter().map(|&form| &compiled.forms[form as usize]);
        for form in forms.filter(|form| possible(form)) {
            for word in of_list {
                scanner.complete(form, word.start..word.end, word.clause, word.by_ear, &mut hits);
            }
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

/// A set of small numbers: which lists or concepts are there.
pub(super) struct Marks(Vec<u64>);

impl Marks {
    /// An empty set of numbers below `size`.
    pub(super) fn new(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    /// Adds a number.
    pub(super) fn set(&mut self, number: u32) {
        if let Some(word) = self.0.get_mut(number as usize / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Whether a number is in it.
    pub(super) fn has(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }
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
            let spoken_for = spoken_for.get_or_insert_with(|| analyzed.inside_words());
            let wrong = typed.char_indices().zip(word.chars()).filter(|((_, typed), right)| typed != right);
            if wrong.map(|((at, _), _)| span.start + at).all(|at| !spoken_for.contains(&at)) {
                let clause = clause_at(analyzed, span.start);
                words.extend(lists.iter().map(|&list| Word { list, start: span.start, end: span.end, clause, by_ear: true }));
            }
        }
    }
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
        let reach = way.end..=way.end + step.gap;
        let go = |next: Range<usize>, by_ear: bool| {
            let denied = way.denied || self.analyzed.is_denied(&next);
            self.follow(rest, Way { end: next.end, denied, by_ear: way.by_ear || by_ear }, clause)
        };
        match step.kind {
            StepKind::List(list) => {
                let from = self.words.partition_point(|word| (word.list, word.start) < (list, way.end));
                let near = self.words[from..].iter().take_while(|word| word.list == list && reach.contains(&word.start));
                let near = near.filter(|word| word.clause == clause);
                preferred(near.filter_map(|word| go(word.start..word.end, word.by_ear)))
            }
            StepKind::Number(low, high) => {
                let from = self.numbers.partition_point(|number| number.start < way.end);
                let near = self.numbers[from..].iter().take_while(|number| reach.contains(&number.start));
                let near = near.filter(|number| number.clause == clause && (low..=high).contains(&number.value));
                preferred(near.filter_map(|number| go(number.start..number.end, false)))
            }
        }
    }
}

/// The first way that is not denied, else the first of all.
fn preferred(ways: impl Iterator<Item = Way>) -> Option<Way> {
    let mut best = None;
    for way in ways {
        if !way.denied {
            return Some(way);
        }
        best = best.or(Some(way));
    }
    best
}
