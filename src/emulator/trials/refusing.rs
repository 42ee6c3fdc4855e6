//! Promise: what the real server refuses is refused here, in its words.

use serde_json::{Value, json};

use super::client::stage;

#[tokio::test]
async fn send_message_is_checked() {
    let (_telegram, bot, person) = stage().await;
    let button = |button: Value| json!({ "chat_id": 7, "text": "x", "reply_markup": { "inline_keyboard": [[button]] } });
    let cases = [
        (json!({ "chat_id": 7, "text": " \n" }), "message text is empty"),
        (json!({ "chat_id": 7, "text": "头".repeat(4097) }), "message is too long"),
        (json!({ "chat_id": 7, "text": "a".repeat(32_769) }), "text is too long"),
        (json!({ "chat_id": 7, "text": "<b>x", "parse_mode": "HTML" }), "can't parse entities: Can't find end tag"),
        (json!({ "chat_id": 404, "text": "x" }), "chat not found"),
        (json!({ "text": "x" }), "chat_id is empty"),
        (json!({ "chat_id": 7, "text": "x", "reply_parameters": { "message_id": 99 } }), "message to be replied not found"),
        (button(json!({ "text": "x", "callback_data": "头".repeat(22) })), "BUTTON_DATA_INVALID"),
        (button(json!({ "text": "x" })), "exactly one optional field"),
        (button(json!({ "text": "x", "url": "no link" })), "Wrong HTTP URL"),
    ];
    for (params, expected) in cases {
        let (status, words) = bot.refused("sendMessage", params).await;
        assert!(status == 400 && words.starts_with("Bad Request: ") && words.contains(expected), "{words}");
    }
    person.blocks().await;
    let blocked = bot.refused("sendMessage", json!({ "chat_id": 7, "text": "x" })).await;
    assert_eq!(blocked, (403, "Forbidden: bot was blocked by the user".into()));
}

#[tokio::test]
async fn edits_and_deletions_are_checked() {
    let (_telegram, bot, person) = stage().await;
    let own = person.says("问").await;
    let sent = bot.does("sendMessage", json!({ "chat_id": "7", "text": "答" })).await;
    let at = |id: i64, text: &str| json!({ "chat_id": 7, "message_id": id, "text": text });
    let id = sent["message_id"].as_i64().unwrap();
    let same = bot.refused("editMessageText", at(id, "答")).await.1;
    assert!(same.starts_with("Bad Request: message is not modified: specified new"), "{same}");
    assert!(bot.refused("editMessageText", at(99, "x")).await.1.ends_with("message to edit not found"));
    assert!(bot.refused("editMessageText", at(own, "x")).await.1.ends_with("message can't be edited"));
    let edited = bot.does("editMessageText", at(id, "新")).await;
    assert!(edited["edit_date"].is_i64() && edited["text"] == "新");
    assert_eq!(bot.does("deleteMessage", at(id, "")).await, json!(true));
    assert!(bot.refused("deleteMessage", at(id, "")).await.1.ends_with("message to delete not found"));
}

#[tokio::test]
async fn strangers_and_unknown_methods_are_turned_away() {
    let (telegram, bot, _person) = stage().await;
    let answer = bot.http.get(format!("{}/bot1:x/getMe", telegram.url())).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(bot.refused("sendRichMessage", json!({})).await, (404, "Not Found: method not found".into()));
    let language = json!({ "commands": [{ "command": "a", "description": "b" }], "language_code": "zh-TW" });
    assert!(bot.refused("setMyCommands", language).await.1.ends_with("invalid language code specified"));
}
