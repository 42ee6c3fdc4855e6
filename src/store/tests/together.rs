//! Promise: many at once do not hinder each other, and space is given back.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::*;

#[test]
fn all_at_once_nothing_is_lost_and_nobody_waits_for_ever() {
    let (folder, outside) = (folder(), folder());
    let store = open(&folder);
    let (stop, votes, views) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let vote = |n| {
        assert!(store.person(n).vote("a", "v", true).unwrap());
        votes.fetch_add(1, Ordering::SeqCst);
    };
    let view = |_| {
        store.add("views", "a", 1).unwrap();
        views.fetch_add(1, Ordering::SeqCst);
        thread::sleep(Duration::from_micros(50));
    };
    let swap = |n| publish(&store, &format!("r{n}"), 20);
    let read = |_| {
        if let Some(live) = store.live() {
            assert_eq!(live.iter::<Article>().flatten().count(), 20);
        }
    };
    let compact = |_| {
        store.compact().unwrap();
        thread::sleep(Duration::from_millis(20));
    };
    let tidy = |_| store.tidy().unwrap();
    let backup = |_| drop(store.backup(&outside.path().join("b"), |_| {}).unwrap());
    let jobs: [&(dyn Fn(u64) + Sync); 7] = [&vote, &view, &swap, &read, &compact, &tidy, &backup];
    thread::scope(|scope| {
        for job in jobs {
            let stop = &stop;
            scope.spawn(move || {
                let mut n = 0;
                while !stop.load(Ordering::SeqCst) {
                    n += 1;
                    job(n);
                }
            });
        }
        thread::sleep(Duration::from_secs(2));
        stop.store(true, Ordering::SeqCst);
    });
    drop(store);
    let store = open(&folder);
    assert_eq!(store.tally("a", "v").unwrap().helpful, votes.load(Ordering::SeqCst));
    assert_eq!(store.count("views", "a").unwrap(), views.load(Ordering::SeqCst));
    println!("{votes:?} votes, {views:?} views, {} revisions", store.revisions().unwrap().len());
}

#[test]
fn hundreds_of_swaps_leave_no_more_than_a_few() {
    let folder = folder();
    let settings = Settings { keep_revisions: 2, compact_above_mb: 1, ..Settings::default() };
    let store = Store::open(folder.path(), &settings).unwrap();
    let start = Instant::now();
    for n in 0..150u64 {
        publish(&store, &format!("r{n}"), 100);
        for id in 0..5 {
            store.person(n * 5 + id).vote("a", "v", true).unwrap();
        }
        store.tidy().unwrap();
    }
    let size = store.size_on_disk();
    println!("150 swaps and 750 votes: {} KB, {:?}", size / 1024, start.elapsed());
    assert!(size < 8 * 1024 * 1024);
}
