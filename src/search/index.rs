//! The inverted index over titles and asks: words for meaning, characters and pairs of characters as the net
//! under segmentation (measured: one wrong character costs 5 points of Hit@1 with them and 14 without).

use crate::text::{Analyzed, Term};
use std::collections::HashMap;

pub(super) type TokenId = u32;
pub(super) type EntryId = u32;

/// BM25's usual constants (Robertson and Zaragoza 2009, Foundations and Trends in IR 3:333). Titles are short, so
/// length counts for less than in documents.
const K1: f32 = 1.2;
const B: f32 = 0.4;

/// Weight of a token that only frames a question, against one that carries topic.
const TEMPLATE_WEIGHT: f32 = 0.12;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum View {
    /// A word of the segmenter.
    Word,
    /// One or two characters.
    Gram,
}

/// The tokens of a text, ready to be compared: sorted, without repeats, each with its weight.
#[derive(Debug, Clone, Default)]
pub(super) struct Bag {
    pub(super) words: Vec<(TokenId, f32)>,
    pub(super) grams: Vec<(TokenId, f32)>,
    /// The longest words that carry topic, each with its weight.
    pub(super) heads: Vec<(TokenId, f32)>,
    pub(super) word_weight: f32,
    pub(super) gram_weight: f32,
}

/// A title or an ask.
pub(super) struct Entry {
    /// Place of the article in the list the index was built from.
    pub(super) article: u32,
    pub(super) bag: Bag,
    /// Content characters, for order.
    pub(super) chars: Vec<char>,
}

/// A token with its number.
#[derive(Debug, Clone, Copy)]
struct Weighed {
    view: View,
    template: bool,
    head: bool,
    id: TokenId,
}

struct Posting {
    entry: EntryId,
    impact: f32,
}

/// The index.
pub(super) struct Index {
    tokens: HashMap<(View, String), TokenId>,
    /// Inverse document frequency times what a view counts for.
    weights: Vec<f32>,
    postings: Vec<Vec<Posting>>,
    pub(super) entries: Vec<Entry>,
    unseen: f32,
}

/// A token of a text.
struct Token {
    view: View,
    text: String,
    /// Whether it only frames the question.
    template: bool,
    /// Whether it is a topic word that lies in no longer one.
    head: bool,
}

/// The tokens of an analysed text.
fn tokens(analyzed: &Analyzed) -> Vec<Token> {
    let inside = |term: &Term| {
        let longer = |other: &Term| other.span.start <= term.span.start && term.span.end <= other.span.end && other.span != term.span;
        analyzed.terms.iter().any(longer)
    };
    let word = |term: &Term| Token {
        view: View::Word,
        text: analyzed.term(term).to_owned(),
        template: term.template,
        head: !term.template && term.span.len() > 3 && !inside(term),
    };
    let mut tokens: Vec<Token> = analyzed.terms.iter().map(word).collect();
    let gram = |text: String, template: bool| Token { view: View::Gram, text, template, head: false };
    for piece in &analyzed.content {
        let text = &analyzed.text()[piece.clone()];
        let chars: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
        let framed = |at: usize| {
            let byte = piece.start + at;
            let first = analyzed.template.partition_point(|span| span.end <= byte);
            analyzed.template.get(first).is_some_and(|span| span.start <= byte)
        };
        for (nth, &(at, c)) in chars.iter().enumerate() {
            tokens.push(gram(c.to_string(), framed(at)));
            if let Some(&(next_at, next)) = chars.get(nth + 1) {
                tokens.push(gram([c, next].iter().collect(), framed(at) && framed(next_at)));
            }
        }
    }
    tokens
}

impl Index {
    /// Builds the index over texts, each with the number of its article.
    pub(super) fn new(texts: impl Iterator<Item = (u32, Analyzed)>) -> Self {
        let mut index = Self { tokens: HashMap::new(), weights: Vec::new(), postings: Vec::new(), entries: Vec::new(), unseen: 0.0 };
        let mut bags: Vec<Vec<Weighed>> = Vec::new();
        for (article, analyzed) in texts {
            let weighed = |token: Token| Weighed {
                view: token.view,
                template: token.template,
                head: token.head,
                id: index.intern(token.view, token.text),
            };
            let mut ids: Vec<Weighed> = tokens(&analyzed).into_iter().map(weighed).collect();
            ids.sort_unstable_by_key(|token| (token.id, token.template));
            ids.dedup_by_key(|token| token.id);
            bags.push(ids);
            let chars = analyzed.content_text().chars().collect();
            index.entries.push(Entry { article, bag: Bag::default(), chars });
        }
        index.weigh(&bags);
        index.post(&bags);
        index
    }

    fn intern(&mut self, view: View, token: String) -> TokenId {
        let next = TokenId::try_from(self.tokens.len()).unwrap_or(TokenId::MAX);
        *self.tokens.entry((view, token)).or_insert(next)
    }

