//! Small values of the whole bot, kept under a namespace and a key.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{Result, StoreError};
use super::keys;
use super::open::Store;
use super::value;

impl Store {
    /// A value of the whole bot. What belongs to a person goes through [`Store::person`] instead.
    ///
    /// # Errors
    /// [`StoreError::Decode`] if it was stored as another type, or an error of reading.
    pub fn setting<T: DeserializeOwned>(&self, namespace: &str, key: &str) -> std::result::Result<Option<T>, StoreError> {
        let state = self.inner.state();
        state.read(&keys::two(keys::SETTINGS, namespace, key), namespace)
    }

    /// All values of a namespace with their keys, in order.
    ///
    /// # Errors
    /// As [`setting`](Self::setting).
    pub fn settings<T: DeserializeOwned>(&self, namespace: &str) -> std::result::Result<Vec<(String, T)>, StoreError> {
        let state = self.inner.state();
        let entries = state.database.scan(&keys::all_of(keys::SETTINGS, namespace));
        entries
            .map(|entry| {
                let (key, bytes) = entry?;
                let (_, key) = keys::names(&key, keys::SETTINGS.len());
                Ok((key, value::decode(namespace, &bytes)?))
            })
            .collect()
    }

    /// Keeps a value; durable when this returns.
    ///
    /// # Errors
    /// [`StoreError::BadName`], [`StoreError::Encode`], or an error of writing.
    pub fn put_setting<T: Serialize>(&self, namespace: &str, key: &str, value: &T) -> std::result::Result<(), StoreError> {
        let key = setting_key(namespace, key)?;
        self.inner.state().write(key, namespace, value)
    }

    /// Removes a value; durable when this returns. Whether there was one.
    ///
    /// # Errors
    /// [`StoreError::BadName`], or an error of writing.
    pub fn remove_setting(&self, namespace: &str, key: &str) -> std::result::Result<bool, StoreError> {
        let key = setting_key(namespace, key)?;
        let state = self.inner.state();
        let held = state.database.get(&key)?.is_some();
        if held {
            state.commit(vec![(key, None)])?;
        }
        Ok(held)
    }
}

fn setting_key(namespace: &str, key: &str) -> Result<Vec<u8>> {
    keys::check(namespace)?;
    keys::check(key)?;
    Ok(keys::two(keys::SETTINGS, namespace, key))
}
