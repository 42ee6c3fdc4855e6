//! The whole store from one file: checked first, built beside the one in use, then put in its place at once.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::backup::{BackupFile, BackupSummary, damaged};
use super::database::{Change, Database};
use super::error::{Result, StoreError};
use super::export::Progress;
use super::folder::Folder;
use super::frames::{self, Frame};
use super::open::{Inner, Store};
use super::pointer::{self, Record};
use super::revision::RevisionInfo;
use super::state::State;
use super::value;

impl Store {
    /// Replaces all the store holds by a backup, while it is in use. The file is read from end to end and checked
    /// before anything is built, and nothing is replaced before all is built and durable.
    ///
    /// # Errors
    /// [`StoreError::NotABackup`], [`StoreError::NewerFormat`], [`StoreError::BackupDamaged`], or an error of reading or
    /// writing; then the store is as before.
    pub fn restore(&self, from: &Path, mut progress: impl FnMut(Progress)) -> std::result::Result<BackupSummary, StoreError> {
        let summary = BackupSummary::verify(from)?;
        let _alone = self.inner.rebuilding();
        let mut building = Building::begin(&self.inner)?;
        let (mut done, total) = (0, summary.entries);
        let mut backup = BackupFile::open(from)?;
        while let Some(frame) = backup.next_frame()? {
            done += u64::from(frame.counts());
            building.add(frame, from)?;
            progress(Progress { done, total });
        }
        let built = building.finish()?;
        self.inner.replace_all(built)?;
        Ok(summary)
    }
}

/// A store being rebuilt beside the one in use. Dropped unfinished, it leaves nothing behind.
struct Building<'a> {
    inner: &'a Inner,
    number: u64,
    state: Database,
    revisions: Vec<(Record, Database)>,
    live: Option<u64>,
}

/// A rebuilt store, durable.
struct Built {
    state: State,
    revisions: Vec<(Record, Database)>,
    live: Option<u64>,
}

impl<'a> Building<'a> {
    fn begin(inner: &'a Inner) -> Result<Self> {
        let number = inner.folder.next_state_number()?;
        let dir = inner.folder.state_dir(number);
        Ok(Self { inner, number, state: Database::create(&dir, inner.settings.cache_bytes())?, revisions: Vec::new(), live: None })
    }

    fn add(&mut self, frame: Frame, from: &Path) -> Result<()> {
        match (frame.tag, self.revisions.last()) {
            (frames::STATE, _) => self.state.insert(&frame.key, frame.value).map(drop),
            (frames::REVISION, _) => self.add_revision(&value::decode("版本记录", &frame.value)?),
            (_, Some((_, database))) => database.insert(&frame.key, frame.value).map(drop),
            (_, None) => Err(damaged(from, "文章不属于任何版本")),
        }
    }

    fn add_revision(&mut self, info: &RevisionInfo) -> Result<()> {
        let serial = self.inner.serials.fetch_add(1, Ordering::SeqCst);
        let record = Record::of(info, serial, Folder::revision_name(&info.digest, serial));
        let dir = self.inner.folder.revision_dir(&record.folder);
        let database = Database::create(&dir, self.inner.settings.cache_bytes())?;
        if info.live {
            self.live = Some(serial);
        }
        self.revisions.push((record, database));
        Ok(())
    }

    fn finish(self) -> Result<Built> {
        for (_, database) in &self.revisions {
            database.sync_all()?;
        }
        let mut changes = self.revisions.iter().map(|(record, _)| record.added()).collect::<Result<Vec<Change>>>()?;
        changes.extend(self.live.map(pointer::point_to).transpose()?);
        self.state.apply(changes)?;
        Ok(Built { state: State::fresh(self.state, self.number)?, revisions: self.revisions, live: self.live })
    }
}

impl Inner {
    fn replace_all(&self, built: Built) -> Result<()> {
        let mut state = self.state_alone();
        let outdated = pointer::records(&state)?;
        let old = self.switch(&mut state, built.state)?;
        self.counters().clear();
        let mut live = None;
        for (record, database) in built.revisions {
            database.keep();
            let database = self.share(&record.folder, database);
            if Some(record.serial) == built.live {
                live = Some(self.revision_over(&record, Arc::clone(&database), built.live));
            }
        }
        self.set_live(live);
        self.folder.settle()?;
        old.database.doom();
        self.retire_all(&outdated);
        Ok(())
    }
}