    fn weigh(&mut self, bags: &[Vec<Weighed>]) {
        let mut frequency = vec![0_u32; self.tokens.len()];
        for token in bags.iter().flatten() {
            frequency[token.id as usize] += 1;
        }
        let count = bags.len() as f32;
        let idf = |df: f32| (1.0 + (count - df + 0.5) / (df + 0.5)).ln();
        self.unseen = idf(0.0);
        self.weights = vec![0.0; self.tokens.len()];
        for ((view, token), &id) in &self.tokens {
            self.weights[id as usize] = idf(frequency[id as usize] as f32) * share(*view, token);
        }
    }

    fn post(&mut self, bags: &[Vec<Weighed>]) {
        self.postings = (0..self.tokens.len()).map(|_| Vec::new()).collect();
        let average = bags.iter().map(Vec::len).sum::<usize>() as f32 / bags.len().max(1) as f32;
        for (nth, ids) in bags.iter().enumerate() {
            let norm = (K1 + 1.0) / (1.0 + K1 * (1.0 - B + B * ids.len() as f32 / average.max(1.0)));
            for token in ids {
                let entry = EntryId::try_from(nth).unwrap_or(EntryId::MAX);
                let impact = self.weight(token.id, token.template) * norm;
                self.postings[token.id as usize].push(Posting { entry, impact });
            }
            self.entries[nth].bag = Bag::of(ids.iter().map(|token| (*token, self.weight(token.id, token.template))));
        }
    }

    fn weight(&self, id: TokenId, template: bool) -> f32 {
        let weight = self.weights.get(id as usize).copied().unwrap_or(self.unseen);
        if template { weight * TEMPLATE_WEIGHT } else { weight }
    }

    /// The bag of a question. Tokens that no text has count as uncovered, at the weight of a rare one.
    pub(super) fn bag(&self, analyzed: &Analyzed) -> Bag {
        let mut unseen = TokenId::MAX;
        let tokens = tokens(analyzed).into_iter().map(|token| {
            let share = share(token.view, &token.text);
            let (view, template, head) = (token.view, token.template, token.head);
            match self.tokens.get(&(view, token.text)) {
                Some(&id) => (Weighed { view, template, head, id }, self.weight(id, template)),
                None => {
                    unseen -= 1;
                    let weight = self.unseen * share;
                    (Weighed { view, template, head, id: unseen }, if template { weight * TEMPLATE_WEIGHT } else { weight })
                }
            }
        });
        Bag::of(tokens)
    }

    /// The `limit` entries that share the most weight with a bag, best first.
    pub(super) fn candidates(&self, bag: &Bag, limit: usize) -> Vec<EntryId> {
        let mut scores = vec![0.0_f32; self.entries.len()];
        for &(id, weight) in bag.words.iter().chain(&bag.grams) {
            for posting in self.postings.get(id as usize).map_or(&[][..], Vec::as_slice) {
                scores[posting.entry as usize] += weight * posting.impact;
            }
        }
        let mut best: Vec<(f32, EntryId)> = scores.iter().zip(0..).filter(|(s, _)| **s > 0.0).map(|(&s, e)| (s, e)).collect();
        let by_score = |a: &(f32, EntryId), b: &(f32, EntryId)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if best.len() > limit {
            best.select_nth_unstable_by(limit, by_score);
            best.truncate(limit);
        }
        best.sort_unstable_by(by_score);
        best.into_iter().map(|(_, entry)| entry).collect()
    }
}

/// What a token of a view counts for: single characters say little.
fn share(view: View, token: &str) -> f32 {
    match view {
        View::Word => 1.0,
        View::Gram if token.chars().nth(1).is_some() => 0.7,
        View::Gram => 0.35,
    }
}

impl Bag {
    fn of(tokens: impl Iterator<Item = (Weighed, f32)>) -> Self {
        let mut bag = Self::default();
        for (token, weight) in tokens {
            match token.view {
                View::Word => bag.words.push((token.id, weight)),
                View::Gram => bag.grams.push((token.id, weight)),
            }
            if token.head {
                bag.heads.push((token.id, weight));
            }
        }
        for list in [&mut bag.words, &mut bag.grams, &mut bag.heads] {
            list.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            list.dedup_by_key(|(id, _)| *id);
        }
        bag.word_weight = bag.words.iter().map(|(_, weight)| weight).sum();
        bag.gram_weight = bag.grams.iter().map(|(_, weight)| weight).sum();
        bag
    }
}

/// The weight that two sorted lists share, each side by its own weights.
pub(super) fn shared(one: &[(TokenId, f32)], other: &[(TokenId, f32)]) -> (f32, f32) {
    let (mut a, mut b, mut left, mut right) = (0, 0, 0.0, 0.0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                (left, right) = (left + x.1, right + y.1);
                (a, b) = (a + 1, b + 1);
            }
        }
    }
    (left, right)
}
