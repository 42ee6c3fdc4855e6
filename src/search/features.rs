//! What the ranking looks at. Every feature compares one question with one text and lies within a fixed range, so that
//! a score does not depend on which other texts there are.

use super::index::{Bag, Bags, Entry, Shared, shared};

/// How many features there are.
pub const COUNT: usize = 49;

/// Names of the features, for /why and for the file of weights.
pub const FEATURE_NAMES: [&str; COUNT] = [
    "问句的词",
    "题目的词",
    "问句的主词",
    "题目的主词",
    "词的余弦",
    "词的重合",
    "问句的字",
    "题目的字",
    "问句的主字",
    "题目的主字",
    "字的余弦",
    "字的重合",
    "问句的字对",
    "题目的字对",
    "问句的主字对",
    "题目的主字对",
    "字对的余弦",
    "字对的重合",
    "字的BM25",
    "词的BM25",
    "问句的字序",
    "题目的字序",
    "问句的连串",
    "题目的连串",
    "长短相近",
    "题目更长",
    "一字不差",
    "方面一致",
    "方面不同",
    "只有题目有方面",
    "只有问句有方面",
    "人群一致",
    "人群不符",
    "同样的数",
    "题目多的数",
    "问句多的数",
    "问句最重的词",
    "题目最重的词",
    "主题一致",
    "主题近似",
    "主题不同",
    "主题多出",
    "方面的把握",
    "方面的差距",
    "正文对得上",
    "没有解释到的",
    "问的部位没有",
    "恒为一",
    "字词的分量",
];

/// The feature of the question's topic words that a text has.
pub(super) const TOPIC_WORDS: usize = 2;
/// The feature of an exact repetition.
pub(super) const EXACT: usize = 26;

/// The feature of an article whose topic the question names.
pub(super) const TOPIC_SAME: usize = 38;
/// The feature of an article whose topic does not speak of the part of the body that the question names.
pub(super) const SITE_MISSING: usize = 46;
/// The feature of what was learned of single characters and pairs; its weight is a scale.
pub(super) const TERMS: usize = 48;
/// The feature that is always one.
pub(super) const ONE: usize = 47;

/// One value a feature, in the order of [`FEATURE_NAMES`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Features(pub [f32; COUNT]);

/// What is known of a question and an article beside their words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Agreement {
    /// The question names the article's topic.
    pub(super) topic_same: bool,
    /// It is named by a word with a wrong character.
    pub(super) topic_nearly: bool,
    /// The question names another topic and not this one.
    pub(super) topic_other: bool,
    /// The question names this topic and another.
    pub(super) topic_more: bool,
    pub(super) facet_same: bool,
    pub(super) facet_other: bool,
    pub(super) facet_unasked: bool,
    pub(super) facet_unknown: bool,
    pub(super) audience_same: bool,
    pub(super) audience_other: bool,
    /// How likely the article's side is the one that is asked, 0 to 1.
    pub(super) side: f32,
    /// How far it lies behind the likeliest, 0 to 1.
    pub(super) side_behind: f32,
    /// How much of the question the topic's own text speaks of, 0 to 1.
    pub(super) background: f32,
    pub(super) unexplained: f32,
    pub(super) site_missing: bool,
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 }
}

fn flag(set: bool) -> f32 {
    f32::from(u8::from(set))
}

/// How two bags overlap: from either side, by all tokens and by those that carry topic; cosine; Dice.
fn overlap(question: &Bag, text: &Bag, common: Shared) -> [f32; 6] {
    [
        ratio(common.whole, question.whole),
        ratio(common.whole, text.whole),
        ratio(common.topical, question.topical),
        ratio(common.topical, text.topical),
        ratio(common.squares, (question.squares * text.squares).sqrt()),
        ratio(2.0 * common.whole, question.whole + text.whole),
    ]
}

