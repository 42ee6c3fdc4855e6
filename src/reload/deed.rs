//! What editors did: the audit log.

use crate::store::{Store, StoreError};
use serde::{Deserialize, Serialize};
use std::time::{SystemTime, UNIX_EPOCH};

/// Something an editor did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// When, in seconds since 1970 (UTC).
    pub at: u64,
    /// Who, by their number on Telegram; 0 is the command line.
    pub who: i64,
    /// What: the command and what it was about.
    pub what: String,
    /// What came of it, in one line.
    pub outcome: String,
}

/// Writes a deed down; durable when this returns.
///
/// # Errors
/// What the store refuses.
pub fn note_deed(store: &Store, who: i64, what: &str, outcome: &str) -> Result<(), StoreError> {
    let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let outcome = outcome.lines().next().unwrap_or_default().chars().take(200).collect();
    store.append_audit(&Deed { at, who, what: what.to_owned(), outcome })
}

/// The last deeds, newest first.
///
/// # Errors
/// What the store refuses.
pub fn deeds(store: &Store, most: usize) -> Result<Vec<Deed>, StoreError> {
    store.audit(most)
}
