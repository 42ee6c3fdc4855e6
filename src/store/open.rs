//! Opening the store, and what every part of the room shares.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, Weak};

use super::counters::Pending;
use super::database::Database;
use super::disk;
use super::error::{Result, StoreError};
use super::folder::Folder;
use super::pointer;
use super::revision::Revision;
use super::settings::Settings;
use super::state::State;

/// The store, open. Clones are handles to the same one; it closes with the last handle, and with the last
/// [`Revision`] taken from it.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) inner: Arc<Inner>,
}

/// Revisions in use, by the names of their folders.
type Opened = HashMap<String, Weak<Database>>;

/// What the handles share. Locks are taken in the order of the fields.
#[derive(Debug)]
pub(super) struct Inner {
    pub(super) settings: Settings,
    rebuilding: Mutex<()>,
    state: RwLock<State>,
    live: RwLock<Option<Revision>>,
    pub(super) counters: Mutex<Pending>,
    /// Revisions in use, so that none is opened twice.
    opened: Mutex<Opened>,
    /// The number of the next revision folder.
    pub(super) serials: AtomicU64,
    pub(super) folder: Arc<Folder>,
}

impl Store {
    /// Opens the store in a folder, which is made if it is not there, and removes what a killed process left
    /// half-built.
    ///
    /// # Errors
    /// [`StoreError::Locked`] if another process has it open; [`StoreError::NotAStore`], [`StoreError::NewerFormat`],
    /// [`StoreError::Corrupt`], [`StoreError::DamagedRevision`] for what is in the folder; [`StoreError::ReadOnly`], [`StoreError::NoPermission`],
    /// [`StoreError::DiskFull`] or [`StoreError::Io`] if the disk refuses.
    pub fn open(dir: &Path, settings: &Settings) -> std::result::Result<Self, StoreError> {
        let folder = Arc::new(Folder::claim(dir)?);
        let state = State::open_or_create(&folder, settings.cache_bytes())?;
        folder.prepare()?;
        let records = pointer::drop_missing(&state, &folder)?;
        let names: Vec<String> = records.iter().map(|r| r.folder.clone()).collect();
        folder.sweep(state.number, &names)?;
        let inner = Inner {
            settings: settings.clone(),
            rebuilding: Mutex::default(),
            serials: AtomicU64::new(pointer::next_serial(&records)),
            state: RwLock::new(state),
            live: RwLock::default(),
            counters: Mutex::default(),
            opened: Mutex::default(),
            folder,
        };
        let store = Self { inner: Arc::new(inner) };
        store.open_live()?;
        store.compact_if_due()?;
        Ok(store)
    }

    /// The folder it lies in.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.inner.folder.dir()
    }

    /// Bytes on disk, all revisions and the small state together.
    #[must_use]
    pub fn size_on_disk(&self) -> u64 {
        disk::size(self.dir())
    }
}

impl Inner {
    /// Held by the one who builds another state beside the one in use.
    pub(super) fn rebuilding(&self) -> MutexGuard<'_, ()> {
        self.rebuilding.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The small state, for reading and writing. Never taken twice by one thread.
    pub(super) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The small state with nobody else in it, for exchanging it.
    pub(super) fn state_alone(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn live(&self) -> Option<Revision> {
        let live = self.live.read().unwrap_or_else(PoisonError::into_inner);
        live.clone()
    }

    pub(super) fn set_live(&self, revision: Option<Revision>) {
        *self.live.write().unwrap_or_else(PoisonError::into_inner) = revision;
    }

    pub(super) fn counters(&self) -> MutexGuard<'_, Pending> {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn opened(&self) -> MutexGuard<'_, Opened> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The database of a revision, shared with whoever has it open already.
    pub(super) fn open_revision(&self, name: &str) -> Result<Arc<Database>> {
        let mut opened = self.opened();
        if let Some(database) = opened.get(name).and_then(Weak::upgrade) {
            return Ok(database);
        }
        let dir = self.folder.revision_dir(name);
        let database = Database::open(&dir, self.settings.cache_bytes());
        let database = Arc::new(database.map_err(StoreError::of_revision)?);
        remember(&mut opened, name, &database);
        Ok(database)
    }

    /// Lets others read a revision that was just built.
    pub(super) fn share(&self, name: &str, database: Database) -> Arc<Database> {
        let database = Arc::new(database);
        remember(&mut self.opened(), name, &database);
        database
    }

    /// Removes a revision's folder, at once or when its last reader lets go.
    pub(super) fn retire(&self, name: &str) -> Result<()> {
        let opened = self.opened();
        match opened.get(name).and_then(Weak::upgrade) {
            Some(database) => {
                // The handle goes after the lock: the last one removes the folder.
                drop(opened);
                database.doom();
                Ok(())
            }
            None => disk::remove_folder(&self.folder.revision_dir(name)),
        }
    }
}

fn remember(opened: &mut Opened, name: &str, database: &Arc<Database>) {
    opened.retain(|_, held| held.strong_count() > 0);
    opened.insert(name.to_owned(), Arc::downgrade(database));
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Err(error) = self.flush_pending() {
            tracing::warn!(%error, "the last counts could not be written");
        }
    }
}
