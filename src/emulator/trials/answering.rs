//! Promise: what the bot sends, its person hears; what the person presses, the bot gets once.

use std::time::Duration;

use serde_json::{Value, json};

use super::client::stage;

#[tokio::test]
async fn a_conversation() {
    let (_telegram, bot, person) = stage().await;
    let keyboard =
        json!({ "inline_keyboard": [[{ "text": "更多 ➡️", "callback_data": "v1:more" }, { "text": "网", "url": "https://a.cn" }]] });
    bot.does("sendChatAction", json!({ "chat_id": 7, "action": "typing" })).await;
    let text = "<b>头痛</b> <blockquote expandable>一</blockquote>";
    bot.does("sendMessage", json!({ "chat_id": 7, "text": text, "parse_mode": "HTML", "reply_markup": keyboard.to_string() })).await;
    assert_eq!(person.sees_action().await.unwrap(), "typing");
    let heard = person.hears().await;
    assert_eq!((heard.text.as_str(), heard.entities.len(), heard.edited), ("头痛 一", 2, false));
    assert_eq!(heard.button("更多").unwrap().data.as_deref(), Some("v1:more"));

    assert!(person.presses("更多").await && !person.presses("没有").await);
    let query = bot.does("getUpdates", json!({})).await[0]["callback_query"].clone();
    assert_eq!((&query["data"], &query["message"]["text"]), (&json!("v1:more"), &json!("头痛 一")));
    let answer = json!({ "callback_query_id": query["id"], "text": "好", "show_alert": true });
    bot.does("answerCallbackQuery", answer.clone()).await;
    assert!(bot.refused("answerCallbackQuery", answer).await.1.contains("query is too old"));
    let notice = person.sees_notice().await.unwrap();
    assert!(notice.alert && notice.text == "好");
    bot.does("editMessageText", json!({ "chat_id": 7, "message_id": heard.message_id, "text": "二" })).await;
    let heard = person.hears().await;
    assert!(heard.edited && heard.text == "二" && heard.buttons.is_empty());
    assert!(person.hears_nothing_for(Duration::from_millis(20)).await);
}

#[tokio::test]
async fn silence_is_no_panic() {
    let (telegram, _bot, person) = stage().await;
    telegram.set_patience(Duration::from_millis(20));
    assert!(person.hears().await.silence);
    assert!(person.asks_inline("x").await.is_null());
}

#[tokio::test]
async fn old_buttons_and_raw_updates_reach_the_bot() {
    let (telegram, bot, person) = stage().await;
    person.presses_data(99, "old").await;
    assert!(telegram.inject_raw(json!({ "update_id": 1, "guest_message": { "date": 1 } })) > 0);
    let updates = bot.does("getUpdates", json!({})).await;
    assert_eq!(updates[0]["callback_query"]["message"]["date"], 0);
    assert_eq!(updates[1].as_object().unwrap().len(), 2);
}

#[tokio::test]
async fn files_go_both_ways() {
    let (telegram, bot, person) = stage().await;
    person.sends_document("a.txt", "text/plain", b"abc".to_vec(), Some("看")).await;
    person.sends_huge_document("b.bin", 21 << 20).await;
    let updates = bot.does("getUpdates", json!({})).await;
    let id = |at: usize| json!({ "file_id": updates[at]["message"]["document"]["file_id"] });
    let file = bot.does("getFile", id(0)).await;
    let address = format!("{}/file/bot{}/{}", telegram.url(), telegram.token(), file["file_path"].as_str().unwrap());
    assert_eq!(bot.http.get(address).send().await.unwrap().text().await.unwrap(), "abc");
    assert!(bot.refused("getFile", id(1)).await.1.ends_with("file is too big"));

    let body = "--X\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n--X\r\n\
        Content-Disposition: form-data; name=\"document\"; filename=\"c.txt\"\r\n\r\nxyz\r\n--X--\r\n";
    let request = bot.http.post(bot.address("sendDocument")).header("content-type", "multipart/form-data; boundary=X");
    let answer: Value = request.body(body).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["result"]["document"]["file_name"], "c.txt");
    assert_eq!(person.hears().await.raw["document"]["file_size"], 3);
}

#[tokio::test]
async fn inline_results_come_back() {
    let (_telegram, bot, person) = stage().await;
    let answering = async {
        let updates = bot.does("getUpdates", json!({ "timeout": 10 })).await;
        let id = &updates[0]["inline_query"]["id"];
        let article = |id: &str| json!({ "type": "article", "id": id, "title": "t", "input_message_content": { "message_text": "x" } });
        let twice = json!({ "inline_query_id": id, "results": [article("1"), article("1")] });
        assert!(bot.refused("answerInlineQuery", twice).await.1.contains("RESULT_ID_DUPLICATE"));
        bot.does("answerInlineQuery", json!({ "inline_query_id": id, "results": [article("1")] })).await
    };
    let (answer, _) = tokio::join!(person.asks_inline("头痛"), answering);
    assert_eq!(answer["results"][0]["id"], "1");
}

#[tokio::test]
async fn a_group_has_its_own_ear() {
    let (telegram, bot, person) = stage().await;
    let group = telegram.group(-100_123, "家人");
    let member = group.member(7, "小林");
    member.says("/ask@wenzheng_playground_bot 头痛").await;
    bot.does("sendMessage", json!({ "chat_id": -100_123, "text": "私聊我" })).await;
    assert_eq!(member.hears().await.text, "私聊我");
    assert!(person.hears_nothing_for(Duration::from_millis(10)).await);
    let _admin = group.admin(8, "管理员");
    let status = bot.does("getChatMember", json!({ "chat_id": -100_123, "user_id": 8 })).await;
    assert_eq!(status["status"], "creator");
}
