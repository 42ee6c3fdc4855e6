//! The small state: one database, and what is kept in memory about it.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::database::{Change, Database};
use super::disk;
use super::error::{Result, StoreError};
use super::folder::{Folder, Found};
use super::keys::{self, PersonHash};
use super::value;
use super::witness::Witness;

/// The small state of a store, open.
#[derive(Debug)]
pub(super) struct State {
    pub(super) database: Database,
    pub(super) number: u64,
    secret: [u8; 32],
    /// Held from reading what a change depends on until the change is applied.
    pen: Mutex<()>,
    /// How many changes there have been; held while one is applied, so that they are numbered in their order.
    changes: Mutex<u64>,
    witness: Witness,
    next_audit: AtomicU64,
    to_erase: AtomicBool,
    content_size: OnceLock<u64>,
}

impl State {
    /// Opens the state the folder points to, or makes the first one.
    pub(super) fn open_or_create(folder: &Folder, cache: u64) -> Result<Self> {
        let number = match folder.find_state()? {
            Found::Named(number) => return Self::open(folder, number, cache),
            Found::Unnamed(number) => number,
            Found::Nothing => 1,
        };
        let dir = folder.state_dir(number);
        let state = if Witness::exists(&dir) {
            Self::open(folder, number, cache)?
        } else {
            disk::remove_folder(&dir)?;
            Self::fresh(Database::create(&dir, cache)?, number)?
        };
        folder.stage(number)?;
        state.database.keep();
        folder.settle()?;
        Ok(state)
    }

    fn open(folder: &Folder, number: u64, cache: u64) -> Result<Self> {
        let database = Database::open(&folder.state_dir(number), cache)?;
        let state = Self::over(database, number)?;
        state.has_what_was_acknowledged(state.changes())?;
        Ok(state)
    }

    /// Makes sure after a failed write that all that was acknowledged can be read.
    pub(super) fn recover(&mut self, cache: u64) -> Result<()> {
        if !self.database.is_readable() {
            self.database.reopen(cache)?;
        }
        self.has_what_was_acknowledged(stored_changes(&self.database)?)
    }

    fn has_what_was_acknowledged(&self, found: u64) -> Result<()> {
        let acknowledged = self.witness.number();
        if found < acknowledged {
            let why = format!("确认过 {acknowledged} 次写入，只读到 {found} 次");
            return Err(StoreError::corrupt(self.database.dir(), why));
        }
        Ok(())
    }

    /// Over a database that was just filled; durable when this returns.
    pub(super) fn fresh(database: Database, number: u64) -> Result<Self> {
        if database.get(keys::SECRET)?.is_none() {
            database.insert(keys::SECRET, random().to_vec())?;
        }
        let state = Self::over(database, number)?;
        state.commit(Vec::new())?;
        state.database.sync_all()?;
        Ok(state)
    }

    /// Reads from an open database what is kept in memory.
    fn over(database: Database, number: u64) -> Result<Self> {
        let secret = database.get(keys::SECRET)?.and_then(|s| s.try_into().ok());
        let secret = secret.ok_or_else(|| StoreError::corrupt(database.dir(), "密钥不见了"))?;
        let last = database.scan(keys::AUDIT).next_back().transpose()?;
        let last = last.and_then(|(key, _)| keys::number(&key));
        let changes = stored_changes(&database)?;
        Ok(Self {
            number,
            secret,
            pen: Mutex::new(()),
            changes: Mutex::new(changes),
            witness: Witness::open(database.dir())?,
            next_audit: AtomicU64::new(last.map_or(0, |n| n + 1)),
            to_erase: AtomicBool::new(database.get(keys::TO_ERASE)?.is_some()),
            content_size: OnceLock::new(),
            database,
        })
    }

    /// Excludes other changes that depend on what was read.
    pub(super) fn pen(&self) -> MutexGuard<'_, ()> {
        self.pen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn read<T: DeserializeOwned>(&self, key: &[u8], name: &str) -> Result<Option<T>> {
        let bytes = self.database.get(key)?;
        bytes.map(|bytes| value::decode(name, &bytes)).transpose()
    }

    /// Writes one value and returns when it is durable.
    pub(super) fn write<T: Serialize>(&self, key: Vec<u8>, name: &str, value: &T) -> Result<()> {
        self.commit(vec![(key, Some(value::encode(name, value)?))])
    }

    /// Applies all changes at once and returns when they are durable.
    pub(super) fn commit(&self, changes: Vec<Change>) -> Result<()> {
        let number = self.apply(changes)?;
        self.sync(number)
    }

    /// Applies all changes at once, not durably yet, and gives the number to wait for.
    pub(super) fn apply(&self, mut changes: Vec<Change>) -> Result<u64> {
        let mut last = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        let number = *last + 1;
        let count = value::encode("变更计数", &number)?;
        changes.push((keys::CHANGES.to_vec(), Some(count)));
        self.database.apply(changes)?;
        *last = number;
        Ok(number)
    }

    /// Returns when the change of this number is durable.
    pub(super) fn sync(&self, number: u64) -> Result<()> {
        self.database.sync()?;
        self.witness.note(number);
        Ok(())
    }

    fn changes(&self) -> u64 {
        *self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the next audit entry.
    pub(super) fn take_audit_number(&self) -> u64 {
        self.next_audit.fetch_add(1, Ordering::SeqCst)
    }

    /// Notes that the engine's log still holds something that was forgotten.
    pub(super) fn erase_soon(&self) {
        self.to_erase.store(true, Ordering::SeqCst);
    }

    pub(super) fn must_erase(&self) -> bool {
        self.to_erase.load(Ordering::SeqCst)
    }

    /// Bytes of all keys and values, as they were when first asked.
    pub(super) fn content_size(&self) -> u64 {
        *self.content_size.get_or_init(|| {
            let entries = self.database.scan(&[]).flatten();
            entries.map(|(key, value)| (key.len() + value.len()) as u64).sum()
        })
    }

    /// What stands for a person here: the number itself is never stored.
    pub(super) fn person(&self, id: i128) -> PersonHash {
        let hash = blake3::keyed_hash(&self.secret, &id.to_le_bytes());
        let mut short = PersonHash::default();
        short.copy_from_slice(&hash.as_bytes()[..16]);
        short
    }
}

/// How many changes a database holds.
fn stored_changes(database: &Database) -> Result<u64> {
    let changes = database.get(keys::CHANGES)?.map(|bytes| value::decode("变更计数", &bytes));
    Ok(changes.transpose()?.unwrap_or_default())
}

/// 32 bytes nobody can guess: the standard library seeds its hashers with 128 bits of the system's own randomness, and
/// this is what they make of it.
pub(super) fn random() -> [u8; 32] {
    let seeded = RandomState::new();
    let mut mix = blake3::Hasher::new();
    for n in 0..4 {
        mix.update(&seeded.hash_one(n).to_le_bytes());
    }
    *mix.finalize().as_bytes()
}
