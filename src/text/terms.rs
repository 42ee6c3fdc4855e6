//! Regional terms: one thing, another word (急诊, 急診, 急症). Characters are OpenCC's matter, words are this table's.

use super::script::Script;
use aho_corasick::{AhoCorasick, MatchKind};
use serde::{Deserialize, Serialize};

/// One thing's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionalTerm {
    /// As the knowledge has it.
    pub simplified: String,
    /// In Taiwan.
    pub taiwan: String,
    /// In Hong Kong.
    pub hong_kong: String,
    /// In Macau.
    pub macau: String,
}

impl RegionalTerm {
    /// Reads a line of four columns.
    pub fn read(line: &str) -> Option<Self> {
        let mut columns = line.split('\t').map(|column| column.trim().to_owned());
        let term = Self { simplified: columns.next()?, taiwan: columns.next()?, hong_kong: columns.next()?, macau: columns.next()? };
        let whole = [&term.simplified, &term.taiwan, &term.hong_kong, &term.macau].iter().all(|word| !word.is_empty());
        (whole && columns.next().is_none()).then_some(term)
    }

    fn word(&self, script: Script) -> &str {
        match script {
            Script::Simplified => &self.simplified,
            Script::Taiwan => &self.taiwan,
            Script::HongKong => &self.hong_kong,
            Script::Macau => &self.macau,
        }
    }
}

/// Terms, to be put in place of each other.
#[derive(Debug, Default)]
pub struct Terms {
    terms: Vec<RegionalTerm>,
    finder: Option<AhoCorasick>,
}

impl Terms {
    /// The longest term that stands at a place is taken. Terms that cannot be searched for are left out.
    pub fn new(terms: &[RegionalTerm]) -> Self {
        let words = terms.iter().map(|term| term.simplified.as_str());
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok();
        Self { terms: terms.to_vec(), finder }
    }

    /// The text in the words of a script's region.
    pub fn put(&self, text: &str, script: Script) -> String {
        match &self.finder {
            Some(finder) if script != Script::Simplified && !self.terms.is_empty() => {
                let words: Vec<&str> = self.terms.iter().map(|term| term.word(script)).collect();
                finder.replace_all(text, &words)
            }
            _ => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_term_is_put_and_a_word_that_holds_another_stays_whole() {
        let read = |line: &str| RegionalTerm::read(line).expect("four columns");
        let terms = Terms::new(&[
            read("急诊\t急診\t急症\t急診"),
            read("急诊科\t急診科\t急症室\t急診部"),
            read("儿科\t小兒科\t兒科\t兒科"),
            read("小儿科\t小兒科\t兒科\t兒科"),
        ]);
        assert_eq!(terms.put("去急诊科，急诊", Script::HongKong), "去急症室，急症");
        assert_eq!(terms.put("小儿科和儿科", Script::Taiwan), "小兒科和小兒科");
        assert_eq!(terms.put("急诊", Script::Simplified), "急诊");
        assert_eq!(Terms::default().put("急诊", Script::Taiwan), "急诊");
    }

    #[test]
    fn a_line_of_other_columns_is_none() {
        for line in ["急诊", "急诊\t急診\t急症", "急诊\t\t急症\t急診", "a\tb\tc\td\te"] {
            assert_eq!(RegionalTerm::read(line), None, "{line}");
        }
    }
}
