//! Promise: the page is served under its policy, and the control interface plays a person.

use serde_json::{Value, json};

use super::client::stage;

#[tokio::test]
async fn the_page_may_run_nothing_foreign() {
    let (telegram, bot, _person) = stage().await;
    for path in ["/", "/app.js", "/style.css", "/text.js"] {
        let answer = bot.http.get(telegram.url() + path).send().await.unwrap();
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        let text = answer.text().await.unwrap();
        assert!(!text.contains("innerHTML") && !text.contains("onclick="), "{path}");
    }
}

#[tokio::test]
async fn the_page_plays_a_person() {
    let (telegram, bot, _person) = stage().await;
    telegram.introduce(7, "小林", "普通用户");
    telegram.introduce(8, "王主任", "管理员");
    let get = |path: &'static str| async move { reqwest::get(path).await.unwrap() };
    let url = |path: &str| -> &'static str { Box::leak((telegram.url() + path).into_boxed_str()) };
    let persons: Value = get(url("/sim/persons")).await.json().await.unwrap();
    assert_eq!(persons["persons"][1]["role"], "管理员");
    let history: Value = get(url("/sim/history?chat=7")).await.json().await.unwrap();
    assert_eq!((&history["messages"], &history["after"]), (&json!([]), &json!(0)));

    let say = bot.http.post(url("/sim/say")).json(&json!({ "chat": 7, "text": "/start" })).send().await.unwrap();
    assert_eq!(say.json::<Value>().await.unwrap()["message_id"], 1);
    let keyboard = json!({ "inline_keyboard": [[{ "text": "更多", "callback_data": "m" }]] });
    bot.does("sendMessage", json!({ "chat_id": 7, "text": "您好", "reply_markup": keyboard })).await;
    telegram.set_trace(7, json!([{ "stage": "normalise", "found": "x", "micros": 3 }]));
    let events = get(url("/sim/events?after=0")).await.text().await.unwrap();
    assert_eq!(events.matches("\"type\":\"message\"").count(), 2);
    assert!(events.contains("\"type\":\"trace\"") && events.contains("\nid: 3\n"), "{events}");

    let press = bot.http.post(url("/sim/press")).json(&json!({ "chat": 7, "label": "更" })).send().await.unwrap();
    assert!(press.json::<Value>().await.unwrap()["callback_id"].is_string());
    let plain = bot.http.post(url("/sim/say")).header("content-type", "text/plain").body("{\"chat\":7}").send().await.unwrap();
    assert_eq!(plain.status(), 415);
    let fault = json!({ "method": "getMe", "kind": "too_many", "retry_after": 2 });
    bot.http.post(url("/sim/faults")).json(&fault).send().await.unwrap();
    assert_eq!(bot.refused("getMe", json!({})).await.0, 429);
    let calls: Value = get(url("/sim/calls?method=getme")).await.json().await.unwrap();
    assert_eq!(calls[0]["status"], 429);
}
