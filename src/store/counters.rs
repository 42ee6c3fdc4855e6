//! Counts that may be counted often: summed in memory, written now and then.

use std::collections::HashMap;

use super::database::Change;
use super::error::{Result, StoreError};
use super::keys;
use super::open::{Inner, Store};
use super::state::State;
use super::value;

/// So many different counters wait in memory before they are written unasked.
const WAITING_AT_MOST: usize = 10_000;

/// Counts not written yet, by the counter's key.
pub(super) type Pending = HashMap<Vec<u8>, u64>;

impl Store {
    /// Counts something, in memory. A kill loses what was counted since [`flush_counters`](Self::flush_counters).
    ///
    /// # Errors
    /// [`StoreError::BadName`].
    pub fn add(&self, namespace: &str, key: &str, n: u64) -> std::result::Result<(), StoreError> {
        keys::check(namespace)?;
        keys::check(key)?;
        let waiting = {
            let mut pending = self.inner.counters();
            let sum = pending.entry(keys::two(keys::COUNTERS, namespace, key)).or_default();
            *sum = sum.saturating_add(n);
            pending.len()
        };
        if waiting > WAITING_AT_MOST {
            self.flush_counters()?;
        }
        Ok(())
    }

    /// A count, with what is not written yet.
    ///
    /// # Errors
    /// An error of reading.
    pub fn count(&self, namespace: &str, key: &str) -> std::result::Result<u64, StoreError> {
        let key = keys::two(keys::COUNTERS, namespace, key);
        let state = self.inner.state();
        let pending = self.inner.counters();
        let waiting = pending.get(&key).copied().unwrap_or_default();
        Ok(stored(&state, &key)?.saturating_add(waiting))
    }

    /// All counts of a namespace with their keys, in order, with what is not written yet.
    ///
    /// # Errors
    /// An error of reading, or of writing: what waits is written first.
    pub fn counts(&self, namespace: &str) -> std::result::Result<Vec<(String, u64)>, StoreError> {
        self.flush_counters()?;
        let state = self.inner.state();
        let entries = state.database.scan(&keys::all_of(keys::COUNTERS, namespace));
        entries
            .map(|entry| {
                let (key, bytes) = entry?;
                let (_, key) = keys::names(&key, keys::COUNTERS.len());
                Ok((key, value::decode(namespace, &bytes)?))
            })
            .collect()
    }

    /// Writes what was counted; durable when this returns. Call it each minute or so, and before the end.
    ///
    /// # Errors
    /// An error of writing; what was counted stays in memory.
    pub fn flush_counters(&self) -> std::result::Result<(), StoreError> {
        self.inner.flush_pending()
    }
}

impl Inner {
    pub(super) fn flush_pending(&self) -> Result<()> {
        let state = self.state();
        match self.write_pending(&state)? {
            Some(number) => state.sync(number),
            None => Ok(()),
        }
    }

    /// Moves the counts from memory into the state, not durably yet, and gives the number to wait for.
    pub(super) fn write_pending(&self, state: &State) -> Result<Option<u64>> {
        let _pen = state.pen();
        let mut pending = self.counters();
        if pending.is_empty() {
            return Ok(None);
        }
        let sums = pending.iter().map(|(key, n)| summed(state, key, *n)).collect::<Result<Vec<Change>>>()?;
        let number = state.apply(sums)?;
        pending.clear();
        Ok(Some(number))
    }
}

fn summed(state: &State, key: &[u8], n: u64) -> Result<Change> {
    let sum = stored(state, key)?.saturating_add(n);
    Ok((key.to_vec(), Some(value::encode("计数", &sum)?)))
}

fn stored(state: &State, key: &[u8]) -> Result<u64> {
    Ok(state.read(key, "计数")?.unwrap_or_default())
}
