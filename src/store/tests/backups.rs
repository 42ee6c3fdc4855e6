//! Promise: a backup is the whole store, and a damaged one is refused without loss.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::store::{BackupSummary, StoreError};

fn filled(folder: &TempDir) -> Store {
    let store = open(folder);
    publish(&store, "one", 30);
    publish(&store, "two", 40);
    store.make_live("one").unwrap();
    store.person(1u64).vote("a", "v", true).unwrap();
    store.person(1u64).put("region", "", &"台湾".to_owned()).unwrap();
    store.put_setting("pins", "a", &1u8).unwrap();
    store.append_audit(&"reload".to_owned()).unwrap();
    store.add("views", "a", 3).unwrap();
    store
}

fn backed_up(store: &Store, folder: &TempDir) -> (PathBuf, BackupSummary) {
    let path = folder.path().join("backup");
    let summary = store.backup(&path, |_| {}).unwrap();
    (path, summary)
}

#[test]
fn a_backup_restored_elsewhere_is_the_same_store() {
    let (here, there, outside) = (folder(), folder(), folder());
    let store = filled(&here);
    let (path, summary) = backed_up(&store, &outside);
    let other = open(&there);
    publish(&other, "three", 5);
    other.person(9u64).vote("b", "v", true).unwrap();
    let mut steps = Vec::new();
    assert_eq!(other.restore(&path, |p| steps.push(p)).unwrap(), summary);
    assert!(steps.last().is_some_and(|p| p.done == p.total && p.total == summary.entries));
    is_the_backup(&other, &summary);
    drop(other);
    is_the_backup(&open(&there), &summary);
    assert_eq!(store.digest().unwrap(), summary.digest);
    assert_eq!(fs::read_dir(there.path().join("revisions")).unwrap().count(), 2);
}

fn is_the_backup(store: &Store, summary: &BackupSummary) {
    assert_eq!(store.digest().unwrap(), summary.digest);
    assert_eq!(store.live().unwrap().digest(), "one");
    let two = store.revision("two").unwrap();
    assert_eq!(two.iter::<Article>().flatten().count(), 40);
    assert!(!store.person(1u64).vote("a", "v", true).unwrap());
    assert_eq!(store.count("views", "a").unwrap(), 3);
    assert_eq!(store.tally("b", "v").unwrap().helpful, 0);
}

#[test]
fn the_digest_sees_every_difference() {
    let folder = folder();
    let store = filled(&folder);
    let mut seen = vec![store.digest().unwrap()];
    assert_eq!(store.digest().unwrap(), seen[0]);
    store.compact().unwrap();
    assert_eq!(store.digest().unwrap(), seen[0]);
    store.add("views", "a", 1).unwrap();
    seen.push(store.digest().unwrap());
    store.make_live("two").unwrap();
    seen.push(store.digest().unwrap());
    store.person(2u64).put("x", "", &1u8).unwrap();
    seen.push(store.digest().unwrap());
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 4);
}

#[test]
fn a_damaged_backup_is_refused_and_nothing_is_lost() {
    let (here, outside) = (folder(), folder());
    let store = filled(&here);
    let (path, _) = backed_up(&store, &outside);
    let before = store.digest().unwrap();
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(37) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(&path, bytes).unwrap();
        assert!(store.restore(&path, |_| {}).is_err(), "byte {at}");
    }
    for length in [0, 1, 15, 20, 52, whole.len() / 2, whole.len() - 33, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        let error = store.restore(&path, |_| {}).unwrap_err();
        println!("{length}: {error}");
        assert!(matches!(error, StoreError::BackupDamaged { .. } | StoreError::NotABackup { .. }));
    }
    fs::write(&path, [whole.as_slice(), b"x"].concat()).unwrap();
    assert!(matches!(store.restore(&path, |_| {}), Err(StoreError::BackupDamaged { .. })));
    assert_eq!(store.digest().unwrap(), before);
    fs::write(&path, whole).unwrap();
    store.restore(&path, |_| {}).unwrap();
    assert_eq!(store.digest().unwrap(), before);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let outside = folder();
    let dir = outside.path().join("data");
    let store = Store::open(&dir, &Settings::default()).unwrap();
    let (path, _) = backed_up(&store, &outside);
    for (path, mode) in [(dir, 0o700), (path, 0o600)] {
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
    }
}

#[test]
fn a_newer_backup_is_refused() {
    let (here, outside) = (folder(), folder());
    let store = filled(&here);
    let (path, _) = backed_up(&store, &outside);
    let mut bytes = fs::read(&path).unwrap();
    bytes[16] = 2;
    fs::write(&path, bytes).unwrap();
    assert!(matches!(store.restore(&path, |_| {}), Err(StoreError::NewerFormat { found: 2, .. })));
}

#[test]
fn a_backup_that_cannot_be_written_is_said_and_leaves_nothing() {
    let (here, outside) = (folder(), folder());
    let store = filled(&here);
    let path = outside.path().join("no/such/folder/backup");
    let error = store.backup(&path, |_| {}).unwrap_err();
    println!("{error}");
    assert!(matches!(error, StoreError::Io { .. }));
    fs::create_dir(outside.path().join("taken")).unwrap();
    assert!(store.backup(&outside.path().join("taken"), |_| {}).is_err());
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

#[test]
fn votes_go_on_while_a_backup_is_made() {
    let (here, outside) = (folder(), folder());
    let store = filled(&here);
    std::thread::scope(|scope| {
        let voting = scope.spawn(|| (0..50u64).filter(|id| store.person(100 + id).vote("c", "v", true).unwrap()).count());
        for _ in 0..5 {
            let (path, summary) = backed_up(&store, &outside);
            assert_eq!(BackupSummary::verify(&path).unwrap(), summary);
        }
        assert_eq!(voting.join().unwrap(), 50);
    });
    assert_eq!(store.tally("c", "v").unwrap().helpful, 50);
}
