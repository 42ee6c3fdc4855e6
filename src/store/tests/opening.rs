//! Promise: what cannot be opened is refused in words, and nothing in it is touched.

use std::error::Error;
use std::fs;
use std::path::Path;

use super::*;
use crate::store::StoreError;

fn refusal(dir: &Path) -> StoreError {
    let error = Store::open(dir, &Settings::default()).unwrap_err();
    println!("{error}");
    assert!(error.to_string().contains(&*dir.to_string_lossy()));
    error
}

#[test]
fn a_second_opener_is_told_in_words() {
    let folder = folder();
    let _store = open(&folder);
    let error = refusal(folder.path());
    assert!(matches!(error, StoreError::Locked { .. }));
    assert!(error.to_string().contains(&std::process::id().to_string()));
}

#[test]
fn it_can_be_opened_again_at_once() {
    let folder = folder();
    for n in 0..20u32 {
        let store = open(&folder);
        publish(&store, "one", 3);
        store.put_setting("n", "", &n).unwrap();
    }
}

#[test]
fn a_file_in_place_of_the_folder_is_refused() {
    let folder = folder();
    let path = folder.path().join("file");
    fs::write(&path, "mine").unwrap();
    assert!(matches!(refusal(&path), StoreError::NotAFolder { .. }));
    assert!(matches!(refusal(&path.join("below")), StoreError::NotAFolder { .. }));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn a_folder_of_something_else_is_refused_and_not_touched() {
    let folder = folder();
    fs::write(folder.path().join("thesis.doc"), "mine").unwrap();
    assert!(matches!(refusal(folder.path()), StoreError::NotAStore { .. }));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_made_it_is_said() {
    let error = refusal(Path::new("/proc/wenzheng"));
    assert!(error.source().is_some());
}

#[test]
fn a_newer_format_is_refused() {
    let folder = folder();
    drop(open(&folder));
    let manifest = folder.path().join("wenzheng-store");
    fs::write(&manifest, "wenzheng store\nformat 2\nsomething else\n").unwrap();
    assert!(matches!(refusal(folder.path()), StoreError::NewerFormat { found: 2, known: 1, .. }));
}

#[test]
fn a_manifest_that_makes_no_sense_is_refused() {
    let folder = folder();
    drop(open(&folder));
    let manifest = folder.path().join("wenzheng-store");
    for nonsense in ["", "hello", "wenzheng store\nformat x", "wenzheng store\nformat 1\n", "\u{0}\u{0}"] {
        fs::write(&manifest, nonsense).unwrap();
        assert!(matches!(refusal(folder.path()), StoreError::Corrupt { .. }));
    }
}

#[test]
fn a_lost_manifest_loses_nothing() {
    let folder = folder();
    open(&folder).put_setting("n", "", &7u8).unwrap();
    fs::remove_file(folder.path().join("wenzheng-store")).unwrap();
    assert_eq!(open(&folder).setting("n", "").unwrap(), Some(7u8));
}

#[test]
fn a_missing_state_is_not_taken_for_an_empty_one() {
    let folder = folder();
    drop(open(&folder));
    fs::remove_dir_all(folder.path().join("state-1")).unwrap();
    assert!(matches!(refusal(folder.path()), StoreError::Corrupt { .. }));
}
