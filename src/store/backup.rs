//! The whole store to one file, and checking such a file.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk;
use super::error::{Result, StoreError};
use super::export::{Progress, Walk};
use super::frames::{self, Digesting, Frame};
use super::open::{Inner, Store};
use super::revision::RevisionInfo;
use super::value;

/// What a backup holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupSummary {
    /// The digest of the store it was made of, see [`Store::digest`].
    pub digest: String,
    /// The digest of the revision that was live, if there was one.
    pub live: Option<String>,
    /// How many revisions.
    pub revisions: u64,
    /// Entries in all: articles of all revisions, votes, counters, settings.
    pub entries: u64,
    /// The file's length.
    pub bytes: u64,
}

impl Store {
    /// Writes the whole store to one file, while it is in use. The file appears at once and complete, in place of an
    /// older one of that name. It holds the key that persons are hashed with: keep it as safe as the store.
    ///
    /// # Errors
    /// An error of reading the store or of writing the file.
    pub fn backup(&self, to: &Path, mut progress: impl FnMut(Progress)) -> std::result::Result<BackupSummary, StoreError> {
        let part = disk::part_of(to);
        let written = write_backup(&self.inner, &part, &mut progress);
        let placed = written.and_then(|()| disk::put_in_place(to));
        if placed.is_err() {
            // What is left of it is of no use; the error to report is the first one.
            let _ = fs::remove_file(&part);
        }
        placed?;
        disk::sync_folder(to.parent().unwrap_or(to))?;
        BackupSummary::verify(to)
    }

    /// A [`backup`](Self::backup) under a name in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// As [`backup`](Self::backup).
    pub fn backup_into(&self, folder: &Path, name: &str) -> std::result::Result<BackupSummary, StoreError> {
        fs::create_dir_all(folder).map_err(|error| StoreError::io("建立", folder, error))?;
        self.backup(&folder.join(name), |_| ())
    }
}

impl BackupSummary {
    /// Reads a backup from end to end and says what it holds.
    ///
    /// # Errors
    /// [`StoreError::NotABackup`], [`StoreError::NewerFormat`], [`StoreError::BackupDamaged`], or an error of reading.
    pub fn verify(path: &Path) -> std::result::Result<Self, StoreError> {
        let mut summary = Self::default();
        let mut backup = BackupFile::open(path)?;
        while let Some(frame) = backup.next_frame()? {
            summary.note(&frame)?;
        }
        summary.bytes = backup.bytes;
        let promised = backup.promised;
        summary.digest = backup.check_digest()?;
        if promised != Some(summary.entries) {
            return Err(damaged(path, "条目数不符"));
        }
        Ok(summary)
    }

    fn note(&mut self, frame: &Frame) -> Result<()> {
        match frame.tag {
            frames::REVISION => {
                let info: RevisionInfo = value::decode("版本记录", &frame.value)?;
                self.revisions += 1;
                self.live = self.live.take().or(info.live.then_some(info.digest));
            }
            _ if frame.counts() => self.entries += 1,
            _ => {}
        }
        Ok(())
    }
}

/// A backup being read.
pub(super) struct BackupFile<'a> {
    path: &'a Path,
    frames: BufReader<Digesting<io::Take<File>>>,
    bytes: u64,
    /// How many entries the end frame says there are.
    promised: Option<u64>,
}

impl<'a> BackupFile<'a> {
    pub(super) fn open(path: &'a Path) -> Result<Self> {
        let unreadable = |e| StoreError::io("读取", path, e);
        let file = File::open(path).map_err(unreadable)?;
        let bytes = file.metadata().map_err(unreadable)?.len();
        let body = file.take(bytes.saturating_sub(frames::DIGEST));
        let mut frames = BufReader::new(Digesting::over(body));
        match frames::read_title(&mut frames) {
            Ok(Some(frames::FORMAT)) => {}
            Ok(Some(found)) if found > frames::FORMAT => return Err(newer(path, found)),
            Ok(_) => return Err(not_a_backup(path)),
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Err(not_a_backup(path)),
            Err(e) => return Err(unreadable(e)),
        }
        Ok(Self { path, frames, bytes, promised: None })
    }

    /// The next frame, until the end frame.
    pub(super) fn next_frame(&mut self) -> Result<Option<Frame>> {
        let frame = frames::read(&mut self.frames).map_err(|e| match e.kind() {
            io::ErrorKind::UnexpectedEof => damaged(self.path, "文件不完整"),
            _ => StoreError::io("读取", self.path, e),
        })?;
        match frame.tag {
            frames::END => {
                self.promised = frame.value.try_into().ok().map(u64::from_le_bytes);
                Ok(None)
            }
            frames::STATE | frames::REVISION | frames::ARTICLE => Ok(Some(frame)),
            _ => Err(damaged(self.path, "内容无法辨认")),
        }
    }

    /// Whether the file is what was written, byte for byte.
    fn check_digest(mut self) -> Result<String> {
        let unreadable = |e| StoreError::io("读取", self.path, e);
        let rest = io::copy(&mut self.frames, &mut io::sink()).map_err(unreadable)?;
        let (body, found) = self.frames.into_inner().into_parts();
        let mut expected = Vec::new();
        body.into_inner().read_to_end(&mut expected).map_err(unreadable)?;
        if rest > 0 || expected != found.as_bytes() {
            return Err(damaged(self.path, "校验值不符"));
        }
        Ok(found.to_hex().to_string())
    }
}

fn write_backup(inner: &Inner, part: &Path, heard: &mut dyn FnMut(Progress)) -> Result<()> {
    let failed = |e| StoreError::io("写入", part, e);
    let file = disk::create_private_file(part)?;
    let out = Digesting::over(BufWriter::new(file));
    let mut walk = Walk::new(out, part, heard);
    inner.export(&mut walk)?;
    let (mut out, digest) = walk.out.into_parts();
    out.write_all(digest.as_bytes()).map_err(failed)?;
    let file = out.into_inner().map_err(|e| failed(e.into_error()))?;
    file.sync_all().map_err(failed)
}

pub(super) fn damaged(path: &Path, why: &str) -> StoreError {
    StoreError::BackupDamaged { path: path.to_path_buf(), why: why.to_owned() }
}

fn not_a_backup(path: &Path) -> StoreError {
    StoreError::NotABackup { path: path.to_path_buf() }
}

fn newer(path: &Path, found: u32) -> StoreError {
    StoreError::NewerFormat { path: path.to_path_buf(), found, known: frames::FORMAT }
}
