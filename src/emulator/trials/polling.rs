//! Promise: updates stay until they are confirmed, and only one poller gets them.

use std::time::Duration;

use serde_json::json;

use super::client::stage;

#[tokio::test]
async fn updates_stay_until_confirmed() {
    let (_telegram, bot, person) = stage().await;
    person.says("/start abc").await;
    person.says("头痛").await;
    let first = bot.does("getUpdates", json!({ "timeout": 0 })).await;
    assert_eq!(first, bot.does("GETUPDATES", json!({})).await);
    let message = &first[0]["message"];
    assert_eq!((&message["text"], &message["chat"]["type"]), (&json!("/start abc"), &json!("private")));
    assert_eq!(message["entities"], json!([{ "type": "bot_command", "offset": 0, "length": 6 }]));
    let offset = first[0]["update_id"].as_i64().unwrap() + 1;
    let rest = bot.does("getUpdates", json!({ "offset": offset, "limit": 1 })).await;
    assert_eq!(rest[0]["message"]["text"], "头痛");
    assert_eq!(bot.does("getUpdates", json!({ "offset": offset + 1 })).await, json!([]));
}

#[tokio::test]
async fn a_long_poll_ends_with_the_next_update() {
    let (_telegram, bot, person) = stage().await;
    let (updates, _) = tokio::join!(bot.does("getUpdates", json!({ "timeout": "30" })), async {
        tokio::task::yield_now().await;
        person.says("喉咙痛").await
    });
    assert_eq!(updates[0]["message"]["text"], "喉咙痛");
}

#[tokio::test]
async fn a_second_poller_displaces_the_first() {
    let (telegram, bot, person) = stage().await;
    let second = async {
        while telegram.hub().with(|world| world.updates.poll) == 0 {
            tokio::task::yield_now().await;
        }
        let poll = bot.does("getUpdates", json!({ "timeout": 30 }));
        let (updates, _) = tokio::join!(poll, async {
            while telegram.hub().with(|world| world.updates.poll) < 2 {
                tokio::task::yield_now().await;
            }
            person.says("x").await
        });
        updates
    };
    let (first, updates) = tokio::join!(bot.refused("getUpdates", json!({ "timeout": 30 })), second);
    assert_eq!(first.0, 409);
    assert!(first.1.starts_with("Conflict: terminated by other getUpdates request"), "{}", first.1);
    assert_eq!(updates.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_webhook_forbids_polling_and_presses_grow_old() {
    let (telegram, bot, person) = stage().await;
    let id = person.presses_data(1, "k:1").await;
    telegram.advance(Duration::from_secs(151));
    assert_eq!(bot.does("getUpdates", json!({})).await, json!([]));
    let answer = bot.refused("answerCallbackQuery", json!({ "callback_query_id": id })).await;
    assert!(answer.1.contains("query is too old"), "{}", answer.1);
    bot.does("setWebhook", json!({ "url": "http://127.0.0.1:9/hook" })).await;
    let (status, words) = bot.refused("getUpdates", json!({})).await;
    assert!(status == 409 && words.contains("webhook is active"), "{words}");
}
