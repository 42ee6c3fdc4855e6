//! The shipped knowledge, loaded once for all tests that only read it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use wenzheng::answer::{Answer, Asker};
use wenzheng::engine::{Engine, Live, Settings};
use wenzheng::knowledge::{Date, Knowledge, load};

/// The folder of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The shipped knowledge folder.
pub fn folder() -> PathBuf {
    root().join("knowledge")
}

/// The live engine that tests share.
pub fn live() -> Arc<Live> {
    static LIVE: LazyLock<Arc<Live>> = LazyLock::new(|| Arc::new(Live::new(build(load(&folder()).knowledge))));
    Arc::clone(&LIVE)
}

/// The engine that tests share.
pub fn engine() -> Arc<Engine> {
    live().engine()
}

/// Somebody whose region is not known.
pub fn asker() -> Asker {
    Asker::new(None, Date::today())
}

/// The id of the article that answers a question, or the kind of what answers it instead.
pub fn answered_by(question: &str) -> String {
    match engine().answer(question, &asker()).answer {
        Answer::Article(article) => article.id,
        other => format!("{:?}", other.kind()),
    }
}

/// Every knowledge file as one text.
pub fn every_word() -> &'static str {
    static WORDS: LazyLock<String> = LazyLock::new(|| {
        let (mut folders, mut words) = (vec![folder()], String::new());
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("the shipped folder can be read").flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else {
                    words.push_str(&fs::read_to_string(entry.path()).unwrap_or_default());
                }
            }
        }
        words
    });
    &WORDS
}

fn build(knowledge: Knowledge) -> Engine {
    Engine::new(knowledge, Settings::default()).expect("the shipped knowledge stands")
}
