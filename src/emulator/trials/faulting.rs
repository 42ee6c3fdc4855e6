//! Promise: each fault on order happens, to the call it was ordered for, as often as ordered.

use std::time::{Duration, Instant};

use serde_json::json;

use super::super::Fault;
use super::client::stage;

#[tokio::test]
async fn refusals_on_order() {
    let (telegram, bot, _person) = stage().await;
    let hello = || json!({ "chat_id": 7, "text": "x" });
    telegram.faults().next("sendmessage", 1, Fault::TooMany { retry_after: 3 });
    telegram.faults().next("sendMessage", 1, Fault::Status { code: 500, description: "Internal Server Error".into() });
    telegram.faults().next("sendMessage", 1, Fault::BadGateway);
    let answer = bot.http.post(bot.address("sendMessage")).json(&hello()).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (429, "3"));
    let body: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(body["parameters"]["retry_after"], 3);
    assert_eq!(bot.refused("sendMessage", hello()).await, (500, "Internal Server Error".into()));
    let answer = bot.http.post(bot.address("sendMessage")).json(&hello()).send().await.unwrap();
    assert_eq!(answer.status(), 502);
    assert!(answer.text().await.unwrap().starts_with("<html>"));
    bot.does("sendMessage", hello()).await;
    let statuses: Vec<u16> = telegram.calls().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [429, 500, 502, 200]);
    assert_eq!(telegram.count("sendMessage"), 4);
}

#[tokio::test]
async fn connections_on_order() {
    let (telegram, bot, person) = stage().await;
    let send = |text: &str| bot.http.post(bot.address("sendMessage")).json(&json!({ "chat_id": 7, "text": text }));
    telegram.faults().next("sendMessage", 1, Fault::Reset);
    assert!(send("一").send().await.is_err());
    telegram.faults().next("sendMessage", 1, Fault::Lost);
    assert!(send("二").send().await.is_err());
    assert_eq!(person.hears().await.text, "二");
    telegram.faults().next("sendMessage", 1, Fault::Hang);
    assert!(send("三").timeout(Duration::from_millis(100)).send().await.unwrap_err().is_timeout());
    telegram.faults().next("sendMessage", 1, Fault::Slow(Duration::from_millis(50)));
    let begin = Instant::now();
    send("四").send().await.unwrap();
    assert!(begin.elapsed() >= Duration::from_millis(50));
    assert_eq!(person.hears().await.text, "四");
}

#[tokio::test]
async fn updates_twice_and_the_wrong_way_round() {
    let (telegram, bot, person) = stage().await;
    telegram.faults().duplicate_updates(1);
    telegram.faults().reverse_updates(1);
    person.says("一").await;
    person.says("二").await;
    let updates = bot.does("getUpdates", json!({})).await;
    let texts: Vec<&str> = updates.as_array().unwrap().iter().filter_map(|update| update["message"]["text"].as_str()).collect();
    assert_eq!(texts, ["二", "一", "一"]);
    assert_eq!(updates[1]["update_id"], updates[2]["update_id"]);
}

#[tokio::test]
async fn real_limits_are_kept() {
    let (telegram, bot, _person) = stage().await;
    telegram.faults().real_limits(true);
    for _ in 0..5 {
        bot.does("sendMessage", json!({ "chat_id": 7, "text": "x" })).await;
    }
    assert_eq!(bot.refused("sendMessage", json!({ "chat_id": 7, "text": "x" })).await.0, 429);
}

#[tokio::test]
async fn stopping_ends_what_waits_and_frees_the_port() {
    let (telegram, bot, _person) = stage().await;
    telegram.faults().next("getMe", 1, Fault::Hang);
    let hanging = bot.http.post(bot.address("getMe")).send();
    let (answer, ()) = tokio::join!(hanging, async {
        while telegram.count("getMe") == 0 {
            tokio::task::yield_now().await;
        }
        telegram.stop().await;
    });
    assert!(answer.is_err());
    let address = telegram.url().trim_start_matches("http://").parse().unwrap();
    super::super::Emulator::start(address).await.unwrap();
}
