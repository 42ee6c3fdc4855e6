//! Promise: `check` names every fault of a knowledge folder at once, with its file, its line and what to do.

use crate::support::program::{Home, Ran};
use serde_json::Value;
use std::fs::File;

const EAR: &str = "topics/ent/ear-itch.toml";
const HICCUP: &str = "topics/digestive/hiccup.toml";

/// What `check` says of the folder.
fn checked(home: &Home) -> Ran {
    home.run(&["check", &home.knowledge.path().to_string_lossy()])
}

/// That it says no, and names these.
#[track_caller]
fn refused(home: &Home, named: &[&str]) {
    let ran = checked(home);
    assert_eq!(ran.code, 1, "{}", ran.said());
    assert!(named.iter().all(|part| ran.out.contains(part)), "{named:?} in {}", ran.out);
}

#[test]
fn a_good_folder_passes_even_if_its_topics_name_each_other_in_a_circle() {
    let ran = checked(&Home::new());
    assert_eq!(ran.code, 0, "{}", ran.said());
    assert!(ran.out.contains("0 处错误") && ran.out.contains("4 个主题"), "{}", ran.out);
}

#[test]
fn an_unknown_key_is_named_with_its_line() {
    let home = Home::new();
    home.knowledge.change(EAR, "departments =", "departmnets =");
    refused(&home, &["ear-itch.toml:4", "departmnets"]);
}

#[test]
fn a_missing_part_is_named() {
    let home = Home::new();
    home.knowledge.change(EAR, "departments = [\"耳鼻喉科\"]\n", "");
    refused(&home, &["ear-itch.toml", "缺少", "departments"]);
}

#[test]
fn a_wrong_date_is_named_with_its_line() {
    let home = Home::new();
    home.knowledge.change(EAR, "published = 2026-11-23", "published = \"2026年11月\"");
    refused(&home, &["ear-itch.toml:36", "2026年11月"]);
}

#[test]
fn broken_utf8_is_named_with_its_line() {
    let home = Home::new();
    home.knowledge.write(HICCUP, b"id = \"hiccup\"\nname = \"\xe6\x89\x93\xff\"\n");
    refused(&home, &["hiccup.toml:2", "不是 UTF-8"]);
}

#[test]
fn a_file_of_50_mb_is_refused_by_its_size() {
    let home = Home::new();
    let huge = File::create(home.knowledge.file("topics/ent/huge.toml")).expect("a file");
    huge.set_len(50 * 1024 * 1024).expect("a sparse file");
    refused(&home, &["huge.toml", "50 MB"]);
}

#[test]
fn two_topics_with_one_id_are_both_named() {
    let home = Home::new();
    home.knowledge.change(HICCUP, "id = \"hiccup\"", "id = \"ear-itch\"");
    refused(&home, &["id “ear-itch”已经在", "hiccup.toml"]);
}

#[test]
fn an_ask_of_two_articles_is_named() {
    let home = Home::new();
    home.knowledge.change(EAR, "asks = [", "asks = [\"打嗝怎么止住\", ");
    refused(&home, &["打嗝怎么止住", "hiccup/treatment"]);
}

#[test]
fn a_related_topic_that_is_not_there_and_one_that_is_itself_are_named() {
    let home = Home::new();
    home.knowledge.change(EAR, "id = \"hiccup\"", "id = \"hicup\"");
    home.knowledge.change(HICCUP, "id = \"ear-itch\"", "id = \"hiccup\"");
    refused(&home, &["hicup", "相关主题写成了自己"]);
}

#[test]
fn what_may_not_be_said_is_named() {
    let home = Home::new();
    home.knowledge.change(EAR, "先停下来不掏", "没事的，先停下来不掏");
    home.knowledge.change(HICCUP, "慢慢喝几口温水", "每次吃 2 片");
    refused(&home, &["ear-itch.toml", "没事的", "hiccup.toml", "2 片"]);
}

#[test]
fn a_region_without_an_emergency_number_is_refused() {
    let home = Home::new();
    home.knowledge.change("regions.toml", "ambulance = \"120\"", "ambulance = \"\"");
    refused(&home, &["中国大陆没有急救电话"]);
}

#[test]
fn a_red_flag_whose_example_does_not_fire_is_named() {
    let home = Home::new();
    home.knowledge.change("red_flags/heart/chest-pain.toml", "examples = [", "examples = [\n    \"今天心情不错\",");
    refused(&home, &["chest-pain.toml", "今天心情不错"]);
}

#[test]
fn every_fault_is_listed_at_once_and_as_json_too() {
    let home = Home::new();
    home.knowledge.change(EAR, "name = ", "nmae = ");
    home.knowledge.change(HICCUP, "departments = [\"消化内科\"]", "departments = []");
    home.knowledge.write("topics/nowhere/x.toml", "x");
    let ran = home.run(&["check", "--json", &home.knowledge.path().to_string_lossy()]);
    let faults = ran.json();
    for file in ["ear-itch.toml", "hiccup.toml", "x.toml"] {
        let named = faults.iter().any(|fault| fault["path"].as_str().is_some_and(|path| path.ends_with(file)));
        assert!(named, "{file} in {}", ran.out);
    }
    let whole = |fault: &Value| ["line", "message", "advice", "severity"].iter().all(|key| !fault[key].is_null());
    assert!(ran.code == 1 && faults.iter().all(whole), "{}", ran.out);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let ran = Home::new().run(&["check", "nowhere"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("nowhere:1: 没有这个知识文件夹"), "{}", ran.said());
}
