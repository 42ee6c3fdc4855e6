//! Promise: one person's flood costs nobody else an answer, and an emergency waits behind nothing.

use crate::support::bot::{Asks, Bot};
use crate::support::seen::phrases;
use crate::support::small::Small;
use std::time::{Duration, Instant};
use wenzheng::emulator::Fault;

const QUESTION: &str = "耳朵痒怎么办";
const EMERGENCY: &str = "我爸胸口剧痛，喘不上气";
const FLOOD: usize = 200;

/// Every message takes this long to send.
fn slow(bot: &Bot) {
    bot.telegram.faults().always("sendMessage", Fault::Slow(Duration::from_millis(20)));
}

#[tokio::test]
async fn a_flood_in_one_chat_does_not_stall_another() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let (lin, wang) = (bot.person(), bot.person());
    slow(&bot);
    for _ in 0..FLOOD {
        lin.says(QUESTION).await;
    }
    assert!(wang.asks(QUESTION).await.text.starts_with(QUESTION));
    let sent = bot.telegram.count("sendMessage");
    assert!(sent < 100, "{sent} messages went out before the second person's");
}

#[tokio::test]
async fn an_emergency_overtakes_the_same_persons_flood() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    slow(&bot);
    for _ in 0..FLOOD {
        lin.says(QUESTION).await;
    }
    lin.says(EMERGENCY).await;
    let mut before = 0;
    while !lin.hears().await.text.starts_with("紧急：请立即拨打") {
        before += 1;
        assert!(before < 100, "{before} messages came before the card");
    }
}

#[tokio::test]
async fn somebody_too_fast_is_told_once_and_an_emergency_is_answered_all_the_same() {
    let small = Small::new();
    let bot = Bot::start_over_with(small.path(), |settings| (settings.burst, settings.per_minute) = (2, 0)).await;
    let lin = bot.person();
    for _ in 0..10 {
        lin.says(QUESTION).await;
    }
    lin.hears().await;
    lin.hears().await;
    assert!(lin.hears().await.text.contains(&phrases().slow_down));
    assert!(lin.asks(EMERGENCY).await.text.starts_with("紧急：请立即拨打"));
}

#[tokio::test]
async fn answers_of_one_chat_keep_the_order_of_its_questions() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    let questions = ["耳朵痒怎么办", "打嗝怎么办", "落枕怎么办", "嘴唇干裂怎么办"].repeat(5);
    for question in &questions {
        lin.says(question).await;
    }
    for question in &questions {
        assert!(lin.hears().await.text.starts_with(question));
    }
}

/// How long it takes until every one of so many people has an answer, when each message takes 100 ms to send.
async fn all_answered(people: usize, calls_at_once: usize) -> Duration {
    let small = Small::new();
    let bot = Bot::start_over_with(small.path(), |settings| settings.max_concurrent_calls = calls_at_once).await;
    bot.telegram.faults().always("sendMessage", Fault::Slow(Duration::from_millis(100)));
    let people: Vec<_> = (0..people).map(|_| bot.person()).collect();
    let start = Instant::now();
    for person in &people {
        person.says(QUESTION).await;
    }
    for person in &people {
        assert!(person.hears().await.text.starts_with(QUESTION));
    }
    start.elapsed()
}

#[tokio::test]
async fn calls_at_one_time_are_bounded_as_the_settings_say() {
    let took = all_answered(8, 2).await;
    assert!(took >= Duration::from_millis(380), "eight messages, two at a time: {took:?}");
}

#[tokio::test]
async fn different_chats_are_answered_beside_one_another_and_nothing_throttles_them_all() {
    let took = all_answered(100, 256).await;
    assert!(took < Duration::from_secs(6), "one after another it would be ten seconds: {took:?}");
}

#[tokio::test]
async fn an_emergency_is_sent_though_every_place_is_taken() {
    let small = Small::new();
    let bot = Bot::start_over_with(small.path(), |settings| settings.max_concurrent_calls = 1).await;
    let (lin, wang) = (bot.person(), bot.person());
    lin.asks(QUESTION).await;
    bot.telegram.faults().next("editMessageText", 1, Fault::Slow(Duration::from_secs(60)));
    // Once the press is answered, its edit takes the only place and keeps it.
    assert!(lin.presses("来源").await && lin.sees_notice().await.is_some());
    let start = Instant::now();
    assert!(wang.asks(EMERGENCY).await.text.starts_with("紧急：请立即拨打"));
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}
