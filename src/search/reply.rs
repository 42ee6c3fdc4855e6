//! Questions that are not for articles.

use crate::knowledge::Knowledge;
use crate::text::Analyzed;
use regex::Regex;

/// Finds the fixed reply to a question, if one is due.
pub(super) struct Replies(Vec<(usize, Regex)>);

/// Longest text that is matched against replies, in bytes: small talk is short, and a request stands early.
const LIMIT: usize = 600;

impl Replies {
    /// Those to what is said after a card, or the others. Patterns that do not compile are left out here; the rehearsal reports them.
    pub(super) fn new(knowledge: &Knowledge, after_card: bool) -> Self {
        let replies = knowledge.replies.iter().enumerate().filter(|(_, reply)| reply.after_card == after_card);
        let patterns = replies.flat_map(|(nth, reply)| reply.patterns.iter().map(move |p| (nth, p)));
        Self(patterns.filter_map(|(nth, pattern)| Some((nth, Regex::new(pattern).ok()?))).collect())
    }

    /// The number of the reply.
    pub(super) fn find(&self, analyzed: &Analyzed) -> Option<usize> {
        let text = analyzed.text();
        if text.len() > LIMIT {
            return None;
        }
        self.0.iter().find(|(_, regex)| regex.is_match(text)).map(|(nth, _)| *nth)
    }
}
