//! Files and folders made durable: what `write` and `rename` alone do not promise after a power cut.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::error::{Result, StoreError};

/// Creates a folder and its parents.
pub(super) fn create_folder(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir).map_err(|e| StoreError::io("创建目录", dir, e))
}

/// Creates a folder only its owner can enter, with its parents, durably. One that is there stays as it is.
pub(super) fn create_private_folder(dir: &Path) -> Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(dir).map_err(|e| StoreError::io("创建目录", dir, e))?;
    // A parent we may not read cannot be synced by us; the folder is made all the same.
    let _ = dir.parent().map_or(Ok(()), sync_folder);
    Ok(())
}

/// Creates or empties a file only its owner can read.
pub(super) fn create_private_file(path: &Path) -> Result<File> {
    let mut options = File::options();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|e| StoreError::io("创建", path, e))
}

/// Names of what lies in a folder, sorted. A folder that does not exist is empty.
pub(super) fn names(dir: &Path) -> Result<Vec<String>> {
    let mut found = match fs::read_dir(dir) {
        Ok(entries) => entries.map(|entry| entry.map(|e| e.file_name().to_string_lossy().into_owned())).collect::<io::Result<Vec<_>>>(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(e),
    }
    .map_err(|e| StoreError::io("读取目录", dir, e))?;
    found.sort();
    Ok(found)
}

/// Bytes of all files below a folder; what vanishes meanwhile counts nothing.
pub(super) fn size(dir: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(dir) else {
        return 0;
    };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => size(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}

/// Makes a folder durable with everything below it, and its own name in the folder above.
pub(super) fn sync_tree(dir: &Path) -> Result<()> {
    for name in names(dir)? {
        let path = dir.join(name);
        if path.is_dir() {
            sync_tree(&path)?;
        } else {
            sync_file(&path)?;
        }
    }
    sync_folder(dir)?;
    dir.parent().map_or(Ok(()), sync_folder)
}

/// Makes the bytes of one file durable.
pub(super) fn sync_file(path: &Path) -> Result<()> {
    File::open(path).and_then(|file| file.sync_all()).map_err(|e| StoreError::io("写盘（fsync）", path, e))
}

/// Makes the names in a folder durable. Windows has no such call and needs none.
pub(super) fn sync_folder(dir: &Path) -> Result<()> {
    let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
    if cfg!(unix) { sync_file(dir) } else { Ok(()) }
}

/// The name a file has until it is complete.
pub(super) fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    path.with_file_name(name)
}

/// Writes a file under another name and makes it durable; [`put_in_place`] then makes it appear at once and whole.
pub(super) fn write_part(path: &Path, bytes: &[u8]) -> Result<()> {
    let part = part_of(path);
    File::create(&part)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .map_err(|e| StoreError::io("写入", &part, e))
}

/// Gives a complete `.part` file its name. After an error here nothing has changed.
pub(super) fn put_in_place(path: &Path) -> Result<()> {
    fs::rename(part_of(path), path).map_err(|e| StoreError::io("改名", path, e))
}

/// How often a folder is emptied again into which the engine still wrote, and how long between.
const REMOVALS: usize = 10;
const BETWEEN_REMOVALS: Duration = Duration::from_millis(20);

/// Removes a folder with all it holds; it may be gone already. The engine's own threads may put one more file into it after it
/// was closed.
pub(super) fn remove_folder(dir: &Path) -> Result<()> {
    let mut removed = fs::remove_dir_all(dir);
    for _ in 1..REMOVALS {
        if !matches!(&removed, Err(e) if e.kind() == io::ErrorKind::DirectoryNotEmpty) {
            break;
        }
        thread::sleep(BETWEEN_REMOVALS);
        removed = fs::remove_dir_all(dir);
    }
    match removed {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::io("删除", dir, e)),
        _ => Ok(()),
    }
}
