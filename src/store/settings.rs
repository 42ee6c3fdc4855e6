//! What an operator can tune about the store.

use serde::{Deserialize, Serialize};

const MEGABYTE: u64 = 1024 * 1024;

/// What an operator can tune about the store. The defaults are right for a bot on a small machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Page cache of each open database, in megabytes. Two are open as a rule: the small state and the live revision.
    pub cache_mb: u64,
    /// How many published revisions are kept for a rollback, the live one included.
    pub keep_revisions: usize,
    /// The small state is rewritten into a fresh database once its folder is larger than this, in megabytes.
    pub compact_above_mb: u64,
    /// How many audit entries are kept; the oldest go first.
    pub audit_entries: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { cache_mb: 64, keep_revisions: 10, compact_above_mb: 64, audit_entries: 10_000 }
    }
}

impl Settings {
    pub(super) fn cache_bytes(&self) -> u64 {
        self.cache_mb.max(1).saturating_mul(MEGABYTE)
    }

    pub(super) fn compact_above_bytes(&self) -> u64 {
        self.compact_above_mb.max(1).saturating_mul(MEGABYTE)
    }
}
