//! Keeps the live engine true to the files: a candidate, then a release.

use super::candidate::Candidate;
use super::examine::examine_loaded;
use super::kept::{self, KeptError};
use super::release;
use super::report::Report;
use super::withdrawn::{self, effective};
use crate::engine::{Engine, EngineError, Live, Settings};
use crate::knowledge::{Faults, FlatArticle, Knowledge, NewFile, Topic, files_digest, load, load_with};
use crate::store::{Store, StoreError};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
    /// What is left without the withdrawn articles does not fit together.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Another reload is running.
    #[error("另一次载入正在进行，等它做完再试")]
    Busy,
    /// The candidate was published, dropped or replaced.
    #[error("这份候选已经不在了，请重新载入或重新发来文件")]
    Gone,
    /// Somebody changed a file since.
    #[error("知识文件在检查以后又变了，请再发一次 /reload")]
    Changed,
    /// There is no store.
    #[error("没有存储，做不了这件事；检查数据文件夹能不能写，再重新启动")]
    NoStore,
    /// No such article, or no such revision.
    #[error("没有“{0}”；检查拼写")]
    Unknown(String),
    /// A sent file could not be put into the knowledge folder.
    #[error("写不进知识文件夹 {path}：{source}；改好权限再发布")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Keeps the live engine true to the files. One reload at a time.
pub struct Keeper {
    pub(super) dir: PathBuf,
    pub(super) store: Option<Store>,
    pub(super) settings: Settings,
    pub(super) live: Arc<Live>,
    pub(super) running: Mutex<()>,
    candidate: Mutex<Option<Arc<Candidate>>>,
}

impl Keeper {
    /// `store` is none where it could not be opened; then reloads live in memory only.
    pub fn new(dir: &Path, store: Option<Store>, settings: Settings, live: Arc<Live>) -> Self {
        Self { dir: dir.to_owned(), store, settings, live, running: Mutex::new(()), candidate: Mutex::default() }
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
        let candidate = self.prepared(Vec::new(), &mut progress)?;
        self.go_live(&candidate, &mut progress)
    }

    /// Reads the files again, with `files` in place of or beside those of the folder, and lets the outcome wait for
    /// somebody's word. It takes the place of an earlier candidate.
    ///
    /// # Errors
    /// Whatever is wrong; an earlier candidate is dropped all the same.
    pub fn propose(&self, files: Vec<NewFile>, mut progress: impl FnMut(Step)) -> Result<Arc<Candidate>, ReloadError> {
        let _running = self.running.try_lock().map_err(|_| ReloadError::Busy)?;
        self.set_candidate(None);
        let candidate = Arc::new(self.prepared(files, &mut progress)?);
        self.set_candidate(Some(Arc::clone(&candidate)));
        Ok(candidate)
    }

    /// What waits for somebody's word.
    pub fn candidate(&self) -> Option<Arc<Candidate>> {
        self.waiting().clone()
    }

    /// Drops the candidate of this name; whether it was there.
    pub fn discard(&self, token: &str) -> bool {
        self.waiting().take_if(|candidate| candidate.token == token).is_some()
    }

    /// Releases the candidate of this name. Its new files are written into the folder first and read from there, so that
    /// what is live is what lies in the folder.
    ///
    /// # Errors
    /// A candidate that is gone, files that changed since, a folder or a store that cannot be written; then nothing changed.
    pub fn publish(&self, token: &str, mut progress: impl FnMut(Step)) -> Result<Report, ReloadError> {
        let _running = self.running.try_lock().map_err(|_| ReloadError::Busy)?;
        let candidate = self.candidate().filter(|candidate| candidate.token == token).ok_or(ReloadError::Gone)?;
        if candidate.files.is_empty() {
            if files_digest(&self.dir) != candidate.engine.knowledge.digest {
                return Err(ReloadError::Changed);
            }
            return self.go_live(&candidate, &mut progress);
        }
        let earlier = release::write(&self.dir, &candidate.files)?;
        let released = self.prepared(Vec::new(), &mut progress).and_then(|candidate| self.go_live(&candidate, &mut progress));
        if released.is_err() {
            release::undo(&self.dir, &earlier);
        }
        released
    }

    pub(super) fn set_candidate(&self, candidate: Option<Arc<Candidate>>) {
        *self.waiting() = candidate;
    }

    fn waiting(&self) -> MutexGuard<'_, Option<Arc<Candidate>>> {
        self.candidate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The ids that are withdrawn.
    pub(super) fn withdrawn(&self) -> Result<BTreeSet<String>, StoreError> {
        self.store.as_ref().map_or_else(|| Ok(BTreeSet::new()), withdrawn::withdrawn)
    }

    fn prepared(&self, files: Vec<NewFile>, progress: &mut impl FnMut(Step)) -> Result<Candidate, ReloadError> {
        let imported = match self.store.as_ref().and_then(Store::live) {
            Some(revision) => kept::imported(&revision)?,
            None => Vec::new(),
        };
        let (engine, tried, warnings) = prepare_with(&self.dir, &files, self.settings, &imported, progress)?;
        progress(Step::Comparing);
        let (engine, whole) = effective(engine, &self.withdrawn()?, self.settings)?;
        let mut report = Report::compare(&self.live.engine(), &engine);
        (report.tried, report.warnings) = (tried, warnings.0);
        Ok(Candidate::new(engine, report, files, whole, imported))
    }

    /// Keeps and swaps.
    fn go_live(&self, candidate: &Candidate, progress: &mut impl FnMut(Step)) -> Result<Report, ReloadError> {
        if let Some(store) = &self.store {
            progress(Step::Keeping);
            kept::keep(store, candidate.kept(), &candidate.imported, |_| ())?;
            release::let_go(store)?;
        }
        self.live.swap(Arc::clone(&candidate.engine));
        self.set_candidate(None);
        Ok(candidate.report.clone())
    }
}

/// An engine over a folder, if everything in it comes out right; the sentences tried, and the warnings.
pub(super) fn prepare(
    dir: &Path,
    settings: Settings,
    imported: &[Topic],
    progress: &mut impl FnMut(Step),
) -> Result<(Engine, usize, Faults), ReloadError> {
    prepare_with(dir, &[], settings, imported, progress)
}

fn prepare_with(
    dir: &Path,
    files: &[NewFile],
    settings: Settings,
    imported: &[Topic],
    progress: &mut impl FnMut(Step),
) -> Result<(Engine, usize, Faults), ReloadError> {
    progress(Step::Loading);
    let loaded = if files.is_empty() { load(dir) } else { load_with(dir, files) };
    let examined = examine_loaded(loaded, settings, imported, progress);
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
