//! What the page is told: a numbered ring of events.

use std::collections::VecDeque;

use serde_json::{Value, json};

const KEEP: usize = 500;

/// The newest events. Nothing is recorded until somebody watches, so that load tests do not pay for it.
#[derive(Debug, Default)]
pub(crate) struct Events {
    ring: VecDeque<(u64, Value)>,
    last: u64,
    watched: bool,
}

impl Events {
    /// Begins to record, and tells the number of the last event.
    pub(crate) fn watch(&mut self) -> u64 {
        self.watched = true;
        self.last
    }

    /// Records an event of a chat.
    pub(crate) fn add(&mut self, kind: &str, chat: i64, body: impl FnOnce() -> Value) {
        if !self.watched {
            return;
        }
        self.last += 1;
        self.ring.push_back((self.last, json!({ "type": kind, "chat": chat, "body": body() })));
        if self.ring.len() > KEEP {
            self.ring.pop_front();
        }
    }

    /// The events after a number, oldest first.
    pub(crate) fn after(&self, number: u64) -> Vec<(u64, Value)> {
        self.ring.iter().filter(|(at, _)| *at > number).cloned().collect()
    }

    /// The number of the last event.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }
}
