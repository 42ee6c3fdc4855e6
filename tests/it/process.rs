//! Promise: the program, started as an operator starts it, ends cleanly, explains what is wrong in words, and prints
//! neither the token nor what people write.

use crate::support::bot::Asks;
use crate::support::program::Home;
use std::fs;
use std::path::Path;
use std::time::Duration;
use wenzheng::emulator::{Emulator, Fault};

const QUESTION: &str = "耳朵痒怎么办";

async fn telegram() -> Emulator {
    let telegram = Emulator::start(([127, 0, 0, 1], 0).into()).await.expect("a free port");
    telegram.set_patience(Duration::from_secs(30));
    telegram
}

#[tokio::test]
async fn at_sigterm_every_answer_in_flight_arrives_and_is_acknowledged() {
    let (home, telegram) = (Home::new(), telegram().await);
    let running = home.serve(&telegram, telegram.token(), &[]);
    let lin = telegram.person(7, "小林");
    telegram.faults().always("sendMessage", Fault::Slow(Duration::from_millis(50)));
    for _ in 0..10 {
        lin.says(QUESTION).await;
    }
    lin.hears().await;
    running.signal("TERM");
    let (status, log) = running.ends().await;
    for nth in 1..10 {
        assert!(lin.hears().await.text.starts_with(QUESTION), "answer {nth}: {log}");
    }
    assert!(status.success() && telegram.pending() == 0, "{status}: {} unacknowledged: {log}", telegram.pending());
}

#[tokio::test]
async fn a_wrong_token_is_explained_and_never_printed() {
    let (home, telegram) = (Home::new(), telegram().await);
    let token = "987654321:AAVeryWrongTokenThatNobodyMaySee";
    let (status, log) = home.serve(&telegram, token, &["-vv"]).ends().await;
    assert_eq!(status.code(), Some(2), "{log}");
    assert!(log.contains("不认这个令牌") && log.contains("TELOXIDE_TOKEN"), "{log}");
    assert!(!log.contains("VeryWrongToken"), "{log}");
}

#[tokio::test]
async fn a_second_poller_is_explained_and_the_bot_goes_on() {
    let (home, telegram) = (Home::new(), telegram().await);
    let running = home.serve(&telegram, telegram.token(), &[]);
    let lin = telegram.person(7, "小林");
    lin.asks(QUESTION).await;
    // The next poll of the bot acknowledges the question; only then there is a poll to displace.
    while telegram.pending() > 0 {
        tokio::task::yield_now().await;
    }
    let other = format!("{}/bot{}/getUpdates", telegram.url(), telegram.token());
    reqwest::get(other).await.expect("the other one polls");
    lin.asks(QUESTION).await;
    running.signal("TERM");
    let (_, log) = running.ends().await;
    assert!(log.contains("409") && log.contains("只能有一个实例"), "{log}");
}

/// Whether any file below a folder holds the bytes.
fn holds(folder: &Path, bytes: &[u8]) -> bool {
    fs::read_dir(folder).expect("a folder").flatten().any(|entry| match entry.path() {
        path if path.is_dir() => holds(&path, bytes),
        path => fs::read(path).expect("a file").windows(bytes.len()).any(|window| window == bytes),
    })
}

#[tokio::test]
async fn neither_log_nor_disk_holds_a_word_of_anybody_or_the_token() {
    let (home, telegram) = (Home::new(), telegram().await);
    let running = home.serve(&telegram, telegram.token(), &["-vv"]);
    let lin = telegram.person(7, "小林");
    telegram.faults().next("sendMessage", 1, Fault::BadGateway);
    telegram.faults().next("sendMessage", 1, Fault::Status { code: 400, description: "Bad Request: odd".to_owned() });
    for said in ["紫色长颈鹿的耳朵痒怎么办", "/start 紫色长颈鹿", "/紫色长颈鹿", "紫色长颈鹿胸口剧痛，喘不上气"]
    {
        lin.says(said).await;
    }
    telegram.inject_raw(serde_json::json!({"message": {"text": "紫色长颈鹿", "chat": 5}}));
    lin.presses_data(1, "a:紫色长颈鹿").await;
    assert!(lin.asks("打嗝怎么办").await.text.len() > 9 && lin.sees_notice().await.is_some());
    running.signal("TERM");
    let (_, log) = running.ends().await;
    let secret = telegram.token().split_once(':').expect("a colon").1;
    assert!(log.contains("已连上 Telegram") && log.contains("发送失败"), "the trouble is told: {log}");
    assert!(!log.contains("紫色长颈鹿") && !log.contains("打嗝怎么办") && !log.contains(secret), "{log}");
    assert!(!holds(&home.file("data"), "紫色长颈鹿".as_bytes()) && !holds(&home.file("data"), secret.as_bytes()));
}

#[tokio::test]
async fn without_a_token_it_says_so_and_opens_the_playground() {
    let (home, telegram) = (Home::new(), telegram().await);
    let mut running = home.serve(&telegram, "", &[]);
    running.prints("已连上 Telegram").await;
    running.signal("INT");
    let (status, log) = running.ends().await;
    assert!(status.success() && log.contains("没有设置 TELOXIDE_TOKEN") && log.contains("http://127.0.0.1:"), "{status}: {log}");
}

#[tokio::test]
async fn a_changed_file_is_noticed_and_a_broken_one_keeps_the_old_knowledge() {
    let (home, telegram) = (Home::new(), telegram().await);
    home.write("config.toml", "[paths]\nwatch = true\n");
    let mut running = home.serve(&telegram, telegram.token(), &[]);
    let lin = telegram.person(7, "小林");
    lin.asks(QUESTION).await;
    home.knowledge.change("topics/ent/ear-itch.toml", "先停下来不掏", "先停一停不掏");
    running.prints("已更新：+0 ~1 -0").await;
    assert!(lin.asks(QUESTION).await.text.contains("先停一停不掏"));
    home.knowledge.change("topics/ent/ear-itch.toml", "name = ", "nmae = ");
    running.prints("ear-itch.toml:2").await;
    assert!(lin.asks(QUESTION).await.text.contains("先停一停不掏"));
}
