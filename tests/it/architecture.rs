//! Promise: the house stands as ARCHITECTURE.md draws it: floors, doors, and one home for each outside crate.

use crate::support::shipped::root;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms by floor; a room imports only from lower ones.
const FLOORS: &[(u8, &[&str])] = &[
    (1, &["text", "store", "emulator", "cli", "metrics"]),
    (2, &["knowledge"]),
    (3, &["triage", "search"]),
    (4, &["answer"]),
    (5, &["engine", "render"]),
    (6, &["reload"]),
    (7, &["telegram"]),
    (8, &["config"]),
    (9, &["commands"]),
    (10, &["main"]),
];

/// Sync and pure.
const CORE: &[&str] = &["text", "knowledge", "triage", "search", "answer", "engine", "render"];

/// Longest file, in lines.
const LONGEST: usize = 400;

/// A source file and its code, without comments.
struct Source {
    /// Below src/.
    path: PathBuf,
    text: String,
}

impl Source {
    /// The room it is in; lib.rs is none.
    fn room(&self) -> String {
        let first = self.path.components().next().expect("a path");
        first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
    }

    /// Its lines that are not comments.
    fn code(&self) -> impl Iterator<Item = &str> {
        self.text.lines().filter(|line| !line.trim_start().starts_with("//"))
    }

    /// Whether its code names a crate or module by `name::`, `use name;` or an attribute.
    fn names(&self, name: &str) -> bool {
        let named = |line: &str| {
            line.match_indices(name).any(|(at, _)| {
                let before = line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"');
                let after = &line[at + name.len()..];
                !before && (after.starts_with("::") || after.starts_with(';'))
            })
        };
        self.code().any(named)
    }

    /// The rooms of this crate that its code names after `crate::` (in the program itself, after `wenzheng::`).
    fn imports(&self) -> Vec<String> {
        let code = self.code().collect::<Vec<_>>().join("\n");
        let prefix = if self.room() == "main" { "wenzheng::" } else { "crate::" };
        let named = code.match_indices(prefix).flat_map(|(at, _)| {
            let rest = &code[at + prefix.len()..];
            let several = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
            let names = several.map_or_else(|| vec![rest], |(inside, _)| inside.split(',').collect());
            let word = |name: &str| name.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>();
            names.into_iter().map(word).collect::<Vec<_>>()
        });
        named.filter(|name| floor(name).is_some()).collect()
    }
}

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(_, rooms)| rooms.contains(&room)).map(|(floor, _)| *floor)
}

fn sources() -> Vec<Source> {
    let (src, mut folders, mut sources) = (root().join("src"), vec![root().join("src")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of src").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                sources.push(Source { path: path.strip_prefix(&src).expect("below src").to_owned(), text });
            }
        }
    }
    assert!(sources.len() > 100, "{} files", sources.len());
    sources
}

/// Files for which something holds, by path.
fn where_it_holds(holds: impl Fn(&Source) -> bool) -> Vec<String> {
    let mut found: Vec<String> = sources().iter().filter(|source| holds(source)).map(|source| source.path.display().to_string()).collect();
    found.sort();
    found
}

const NOWHERE: [&str; 0] = [];

#[test]
fn every_room_has_a_floor() {
    let rooms = fs::read_dir(root().join("src")).expect("src").flatten().filter(|entry| entry.path().is_dir());
    let homeless: Vec<_> =
        rooms.map(|entry| entry.file_name().to_string_lossy().into_owned()).filter(|room| floor(room).is_none()).collect();
    assert_eq!(homeless, NOWHERE);
}

#[test]
fn a_room_imports_only_from_lower_floors() {
    let (sources, mut looked_at) = (sources(), 0);
    let wrong = sources.iter().filter(|source| source.path != Path::new("lib.rs")).flat_map(|source| {
        let (room, imports) = (source.room(), source.imports());
        looked_at += imports.len();
        let up = imports.into_iter().filter(|other| *other != room && floor(other) >= floor(&room)).collect::<Vec<_>>();
        up.into_iter().map(|other| format!("{} imports {other}", source.path.display())).collect::<Vec<_>>()
    });
    assert_eq!(wrong.collect::<Vec<_>>(), NOWHERE);
    assert!(looked_at > 100, "{looked_at} imports were looked at");
}

