//! One database folder. The only file that names sled, and the one that knows its weaknesses: `flush` is no fsync,
//! blob files are never synced, and some damage makes it panic.

use std::collections::HashSet;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::disk;
use super::error::{Cause, Result, StoreError};
use super::group::Group;

/// How long a folder may stay locked by our own, just closed handle: the engine lets go in the background.
const LINGERING: Duration = Duration::from_secs(5);
const TIDY_EVERY_MS: u64 = 500;

/// A key with its new value, or `None` to remove it.
pub(super) type Change = (Vec<u8>, Option<Vec<u8>>);
/// A key with its value.
pub(super) type Entry = (Vec<u8>, Vec<u8>);

/// An open database folder: ordered keys and values, both bytes.
pub(super) struct Database {
    dir: PathBuf,
    /// Empty only while being dropped.
    engine: Option<sled::Db>,
    /// A second descriptor of the engine's file, for fsync.
    file: File,
    group: Group,
    synced_blobs: Mutex<HashSet<String>>,
    /// The folder goes when the last holder lets go.
    doomed: AtomicBool,
    /// A write failed: what the disk holds is not known any more.
    broken: AtomicBool,
}

impl Database {
    /// Makes a new database. Its folder is removed again on drop, until [`keep`](Self::keep) is called.
    pub(super) fn create(dir: &Path, cache: u64) -> Result<Self> {
        disk::create_folder(dir)?;
        Self::start(dir, cache, true)
    }

    /// Opens a database that must be there already.
    pub(super) fn open(dir: &Path, cache: u64) -> Result<Self> {
        if !dir.join("db").is_file() {
            return Err(StoreError::corrupt(dir, "数据库文件 db 不见了"));
        }
        Self::start(dir, cache, false)
    }

    fn start(dir: &Path, cache: u64, doomed: bool) -> Result<Self> {
        let engine = start_engine(dir, cache)?;
        Ok(Self {
            dir: dir.to_path_buf(),
            engine: Some(engine),
            file: open_file(dir)?,
            group: Group::default(),
            synced_blobs: Mutex::default(),
            doomed: AtomicBool::new(doomed),
            broken: AtomicBool::new(false),
        })
    }

    /// Whether all that is in it can be read.
    pub(super) fn is_readable(&self) -> bool {
        self.scan(&[]).all(|entry| entry.is_ok())
    }

    /// Reads the folder anew. After a failed write the engine may refuse to read as well, for as long as it is open; what was
    /// synced is in its files all the same. There are no more writes.
    pub(super) fn reopen(&mut self, cache: u64) -> Result<()> {
        self.close();
        self.engine = Some(start_engine(&self.dir, cache)?);
        self.file = open_file(&self.dir)?;
        Ok(())
    }

    fn close(&mut self) {
        let engine = self.engine.take();
        // The engine's own drop unwraps an fsync.
        if catch_unwind(AssertUnwindSafe(|| drop(engine))).is_err() {
            tracing::warn!(dir = %self.dir.display(), "database did not close cleanly");
        }
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The folder stays when this handle is dropped.
    pub(super) fn keep(&self) {
        self.doomed.store(false, Ordering::SeqCst);
    }

    /// The folder is removed when the last handle is dropped, so that readers may finish first.
    pub(super) fn doom(&self) {
        self.doomed.store(true, Ordering::SeqCst);
    }

    /// Whether a write failed, so that there are no more.
    pub(super) fn is_broken(&self) -> bool {
        self.broken.load(Ordering::SeqCst)
    }

    fn mark_broken(&self) {
        self.broken.store(true, Ordering::SeqCst);
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let found = self.shielded(|engine| engine.get(key))?;
        Ok(found.map(|value| value.to_vec()))
    }

    /// Whether the key was new. Not durable before [`sync`](Self::sync).
    pub(super) fn insert(&self, key: &[u8], value: Vec<u8>) -> Result<bool> {
        let old = self.writing(|engine| engine.insert(key, value))?;
        Ok(old.is_none())
    }

    /// All changes or none. Not durable before [`sync`](Self::sync).
    pub(super) fn apply(&self, changes: Vec<Change>) -> Result<()> {
        let mut batch = sled::Batch::default();
        for (key, value) in changes {
            match value {
                Some(value) => batch.insert(key, value),
                None => batch.remove(key),
            }
        }
        self.writing(|engine| engine.apply_batch(batch))
    }

    /// Everything under a prefix, in order of the keys, from either end.
    pub(super) fn scan(&self, prefix: &[u8]) -> Scan<'_> {
        Scan { database: self, inner: self.engine.as_ref().map(|e| e.scan_prefix(prefix)) }
    }

    /// Returns when everything written before the call would survive a power cut. Callers share the fsync.
    pub(super) fn sync(&self) -> Result<()> {
        self.group.commit(|| {
            self.writing(|engine| engine.flush().map(drop))?;
            self.sync_files().inspect_err(|_| self.mark_broken())
        })
    }

