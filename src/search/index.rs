//! The inverted index over titles and asks: words for meaning, characters and pairs of characters as the net
//! under segmentation (measured: one wrong character costs 5 points of Hit@1 with them and 14 without).

use crate::text::Analyzed;
use std::collections::HashMap;

pub(super) type TokenId = u32;
pub(super) type EntryId = u32;

/// BM25's usual constants (Robertson and Zaragoza 2009, Foundations and Trends in IR 3:333).
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What words count for beside characters and pairs when candidates are chosen (on the development sets more of the right
/// ones are among the first fifty than with either alone).
const WORD_SHARE: f32 = 0.3;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum View {
    /// A word of the segmenter.
    Word,
    /// One character.
    Single,
    /// Two characters that follow each other.
    Pair,
}

/// A token of a text: its number, its inverse document frequency, whether it only frames the question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub(super) id: TokenId,
    pub(super) weight: f32,
    pub(super) framed: bool,
}

/// The tokens of one view of a text: sorted, without repeats.
#[derive(Debug, Clone, Default)]
pub(super) struct Bag {
    pub(super) tokens: Vec<Token>,
    /// Weight of all.
    pub(super) whole: f32,
    /// Weight of those that carry topic.
    pub(super) topical: f32,
    /// Sum of squared weights.
    pub(super) squares: f32,
}

/// A text, ready to be compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Bags {
    pub(super) words: Bag,
    pub(super) singles: Bag,
    pub(super) pairs: Bag,
    /// Content characters, for order.
    pub(super) chars: Vec<char>,
    /// Numbers written in it.
    pub(super) numbers: Vec<String>,
    /// What was learned of those of its characters and pairs that no title has.
    pub(super) learned_unseen: f32,
}

impl Bags {
    /// Characters and pairs together, as BM25 counts length.
    fn length(&self) -> f32 {
        (self.singles.tokens.len() + self.pairs.tokens.len()) as f32
    }
}

/// A title or an ask.
pub(super) struct Entry {
    /// Place of the article in the list the index was built from.
    pub(super) article: u32,
    pub(super) bags: Bags,
    /// BM25's weight of a token of a text of this length.
    pub(super) norm: f32,
}

/// The index.
pub(super) struct Index {
    tokens: HashMap<(View, String), TokenId>,
    /// Inverse document frequency of each token.
    weights: Vec<f32>,
    postings: Vec<Vec<EntryId>>,
    pub(super) entries: Vec<Entry>,
    unseen: f32,
    /// What was learned of a token, by its number.
    learned: HashMap<TokenId, Learned>,
    /// The same of tokens that no text has, by their text.
    learned_unseen: HashMap<String, Learned>,
}

/// What a character or pair counts for where both texts have it, where only the question has it, where only the title has it.
pub(super) type Learned = [f32; 3];

/// How the tokens of a question and a title differ, for what was learned of them: which token, which of the three, and its share.
pub(super) fn differences(question: &Bags, text: &Bags, mut visitor: impl FnMut(TokenId, usize, f32)) {
    for (asked, told) in [(&question.singles.tokens, &text.singles.tokens), (&question.pairs.tokens, &text.pairs.tokens)] {
        let share = |tokens: &[Token]| 1.0 / (tokens.len().max(1) as f32).sqrt();
        let (of_asked, of_told) = (share(asked), share(told));
        let (mut a, mut b) = (0, 0);
        loop {
            match (asked.get(a), told.get(b)) {
                (None, None) => break,
                (Some(x), Some(y)) if x.id == y.id => {
                    visitor(x.id, 0, of_asked);
                    (a, b) = (a + 1, b + 1);
                }
                (Some(x), y) if y.is_none_or(|y| x.id < y.id) => {
                    visitor(x.id, 1, of_asked);
                    a += 1;
                }
                (_, Some(y)) => {
                    visitor(y.id, 2, of_told);
                    b += 1;
                }
                (Some(_), None) => a += 1,
            }
        }
    }
}

/// The tokens of an analysed text, each with whether it only frames the question.
fn tokens(analyzed: &Analyzed) -> Vec<(View, String, bool)> {
    let mut tokens: Vec<_> = analyzed.terms.iter().map(|term| (View::Word, analyzed.term(term).to_owned(), term.template)).collect();
    for piece in &analyzed.content {
        let text = &analyzed.text()[piece.clone()];
        let mut before: Option<(char, bool)> = None;
        for (at, c) in text.char_indices() {
            if !c.is_alphanumeric() {
                before = None;
                continue;
            }
            let own = analyzed.is_framed(piece.start + at);
            if let Some((first, first_framed)) = before {
                tokens.push((View::Pair, [first, c].iter().collect(), first_framed && own));
            }
            tokens.push((View::Single, c.to_string(), own));
            before = Some((c, own));
        }
    }
    tokens
}

