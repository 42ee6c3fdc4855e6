//! Walking the whole store in one order, for a backup and for its digest.

use std::io::{self, Write};
use std::path::Path;

use super::database::{Database, Entry};
use super::error::{Result, StoreError};
use super::frames::{self, Digesting};
use super::keys;
use super::open::{Inner, Store};
use super::pointer;
use super::revision::Revision;
use super::state::State;
use super::value;

/// How far a long job is, in entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Entries done.
    pub done: u64,
    /// Entries in all.
    pub total: u64,
}

impl Store {
    /// A digest of all the store holds, live pointer and small state included: two stores with the same digest are the
    /// same, and a backup carries the digest of the store it was made of.
    ///
    /// # Errors
    /// An error of reading, or of writing: what was counted is written first.
    pub fn digest(&self) -> std::result::Result<String, StoreError> {
        let out = Digesting::over(io::sink());
        let mut nobody = |_| {};
        let mut walk = Walk::new(out, self.dir(), &mut nobody);
        self.inner.export(&mut walk)?;
        Ok(walk.out.into_parts().1.to_hex().to_string())
    }
}

/// Where an export goes, and who hears of it.
pub(super) struct Walk<'a, W> {
    pub(super) out: W,
    /// Where it is written, for the error.
    path: &'a Path,
    heard: &'a mut dyn FnMut(Progress),
    progress: Progress,
}

impl<'a, W: Write> Walk<'a, W> {
    pub(super) fn new(out: W, path: &'a Path, heard: &'a mut dyn FnMut(Progress)) -> Self {
        Self { out, path, heard, progress: Progress { done: 0, total: 0 } }
    }

    fn title(&mut self) -> Result<()> {
        frames::write_title(&mut self.out).map_err(|e| StoreError::io("写入", self.path, e))
    }

    fn frame(&mut self, tag: u8, key: &[u8], value: &[u8]) -> Result<()> {
        frames::write(&mut self.out, tag, key, value).map_err(|e| StoreError::io("写入", self.path, e))
    }

    fn entry(&mut self, tag: u8, (key, value): &Entry) -> Result<()> {
        self.frame(tag, key, value)?;
        self.progress.done += 1;
        (self.heard)(self.progress);
        Ok(())
    }
}

impl Inner {
    /// Writes the whole store as frames. Votes and counts wait while the small state is written; the revisions cannot
    /// change, so nobody waits for them.
    pub(super) fn export(&self, walk: &mut Walk<'_, impl Write>) -> Result<()> {
        let revisions = self.export_state(walk)?;
        for revision in &revisions {
            export_revision(revision, walk)?;
        }
        walk.frame(frames::END, &[], &walk.progress.done.to_le_bytes())
    }

    fn export_state(&self, walk: &mut Walk<'_, impl Write>) -> Result<Vec<Revision>> {
        let state = self.state();
        self.write_pending(&state)?;
        let _pen = state.pen();
        let revisions = self.all_revisions(&state)?;
        let articles: u64 = revisions.iter().map(Revision::len).sum();
        walk.progress.total = articles + count(&state.database)?;
        walk.title()?;
        for entry in state.database.scan(&[]) {
            let entry = entry?;
            if is_content(&entry.0) {
                walk.entry(frames::STATE, &entry)?;
            }
        }
        Ok(revisions)
    }

    fn all_revisions(&self, state: &State) -> Result<Vec<Revision>> {
        let live = pointer::live_serial(state)?;
        pointer::records(state)?.iter().map(|record| self.read_revision(record, live)).collect()
    }
}

fn export_revision(revision: &Revision, walk: &mut Walk<'_, impl Write>) -> Result<()> {
    let head = value::encode(revision.digest(), revision.info())?;
    walk.frame(frames::REVISION, &[], &head)?;
    let mut articles = 0;
    for entry in revision.database().scan(&[]) {
        let entry = entry?;
        if entry.0.starts_with(keys::ARTICLES) {
            articles += 1;
            walk.entry(frames::ARTICLE, &entry)?;
        } else {
            walk.frame(frames::ARTICLE, &entry.0, &entry.1)?;
        }
    }
    if articles != revision.len() {
        let why = format!("应有 {} 篇文章，读到 {articles} 篇", revision.len());
        let error = StoreError::corrupt(revision.database().dir(), why);
        return Err(error.of_revision());
    }
    Ok(())
}

fn count(state: &Database) -> Result<u64> {
    let mut entries = 0;
    for entry in state.scan(&[]) {
        entries += u64::from(is_content(&entry?.0));
    }
    Ok(entries)
}

/// Whether an entry of the state is content, and not where things lie on this disk.
fn is_content(key: &[u8]) -> bool {
    let local = [keys::CHANGES, keys::TO_ERASE, keys::LIVE];
    !local.contains(&key) && !key.starts_with(keys::REVISIONS)
}
