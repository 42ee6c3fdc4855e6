//! What belongs to a person or a chat: what they asked us to remember, and forgetting all of it. Known by a keyed hash
//! only.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::database::Change;
use super::error::{Result, StoreError};
use super::keys::{self, PersonHash};
use super::open::Store;
use super::state::State;
use super::{value, votes};

/// A person or a chat, through whom all that belongs to them is reached, and forgotten. Their number is hashed with a
/// random key of the store and never written.
#[derive(Debug)]
pub struct Person<'a> {
    pub(super) store: &'a Store,
    id: i128,
}

/// What is held of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// How many votes.
    pub votes: u64,
    /// How many values in each namespace.
    pub values: BTreeMap<String, u64>,
}

impl Store {
    /// A person or a chat, by Telegram's number (`u64` or `i64`; a private chat has its person's number).
    #[must_use]
    pub fn person(&self, id: impl Into<i128>) -> Person<'_> {
        Person { store: self, id: id.into() }
    }

    /// All values of a namespace, of everyone, without saying whose: what a value needs to be acted upon must be in it.
    ///
    /// # Errors
    /// [`StoreError::Decode`] if one was stored as another type, or an error of reading.
    pub fn of_everyone<T: DeserializeOwned>(&self, namespace: &str) -> std::result::Result<Vec<T>, StoreError> {
        let state = self.inner.state();
        let mut found = Vec::new();
        for entry in state.database.scan(keys::PERSONS) {
            let (key, bytes) = entry?;
            if kind_of(&key) == Some(keys::VALUE) && names_of(&key).0 == namespace {
                found.push(value::decode(namespace, &bytes)?);
            }
        }
        Ok(found)
    }
}

impl Person<'_> {
    /// A value they asked us to remember.
    ///
    /// # Errors
    /// [`StoreError::Decode`] if it was stored as another type, or an error of reading.
    pub fn get<T: DeserializeOwned>(&self, namespace: &str, key: &str) -> std::result::Result<Option<T>, StoreError> {
        let state = self.store.inner.state();
        let key = keys::of_person(&self.hash(&state), keys::VALUE, namespace, key);
        state.read(&key, namespace)
    }

    /// Remembers a value; durable when this returns.
    ///
    /// # Errors
    /// [`StoreError::BadName`], [`StoreError::Encode`], or an error of writing.
    pub fn put<T: Serialize>(&self, namespace: &str, key: &str, value: &T) -> std::result::Result<(), StoreError> {
        keys::check(namespace)?;
        keys::check(key)?;
        let state = self.store.inner.state();
        let key = keys::of_person(&self.hash(&state), keys::VALUE, namespace, key);
        state.write(key, namespace, value)
    }

    /// Removes a value; durable when this returns. Whether there was one. Its bytes leave the disk at the next
    /// [`Store::tidy`].
    ///
    /// # Errors
    /// An error of writing.
    pub fn remove(&self, namespace: &str, key: &str) -> std::result::Result<bool, StoreError> {
        let state = self.store.inner.state();
        let key = keys::of_person(&self.hash(&state), keys::VALUE, namespace, key);
        let held = state.database.get(&key)?.is_some();
        if held {
            erase(&state, vec![(key, None)])?;
        }
        Ok(held)
    }

    /// What is held of them.
    ///
    /// # Errors
    /// An error of reading.
    pub fn held(&self) -> std::result::Result<Held, StoreError> {
        let state = self.store.inner.state();
        let mut held = Held::default();
        for (key, _) in self.entries(&state)? {
            held.note(&key);
        }
        Ok(held)
    }

    /// Removes all that is held of them and says what it was; durable when this returns. Their votes no longer count.
    /// The bytes leave the disk at the next [`Store::tidy`].
    ///
    /// # Errors
    /// An error of writing.
    pub fn forget(&self) -> std::result::Result<Held, StoreError> {
        let state = self.store.inner.state();
        let _pen = state.pen();
        let mut held = Held::default();
        let mut changes = Vec::new();
        for (key, bytes) in self.entries(&state)? {
            held.note(&key);
            if kind_of(&key) == Some(keys::VOTE) {
                changes.push(votes::uncounted(&state, &key, &bytes)?);
            }
            changes.push((key, None));
        }
        if !changes.is_empty() {
            erase(&state, changes)?;
        }
        Ok(held)
    }

    fn entries(&self, state: &State) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
        let prefix = keys::person(&self.hash(state));
        state.database.scan(&prefix).collect()
    }

    pub(super) fn hash(&self, state: &State) -> PersonHash {
        state.person(self.id)
    }
}

impl Held {
    /// Whether nothing is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.votes == 0 && self.values.is_empty()
    }

    fn note(&mut self, key: &[u8]) {
        if kind_of(key) == Some(keys::VOTE) {
            self.votes += 1;
        } else {
            *self.values.entry(names_of(key).0).or_default() += 1;
        }
    }
}

/// Removes things, and remembers that the engine's log must be rewritten to be rid of them.
fn erase(state: &State, mut changes: Vec<Change>) -> Result<()> {
    changes.push((keys::TO_ERASE.to_vec(), Some(Vec::new())));
    state.erase_soon();
    state.commit(changes)
}

const KIND_AT: usize = keys::PERSONS.len() + size_of::<PersonHash>();

fn kind_of(key: &[u8]) -> Option<u8> {
    key.get(KIND_AT).copied()
}

pub(super) fn names_of(key: &[u8]) -> (String, String) {
    keys::names(key, KIND_AT + 1)
}
