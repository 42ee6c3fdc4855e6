//! Promise: what is kept can be saved, put back and counted; a folder has one user at a time; nothing is overwritten.

use crate::support::program::Home;
use std::fs;
use wenzheng::store::{Settings, Store};

/// A store in which something happened.
fn used(home: &Home) -> Store {
    let store = Store::open(&home.file("data"), &Settings::default()).expect("a store");
    store.add("asked", "answer", 3).expect("counted");
    store.add("views", "ear-itch/treatment", 2).expect("counted");
    store.person(7_i64).vote("ear-itch/treatment", "v1", false).expect("voted");
    store.flush_counters().expect("written");
    store
}

#[test]
fn what_was_asked_and_voted_is_told_as_numbers() {
    let home = Home::new();
    drop(used(&home));
    let stats = home.run(&["stats", "--json"]).out;
    assert!(stats.starts_with("{\"count\":3,\"kind\":\"answer\"}\n{\"article\":\"ear-itch/treatment\",\"count\":2}\n"), "{stats}");
    let text = home.run(&["stats"]).out;
    assert!(text.lines().any(|line| line == "直接作答：3") && text.lines().any(|line| line == "ear-itch：2"), "{text}");
    let weak = home.run(&["weak", "--json"]);
    assert_eq!((weak.code, weak.json()[0]["unhelpful"].as_u64()), (0, Some(1)), "{}", weak.said());
}

#[test]
fn a_backup_restores_the_store_and_a_damaged_one_is_refused_with_one() {
    let (home, other) = (Home::new(), Home::new());
    drop(used(&home));
    let backup = home.file("backup").to_string_lossy().into_owned();
    assert_eq!(home.run(&["backup", &backup]).code, 0);
    assert_eq!(other.run(&["restore", &backup]).code, 0);
    assert_eq!(other.run(&["stats", "--json"]).out, home.run(&["stats", "--json"]).out);
    let mut bytes = fs::read(&backup).expect("the backup");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let damaged = home.write("damaged", bytes);
    let ran = other.run(&["restore", &damaged]);
    assert_eq!(ran.code, 1, "{}", ran.said());
    assert_eq!(other.run(&["stats", "--json"]).out, home.run(&["stats", "--json"]).out, "as before");
}

#[test]
fn a_second_user_of_a_folder_is_told_so_and_questions_are_answered_all_the_same() {
    let home = Home::new();
    let _first = used(&home);
    for command in [&["stats"][..], &["import", "-"], &["serve"], &["playground", "--port", "0"]] {
        let ran = home.run(command);
        assert!(ran.code == 2 && ran.err.contains("正被另一个进程使用"), "{command:?}: {ran:?}");
    }
    assert!(home.run(&["ask", "耳朵痒怎么办"]).out.contains("先不要掏"));
}

#[test]
fn a_folder_of_something_else_is_not_touched() {
    let home = Home::new();
    fs::create_dir(home.file("data")).expect("a folder");
    fs::write(home.file("data/letter.txt"), "dear").expect("a file");
    let ran = home.run(&["stats"]);
    assert!(ran.code == 2 && ran.err.contains("letter.txt"), "{ran:?}");
}

#[test]
fn a_file_in_place_of_the_folder_is_named() {
    let home = Home::new();
    home.write("data", "x");
    let ran = home.run(&["stats"]);
    assert!(ran.code == 2 && ran.err.contains("不是目录"), "{ran:?}");
}

#[test]
fn a_new_topic_is_refused_by_check_until_it_is_filled_in() {
    let home = Home::new();
    assert_eq!(home.run(&["new", "手汗", "--id", "sweaty-hands", "--system", "skin"]).code, 0);
    let ran = home.run(&["check", &home.knowledge.path().to_string_lossy()]);
    assert!(ran.code == 1 && ran.out.contains("sweaty-hands.toml:"), "{ran:?}");
}

#[test]
fn a_new_topic_has_every_part_to_fill_in_and_is_not_overwritten() {
    let home = Home::new();
    let command = ["new", "手汗", "--id", "sweaty-hands", "--system", "skin"];
    let ran = home.run(&command);
    let path = home.knowledge.file("topics/skin/sweaty-hands.toml");
    assert_eq!((ran.code, ran.out.trim_end()), (0, path.to_string_lossy().as_ref()), "{}", ran.err);
    let written = fs::read_to_string(&path).expect("the file");
    assert!(
        ["sweaty-hands", "手汗", "[care]", "[review]", "[[articles]]", "[[articles.points]]"].iter().all(|part| written.contains(part))
    );
    fs::write(&path, written.clone() + "# mine\n").expect("an edit");
    assert_eq!(home.run(&command).code, 2);
    assert!(fs::read_to_string(&path).expect("the file").ends_with("# mine\n"));
}

#[test]
fn the_schema_for_editors_names_every_part_of_a_topic() {
    let ran = Home::new().run(&["schema"]);
    let schema: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let parts = schema["properties"].as_object().expect("properties");
    assert!(["id", "name", "care", "red_flags", "articles", "review"].iter().all(|part| parts.contains_key(*part)), "{parts:?}");
}