/// Compares a question with an entry.
/// `terms` is what was learned of their characters and pairs.
pub(super) fn compare(question: &Bags, entry: &Entry, agreement: Agreement, terms: f32) -> Features {
    let text = &entry.bags;
    let words = shared(&question.words, &text.words);
    let singles = shared(&question.singles, &text.singles);
    let pairs = shared(&question.pairs, &text.pairs);
    // Highest BM25 weight of a token there is, so that the feature stays within 0 and 1.
    let norm = entry.norm / 2.2;
    let bm25 = [
        norm * ratio(singles.whole + pairs.whole, question.singles.whole + question.pairs.whole),
        norm * ratio(words.whole, question.words.whole),
    ];
    let (sequence, run) = common(&question.chars, &text.chars);
    let (asked, told) = (question.chars.len().max(1) as f32, text.chars.len().max(1) as f32);
    let order = [
        sequence as f32 / asked,
        sequence as f32 / told,
        run as f32 / asked,
        run as f32 / told,
        asked.min(told) / asked.max(told),
        (told / asked).ln().clamp(-3.0, 3.0),
    ];
    let missing = |one: &[String], other: &[String]| one.iter().filter(|number| !other.contains(number)).count().min(2) as f32;
    let same_numbers = question.numbers.iter().filter(|number| text.numbers.contains(number)).count().min(2) as f32;
    let head = |of: &Bag, within: &Bag| flag(of.head().is_none_or(|head| within.has(head)));
    let rest = [
        flag(question.chars == text.chars),
        flag(agreement.facet_same),
        flag(agreement.facet_other),
        flag(agreement.facet_unasked),
        flag(agreement.facet_unknown),
        flag(agreement.audience_same),
        flag(agreement.audience_other),
        same_numbers,
        missing(&text.numbers, &question.numbers),
        missing(&question.numbers, &text.numbers),
        head(&question.words, &text.words),
        head(&text.words, &question.words),
        flag(agreement.topic_same),
        flag(agreement.topic_nearly),
        flag(agreement.topic_other),
        flag(agreement.topic_more),
        agreement.side,
        agreement.side_behind,
        agreement.background,
        agreement.unexplained,
        flag(agreement.site_missing),
        1.0,
        terms,
    ];
    let overlaps =
        [(&question.words, &text.words, words), (&question.singles, &text.singles, singles), (&question.pairs, &text.pairs, pairs)];
    let overlaps = overlaps.into_iter().flat_map(|(one, other, common)| overlap(one, other, common));
    let mut features = Features([0.0; COUNT]);
    for (place, value) in features.0.iter_mut().zip(overlaps.chain(bm25).chain(order).chain(rest)) {
        *place = value;
    }
    features
}

/// Longest question that is compared by order, in characters; beyond it the cost would be quadratic.
const ORDER_LIMIT: usize = 96;

/// Lengths of the longest common subsequence and of the longest common run of the first characters.
fn common(one: &[char], other: &[char]) -> (usize, usize) {
    let one = &one[..one.len().min(ORDER_LIMIT)];
    let other = &other[..other.len().min(ORDER_LIMIT)];
    let (mut row, mut runs) = ([0_u8; ORDER_LIMIT + 1], [0_u8; ORDER_LIMIT + 1]);
    let mut longest = 0;
    for a in one {
        let (mut diagonal, mut run) = (0, 0);
        for (at, b) in other.iter().enumerate() {
            let (above, run_above) = (row[at + 1], runs[at + 1]);
            (row[at + 1], runs[at + 1]) = if a == b { (diagonal + 1, run + 1) } else { (above.max(row[at]), 0) };
            longest = longest.max(runs[at + 1]);
            (diagonal, run) = (above, run_above);
        }
    }
    (usize::from(row[other.len()]), usize::from(longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_the_longest_common_subsequence_and_run() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(common(&chars("面瘫怎么治"), &chars("怎么治面瘫")), (3, 3));
        assert_eq!(common(&chars("面瘫怎么治"), &chars("面瘫要怎样治")), (4, 2));
        assert_eq!(common(&chars(""), &chars("怎么")), (0, 0));
        assert_eq!(common(&vec!['一'; 500], &vec!['一'; 500]), (ORDER_LIMIT, ORDER_LIMIT));
    }
}
