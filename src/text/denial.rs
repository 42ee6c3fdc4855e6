//! Which stretches of a text are denied: 没有胸痛 says that there is no chest pain.
//!
//! In doubt nothing is denied: an emergency that is warned of for nothing costs less than one that is missed.

use super::clauses::Clause;
use super::lexicon::{DenialWords, LexiconError};
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;

/// How far a word-level cue (不, 唔) reaches, in characters.
const WORD_REACH: usize = 3;
/// How far a clause-level cue (没有, 无) reaches before the first list mark, in characters.
const CLAUSE_REACH: usize = 12;

#[derive(Clone, Copy, PartialEq)]
enum Cue {
    Clause,
    Word,
    Pseudo,
    Stop,
}

/// Finds denied spans.
pub(super) struct DenialFinder {
    automaton: AhoCorasick,
    cues: Vec<Cue>,
}

impl DenialFinder {
    pub(super) fn new(words: &DenialWords) -> Result<Self, LexiconError> {
        let lists = [(&words.clause, Cue::Clause), (&words.word, Cue::Word), (&words.pseudo, Cue::Pseudo), (&words.stops, Cue::Stop)];
        let all = lists.iter().flat_map(|(list, cue)| list.iter().map(move |word| (word, *cue)));
        let (patterns, cues): (Vec<&String>, Vec<Cue>) = all.filter(|(word, _)| !word.is_empty()).unzip();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns)?;
        Ok(Self { automaton, cues })
    }

    /// Denied byte spans of the text, in order.
    pub(super) fn find(&self, text: &str, clauses: &[Clause]) -> Vec<Range<usize>> {
        clauses.iter().flat_map(|clause| self.in_clause(text, clause)).collect()
    }

    fn in_clause(&self, text: &str, clause: &Clause) -> Vec<Range<usize>> {
        let within = &text[clause.span.clone()];
        let marks: Vec<_> = self.automaton.find_iter(within).collect();
        let mut denied = Vec::new();
        for (nth, mark) in marks.iter().enumerate() {
            // What denies nothing (没力气) is a statement of its own, unless it follows at once (没有不舒服).
            let ends = |next: &&aho_corasick::Match| match self.cues[next.pattern().as_usize()] {
                Cue::Stop | Cue::Clause => true,
                Cue::Pseudo => next.start() > mark.end(),
                Cue::Word => false,
            };
            let stop = marks[nth + 1..].iter().find(ends).map_or(within.len(), aho_corasick::Match::start);
            let scope = &within[mark.end()..stop];
            let reach = match self.cues[mark.pattern().as_usize()] {
                Cue::Clause => reach_over_list(scope),
                Cue::Word => characters(scope, WORD_REACH),
                Cue::Pseudo | Cue::Stop => continue,
            };
            if reach > 0 && !repeats_across(within, mark.start(), mark.end()) {
                let start = clause.span.start + mark.end();
                denied.push(start..start + reach);
            }
        }
        denied
    }
}

/// Bytes of the first `count` characters.
fn characters(text: &str, count: usize) -> usize {
    text.char_indices().nth(count).map_or(text.len(), |(at, _)| at)
}

/// A denial runs on over a list (没有头痛、恶心、呕吐), but not over a long first item.
fn reach_over_list(scope: &str) -> usize {
    let mut reach = 0;
    for item in scope.split_inclusive('、') {
        let item_reach = characters(item, CLAUSE_REACH);
        reach += item_reach;
        if item_reach < item.len() {
            break;
        }
    }
    reach
}

/// 痛不痛, 是不是, 有没有: the same character on both sides of the cue asks and does not deny.
fn repeats_across(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    before.is_some() && before == text[end..].chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::clauses;

    fn denied(text: &str) -> Vec<&str> {
        let list = |words: &[&str]| words.iter().map(|&w| w.to_owned()).collect();
        let words = DenialWords {
            clause: list(&["没有", "无"]),
            word: list(&["不"]),
            pseudo: list(&["没有力气", "不能动", "有没有", "不知道"]),
            stops: list(&["但是", "只是"]),
        };
        let finder = DenialFinder::new(&words).expect("the lists are small");
        finder.find(text, &clauses::split(text)).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn denial_runs_to_the_end_of_the_clause_or_to_a_contrast() {
        assert_eq!(denied("没有胸痛,头晕"), ["胸痛"]);
        assert_eq!(denied("没有胸痛、恶心但是头晕"), ["胸痛、恶心"]);
        assert_eq!(denied("胸不痛"), ["痛"]);
    }

    #[test]
    fn phrases_that_only_look_like_denial_deny_nothing() {
        assert!(denied("右手没有力气,腿不能动").is_empty());
        assert!(denied("有没有胸痛").is_empty());
        assert!(denied("痛不痛").is_empty());
        assert_eq!(denied("没有发烧没有力气"), ["发烧"]);
    }
}