#[test]
fn the_core_is_sync_and_pure() {
    let outside = ["tokio", "teloxide", "sled", "axum", "reqwest"];
    let impure = |source: &Source| CORE.contains(&source.room().as_str()) && outside.iter().any(|name| source.names(name));
    assert_eq!(where_it_holds(impure), NOWHERE);
}

#[test]
fn one_outside_crate_has_one_home() {
    assert_eq!(where_it_holds(|source| source.names("jieba_rs")), ["text/segment.rs"]);
    assert_eq!(where_it_holds(|source| source.names("sled")), ["store/database.rs"]);
    assert_eq!(where_it_holds(|source| source.names("plotters")), ["metrics/picture.rs"]);
    assert_eq!(where_it_holds(|source| source.names("zip")), ["reload/parcel.rs"]);
    assert_eq!(where_it_holds(|source| source.names("ferrous_opencc")).len(), 1);
    assert_eq!(where_it_holds(|source| source.names("teloxide") && source.room() != "telegram"), NOWHERE);
    assert_eq!(
        where_it_holds(|source| source.names("axum") && !["telegram", "emulator", "metrics"].contains(&source.room().as_str())),
        NOWHERE
    );
}

#[test]
fn every_call_to_the_bot_api_is_in_one_file() {
    let calls = |source: &Source| source.room() == "telegram" && (source.names("reqwest") || source.names("payloads"));
    assert_eq!(where_it_holds(calls), ["telegram/api.rs"]);
}

#[test]
fn only_the_configuration_reads_the_environment() {
    let reads = |source: &Source| {
        source.code().any(|line| line.contains("env::var") || line.contains("env::args") || line.contains("use std::env"))
    };
    assert_eq!(where_it_holds(reads), ["config/read.rs"]);
}

#[test]
fn the_emulator_is_a_second_witness() {
    let echoes = |source: &Source| {
        source.room() == "emulator" && (source.names("teloxide") || source.imports().iter().any(|room| room != "emulator"))
    };
    assert_eq!(where_it_holds(echoes), NOWHERE);
}

#[test]
fn neither_render_nor_a_file_of_telegram_sees_a_knowledge_file() {
    let loads = |source: &Source| {
        ["render", "telegram"].contains(&source.room().as_str())
            && source.code().any(|line| line.contains("knowledge::load") || line.contains("toml::"))
    };
    assert_eq!(where_it_holds(loads), NOWHERE);
}

/// What remains of a file when comments, attributes, `mod` and `use` are taken away.
fn remains(source: &Source) -> String {
    let code = source.code().filter(|line| !line.trim_start().starts_with("#[")).collect::<Vec<_>>().join(" ");
    let statements = code.split_inclusive(';').map(str::trim).filter(|statement| !statement.is_empty());
    let door = |statement: &str| {
        let bare = statement.trim_start_matches("pub ").trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
        (bare.starts_with("mod ") || bare.starts_with("use ")) && bare.ends_with(';')
    };
    statements.filter(|statement| !door(statement)).collect()
}

#[test]
fn a_room_is_entered_by_a_door_that_holds_no_code() {
    let doors = |source: &Source| source.path.ends_with("mod.rs") && !source.path.ends_with("tests/mod.rs");
    assert_eq!(where_it_holds(|source| doors(source) && !remains(source).is_empty()), NOWHERE);
    assert!(where_it_holds(doors).len() >= 14);
}

#[test]
fn every_door_says_first_what_the_room_is() {
    assert_eq!(where_it_holds(|source| source.path.ends_with("mod.rs") && !source.text.starts_with("//! ")), NOWHERE);
}

#[test]
fn no_file_is_longer_than_can_be_read_at_once() {
    assert_eq!(where_it_holds(|source| source.text.lines().count() > LONGEST), NOWHERE);
}
