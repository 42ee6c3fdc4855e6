//! Promise: a webhook gets each update with the secret, a chat's in order, again after a failure.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::client::stage;

#[derive(Clone, Default)]
struct Seen {
    texts: Arc<Mutex<Vec<String>>>,
    secrets: Arc<Mutex<Vec<String>>>,
}

/// Fails the first time, and answers every text with a call.
async fn hook(State(seen): State<Seen>, headers: HeaderMap, Json(update): Json<Value>) -> (StatusCode, Json<Value>) {
    let secret = headers.get("x-telegram-bot-api-secret-token").map(|value| value.to_str().unwrap().to_owned());
    seen.secrets.lock().unwrap().push(secret.unwrap_or_default());
    let text = update["message"]["text"].as_str().unwrap_or_default().to_owned();
    let mut texts = seen.texts.lock().unwrap();
    texts.push(text.clone());
    if texts.len() == 1 {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({})));
    }
    (StatusCode::OK, Json(json!({ "method": "sendMessage", "chat_id": 7, "text": format!("答{text}") })))
}

#[tokio::test]
async fn updates_are_pushed_in_order_and_again() {
    let (telegram, bot, person) = stage().await;
    let seen = Seen::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let app = Router::new().route("/hook", post(hook)).with_state(seen.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    bot.does("setWebhook", json!({ "url": url, "secret_token": "s3cret", "max_connections": 4 })).await;
    person.says("一").await;
    person.says("二").await;
    assert_eq!(person.hears().await.text, "答一");
    assert_eq!(person.hears().await.text, "答二");
    assert_eq!(*seen.texts.lock().unwrap(), ["一", "一", "二"]);
    assert!(seen.secrets.lock().unwrap().iter().all(|secret| secret == "s3cret"));
    let info = bot.does("getWebhookInfo", json!({})).await;
    assert_eq!((&info["url"], &info["pending_update_count"]), (&json!(url), &json!(0)));
    assert!(info["last_error_message"].as_str().unwrap().contains("503"));
    bot.does("deleteWebhook", json!({})).await;
    assert_eq!(telegram.pending(), 0);
}
