//! Which revisions there are, and which one is live.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::database::{Change, Database};
use super::error::{Result, StoreError};
use super::folder::Folder;
use super::keys;
use super::open::{Inner, Store};
use super::revision::{Revision, RevisionInfo};
use super::state::State;
use super::value;

/// A revision as the small state knows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) serial: u64,
    pub(super) folder: String,
    pub(super) digest: String,
    pub(super) published: u64,
    pub(super) note: String,
    pub(super) articles: u64,
}

impl Record {
    pub(super) fn of(info: &RevisionInfo, serial: u64, folder: String) -> Self {
        Self { serial, folder, digest: info.digest.clone(), published: info.published, note: info.note.clone(), articles: info.articles }
    }

    pub(super) fn info(&self, live: Option<u64>) -> RevisionInfo {
        RevisionInfo {
            digest: self.digest.clone(),
            published: self.published,
            note: self.note.clone(),
            articles: self.articles,
            live: live == Some(self.serial),
        }
    }

    /// Writes the record into the state.
    pub(super) fn added(&self) -> Result<Change> {
        let key = keys::numbered(keys::REVISIONS, self.serial);
        Ok((key, Some(value::encode(&self.folder, self)?)))
    }

    fn removed(&self) -> Change {
        (keys::numbered(keys::REVISIONS, self.serial), None)
    }
}

/// The revisions, oldest first.
pub(super) fn records(state: &State) -> Result<Vec<Record>> {
    state.database.scan(keys::REVISIONS).map(|entry| value::decode("版本记录", &entry?.1)).collect()
}

/// The revisions that have a folder. One whose folder was removed by hand is struck off the list: damaged ones are got
/// rid of so.
pub(super) fn drop_missing(state: &State, folder: &Folder) -> Result<Vec<Record>> {
    let (there, missing): (Vec<_>, Vec<_>) = records(state)?.into_iter().partition(|record| folder.revision_dir(&record.folder).exists());
    if !missing.is_empty() {
        for record in &missing {
            tracing::warn!(digest = %record.digest, "the folder of this revision was removed");
        }
        state.commit(missing.iter().map(Record::removed).collect())?;
    }
    Ok(there)
}

/// The serial of the live revision.
pub(super) fn live_serial(state: &State) -> Result<Option<u64>> {
    state.read(keys::LIVE, "版本指针")
}

/// Points to a revision.
pub(super) fn point_to(serial: u64) -> Result<Change> {
    let value = value::encode("版本指针", &serial)?;
    Ok((keys::LIVE.to_vec(), Some(value)))
}

/// A serial no revision has.
pub(super) fn next_serial(records: &[Record]) -> u64 {
    records.iter().map(|r| r.serial + 1).max().unwrap_or(1)
}

impl Store {
    /// The revision in use, or `None` before the first one was published.
    #[must_use]
    pub fn live(&self) -> Option<Revision> {
        self.inner.live()
    }

    /// The revisions that are kept, newest first.
    ///
    /// # Errors
    /// An error of reading.
    pub fn revisions(&self) -> std::result::Result<Vec<RevisionInfo>, StoreError> {
        let state = self.inner.state();
        let live = live_serial(&state)?;
        let records = records(&state)?;
        Ok(records.iter().rev().map(|r| r.info(live)).collect())
    }

    /// Opens a kept revision for reading, live or not.
    ///
    /// # Errors
    /// [`StoreError::NoRevision`], or an error of reading.
    pub fn revision(&self, digest: &str) -> std::result::Result<Revision, StoreError> {
        let state = self.inner.state();
        let record = find(&state, digest)?;
        self.inner.read_revision(&record, live_serial(&state)?)
    }

    /// Makes a kept revision the live one.
    ///
    /// # Errors
    /// [`StoreError::NoRevision`], or an error of reading or writing; then the live one stays.
    pub fn make_live(&self, digest: &str) -> std::result::Result<Revision, StoreError> {
        let state = self.inner.state();
        let _pen = state.pen();
        let record = find(&state, digest)?;
        let revision = self.inner.read_revision(&record, Some(record.serial))?;
        state.commit(vec![point_to(record.serial)?])?;
        self.inner.set_live(Some(revision.clone()));
        Ok(revision)
    }

    /// Opens the revision the state points to, when the store is opened.
    pub(super) fn open_live(&self) -> Result<()> {
        let state = self.inner.state();
        let live = live_serial(&state)?;
        let record = records(&state)?.into_iter().find(|r| Some(r.serial) == live);
        let revision = record.map(|r| self.inner.read_revision(&r, live));
        self.inner.set_live(revision.transpose()?);
        Ok(())
    }
}

impl Inner {
    pub(super) fn read_revision(&self, record: &Record, live: Option<u64>) -> Result<Revision> {
        let database = self.open_revision(&record.folder)?;
        Ok(self.revision_over(record, database, live))
    }

    pub(super) fn revision_over(&self, record: &Record, database: Arc<Database>, live: Option<u64>) -> Revision {
        Revision::new(record.info(live), database, Arc::clone(&self.folder))
    }

    /// Points to a finished revision, and drops those that are too many.
    pub(super) fn publish(&self, record: &Record, database: Database) -> Result<Revision> {
        let state = self.state();
        let _pen = state.pen();
        let outdated = self.outdated(&state, record)?;
        let mut changes = vec![record.added()?, point_to(record.serial)?];
        changes.extend(outdated.iter().map(Record::removed));
        // From here on a failure may have written the pointer: the folder stays, and the next start decides.
        database.keep();
        state.commit(changes)?;
        let database = self.share(&record.folder, database);
        let revision = self.revision_over(record, database, Some(record.serial));
        self.set_live(Some(revision.clone()));
        self.retire_all(&outdated);
        Ok(revision)
    }

    /// What goes when a new revision comes: the oldest, and an earlier build of the same content.
    fn outdated(&self, state: &State, new: &Record) -> Result<Vec<Record>> {
        let kept_besides = self.settings.keep_revisions.max(1) - 1;
        let (mut outdated, others): (Vec<_>, Vec<_>) = records(state)?.into_iter().partition(|r| r.digest == new.digest);
        let too_many = others.len().saturating_sub(kept_besides);
        outdated.extend(others.into_iter().take(too_many));
        Ok(outdated)
    }

    /// Removes folders nobody points to any more; what cannot be removed now goes at the next start.
    pub(super) fn retire_all(&self, records: &[Record]) {
        for record in records {
            if let Err(error) = self.retire(&record.folder) {
                tracing::warn!(%error, "old revision stays until the next start");
            }
        }
    }
}

fn find(state: &State, digest: &str) -> Result<Record> {
    let newest = records(state)?.into_iter().rev().find(|r| r.digest == digest);
    newest.ok_or_else(|| StoreError::NoRevision { digest: digest.to_owned() })
}
