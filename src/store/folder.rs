//! The store's folder: its lock, its manifest, and which database lies where.
//!
//! ```text
//! wenzheng-store        the manifest: format, and the name of the state's folder
//! lock                  held while a process has the store open
//! state-3/              the small state; another number after each rewrite
//! revisions/ab12cd-7/   one revision of the knowledge
//! ```

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::disk;
use super::error::{Result, StoreError};

/// The newest folder format this program writes and reads.
pub(super) const FORMAT: u32 = 1;
const MANIFEST: &str = "wenzheng-store";
const TITLE: &str = "wenzheng store";
const LOCK: &str = "lock";
/// How long a lock that is held may take to be let go, and how often to look: a process that is being started keeps a copy of
/// every open file for a moment, so a store just closed may seem open.
const LOCK_WAIT: Duration = Duration::from_millis(500);
const LOCK_STEP: Duration = Duration::from_millis(10);
const REVISIONS: &str = "revisions";
const STATE: &str = "state-";
/// As much of a digest as goes into a folder's name.
const DIGEST_SHOWN: usize = 32;

/// A locked store folder. As long as one exists, no other process gets in.
#[derive(Debug)]
pub(super) struct Folder {
    dir: PathBuf,
    _lock: File,
}

/// What a folder says about its small state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It was never used.
    Nothing,
    /// There is one, but no manifest: the first start was cut short, or somebody removed the manifest.
    Unnamed(u64),
    /// The manifest names one.
    Named(u64),
}

impl Folder {
    /// Makes the folder if need be and locks it. Touches nothing in a folder that is not ours.
    pub(super) fn claim(dir: &Path) -> Result<Self> {
        if dir.exists() && !dir.is_dir() {
            return Err(StoreError::NotAFolder { dir: dir.to_path_buf() });
        }
        refuse_foreign(dir)?;
        disk::create_private_folder(dir)?;
        let lock = take_lock(dir)?;
        Ok(Self { dir: dir.to_path_buf(), _lock: lock })
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(super) fn state_dir(&self, number: u64) -> PathBuf {
        self.dir.join(format!("{STATE}{number}"))
    }

    /// The name of a revision's folder: the digest, and a number so that one digest can be built again beside itself.
    pub(super) fn revision_name(digest: &str, serial: u64) -> String {
        let shown: String = digest.chars().take(DIGEST_SHOWN).collect();
        format!("{shown}-{serial}")
    }

    pub(super) fn revision_dir(&self, name: &str) -> PathBuf {
        self.dir.join(REVISIONS).join(name)
    }

    /// Makes the folder of the revisions durable before the first one is in it.
    pub(super) fn prepare(&self) -> Result<()> {
        let revisions = self.dir.join(REVISIONS);
        disk::create_folder(&revisions)?;
        disk::sync_folder(&revisions)?;
        disk::sync_folder(&self.dir)
    }

    /// Which state is valid.
    pub(super) fn find_state(&self) -> Result<Found> {
        let path = self.dir.join(MANIFEST);
        match fs::read_to_string(&path) {
            Ok(text) => parse(&path, &text).map(Found::Named),
            Err(e) if e.kind() == ErrorKind::NotFound => self.find_lone_state(),
            Err(e) => Err(StoreError::io("读取", &path, e)),
        }
    }

    fn find_lone_state(&self) -> Result<Found> {
        match self.state_numbers()?.as_slice() {
            [] => Ok(Found::Nothing),
            [only] => Ok(Found::Unnamed(*only)),
            _ => Err(StoreError::corrupt(&self.dir, format!("缺少 {MANIFEST} 文件，不知道哪个 {STATE}* 目录有效"))),
        }
    }

    /// A number no state folder has.
    pub(super) fn next_state_number(&self) -> Result<u64> {
        Ok(self.state_numbers()?.into_iter().max().unwrap_or(0) + 1)
    }

    fn state_numbers(&self) -> Result<Vec<u64>> {
        let names = disk::names(&self.dir)?;
        Ok(names.iter().filter_map(|name| name.strip_prefix(STATE)?.parse().ok()).collect())
    }

    /// Names the state in the manifest, first half: after an error nothing has changed.
    pub(super) fn stage(&self, state: u64) -> Result<()> {
        let text = format!("{TITLE}\nformat {FORMAT}\nstate {state}\n");
        let path = self.dir.join(MANIFEST);
        disk::write_part(&path, text.as_bytes())?;
        disk::put_in_place(&path)
    }

    /// Second half: the new name survives a power cut. Only then may the old state go.
    pub(super) fn settle(&self) -> Result<()> {
        disk::sync_folder(&self.dir)
    }

    /// Removes what a killed process left half-built: states and revisions nobody points to.
    pub(super) fn sweep(&self, state: u64, revisions: &[String]) -> Result<()> {
        for number in self.state_numbers()? {
            if number != state {
                disk::remove_folder(&self.state_dir(number))?;
            }
        }
        for name in disk::names(&self.dir.join(REVISIONS))? {
            if !revisions.contains(&name) {
                tracing::info!(revision = %name, "removing a revision that was never finished");
                disk::remove_folder(&self.revision_dir(&name))?;
            }
        }
        Ok(())
    }
}

fn parse(path: &Path, text: &str) -> Result<u64> {
    let mut lines = text.lines();
    if lines.next() != Some(TITLE) {
        return Err(StoreError::corrupt(path, "开头不是 wenzheng store"));
    }
    let found =
        number(lines.next(), "format ").and_then(|n| u32::try_from(n).ok()).ok_or_else(|| StoreError::corrupt(path, "没有格式号"))?;
    if found > FORMAT {
        return Err(StoreError::NewerFormat { path: path.to_path_buf(), found, known: FORMAT });
    }
    number(lines.next(), "state ").ok_or_else(|| StoreError::corrupt(path, "没有写明状态目录"))
}

fn number(line: Option<&str>, label: &str) -> Option<u64> {
    line?.strip_prefix(label)?.trim().parse().ok()
}

fn refuse_foreign(dir: &Path) -> Result<()> {
    let names = disk::names(dir)?;
    if names.iter().any(|name| name == MANIFEST) {
        return Ok(());
    }
    match names.into_iter().find(|name| !is_ours(name)) {
        Some(found) => Err(StoreError::NotAStore { dir: dir.to_path_buf(), found }),
        None => Ok(()),
    }
}

fn is_ours(name: &str) -> bool {
    [LOCK, REVISIONS, "lost+found"].contains(&name) || name.starts_with(STATE) || name.starts_with(MANIFEST)
}

fn take_lock(dir: &Path) -> Result<File> {
    let path = dir.join(LOCK);
    let mut file = File::options().create(true).truncate(false).write(true).open(&path).map_err(|e| StoreError::io("打开", &path, e))?;
    let asked = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if asked.elapsed() < LOCK_WAIT => thread::sleep(LOCK_STEP),
            Err(TryLockError::WouldBlock) => return Err(locked(dir, &path)),
            Err(TryLockError::Error(e)) => return Err(StoreError::io("锁定", &path, e)),
        }
    }
    // The number only serves the other instance's message, so a failure to write it is none of ours.
    let _ = file.set_len(0);
    let _ = write!(file, "{}", std::process::id());
    Ok(file)
}

fn locked(dir: &Path, lock: &Path) -> StoreError {
    let holder = fs::read_to_string(lock).unwrap_or_default();
    let holder = match holder.trim() {
        "" => String::new(),
        id => format!("（进程号 {id}）"),
    };
    StoreError::Locked { dir: dir.to_path_buf(), holder }
}
