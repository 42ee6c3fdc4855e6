//! A second word on how far the small state has come, beside the database.
//!
//! The engine takes damage in its log for the torn end of a cut-off write: it drops the rest and says nothing. So each
//! change carries a number, and after its fsync the number is noted here. The note itself is not synced: it may be
//! behind the truth, never ahead of it. A database that is behind its witness has lost what was acknowledged.

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::error::{Result, StoreError};

const NAME: &str = "witness";

/// The highest number known to be durable.
#[derive(Debug)]
pub(super) struct Witness {
    note: Mutex<(File, u64)>,
}

impl Witness {
    /// Whether anything was ever acknowledged in this folder.
    pub(super) fn exists(dir: &Path) -> bool {
        dir.join(NAME).exists()
    }

    /// Opens the note, or begins one.
    pub(super) fn open(dir: &Path) -> Result<Self> {
        let path = dir.join(NAME);
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(|e| StoreError::io("打开", &path, e))?;
        let number = read(&mut file);
        Ok(Self { note: Mutex::new((file, number)) })
    }

    pub(super) fn number(&self) -> u64 {
        self.note.lock().unwrap_or_else(PoisonError::into_inner).1
    }

    /// Notes a number whose change is durable. A failure to do so only makes the witness weaker.
    pub(super) fn note(&self, number: u64) {
        let mut note = self.note.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, noted) = &mut *note;
        if number <= *noted {
            return;
        }
        *noted = number;
        if let Err(error) = write(file, number) {
            tracing::debug!(%error, "the store's witness could not be written");
        }
    }
}

/// The number, and its complement so that a torn note is recognised.
fn write(file: &mut File, number: u64) -> std::io::Result<()> {
    file.rewind()?;
    file.write_all(&[number.to_le_bytes(), (!number).to_le_bytes()].concat())
}

fn read(file: &mut File) -> u64 {
    let (mut number, mut check) = ([0; 8], [0; 8]);
    let read = file.read_exact(&mut number).and_then(|()| file.read_exact(&mut check));
    let number = u64::from_le_bytes(number);
    match read {
        Ok(()) if u64::from_le_bytes(check) == !number => number,
        _ => 0,
    }
}