fn numbers(analyzed: &Analyzed) -> Vec<String> {
    let pieces = analyzed.content.iter().map(|piece| &analyzed.text()[piece.clone()]);
    let numbers = pieces.flat_map(|text| text.split(|c: char| !c.is_ascii_digit()));
    numbers.filter(|number| !number.is_empty()).map(str::to_owned).collect()
}

fn content_chars(analyzed: &Analyzed) -> Vec<char> {
    let pieces = analyzed.content.iter().flat_map(|piece| analyzed.text()[piece.clone()].chars());
    pieces.filter(|c| c.is_alphanumeric()).collect()
}

impl Index {
    /// Builds the index over texts, each with the number of its article.
    pub(super) fn new(texts: impl Iterator<Item = (u32, Analyzed)>) -> Self {
        let mut index = Self {
            tokens: HashMap::new(),
            weights: Vec::new(),
            postings: Vec::new(),
            entries: Vec::new(),
            unseen: 0.0,
            learned: HashMap::new(),
            learned_unseen: HashMap::new(),
        };
        let mut numbered: Vec<Vec<(View, TokenId, bool)>> = Vec::new();
        for (article, analyzed) in texts {
            let number = |(view, text, framed): (View, String, bool)| (view, index.intern(view, text), framed);
            let mut tokens: Vec<_> = tokens(&analyzed).into_iter().map(number).collect();
            tokens.sort_unstable_by_key(|&(_, id, framed)| (id, framed));
            tokens.dedup_by_key(|&mut (_, id, _)| id);
            numbered.push(tokens);
            let bags = Bags { chars: content_chars(&analyzed), numbers: numbers(&analyzed), ..Bags::default() };
            index.entries.push(Entry { article, bags, norm: 1.0 });
        }
        index.weigh(&numbered);
        index.post(&numbered);
        index
    }

    fn intern(&mut self, view: View, token: String) -> TokenId {
        let next = TokenId::try_from(self.tokens.len()).unwrap_or(TokenId::MAX);
        *self.tokens.entry((view, token)).or_insert(next)
    }

    fn weigh(&mut self, numbered: &[Vec<(View, TokenId, bool)>]) {
        let mut frequency = vec![0_u32; self.tokens.len()];
        for (_, id, _) in numbered.iter().flatten() {
            frequency[*id as usize] += 1;
        }
        let count = numbered.len() as f32;
        let idf = |df: f32| (1.0 + (count - df + 0.5) / (df + 0.5)).ln();
        self.unseen = idf(0.0);
        self.weights = frequency.into_iter().map(|df| idf(df as f32)).collect();
    }

    fn post(&mut self, numbered: &[Vec<(View, TokenId, bool)>]) {
        self.postings = (0..self.tokens.len()).map(|_| Vec::new()).collect();
        for (nth, tokens) in numbered.iter().enumerate() {
            let entry = EntryId::try_from(nth).unwrap_or(EntryId::MAX);
            for (_, id, _) in tokens {
                self.postings[*id as usize].push(entry);
            }
            let bags = &mut self.entries[nth].bags;
            for &(view, id, framed) in tokens {
                bags.of(view).tokens.push(Token { id, weight: self.weights[id as usize], framed });
            }
            bags.sum();
        }
        let average = self.entries.iter().map(|entry| entry.bags.length()).sum::<f32>() / self.entries.len().max(1) as f32;
        for entry in &mut self.entries {
            entry.norm = (K1 + 1.0) / (1.0 + K1 * (1.0 - B + B * entry.bags.length() / average.max(1.0)));
        }
    }

    /// Takes what was learned of characters and pairs.
    pub(super) fn learn(&mut self, terms: &[(String, Learned)]) {
        for (term, learned) in terms {
            match self.term(term) {
                Some(id) => self.learned.insert(id, *learned),
                None => self.learned_unseen.insert(term.clone(), *learned),
            };
        }
    }

    /// The number of a character or pair.
    pub(super) fn term(&self, term: &str) -> Option<TokenId> {
        let view = if term.chars().nth(1).is_some() { View::Pair } else { View::Single };
        self.tokens.get(&(view, term.to_owned())).copied()
    }

