//! A set of articles being built beside the live one.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;

use super::database::Database;
use super::error::{Result, StoreError};
use super::folder::Folder;
use super::keys;
use super::open::{Inner, Store};
use super::pointer::Record;
use super::revision::Revision;
use super::value::Packer;

/// A revision being built beside the live one. Dropped unpublished, it leaves nothing behind.
pub struct Draft {
    inner: Arc<Inner>,
    digest: String,
    serial: u64,
    database: Database,
    articles: u64,
    packer: Packer,
}

impl Store {
    /// Begins a revision. The digest is the caller's name for its content; letters, digits, `-` and `_`.
    ///
    /// # Errors
    /// [`StoreError::BadName`], or an error of writing.
    pub fn begin(&self, digest: &str) -> std::result::Result<Draft, StoreError> {
        keys::check_digest(digest)?;
        let inner = Arc::clone(&self.inner);
        let serial = inner.serials.fetch_add(1, Ordering::SeqCst);
        let dir = inner.folder.revision_dir(&Folder::revision_name(digest, serial));
        let database = Database::create(&dir, inner.settings.cache_bytes())?;
        Ok(Draft { inner, digest: digest.to_owned(), serial, database, articles: 0, packer: Packer::default() })
    }
}

impl Draft {
    /// Adds an article, or replaces it.
    ///
    /// # Errors
    /// [`StoreError::BadName`], [`StoreError::Encode`], or an error of writing.
    pub fn put<T: Serialize>(&mut self, key: &str, article: &T) -> std::result::Result<(), StoreError> {
        if self.insert(keys::ARTICLES, key, article)? {
            self.articles += 1;
        }
        Ok(())
    }

    /// Keeps something about the revision as a whole, such as the digests of its source files.
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn put_meta<T: Serialize>(&mut self, name: &str, value: &T) -> std::result::Result<(), StoreError> {
        self.insert(keys::META, name, value).map(drop)
    }

    fn insert<T: Serialize>(&mut self, kind: &[u8], name: &str, value: &T) -> Result<bool> {
        keys::check(name)?;
        let value = self.packer.encode(name, value)?;
        self.database.insert(&keys::one(kind, name), value)
    }

    /// Makes it the live revision: first all of it durably, then the pointer. Whatever happens on the way, the live
    /// revision is the old one or this one, whole.
    ///
    /// # Errors
    /// An error of writing; then the old revision is live as before.
    pub fn publish(self, note: &str) -> std::result::Result<Revision, StoreError> {
        self.database.sync_all()?;
        let record = Record {
            serial: self.serial,
            folder: Folder::revision_name(&self.digest, self.serial),
            digest: self.digest,
            published: unix_now(),
            note: note.to_owned(),
            articles: self.articles,
        };
        self.inner.publish(&record, self.database)
    }
}

fn unix_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
