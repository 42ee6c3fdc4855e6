//! The room's promises, one file each.

mod backups;
mod damage;
#[cfg(target_os = "linux")]
mod disk_trouble;
mod gaps;
#[cfg(target_os = "linux")]
mod kill;
mod measures;
mod opening;
mod revisions;
mod small_state;
mod together;
mod values;

use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use super::{Settings, Store, StoreError};

/// Stands in for whatever the callers keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Article {
    title: String,
    body: String,
}

fn article(n: usize) -> Article {
    Article { title: format!("第 {n} 篇怎么回事"), body: format!("正文 {n}。").repeat(20) }
}

fn folder() -> TempDir {
    TempDir::new().unwrap()
}

/// A test beside this one may just be starting a child, which holds what was open here until it becomes its program.
fn open(folder: &TempDir) -> Store {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        match Store::open(folder.path(), &Settings::default()) {
            Err(StoreError::Locked { .. }) if Instant::now() < deadline => thread::sleep(Duration::from_millis(10)),
            opened => return opened.unwrap(),
        }
    }
}

/// Publishes a revision of `articles` articles that all belong to its digest.
fn publish(store: &Store, digest: &str, articles: usize) {
    let mut draft = store.begin(digest).unwrap();
    for n in 0..articles {
        draft.put(&format!("topic/{n:04}"), &article(n)).unwrap();
    }
    draft.put_meta("source", &digest.to_owned()).unwrap();
    draft.publish("a test").unwrap();
}
