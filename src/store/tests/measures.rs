//! Not promises but figures: `cargo test measures -- --nocapture`, and `--ignored` for the long one.

use std::time::{Duration, Instant};

use super::*;

/// About 4 KB of text that does not repeat itself.
fn long_article(n: usize) -> Article {
    let letter = |i: usize| char::from_u32(0x4e00 + u32::try_from((n * 7919 + i * i * 31 + i) % 3000).unwrap());
    Article { title: format!("第 {n} 篇怎么回事"), body: (0..1333).filter_map(letter).collect() }
}

fn load(store: &Store, articles: usize) {
    let mut draft = store.begin("load").unwrap();
    for n in 0..articles {
        draft.put(&format!("topic/{n:07}"), &long_article(n)).unwrap();
    }
    draft.publish("").unwrap();
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let out = work();
    println!("{what}: {:?}", start.elapsed());
    out
}

fn measure(articles: usize) {
    let folder = folder();
    let store = open(&folder);
    timed(&format!("load and publish {articles}"), || {
        load(&store, articles);
    });
    timed("close", || drop(store));
    println!("on disk: {} KB", open(&folder).size_on_disk() / 1024);
    let store = timed("open", || open(&folder));
    let live = store.live().unwrap();
    for _ in 0..2 {
        let read = timed("iterate", || live.iter::<Article>().flatten().count());
        assert_eq!(read, articles);
    }
    let start = Instant::now();
    for n in 0..1000 {
        live.get::<Article>(&format!("topic/{:07}", n * 7919 % articles)).unwrap().unwrap();
    }
    println!("get: {:?}", start.elapsed() / 1000);
}

#[test]
fn three_hundred_articles() {
    measure(300);
}

#[test]
#[ignore = "long"]
fn a_hundred_thousand_articles() {
    measure(100_000);
}

#[test]
fn durable_votes() {
    let folder = folder();
    let store = open(&folder);
    for writers in [1u64, 16] {
        let start = Instant::now();
        std::thread::scope(|scope| {
            for writer in 0..writers {
                let store = &store;
                scope.spawn(move || {
                    for n in 0..200 {
                        store.person(writers * 1_000_000 + writer * 1000 + n).vote("a", "v", true).unwrap();
                    }
                });
            }
        });
        let rate = f64::from(u32::try_from(writers * 200).unwrap()) / start.elapsed().as_secs_f64();
        println!("{writers} writers: {rate:.0} votes a second");
    }
    let start = Instant::now();
    for n in 0..100_000u64 {
        store.add("views", if n % 2 == 0 { "a" } else { "b" }, 1).unwrap();
    }
    println!("count in memory: {:?} each", start.elapsed() / 100_000);
    timed("flush counters", || store.flush_counters().unwrap());
    assert!(start.elapsed() < Duration::from_mins(1));
}
