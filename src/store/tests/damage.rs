//! Promise: damage on the disk is an error in words, never a panic, and never passes for a smaller knowledge.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::store::StoreError;

/// Opens and reads everything, as a bot would at its start.
fn read_all(dir: &Path) -> Result<usize, StoreError> {
    let store = Store::open(dir, &Settings::default())?;
    let votes: u64 = store.tallies()?.iter().map(|t| t.tally.helpful).sum();
    assert_eq!(votes, 50, "votes were lost in silence");
    store.counts("views")?;
    let live = store.live().map(|live| live.iter::<Article>().collect::<Result<Vec<_>, _>>());
    Ok(live.transpose()?.map_or(0, |articles| articles.len()))
}

fn database_file(folder: &TempDir, below: &str) -> PathBuf {
    let dir = folder.path().join(below);
    if dir.join("db").exists() {
        return dir.join("db");
    }
    let inner = fs::read_dir(&dir).unwrap().next().unwrap().unwrap().path();
    inner.join("db")
}

fn filled() -> TempDir {
    let folder = folder();
    let store = open(&folder);
    publish(&store, "one", 300);
    for id in 0..50u64 {
        store.person(id).vote("a", "v", true).unwrap();
    }
    drop(store);
    folder
}

/// Copies a store, damages one file of the copy, and reads it.
fn after(original: &TempDir, below: &str, damage: impl FnOnce(&mut Vec<u8>)) -> Result<usize, StoreError> {
    let copy = folder();
    copy_tree(original.path(), copy.path());
    let path = database_file(&copy, below);
    let mut bytes = fs::read(&path).unwrap();
    damage(&mut bytes);
    fs::write(&path, bytes).unwrap();
    read_all(copy.path())
}

#[test]
fn a_damaged_revision_is_noticed() {
    let original = filled();
    let length = fs::metadata(database_file(&original, "revisions")).unwrap().len();
    let length = usize::try_from(length).unwrap();
    let mut refused = 0;
    for at in (0..length).step_by(length / 60) {
        match after(&original, "revisions", |bytes| spoil(bytes, at)) {
            Ok(articles) => assert_eq!(articles, 300, "byte {at}"),
            Err(error) => {
                refused += 1;
                println!("byte {at}: {error}");
            }
        }
    }
    assert!(refused > 0);
    assert!(after(&original, "revisions", |bytes| bytes.truncate(length / 2)).is_err());
    assert!(after(&original, "revisions", |bytes| bytes.fill(0)).is_err());
}

#[test]
fn a_damaged_state_is_noticed() {
    let original = filled();
    let length = fs::metadata(database_file(&original, "state-1")).unwrap().len();
    let length = usize::try_from(length).unwrap();
    for at in (0..length).step_by(length / 60) {
        match after(&original, "state-1", |bytes| spoil(bytes, at)) {
            Ok(articles) => {
                println!("byte {at} of {length}: did not matter");
                assert_eq!(articles, 300);
            }
            Err(error) => assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}"),
        }
    }
    assert!(after(&original, "state-1", |bytes| bytes.truncate(length / 2)).is_err());
    assert!(after(&original, "state-1", Vec::clear).is_err());
}

#[test]
fn a_revision_whose_folder_was_removed_is_struck_off() {
    let folder = filled();
    publish(&open(&folder), "two", 3);
    fs::remove_dir_all(folder.path().join("revisions/two-2")).unwrap();
    let store = open(&folder);
    assert!(store.live().is_none());
    assert_eq!(store.revisions().unwrap().len(), 1);
    assert_eq!(store.make_live("one").unwrap().len(), 300);
}

#[test]
fn a_first_start_that_was_cut_short_is_begun_again() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("state-1/blobs")).unwrap();
    fs::write(folder.path().join("state-1/db"), "half").unwrap();
    open(&folder).put_setting("n", "", &1u8).unwrap();
    assert_eq!(open(&folder).setting("n", "").unwrap(), Some(1u8));
}

/// As a bad sector would.
fn spoil(bytes: &mut [u8], at: usize) {
    for byte in bytes[at..].iter_mut().take(64) {
        *byte ^= 0x5a;
    }
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_tree(&source, &target);
        } else {
            fs::copy(&source, &target).unwrap();
        }
    }
}
