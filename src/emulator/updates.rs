//! The queue of updates: filtered by `allowed_updates`, forgotten when too old, kept until confirmed.

use std::collections::VecDeque;

use serde_json::{Map, Value};

/// Kinds that come only when asked for by name.
const ON_REQUEST: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// One update that waits.
#[derive(Debug, Clone)]
pub(crate) struct Queued {
    /// Its `update_id`.
    pub(crate) id: i64,
    /// Updates with the same lane are pushed to a webhook one after the other.
    pub(crate) lane: i64,
    /// Unix second after which nobody wants it.
    expires: i64,
    /// The update as JSON.
    pub(crate) body: Value,
}

/// All updates that wait.
#[derive(Debug)]
pub(crate) struct Updates {
    queue: VecDeque<Queued>,
    next_id: i64,
    allowed: Vec<String>,
    /// Grows with every getUpdates, so that an older waiting one knows it has been displaced.
    pub(crate) poll: u64,
    /// Grows with every update.
    pub(crate) arrived: u64,
}

impl Default for Updates {
    fn default() -> Self {
        Self { queue: VecDeque::new(), next_id: 100_000_001, allowed: Vec::new(), poll: 0, arrived: 0 }
    }
}

impl Updates {
    /// Queues an update once or twice; `None` when its kind is not wanted.
    pub(crate) fn push(&mut self, kind: &str, body: Value, lane: i64, now: i64, twice: bool) -> Option<i64> {
        if !self.wants(kind) {
            return None;
        }
        let id = self.next_id;
        self.next_id += 1;
        let mut update = Map::new();
        update.insert("update_id".into(), id.into());
        update.insert(kind.to_owned(), body);
        let queued = Queued { id, lane, expires: now + lifetime(kind), body: Value::Object(update) };
        if twice {
            self.queue.push_back(queued.clone());
        }
        self.queue.push_back(queued);
        self.arrived += 1;
        Some(id)
    }

    fn wants(&self, kind: &str) -> bool {
        if self.allowed.is_empty() {
            return !ON_REQUEST.contains(&kind);
        }
        self.allowed.iter().any(|name| name == kind)
    }

    /// Remembers which kinds are wanted; an empty list is the default again.
    pub(crate) fn allow(&mut self, list: &[Value]) {
        self.allowed = list.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    }

    /// The kinds that were asked for.
    pub(crate) fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// Confirms everything before `offset`; a negative offset keeps only that many from the end.
    pub(crate) fn confirm(&mut self, offset: i64) {
        if offset < 0 {
            let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            let surplus = self.queue.len().saturating_sub(keep);
            self.queue.drain(..surplus);
        } else {
            while self.queue.front().is_some_and(|queued| queued.id < offset) {
                self.queue.pop_front();
            }
        }
    }

    /// Drops what has become too old.
    pub(crate) fn expire(&mut self, now: i64) {
        if self.queue.front().is_some_and(|queued| queued.expires < now) || self.queue.len() < 1000 {
            self.queue.retain(|queued| queued.expires >= now);
        }
    }

    /// The first updates that wait, at most `limit`.
    pub(crate) fn first(&self, limit: usize) -> Vec<Value> {
        self.queue.iter().take(limit).map(|queued| queued.body.clone()).collect()
    }

    /// All that waits, oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Queued> {
        self.queue.iter()
    }

    /// Takes one copy of an update out, after a webhook accepted it.
    pub(crate) fn remove(&mut self, id: i64) {
        if let Some(at) = self.queue.iter().position(|queued| queued.id == id) {
            self.queue.remove(at);
        }
    }

    /// Forgets everything that waits.
    pub(crate) fn clear(&mut self) {
        self.queue.clear();
    }

    /// How many wait.
    pub(crate) fn len(&self) -> usize {
        self.queue.len()
    }
}

/// Seconds an update of a kind is worth delivering.
fn lifetime(kind: &str) -> i64 {
    match kind {
        "callback_query" => 150,
        "inline_query" => 30,
        "chosen_inline_result" => 600,
        _ => 86_400,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn three() -> Updates {
        let mut updates = Updates::default();
        for kind in ["message", "callback_query", "message"] {
            updates.push(kind, json!({}), 1, 0, false);
        }
        updates
    }

    fn ids(updates: &Updates) -> Vec<i64> {
        updates.iter().map(|queued| queued.id - 100_000_001).collect()
    }

    #[test]
    fn an_offset_confirms_what_is_before_it() {
        let mut updates = three();
        updates.confirm(100_000_002);
        assert_eq!(ids(&updates), [1, 2]);
        updates.confirm(-1);
        assert_eq!(ids(&updates), [2]);
    }

    #[test]
    fn old_button_presses_are_gone_first() {
        let mut updates = three();
        updates.expire(151);
        assert_eq!(ids(&updates), [0, 2]);
    }

    #[test]
    fn only_wanted_kinds_are_queued() {
        let mut updates = Updates::default();
        assert!(updates.push("chat_member", json!({}), 1, 0, false).is_none());
        updates.allow(&[json!("callback_query")]);
        assert!(updates.push("message", json!({}), 1, 0, false).is_none());
        assert!(updates.push("callback_query", json!({}), 1, 0, true).is_some());
        assert_eq!(ids(&updates), [0, 0]);
    }
}
