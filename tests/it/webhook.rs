//! Promise: by webhook the bot answers as by polling, and only who knows the secret is let in.

use crate::support::bot::{Asks, Bot};
use wenzheng::telegram::ServeError;

const QUESTION: &str = "面瘫是怎么回事";
const SECRET: &str = "a_good-secret_1";

/// A bot with a webhook at a free port, and the webhook's address.
async fn with_webhook(secret: &str) -> (Bot, String) {
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let url = format!("http://{free}/hook");
    let bot = Bot::start_with(|settings| {
        settings.webhook.listen = free.to_string();
        settings.webhook.url.clone_from(&url);
        secret.clone_into(&mut settings.webhook.secret);
    });
    (bot.await, url)
}

#[tokio::test]
async fn a_question_is_answered_by_webhook() {
    let (bot, _) = with_webhook(SECRET).await;
    assert!(bot.person().asks(QUESTION).await.text.starts_with(QUESTION));
    assert_eq!(bot.telegram.count("getUpdates"), 0);
}

#[tokio::test]
async fn who_does_not_know_the_secret_is_not_let_in() {
    let (bot, url) = with_webhook(SECRET).await;
    bot.person().asks("/about").await;
    let client = reqwest::Client::new();
    let update = serde_json::json!({"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": QUESTION}});
    for (secret, status) in [("", 401), ("wrong", 401), (SECRET, 200)] {
        let answer = client.post(&url).header("X-Telegram-Bot-Api-Secret-Token", secret).json(&update).send().await.expect("it answers");
        assert_eq!(answer.status(), status, "{secret}");
    }
    let nonsense = client.post(&url).header("X-Telegram-Bot-Api-Secret-Token", SECRET).body("{").send().await.expect("it answers");
    assert_eq!(nonsense.status(), 200, "or Telegram would send it for ever");
    assert!(bot.person().asks(QUESTION).await.text.starts_with(QUESTION), "it serves as before");
}

#[tokio::test]
async fn without_a_good_secret_it_does_not_serve() {
    for secret in ["", "with space", "中文"] {
        let ended = with_webhook(secret).await.0.ends().await;
        assert!(matches!(ended, Err(ServeError::Secret)), "{secret}: {ended:?}");
    }
}
