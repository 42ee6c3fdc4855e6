//! Promise: whatever Telegram hands over, what is a question is answered, and what is none is answered kindly or let be.

use crate::support::bot::{Asks, Bot};
use crate::support::seen::phrases;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const QUESTION: &str = "面瘫是怎么回事";

#[tokio::test]
async fn a_text_with_an_entity_nobody_knows_yet_is_read() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let entities = json!([{"type": "thought_of_tomorrow", "offset": 0, "length": 2, "colour": [1]}]);
    lin.says_with(QUESTION, json!({"entities": entities, "brand_new_field": {"x": 1}})).await;
    assert!(lin.hears().await.text.starts_with(QUESTION));
}

#[tokio::test]
async fn the_caption_of_a_picture_is_a_question() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.sends_photo(Some(QUESTION)).await;
    assert!(lin.hears().await.text.starts_with(QUESTION));
}

#[tokio::test]
async fn an_edited_question_is_answered_where_it_was_answered_before() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let question = lin.says("面瘫是怎么回事").await;
    let first = lin.hears().await;
    assert!(lin.edits(question, "面瘫倒错会自愈吗").await);
    let second = lin.hears().await;
    assert!(second.edited && second.message_id == first.message_id && second.text.starts_with("面瘫倒错会自愈吗"), "{}", second.text);
}

#[tokio::test]
async fn voice_pictures_and_stickers_are_answered_kindly() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.sends_voice().await;
    assert!(lin.hears().await.text.contains(&phrases().text_only), "voice");
    lin.sends_photo(None).await;
    assert!(lin.hears().await.text.contains(&phrases().text_only), "photo");
    lin.sends_sticker().await;
    assert!(lin.hears().await.text.contains(&phrases().text_only), "sticker");
}

#[tokio::test]
async fn a_message_without_words_is_answered() {
    let bot = Bot::start().await;
    let lin = bot.person();
    for wordless in ["  ", "🙂🙂🙂", "？？？", "\u{200b}\u{feff}"] {
        assert!(!lin.asks(wordless).await.text.is_empty(), "{wordless:?}");
    }
}

#[tokio::test]
async fn updates_that_cannot_be_read_are_passed_over() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("/about").await;
    let odd = [
        json!({"message": {"text": 5}}),
        json!({"message": "x"}),
        json!({"message": {"message_id": 1e300, "chat": {"id": "seven"}, "text": "x"}}),
        json!({"edited_message": null}),
        json!({"callback_query": {}}),
        json!({"callback_query": {"id": "1", "from": {"id": []}}}),
    ];
    for update in odd {
        assert!(bot.telegram.inject_raw(update.clone()) > 0, "{update} is queued");
    }
    assert!(lin.asks(QUESTION).await.text.starts_with(QUESTION));
}

#[tokio::test]
async fn an_update_that_comes_twice_is_answered_once() {
    let bot = Bot::start().await;
    let lin = bot.person();
    bot.telegram.faults().duplicate_updates(1);
    lin.asks(QUESTION).await;
    assert!(lin.asks("/about").await.text.starts_with(&phrases().about), "not the first answer again");
}

#[tokio::test]
async fn updates_in_the_wrong_order_are_all_answered() {
    let bot = Bot::start().await;
    let people = [bot.person(), bot.person(), bot.person()];
    bot.telegram.faults().reverse_updates(5);
    for person in &people {
        person.says(QUESTION).await;
    }
    for person in &people {
        assert!(person.hears().await.text.starts_with(QUESTION));
    }
}

#[tokio::test]
async fn a_panic_while_handling_costs_one_answer_and_is_owned_up_to() {
    let first = AtomicBool::new(true);
    let bot = Bot::start_observed(Arc::new(move |_, _| assert!(!first.swap(false, Ordering::Relaxed), "on order"))).await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    assert!(lin.hears().await.text.contains(&phrases().failed));
    assert!(lin.asks(QUESTION).await.text.starts_with(QUESTION), "the next one is answered");
    assert!(bot.person().asks(QUESTION).await.text.starts_with(QUESTION), "others are answered");
}