    /// Like [`sync`](Self::sync), and the folder itself with all its files: for a database that just appeared.
    pub(super) fn sync_all(&self) -> Result<()> {
        self.sync()?;
        disk::sync_tree(&self.dir)
    }

    fn sync_files(&self) -> Result<()> {
        self.sync_blobs()?;
        self.file.sync_all().map_err(|e| StoreError::io("写盘（fsync）", &self.dir, e))
    }

    /// The engine puts what does not fit into its log into files of their own, and leaves them unsynced.
    fn sync_blobs(&self) -> Result<()> {
        let dir = self.dir.join("blobs");
        let names = disk::names(&dir)?;
        let mut synced = lock(&self.synced_blobs);
        let fresh: Vec<&String> = names.iter().filter(|n| !synced.contains(*n)).collect();
        for path in fresh.iter().map(|name| dir.join(name)) {
            // The engine may have replaced and removed it since.
            if path.exists() {
                disk::sync_file(&path)?;
            }
        }
        if !fresh.is_empty() {
            disk::sync_folder(&dir)?;
        }
        *synced = names.into_iter().collect();
        Ok(())
    }

    /// Runs a write; after a failed one there are no more.
    fn writing<T>(&self, work: impl FnOnce(&sled::Db) -> sled::Result<T>) -> Result<T> {
        if self.is_broken() {
            return Err(StoreError::Broken { dir: self.dir.clone() });
        }
        self.shielded(work).inspect_err(|_| self.mark_broken())
    }

    /// Runs engine code; its errors and its panics become ours.
    fn shielded<T>(&self, work: impl FnOnce(&sled::Db) -> sled::Result<T>) -> Result<T> {
        let Some(engine) = &self.engine else {
            return Err(StoreError::corrupt(&self.dir, "数据库已经关闭"));
        };
        shield(&self.dir, || work(engine))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.close();
        if self.doomed.load(Ordering::SeqCst)
            && let Err(error) = disk::remove_folder(&self.dir)
        {
            tracing::warn!(dir = %self.dir.display(), %error, "old database folder stays until the next start");
        }
    }
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("dir", &self.dir).finish_non_exhaustive()
    }
}

/// A walk over part of a [`Database`]; the engine's panics come out as errors here too.
pub(super) struct Scan<'a> {
    database: &'a Database,
    inner: Option<sled::Iter>,
}

impl Scan<'_> {
    fn step(&mut self, next: impl FnOnce(&mut sled::Iter) -> Option<sled::Result<(sled::IVec, sled::IVec)>>) -> Option<Result<Entry>> {
        let inner = self.inner.as_mut()?;
        let step = shield(&self.database.dir, || next(inner).transpose()).transpose();
        if matches!(step, None | Some(Err(_))) {
            self.inner = None;
        }
        step.map(|found| found.map(|(key, value)| (key.to_vec(), value.to_vec())))
    }
}

impl Iterator for Scan<'_> {
    type Item = Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step(Iterator::next)
    }
}

impl DoubleEndedIterator for Scan<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.step(DoubleEndedIterator::next_back)
    }
}

fn open_file(dir: &Path) -> Result<File> {
    let path = dir.join("db");
    File::open(&path).map_err(|e| StoreError::io("打开", &path, e))
}

fn start_engine(dir: &Path, cache: u64) -> Result<sled::Db> {
    let deadline = Instant::now() + LINGERING;
    loop {
        let config = sled::Config::new().path(dir).cache_capacity(cache).flush_every_ms(Some(TIDY_EVERY_MS));
        match shield(dir, || config.open()) {
            Err(StoreError::Locked { .. }) if Instant::now() < deadline => {
                thread::sleep(Duration::from_millis(10));
            }
            outcome => return outcome,
        }
    }
}

fn shield<T>(dir: &Path, work: impl FnOnce() -> sled::Result<T>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(outcome) => outcome.map_err(|e| in_words(dir, e)),
        Err(panic) => Err(StoreError::Corrupt {
            path: dir.to_path_buf(),
            why: "存储引擎读到无法理解的内容而中断".to_owned(),
            source: Some(panic_text(panic.as_ref()).into()),
        }),
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()))
        .unwrap_or_else(|| "panic without a message".to_owned())
}

/// The engine's error as ours.
fn in_words(dir: &Path, error: sled::Error) -> StoreError {
    let corrupt = |why: &str, cause: Cause| StoreError::Corrupt { path: dir.to_path_buf(), why: why.to_owned(), source: Some(cause) };
    match error {
        sled::Error::Io(e) if e.to_string().contains("could not acquire lock") => {
            StoreError::Locked { dir: dir.to_path_buf(), holder: String::new() }
        }
        sled::Error::Io(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => corrupt("文件比应有的短", e.into()),
        sled::Error::Io(e) => StoreError::io("读写", dir, e),
        e @ sled::Error::Unsupported(_) => corrupt("存储引擎不认识这个数据库的格式", e.into()),
        e => corrupt("校验不符", e.into()),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
