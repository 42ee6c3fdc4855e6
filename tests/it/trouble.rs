//! Promise: when Telegram or the network is in trouble, an answer arrives all the same, once, and soon.

use crate::support::bot::{Asks, Bot};
use std::time::{Duration, Instant};
use wenzheng::emulator::Fault;
use wenzheng::telegram::{CallError, ServeError};

const QUESTION: &str = "面瘫是怎么回事";

/// Asks once while `sendMessage` suffers the faults; gives how long it took and how often it was tried.
async fn asked_in(faults: &[Fault]) -> (Duration, u64) {
    let bot = Bot::start().await;
    let lin = bot.person();
    for fault in faults {
        bot.telegram.faults().next("sendMessage", 1, fault.clone());
    }
    let start = Instant::now();
    assert!(lin.asks(QUESTION).await.text.starts_with(QUESTION));
    (start.elapsed(), bot.telegram.count("sendMessage"))
}

#[tokio::test]
async fn a_429_is_waited_out_as_long_as_it_asks_and_the_answer_comes_once() {
    let (took, tries) = asked_in(&[Fault::TooMany { retry_after: 1 }]).await;
    assert!(took >= Duration::from_secs(1) && tries == 2, "{took:?}, {tries} tries");
}

#[tokio::test]
async fn a_500_holds_nobody_for_ten_seconds() {
    let error = Fault::Status { code: 500, description: "Internal Server Error".to_owned() };
    let (took, tries) = asked_in(&[error]).await;
    assert!(took < Duration::from_secs(3) && tries == 2, "{took:?}, {tries} tries");
}

#[tokio::test]
async fn a_proxy_page_a_dropped_connection_and_nonsense_are_tried_again() {
    let nonsense = Fault::Body { code: 200, body: "not json".to_owned() };
    let (took, tries) = asked_in(&[Fault::BadGateway, Fault::Reset, nonsense]).await;
    assert!(took < Duration::from_secs(5) && tries == 4, "{took:?}, {tries} tries");
}

#[tokio::test]
async fn polling_goes_on_after_trouble() {
    let bot = Bot::start().await;
    bot.person().asks("/about").await;
    bot.telegram.faults().next("getUpdates", 1, Fault::BadGateway);
    bot.telegram.faults().next("getUpdates", 1, Fault::Reset);
    assert!(bot.person().asks(QUESTION).await.text.starts_with(QUESTION));
    assert!(bot.person().asks(QUESTION).await.text.starts_with(QUESTION));
}

#[tokio::test]
async fn somebody_who_blocked_the_bot_holds_nobody_up() {
    let bot = Bot::start().await;
    let (lin, wang) = (bot.person(), bot.person());
    bot.telegram.faults().next(
        "sendMessage",
        1,
        Fault::Status { code: 403, description: "Forbidden: bot was blocked by the user".to_owned() },
    );
    lin.says(QUESTION).await;
    wang.says(QUESTION).await;
    // Whose answer was refused does not matter: the other's comes.
    let heard = tokio::select! { heard = lin.hears() => heard, heard = wang.hears() => heard };
    assert!(heard.text.starts_with(QUESTION));
    assert_eq!(bot.telegram.count("sendMessage"), 2, "the refused one is not tried again");
}

#[tokio::test]
async fn one_chat_that_must_wait_does_not_hold_another() {
    let bot = Bot::start().await;
    let (lin, wang) = (bot.person(), bot.person());
    bot.telegram.faults().next("sendMessage", 1, Fault::TooMany { retry_after: 60 });
    let start = Instant::now();
    lin.says(QUESTION).await;
    wang.says(QUESTION).await;
    // Whose answer met the 429 does not matter: the other's comes at once.
    let heard = tokio::select! { heard = lin.hears() => heard, heard = wang.hears() => heard };
    assert!(heard.text.starts_with(QUESTION) && start.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn an_answer_whose_reading_room_is_gone_is_said_anew() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    bot.telegram.faults().next(
        "editMessageText",
        1,
        Fault::Status { code: 400, description: "Bad Request: message can't be edited".to_owned() },
    );
    let sources = lin.taps("来源").await;
    assert!(!sources.edited && sources.text.contains("参考资料"), "{}", sources.text);
}

#[tokio::test]
async fn a_token_that_is_taken_back_ends_serving_in_words() {
    let bot = Bot::start().await;
    bot.person().asks("/about").await;
    bot.telegram.faults().always("getUpdates", Fault::Status { code: 401, description: "Unauthorized".to_owned() });
    bot.person().says("/about").await;
    let ended = bot.ends().await;
    assert!(matches!(ended, Err(ServeError::Call(CallError::Unauthorized))), "{ended:?}");
}
