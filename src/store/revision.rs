//! A published set of articles, open for reading.

use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::database::{Database, Entry, Scan};
use super::error::{Result, StoreError};
use super::folder::Folder;
use super::keys;
use super::value::{self, Unpacker};

/// What is known about a revision without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionInfo {
    /// The digest it was begun with.
    pub digest: String,
    /// When it was published, in seconds since 1970 (UTC).
    pub published: u64,
    /// What the publisher said about it.
    pub note: String,
    /// How many articles it holds.
    pub articles: u64,
    /// Whether it is the one in use.
    pub live: bool,
}

/// A published revision, open for reading. It stays readable while held, even after it was replaced and removed.
#[derive(Debug, Clone)]
pub struct Revision {
    info: RevisionInfo,
    database: Arc<Database>,
    /// The store's lock is kept as long as anything of it is in use.
    _folder: Arc<Folder>,
}

impl Revision {
    pub(super) fn new(info: RevisionInfo, database: Arc<Database>, folder: Arc<Folder>) -> Self {
        Self { info, database, _folder: folder }
    }

    pub(super) fn database(&self) -> &Arc<Database> {
        &self.database
    }

    /// Digest, time, note, size; as they were when this handle was made.
    #[must_use]
    pub fn info(&self) -> &RevisionInfo {
        &self.info
    }

    /// The digest it was begun with.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.info.digest
    }

    /// How many articles it holds.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.info.articles
    }

    /// Whether it holds no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.info.articles == 0
    }

    /// One article.
    ///
    /// # Errors
    /// [`StoreError::Decode`] if it was stored as another type, or an error of reading.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> std::result::Result<Option<T>, StoreError> {
        let bytes = self.database.get(&keys::one(keys::ARTICLES, key))?;
        bytes.map(|bytes| value::decode(key, &bytes)).transpose()
    }

    /// All articles, in the order of their keys. If the disk gives fewer than were published, the last item is
    /// [`StoreError::DamagedRevision`], so that a loss cannot pass for a smaller knowledge.
    #[must_use]
    pub fn iter<T: DeserializeOwned>(&self) -> Articles<'_, T> {
        Articles {
            scan: Some(self.database.scan(keys::ARTICLES)),
            missing: self.info.articles,
            database: &self.database,
            unpacker: Unpacker::default(),
            value: PhantomData,
        }
    }

    /// One of the things kept about the revision as a whole.
    ///
    /// # Errors
    /// [`StoreError::Decode`] if it was stored as another type, or an error of reading.
    pub fn meta<T: DeserializeOwned>(&self, name: &str) -> std::result::Result<Option<T>, StoreError> {
        let bytes = self.database.get(&keys::one(keys::META, name))?;
        bytes.map(|bytes| value::decode(name, &bytes)).transpose()
    }
}

/// The articles of a [`Revision`], in the order of their keys.
pub struct Articles<'a, T> {
    scan: Option<Scan<'a>>,
    missing: u64,
    database: &'a Database,
    unpacker: Unpacker,
    value: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Iterator for Articles<'_, T> {
    type Item = std::result::Result<(String, T), StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.scan.as_mut()?.next() {
            Some(Ok(entry)) => {
                self.missing = self.missing.saturating_sub(1);
                Some(self.read(&entry))
            }
            Some(Err(error)) => self.end_with(Some(error.of_revision())),
            None if self.missing > 0 => {
                let why = format!("少了 {} 篇文章", self.missing);
                let error = StoreError::corrupt(self.database.dir(), why);
                self.end_with(Some(error.of_revision()))
            }
            None => self.end_with(None),
        }
    }
}

impl<T> Articles<'_, T> {
    fn read(&mut self, (key, bytes): &Entry) -> Result<(String, T)>
    where
        T: DeserializeOwned,
    {
        let name = String::from_utf8_lossy(key.get(1..).unwrap_or_default()).into_owned();
        let article = self.unpacker.decode(&name, bytes)?;
        Ok((name, article))
    }

    fn end_with<V>(&mut self, error: Option<StoreError>) -> Option<Result<V>> {
        self.scan = None;
        error.map(Err)
    }
}
