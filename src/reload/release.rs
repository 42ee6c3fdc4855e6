//! Back to an earlier revision, articles withdrawn and put back, sent files written.

use super::keeper::{Keeper, ReloadError};
use super::kept;
use super::report::Report;
use super::withdrawn::{self, effective, without};
use crate::engine::Engine;
use crate::knowledge::{NewFile, files_digest};
use crate::store::{RevisionInfo, Store, StoreError};
use std::fs;
use std::path::{Path, PathBuf};

/// The digest of the files that a rollback left behind: as long as they stay as they are, a start does not take them up.
const RELEASE: &str = "release";
const HELD: &str = "held";

/// The files' digest that a rollback left behind.
pub(super) fn held(store: &Store) -> Option<String> {
    store.setting(RELEASE, HELD).ok().flatten()
}

/// A release from the files ends what a rollback held.
pub(super) fn let_go(store: &Store) -> Result<(), StoreError> {
    store.remove_setting(RELEASE, HELD).map(drop)
}

/// Makes a kept revision the live one of a store, over restarts, until the files in `dir` change or are loaded again.
/// `name` is the beginning of its digest.
///
/// # Errors
/// No such revision, or one that cannot be read; then the live one stays.
pub fn roll_back(store: &Store, dir: &Path, name: &str) -> Result<RevisionInfo, ReloadError> {
    let info = find(store, name)?;
    // A revision that cannot be read must not go live.
    kept::read_kept(&store.revision(&info.digest)?)?;
    store.put_setting(RELEASE, HELD, &files_digest(dir))?;
    store.make_live(&info.digest)?;
    Ok(info)
}

fn find(store: &Store, name: &str) -> Result<RevisionInfo, ReloadError> {
    let unknown = || ReloadError::Unknown(name.to_owned());
    let found = store.revisions()?.into_iter().find(|info| !name.is_empty() && info.digest.starts_with(name));
    found.ok_or_else(unknown)
}

impl Keeper {
    /// The revisions that are kept, newest first.
    ///
    /// # Errors
    /// No store, or what it refuses.
    pub fn revisions(&self) -> Result<Vec<RevisionInfo>, ReloadError> {
        Ok(self.store.as_ref().ok_or(ReloadError::NoStore)?.revisions()?)
    }

    /// Goes back to a kept revision, named by the beginning of its digest.
    ///
    /// # Errors
    /// No store, no such revision, or one that cannot be read; then the live one stays.
    pub fn rollback(&self, name: &str) -> Result<Report, ReloadError> {
        let _running = self.running.try_lock().map_err(|_| ReloadError::Busy)?;
        let store = self.store.as_ref().ok_or(ReloadError::NoStore)?;
        let info = find(store, name)?;
        let engine = Engine::new(kept::read_kept(&store.revision(&info.digest)?)?, self.settings)?;
        let (engine, _) = effective(engine, &self.withdrawn()?, self.settings)?;
        let report = Report::compare(&self.live.engine(), &engine);
        roll_back(store, &self.dir, &info.digest)?;
        self.live.swap(engine);
        self.set_candidate(None);
        Ok(report)
    }

    /// Takes an article out of all answers, at once and over restarts; gives its title. A candidate is dropped: it was made
    /// with the article.
    ///
    /// # Errors
    /// No store, no such article.
    pub fn withdraw(&self, id: &str) -> Result<String, ReloadError> {
        let _running = self.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let store = self.store.as_ref().ok_or(ReloadError::NoStore)?;
        let live = self.live.engine();
        let at = live.knowledge.find(id).ok_or_else(|| ReloadError::Unknown(id.to_owned()))?;
        let title = live.knowledge.article_at(at).title.clone();
        withdrawn::note(store, id)?;
        self.live.swap(Engine::new(without(&live.knowledge, &[id.to_owned()].into()), self.settings)?);
        self.set_candidate(None);
        Ok(title)
    }

    /// Puts a withdrawn article back.
    ///
    /// # Errors
    /// No store, or it was not withdrawn.
    pub fn put_back(&self, id: &str) -> Result<(), ReloadError> {
        let _running = self.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let store = self.store.as_ref().ok_or(ReloadError::NoStore)?;
        let mut ids = self.withdrawn()?;
        if !ids.remove(id) {
            return Err(ReloadError::Unknown(id.to_owned()));
        }
        let revision = store.live().ok_or(kept::KeptError::Empty)?;
        let engine = Engine::new(kept::read_kept(&revision)?, self.settings)?;
        let (engine, _) = effective(engine, &ids, self.settings)?;
        withdrawn::strike(store, id)?;
        self.live.swap(engine);
        self.set_candidate(None);
        Ok(())
    }

    /// The ids that are withdrawn, in order.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn withdrawn_ids(&self) -> Result<Vec<String>, ReloadError> {
        Ok(self.withdrawn()?.into_iter().collect())
    }

    /// Takes up what another hand made live in the store: a backup that was put back.
    ///
    /// # Errors
    /// No store, or a revision that cannot be read; then the old engine stays.
    pub fn take_up(&self) -> Result<(), ReloadError> {
        let _running = self.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let store = self.store.as_ref().ok_or(ReloadError::NoStore)?;
        let revision = store.live().ok_or(kept::KeptError::Empty)?;
        let engine = Engine::new(kept::read_kept(&revision)?, self.settings)?;
        let (engine, _) = effective(engine, &self.withdrawn()?, self.settings)?;
        self.live.swap(engine);
        self.set_candidate(None);
        Ok(())
    }
}

/// A file as it was: its name, and its bytes if it was there.
pub(super) type Earlier = (PathBuf, Option<Vec<u8>>);

/// Writes files into the folder, each whole or not at all; gives what was there before.
pub(super) fn write(dir: &Path, files: &[NewFile]) -> Result<Vec<Earlier>, ReloadError> {
    let mut earlier = Vec::new();
    for file in files {
        let path = dir.join(&file.path);
        earlier.push((file.path.clone(), fs::read(&path).ok()));
        if let Err(source) = put(&path, file.text.as_bytes()) {
            undo(dir, &earlier);
            return Err(ReloadError::Write { path, source });
        }
    }
    Ok(earlier)
}

/// Puts files back as they were.
pub(super) fn undo(dir: &Path, earlier: &[Earlier]) {
    for (name, bytes) in earlier {
        let path = dir.join(name);
        let undone = match bytes {
            Some(bytes) => put(&path, bytes),
            None => fs::remove_file(&path),
        };
        if let Err(error) = undone
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::error!("{} 没有恢复成原来的样子：{error}", path.display());
        }
    }
}

fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Hidden, so that no load takes a half-written one.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let part = path.with_file_name(format!(".{name}.part"));
    fs::write(&part, bytes)?;
    fs::rename(&part, path)
}