    /// Every character and pair, with its number.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&str, TokenId)> {
        self.tokens.iter().filter(|((view, _), _)| *view != View::Word).map(|((_, text), id)| (text.as_str(), *id))
    }

    /// What was learned of how a question and a title differ.
    pub(super) fn learned(&self, question: &Bags, text: &Bags) -> f32 {
        let mut sum = question.learned_unseen;
        differences(question, text, |id, which, share| sum += self.learned.get(&id).map_or(0.0, |learned| learned[which] * share));
        sum
    }

    /// The bags of a question. Tokens that no text has count as uncovered, at the weight of a rare one.
    pub(super) fn bags(&self, analyzed: &Analyzed) -> Bags {
        let mut bags = Bags { chars: content_chars(analyzed), numbers: numbers(analyzed), ..Bags::default() };
        let mut unseen = TokenId::MAX;
        let mut unseen_terms: Vec<(View, String)> = Vec::new();
        for (view, text, framed) in tokens(analyzed) {
            let token = (view, text);
            let id = self.tokens.get(&token).copied().unwrap_or_else(|| {
                unseen -= 1;
                unseen_terms.push(token);
                unseen
            });
            let weight = self.weights.get(id as usize).copied().unwrap_or(self.unseen);
            bags.of(view).tokens.push(Token { id, weight, framed });
        }
        for bag in [&mut bags.words, &mut bags.singles, &mut bags.pairs] {
            bag.tokens.sort_unstable_by_key(|token| (token.id, token.framed));
            bag.tokens.dedup_by_key(|token| token.id);
        }
        bags.sum();
        for (view, term) in unseen_terms {
            let count = bags.of(view).tokens.len().max(1) as f32;
            let learned = if view == View::Word { None } else { self.learned_unseen.get(&term) };
            bags.learned_unseen += learned.map_or(0.0, |learned| learned[1] / count.sqrt());
        }
        bags
    }

    /// The `limit` entries with the best BM25 score, best first.
    pub(super) fn candidates(&self, bags: &Bags, limit: usize) -> Vec<EntryId> {
        let mut scores = vec![0.0_f32; self.entries.len()];
        let views = [(&bags.words, WORD_SHARE), (&bags.singles, 1.0), (&bags.pairs, 1.0)];
        for (token, share) in views.iter().flat_map(|(bag, share)| bag.tokens.iter().map(move |token| (token, share))) {
            for &entry in self.postings.get(token.id as usize).map_or(&[][..], Vec::as_slice) {
                scores[entry as usize] += token.weight * share;
            }
        }
        for (score, entry) in scores.iter_mut().zip(&self.entries) {
            *score *= entry.norm;
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

impl Bags {
    fn of(&mut self, view: View) -> &mut Bag {
        match view {
            View::Word => &mut self.words,
            View::Single => &mut self.singles,
            View::Pair => &mut self.pairs,
        }
    }

    fn sum(&mut self) {
        for bag in [&mut self.words, &mut self.singles, &mut self.pairs] {
            bag.whole = bag.tokens.iter().map(|token| token.weight).sum();
            bag.topical = bag.tokens.iter().filter(|token| !token.framed).map(|token| token.weight).sum();
            bag.squares = bag.tokens.iter().map(|token| token.weight * token.weight).sum();
        }
    }
}

impl Bag {
    /// The heaviest token that carries topic.
    pub(super) fn head(&self) -> Option<TokenId> {
        let topical = self.tokens.iter().filter(|token| !token.framed);
        topical.max_by(|one, other| one.weight.total_cmp(&other.weight)).map(|token| token.id)
    }

    /// Whether a token is there.
    pub(super) fn has(&self, id: TokenId) -> bool {
        self.tokens.binary_search_by_key(&id, |token| token.id).is_ok()
    }
}

/// What two bags have in common.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shared {
    /// Weight of all tokens of both.
    pub(super) whole: f32,
    /// Weight of those that carry topic in one of them at least.
    pub(super) topical: f32,
    /// Sum of squared weights.
    pub(super) squares: f32,
}

/// What two bags have in common.
pub(super) fn shared(one: &Bag, other: &Bag) -> Shared {
    let (mut a, mut b, mut shared) = (0, 0, Shared::default());
    while let (Some(x), Some(y)) = (one.tokens.get(a), other.tokens.get(b)) {
        match x.id.cmp(&y.id) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                shared.whole += x.weight;
                shared.squares += x.weight * x.weight;
                if !x.framed || !y.framed {
                    shared.topical += x.weight;
                }
                (a, b) = (a + 1, b + 1);
            }
        }
    }
    shared
}
