//! The log of every call the bot made.

use std::collections::{HashMap, VecDeque};
use std::time::SystemTime;

use serde_json::Value;

/// One call of the bot.
#[derive(Debug, Clone)]
pub struct Call {
    /// The method, spelt as in the Bot API's documents, however the client spelt it.
    pub method: String,
    /// The parameters as they came; a file is `{"file_name", "size"}`.
    pub params: Value,
    /// When it was answered.
    pub at: SystemTime,
    /// The HTTP status of the answer; 0 when there was none (a hang or a reset).
    pub status: u16,
}

/// The newest calls, and how often each method was called.
#[derive(Debug, Default)]
pub(crate) struct CallLog {
    calls: VecDeque<Call>,
    counts: HashMap<String, u64>,
}

impl CallLog {
    /// Adds a call and forgets the oldest beyond `keep`.
    pub(crate) fn add(&mut self, call: Call, keep: usize) {
        match self.counts.get_mut(&call.method) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert(call.method.clone(), 1);
            }
        }
        if keep > 0 {
            self.calls.push_back(call);
        }
        while self.calls.len() > keep {
            self.calls.pop_front();
        }
    }

    /// The calls that are kept, oldest first.
    pub(crate) fn all(&self) -> Vec<Call> {
        self.calls.iter().cloned().collect()
    }

    /// How often a method was called since the start or the last reset.
    pub(crate) fn count(&self, method: &str) -> u64 {
        self.counts.iter().filter(|(name, _)| name.eq_ignore_ascii_case(method)).map(|(_, count)| count).sum()
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
