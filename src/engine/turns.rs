//! How a message goes on with the talk, by its form alone: 返回, 第二个, 不对，我说的是…, 那…呢.

use crate::knowledge::{Dialogue, TurnKind};
use crate::text::Analyzer;
use aho_corasick::{AhoCorasick, MatchKind};
use regex::{Captures, Regex};
use std::ops::Range;

/// Longest message that is read as a turn, in bytes: what is longer tells a story of its own.
const LIMIT: usize = 180;

/// The word lists of `knowledge/dialogue.toml`, compiled. Patterns that do not compile are left out; the rehearsal reports them.
pub(super) struct Turns {
    turns: Vec<(TurnKind, Vec<Regex>)>,
    leads: Option<Regex>,
    tails: Option<Regex>,
    stands_for: Vec<Regex>,
    plain: Option<AhoCorasick>,
    people: Option<AhoCorasick>,
}

/// What a message does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Turn {
    /// Back to the article before.
    Back,
    /// The nth of what was offered, counted from 1; none is the last.
    Pick(Option<usize>),
    /// None of what was offered.
    NoneOfThese,
    /// More of the topic.
    More,
    /// It may go on with the topic.
    Said(Said),
}

/// What is left of a message without the words that only tie it to the talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// The rest, normalised.
    pub(super) rest: String,
    /// Whether it ties on to what was said: 那…, …呢.
    pub(super) tied: bool,
    /// Whether it puts right what was asked.
    pub(super) corrects: bool,
}

impl Turns {
    pub(super) fn new(words: &Dialogue, analyzer: &Analyzer) -> Self {
        let folded = |list: &[String]| list.iter().map(|word| analyzer.normalize(word)).filter(|word| !word.is_empty()).collect::<Vec<_>>();
        let finder = |list: &[String]| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(folded(list)).ok();
        let any = |list: &[String]| list.iter().map(|pattern| format!("(?:{pattern})")).collect::<Vec<_>>().join("|");
        let compiled = |list: &[String]| list.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect();
        Self {
            turns: words.turns.iter().map(|turn| (turn.kind, compiled(&turn.patterns))).collect(),
            leads: Regex::new(&format!("^(?:(?:{})[,.]*)+", any(&words.leads))).ok().filter(|_| !words.leads.is_empty()),
            tails: Regex::new(&format!("(?:{})*[,.?]*$", any(&words.tails))).ok().filter(|_| !words.tails.is_empty()),
            stands_for: compiled(&words.stands_for),
            plain: finder(&words.plain),
            people: finder(&words.people),
        }
    }

    /// Reads a normalised message.
    pub(super) fn read(&self, text: &str) -> Turn {
        if text.len() > LIMIT {
            return Turn::Said(Said { rest: text.to_owned(), tied: false, corrects: false });
        }
        match self.first(text) {
            Some((TurnKind::Back, _)) => Turn::Back,
            Some((TurnKind::Pick, found)) => Turn::Pick(found.name("nth").and_then(|nth| nth.as_str().parse().ok())),
            Some((TurnKind::NoneOfThese, _)) => Turn::NoneOfThese,
            Some((TurnKind::More, _)) => Turn::More,
            Some((TurnKind::Correct, found)) => {
                let rest = found.name("rest").map_or("", |rest| rest.as_str());
                Turn::Said(Said { corrects: true, ..self.bare(rest) })
            }
            None => Turn::Said(self.bare(text)),
        }
    }

    /// What a message does by its form, for the rehearsal.
    pub(super) fn kind(&self, text: &str) -> Option<TurnKind> {
        self.first(text).map(|(kind, _)| kind)
    }

    fn first<'t>(&self, text: &'t str) -> Option<(TurnKind, Captures<'t>)> {
        self.turns.iter().find_map(|(kind, patterns)| Some((*kind, patterns.iter().find_map(|pattern| pattern.captures(text))?)))
    }

    fn bare(&self, text: &str) -> Said {
        let lead = self.leads.as_ref().and_then(|leads| leads.find(text)).map_or(0, |found| found.end());
        let begun = text.get(lead..).unwrap_or_default();
        let tail = self.tails.as_ref().and_then(|tails| tails.find(begun)).map_or(begun.len(), |found| found.start());
        let rest = begun.get(..tail).unwrap_or_default();
        let ended = begun.get(tail..).is_some_and(|tail| tail.chars().any(char::is_alphanumeric));
        Said { rest: rest.trim_matches([',', '.', '?']).to_owned(), tied: lead > 0 || ended, corrects: false }
    }

    /// The text with a name in place of what stands for it; none where nothing does.
    pub(super) fn named(&self, text: &str, name: &str) -> Option<String> {
        let span = self.stands_for.iter().find_map(|pattern| {
            let found = pattern.captures(text)?;
            found.name("it").or_else(|| found.get(0)).map(|found| found.range())
        })?;
        Some(format!("{}{name}{}", text.get(..span.start)?, text.get(span.end..)?))
    }

    /// Whether somebody is named who belongs to no special group.
    pub(super) fn names_somebody(&self, text: &str) -> bool {
        self.people.as_ref().is_some_and(|people| people.is_match(text))
    }

    /// The stretches of a text that say something beyond what is explained and the plain words.
    pub(super) fn left_over(&self, text: &str, explained: &[Range<usize>]) -> Vec<Range<usize>> {
        let stands = self.stands_for.iter().filter_map(|pattern| pattern.find(text)).map(|found| found.range());
        let mut known: Vec<Range<usize>> = explained.iter().cloned().chain(stands).collect();
        for finder in self.people.iter().chain(&self.plain) {
            known.extend(finder.find_iter(text).map(|found| found.range()));
        }
        let mut open: Vec<Range<usize>> = Vec::new();
        // A number alone says an age or a day.
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric() && !c.is_ascii_digit()) {
            if known.iter().any(|span| span.contains(&at)) {
                continue;
            }
            match open.last_mut() {
                Some(last) if last.end == at => last.end += c.len_utf8(),
                _ => open.push(at..at + c.len_utf8()),
            }
        }
        open
    }
}
