//! Keeps the live engine true to the files.

use super::examine::examine;
use super::kept::{self, KeptError};
use super::report::Report;
use crate::engine::{Engine, Live, Settings};
use crate::knowledge::{Faults, FlatArticle, Knowledge, Topic};
use crate::store::{Store, StoreError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// How far a reload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading and checking the files.
    Loading,
    /// Building the engine.
    Building,
    /// Trying every example; how many so far.
    Rehearsing(usize),
    /// Comparing with the live one.
    Comparing,
    /// Writing to the store.
    Keeping,
}

/// Why the old knowledge stays.
#[derive(Debug, thiserror::Error)]
pub enum ReloadError {
    /// Faults in the files, all of them.
    #[error("{0}")]
    Faults(Faults),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store's knowledge could not be read.
    #[error(transparent)]
    Kept(#[from] KeptError),
    /// Another reload is running.
    #[error("另一次载入正在进行，等它做完再试")]
    Busy,
}

/// Keeps the live engine true to the files. One reload at a time.
pub struct Keeper {
    dir: PathBuf,
    store: Option<Store>,
    settings: Settings,
    live: Arc<Live>,
    running: Mutex<()>,
}

impl Keeper {
    /// `store` is none where it could not be opened; then reloads live in memory only.
    pub fn new(dir: &Path, store: Option<Store>, settings: Settings, live: Arc<Live>) -> Self {
        Self { dir: dir.to_owned(), store, settings, live, running: Mutex::new(()) }
    }

    /// The live engine's holder.
    pub fn live(&self) -> &Arc<Live> {
        &self.live
    }

    /// The knowledge folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Reads the files again and swaps, if everything in them comes out right.
    ///
    /// # Errors
    /// Whatever is wrong; the old knowledge stays live.
    pub fn reload(&self, mut progress: impl FnMut(Step)) -> Result<Report, ReloadError> {
        let _running = self.running.try_lock().map_err(|_| ReloadError::Busy)?;
        let imported = match self.store.as_ref().and_then(Store::live) {
            Some(revision) => kept::imported(&revision)?,
            None => Vec::new(),
        };
        let (engine, tried, warnings) = prepare(&self.dir, self.settings, &imported, &mut progress)?;
        progress(Step::Comparing);
        let mut report = Report::compare(&self.live.engine(), &engine);
        (report.tried, report.warnings) = (tried, warnings.0);
        if let Some(store) = &self.store {
            progress(Step::Keeping);
            kept::keep(store, &engine.knowledge, &imported, |_| ())?;
        }
        self.live.swap(engine);
        Ok(report)
    }
}

/// An engine over a folder, if everything in it comes out right; the sentences tried, and the warnings.
pub(super) fn prepare(
    dir: &Path,
    settings: Settings,
    imported: &[Topic],
    progress: &mut impl FnMut(Step),
) -> Result<(Engine, usize, Faults), ReloadError> {
    let examined = examine(dir, settings, imported, progress);
    match examined.engine {
        Some(engine) if examined.faults.pass() => Ok((engine, examined.tried, examined.faults)),
        _ => Err(ReloadError::Faults(examined.faults)),
    }
}

/// Adds articles to the live revision of a store; with `replace` instead of those imported before. All or nothing.
///
/// # Errors
/// What the store refuses; then nothing was imported.
pub fn import(
    store: &Store,
    base: &Knowledge,
    articles: Vec<FlatArticle>,
    replace: bool,
    progress: impl FnMut(u64),
) -> Result<usize, KeptError> {
    let mut imported = match store.live() {
        Some(revision) if !replace => kept::imported(&revision)?,
        _ => Vec::new(),
    };
    let fresh: Vec<Topic> = articles.into_iter().map(Topic::from).collect();
    let ids: std::collections::HashSet<&str> = fresh.iter().map(|topic| topic.id.as_str()).collect();
    imported.retain(|topic| !ids.contains(topic.id.as_str()));
    imported.extend(fresh.iter().cloned());
    kept::keep(store, base, &imported, progress)?;
    Ok(fresh.len())
}
