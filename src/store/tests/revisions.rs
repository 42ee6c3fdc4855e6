//! Promise: the live revision is whole, and either the old one or the new one.

use super::*;
use crate::store::StoreError;

#[test]
fn what_was_published_is_read_back_in_order() {
    let folder = folder();
    let store = open(&folder);
    assert!(store.live().is_none());
    publish(&store, "one", 50);
    let live = store.live().unwrap();
    assert_eq!((live.digest(), live.len()), ("one", 50));
    assert_eq!(live.get("topic/0007").unwrap(), Some(article(7)));
    assert_eq!(live.get::<Article>("topic/9999").unwrap(), None);
    assert_eq!(live.meta("source").unwrap(), Some("one".to_owned()));
    let all: Vec<(String, Article)> = live.iter().collect::<Result<_, _>>().unwrap();
    assert_eq!(all.len(), 50);
    assert_eq!(all[49], ("topic/0049".to_owned(), article(49)));
    assert!(all.is_sorted_by(|a, b| a.0 < b.0));
}

#[test]
fn it_is_there_after_a_restart() {
    let folder = folder();
    publish(&open(&folder), "one", 5);
    let live = open(&folder).live().unwrap();
    assert_eq!((live.digest(), live.iter::<Article>().count()), ("one", 5));
    assert_eq!(live.info().note, "a test");
}

#[test]
fn a_draft_that_was_not_published_leaves_nothing_behind() {
    let folder = folder();
    let store = open(&folder);
    publish(&store, "one", 5);
    let mut draft = store.begin("two").unwrap();
    draft.put("topic/1", &article(1)).unwrap();
    assert_eq!(revision_folders(&folder), 2);
    drop(draft);
    assert_eq!(revision_folders(&folder), 1);
    assert_eq!(store.live().unwrap().digest(), "one");
}

#[test]
fn what_a_killed_process_left_half_built_goes_at_the_next_start() {
    let folder = folder();
    publish(&open(&folder), "one", 5);
    std::fs::create_dir_all(folder.path().join("revisions/two-9/blobs")).unwrap();
    std::fs::create_dir_all(folder.path().join("state-9/blobs")).unwrap();
    let store = open(&folder);
    assert_eq!(revision_folders(&folder), 1);
    assert!(!folder.path().join("state-9").exists());
    assert_eq!(store.live().unwrap().digest(), "one");
}

#[test]
fn an_old_revision_can_be_made_live_again() {
    let folder = folder();
    let store = open(&folder);
    publish(&store, "one", 1);
    publish(&store, "two", 2);
    assert_eq!(store.make_live("one").unwrap().len(), 1);
    drop(store);
    let store = open(&folder);
    assert_eq!(store.live().unwrap().digest(), "one");
    let listed: Vec<(String, bool)> = store.revisions().unwrap().into_iter().map(|r| (r.digest, r.live)).collect();
    assert_eq!(listed, [("two".to_owned(), false), ("one".to_owned(), true)]);
    assert!(matches!(store.make_live("three"), Err(StoreError::NoRevision { .. })));
}

#[test]
fn only_so_many_revisions_are_kept() {
    let folder = folder();
    let settings = Settings { keep_revisions: 3, ..Settings::default() };
    let store = Store::open(folder.path(), &settings).unwrap();
    for n in 0..6 {
        publish(&store, &format!("r{n}"), 2);
    }
    let kept: Vec<String> = store.revisions().unwrap().into_iter().map(|r| r.digest).collect();
    assert_eq!(kept, ["r5", "r4", "r3"]);
    assert_eq!(revision_folders(&folder), 3);
}

#[test]
fn a_reader_finishes_with_the_revision_it_began_with() {
    let folder = folder();
    let settings = Settings { keep_revisions: 1, ..Settings::default() };
    let store = Store::open(folder.path(), &settings).unwrap();
    publish(&store, "one", 200);
    let old = store.live().unwrap();
    let mut reading = old.iter::<Article>();
    reading.next();
    publish(&store, "two", 3);
    assert_eq!(reading.flatten().count(), 199);
    assert_eq!(revision_folders(&folder), 2);
    drop(old);
    assert_eq!(revision_folders(&folder), 1);
}

#[test]
fn the_same_digest_can_be_built_again() {
    let folder = folder();
    let store = open(&folder);
    publish(&store, "one", 1);
    publish(&store, "one", 2);
    assert_eq!(store.live().unwrap().len(), 2);
    assert_eq!(store.revisions().unwrap().len(), 1);
}

#[test]
fn a_digest_that_is_no_folder_name_is_refused() {
    let folder = folder();
    let store = open(&folder);
    for bad in ["", "../x", "a/b", "版本"] {
        assert!(matches!(store.begin(bad), Err(StoreError::BadName { .. })), "{bad}");
    }
}

fn revision_folders(folder: &TempDir) -> usize {
    std::fs::read_dir(folder.path().join("revisions")).unwrap().count()
}
