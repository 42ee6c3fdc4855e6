//! Promise: what people write is neither stored nor logged, and what is said about that is true.

use crate::support::bot::{Asks, Bot};
use crate::support::program::Home;
use crate::support::seen::phrases;
use crate::support::shipped;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::time::Duration;
use wenzheng::emulator::Emulator;
use wenzheng::store::{Settings, Store};

/// A word that stands in no knowledge file.
const MARK: &str = "紫鹿";
/// Counters that the bot keeps.
const COUNTERS: [&str; 3] = ["asked", "gaps", "views"];

/// What the scripted conversations say, every third with a mark in it.
fn script() -> Vec<String> {
    let lines = include_str!("../gold/dialogues.jsonl").lines();
    let turns = lines.flat_map(|line| {
        let conversation: Value = serde_json::from_str(line).expect("every line is a conversation");
        conversation["turns"].as_array().cloned().unwrap_or_default()
    });
    let said = turns.enumerate().map(|(nth, turn)| {
        let said = turn["say"].as_str().expect("what is said");
        if nth % 3 == 0 { format!("{MARK}{nth}号，{said}") } else { said.to_owned() }
    });
    said.collect()
}

/// Every file below a folder, as bytes.
fn bytes_below(folder: &Path, into: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => bytes_below(&path, into),
            path => into.extend(fs::read(path).expect("a file")),
        }
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn after_two_hundred_messages_neither_disk_nor_log_holds_a_sentence_of_them() {
    let telegram = Emulator::start(([127, 0, 0, 1], 0).into()).await.expect("a free port");
    telegram.set_patience(Duration::from_secs(60));
    let home = Home::new();
    home.write("config.toml", "[telegram]\nburst = 1000\n");
    let folder = shipped::folder();
    let running = home.serve(&telegram, telegram.token(), &["-vv", "--knowledge", &folder.to_string_lossy()]);
    let lin = telegram.person(7, "小林");
    let script = script();
    assert!(script.len() >= 200);
    for said in &script {
        lin.asks(said).await;
    }
    running.signal("TERM");
    let (status, log) = running.ends().await;
    assert!(status.success() && log.contains("已连上 Telegram"), "{log}");
    let mut disk = Vec::new();
    bytes_below(&home.file("data"), &mut disk);
    assert!(!disk.is_empty());
    let own = |said: &&String| said.chars().count() >= 5 && !shipped::every_word().contains(said.as_str());
    let sentences: Vec<&String> = script.iter().filter(own).collect();
    assert!(sentences.len() > 100, "enough that no knowledge file holds: {}", sentences.len());
    for said in sentences.into_iter().map(String::as_str).chain([MARK]) {
        assert!(!log.contains(said) && !holds(&disk, said), "{said}");
    }
    // Values on the disk are compressed: what the store gives is looked at as well.
    let store = Store::open(&home.file("data"), &Settings::default()).expect("the store");
    let counted: Vec<String> = COUNTERS.iter().flat_map(|name| store.counts(name).expect("counts")).map(|(key, _)| key).collect();
    assert!(!counted.is_empty() && counted.iter().all(|key| key.is_ascii()), "{counted:?}");
    let held = store.person(7).forget().expect("the store forgets");
    assert!(held.values.is_empty() && held.votes == 0, "{held:?}");
}

#[tokio::test]
async fn privacy_says_what_the_session_holds_and_forget_removes_it() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let told = lin.asks("/privacy").await.text;
    assert!(["不保存", "正在聊的话题", "十五分钟", "/forget"].iter().all(|words| told.contains(words)), "{told}");
    lin.asks("失眠怎么办").await;
    let forgot = lin.asks("/forget").await.text;
    assert!(forgot.contains("话题（失眠）"), "{forgot}");
    assert!(lin.asks("/forget").await.text.contains(&phrases().forget_nothing));
    assert!(lin.asks("/why").await.text.contains(&phrases().why_nothing));
}
