//! What the ranking looks at. Every feature compares one question with one text and lies between 0 and 1, so that
//! a score does not depend on which other texts there are.

use super::index::{Bag, Entry, TokenId, shared};

/// How many features there are.
pub const COUNT: usize = 17;

/// Names of the features, for /why.
pub const FEATURE_NAMES: [&str; COUNT] = [
    "问句的词被覆盖",
    "题目的词被覆盖",
    "问句的字被覆盖",
    "题目的字被覆盖",
    "字序一致",
    "一字不差",
    "主题一致",
    "主题不同",
    "问的方面一致",
    "问的方面不同",
    "人群一致",
    "人群不符",
    "没有解释到的部分",
    "问句的主词被覆盖",
    "题目的主词被覆盖",
    "问的部位没有",
    "长短相近",
];

/// One value a feature, in the order of [`FEATURE_NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Features(pub [f32; COUNT]);

/// What is known of a question and an article beside their words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Agreement {
    pub(super) topic_same: bool,
    pub(super) topic_other: bool,
    pub(super) facet_same: bool,
    pub(super) facet_other: bool,
    pub(super) audience_same: bool,
    pub(super) audience_other: bool,
    pub(super) unexplained: f32,
    pub(super) site_missing: bool,
}

/// Compares a question with an entry.
pub(super) fn compare(bag: &Bag, chars: &[char], entry: &Entry, agreement: Agreement) -> Features {
    let ratio = |part: f32, whole: f32| if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 };
    let words = shared(&bag.words, &entry.bag.words);
    let grams = shared(&bag.grams, &entry.bag.grams);
    let longest = chars.len() + entry.chars.len();
    let order = if longest == 0 { 0.0 } else { 2.0 * common_subsequence(chars, &entry.chars) as f32 / longest as f32 };
    let flag = |set: bool| if set { 1.0 } else { 0.0 };
    Features([
        ratio(words.0, bag.word_weight),
        ratio(words.1, entry.bag.word_weight),
        ratio(grams.0, bag.gram_weight),
        ratio(grams.1, entry.bag.gram_weight),
        order,
        flag(chars == entry.chars),
        flag(agreement.topic_same),
        flag(agreement.topic_other),
        flag(agreement.facet_same),
        flag(agreement.facet_other),
        flag(agreement.audience_same),
        flag(agreement.audience_other),
        agreement.unexplained,
        covered(&bag.heads, &entry.bag.words),
        covered(&entry.bag.heads, &bag.words),
        flag(agreement.site_missing),
        ratio(chars.len().min(entry.chars.len()) as f32, chars.len().max(entry.chars.len()) as f32),
    ])
}

/// The weighted share of one text's topic words that another has; all of nothing is all.
fn covered(heads: &[(TokenId, f32)], words: &[(TokenId, f32)]) -> f32 {
    let whole: f32 = heads.iter().map(|(_, weight)| weight).sum();
    let there = heads.iter().filter(|(id, _)| words.binary_search_by_key(id, |(id, _)| *id).is_ok());
    if whole > 0.0 { there.map(|(_, weight)| weight).sum::<f32>() / whole } else { 1.0 }
}

/// Longest question that is compared by order, in characters; beyond it the cost would be quadratic.
const ORDER_LIMIT: usize = 64;

/// Length of the longest common subsequence of the first characters.
fn common_subsequence(one: &[char], other: &[char]) -> usize {
    let one = &one[..one.len().min(ORDER_LIMIT)];
    let other = &other[..other.len().min(ORDER_LIMIT)];
    let mut row = [0_usize; ORDER_LIMIT + 1];
    for a in one {
        let mut diagonal = 0;
        for (at, b) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_the_longest_common_subsequence() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(common_subsequence(&chars("面瘫怎么治"), &chars("怎么治面瘫")), 3);
        assert_eq!(common_subsequence(&chars(""), &chars("怎么")), 0);
        assert_eq!(common_subsequence(&vec!['一'; 500], &vec!['一'; 500]), ORDER_LIMIT);
    }
}
