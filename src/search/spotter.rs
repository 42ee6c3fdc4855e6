//! Finds known words in a text, the longest first, each with what it stands for.

use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// Words, each with one or more meanings.
pub(super) struct Spotter<M> {
    automaton: AhoCorasick,
    meanings: Vec<Vec<M>>,
}

/// A word that was found.
pub(super) struct Spotted<'s, M> {
    pub(super) span: Range<usize>,
    pub(super) meanings: &'s [M],
}

impl<M: PartialEq> Spotter<M> {
    /// Empty words are left out; a word given twice keeps both meanings.
    pub(super) fn new(words: impl IntoIterator<Item = (String, M)>) -> Result<Self, BuildError> {
        let mut by_word: BTreeMap<String, Vec<M>> = BTreeMap::new();
        for (word, meaning) in words.into_iter().filter(|(word, _)| !word.is_empty()) {
            let meanings = by_word.entry(word).or_default();
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
            }
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(by_word.keys())?;
        Ok(Self { automaton, meanings: by_word.into_values().collect() })
    }

    /// The words of a text, left to right, without overlap.
    pub(super) fn find<'s, 't: 's>(&'s self, text: &'t str) -> impl Iterator<Item = Spotted<'s, M>> + 's {
        let spotted = |found: aho_corasick::Match| Spotted { span: found.range(), meanings: &self.meanings[found.pattern().as_usize()] };
        self.automaton.find_iter(text).map(spotted)
    }
}
