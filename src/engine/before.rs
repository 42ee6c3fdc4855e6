//! What came before a question in the same chat, as far as the next answer depends on it.

use super::conductor::Replied;
use super::talk::Talk;
use crate::answer::Answer;

/// Messages that count together for triage.
pub const TOGETHER: usize = 4;

/// What came before a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// The last messages since a card, at most [`TOGETHER`]: only together they may be an emergency.
    pub messages: Vec<String>,
    /// Whether a card was shown a short while ago.
    pub carded: bool,
    /// What is talked about.
    pub talk: Talk,
}

impl Before {
    /// Notes a message and how it was answered.
    pub fn note(&mut self, message: String, replied: &Replied) {
        if matches!(replied.answer, Answer::Card(_)) {
            *self = Self { messages: Vec::new(), carded: true, talk: Talk::default() };
            return;
        }
        self.talk.clone_from(&replied.talk);
        self.messages.push(message);
        self.messages.drain(..self.messages.len().saturating_sub(TOGETHER));
    }
}
