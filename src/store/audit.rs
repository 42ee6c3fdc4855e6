//! The audit log: what editors did, in order.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::StoreError;
use super::keys;
use super::open::Store;
use super::value;

const NAME: &str = "审计日志";

impl Store {
    /// Adds an entry; durable when this returns. The oldest entries go when there are too many.
    ///
    /// # Errors
    /// [`StoreError::Encode`], or an error of writing.
    pub fn append_audit<T: Serialize>(&self, entry: &T) -> std::result::Result<(), StoreError> {
        let entry = value::encode(NAME, entry)?;
        let state = self.inner.state();
        let number = state.take_audit_number();
        let mut changes = vec![(keys::numbered(keys::AUDIT, number), Some(entry))];
        if let Some(oldest) = number.checked_sub(self.inner.settings.audit_entries.max(1)) {
            changes.push((keys::numbered(keys::AUDIT, oldest), None));
        }
        state.commit(changes)
    }

    /// The last `n` entries, newest first.
    ///
    /// # Errors
    /// [`StoreError::Decode`] if one was stored as another type, or an error of reading.
    pub fn audit<T: DeserializeOwned>(&self, n: usize) -> std::result::Result<Vec<T>, StoreError> {
        let state = self.inner.state();
        let newest = state.database.scan(keys::AUDIT).rev().take(n);
        newest.map(|entry| value::decode(NAME, &entry?.1)).collect()
    }
}
