//! Promise: a full or read-only disk is said in words, and what was acknowledged before stays.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::*;
use crate::store::StoreError;

/// A file system of a few megabytes, unmounted when dropped. Needs root.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mounted() -> Option<Self> {
        let dir = folder();
        let mounted = mount(&["-t", "tmpfs", "-o", "size=6m", "none"], "mount", dir.path());
        mounted.then(|| Self(dir))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        mount(&["-l"], "umount", self.0.path());
    }
}

fn mount(args: &[&str], program: &str, dir: &Path) -> bool {
    let outcome = Command::new(program).args(args).arg(dir).output();
    outcome.is_ok_and(|o| o.status.success())
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let Some(disk) = SmallDisk::mounted() else {
        println!("SKIPPED: no small tmpfs can be mounted here, so a full disk was NOT tested");
        return;
    };
    let store = open(&disk.0);
    publish(&store, "one", 20);
    store.person(1u64).vote("a", "v", true).unwrap();
    let error = fill_up(&store);
    println!("draft: {error}");
    assert!(matches!(error, StoreError::DiskFull { .. }), "{error:?}");
    assert_eq!(store.live().unwrap().iter::<Article>().flatten().count(), 20);
    assert!(store.person(2u64).vote("a", "v", true).unwrap(), "the abandoned draft gave its space back");

    let mut votes = 2;
    let path = disk.0.path().join("lost+found");
    let mut hog = std::fs::File::create(&path).unwrap();
    let error = loop {
        // Each time anew: the abandoned draft may still be giving its space back.
        take_all(&mut hog);
        match store.person(votes + 1).vote("a", "v", true) {
            Ok(_) => votes += 1,
            Err(error) => break error,
        }
    };
    println!("vote {votes}: {error}");
    assert!(matches!(error, StoreError::DiskFull { .. }), "{error:?}");
    // The store may meanwhile have found room for one more; what it acknowledges must be there later as well.
    let late = store.person(9_999u64).vote("a", "v", true).is_ok();
    assert_eq!(store.live().unwrap().get("topic/0001").unwrap(), Some(article(1)));
    assert!(store.tidy().is_err());
    drop(hog);
    std::fs::remove_file(path).unwrap();
    // It is called each minute; the abandoned draft may give its space back only now.
    let deadline = Instant::now() + Duration::from_secs(30);
    while let Err(error) = store.tidy() {
        assert!(Instant::now() < deadline, "it did not recover: {error}");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(store.person(10_000u64).vote("a", "v", true).unwrap(), "it did not recover");
    drop(store);
    let store = open(&disk.0);
    assert!(!store.person(10_000u64).vote("a", "v", true).unwrap());
    assert!(!late || !store.person(9_999u64).vote("a", "v", true).unwrap(), "the late vote is lost");
    for id in 1..=votes {
        assert!(!store.person(id).vote("a", "v", true).unwrap(), "vote {id} is lost");
    }
}

#[test]
fn a_read_only_disk_is_said() {
    let Some(disk) = SmallDisk::mounted() else {
        println!("SKIPPED: no small tmpfs can be mounted here, so a read-only disk was NOT tested");
        return;
    };
    publish(&open(&disk.0), "one", 2);
    assert!(mount(&["-o", "remount,ro"], "mount", disk.0.path()));
    let error = Store::open(disk.0.path(), &Settings::default()).unwrap_err();
    println!("{error}");
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
    assert!(mount(&["-o", "remount,rw"], "mount", disk.0.path()));
    assert_eq!(open(&disk.0).live().unwrap().len(), 2);
}

fn fill_up(store: &Store) -> StoreError {
    let mut draft = store.begin("two").unwrap();
    let mut noise = 1u64;
    for n in 0.. {
        let body: String = (0..4000).map(|_| random_letter(&mut noise)).collect();
        if let Err(error) = draft.put(&n.to_string(), &body) {
            return error;
        }
    }
    unreachable!()
}

fn random_letter(noise: &mut u64) -> char {
    *noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    char::from_u32(u32::try_from(0x4e00 + (*noise >> 33) % 20_000).unwrap()).unwrap()
}

/// Takes all the space that is left.
fn take_all(hog: &mut std::fs::File) {
    while std::io::Write::write_all(hog, &[0; 4096]).is_ok() {}
}
