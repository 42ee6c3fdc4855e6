//! Promise: what people see changes only when somebody means it to. (`INSTA_UPDATE=always cargo test --test it`, then
//! read the difference.)

use crate::support::bot::{Asks, Bot};
use crate::support::small::Small;
use wenzheng::emulator::Heard;

/// A message as one sees it: the text, then a line a row of buttons.
fn picture(heard: &Heard) -> String {
    let row = |row: &Vec<wenzheng::emulator::Button>| {
        let label = |button: &wenzheng::emulator::Button| {
            format!("[{} -> {}]", button.text, button.data.as_deref().or(button.copy_text.as_deref()).unwrap_or_default())
        };
        row.iter().map(label).collect::<Vec<_>>().join(" ")
    };
    let entities = heard.entities.iter().map(|entity| format!("{} {}+{}", entity["type"], entity["offset"], entity["length"]));
    let (entities, rows) = (entities.collect::<Vec<_>>(), heard.buttons.iter().map(row).collect::<Vec<_>>());
    format!("{}\n\n{}\n\n{}", heard.text, rows.join("\n"), entities.join("\n"))
}

/// What somebody sees who asks this.
async fn seen(question: &str) -> String {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    picture(&bot.person().asks(question).await)
}

#[tokio::test]
async fn an_article() {
    insta::assert_snapshot!(seen("打嗝是怎么回事").await);
}

#[tokio::test]
async fn choices() {
    insta::assert_snapshot!(seen("耳朵痒").await);
}

#[tokio::test]
async fn a_decline() {
    insta::assert_snapshot!(seen("今天天气怎么样").await);
}

#[tokio::test]
async fn an_emergency_card() {
    insta::assert_snapshot!(seen("我爸胸口剧痛，喘不上气").await);
}

#[tokio::test]
async fn start() {
    insta::assert_snapshot!(picture(&Bot::start().await.person().asks("/start").await));
}
