//! Promise: in a group the bot speaks when it is spoken to, and says nothing there that is private.

use crate::support::bot::{Asks, Bot};
use crate::support::seen::phrases;
use wenzheng::emulator::{Heard, Person};

const NAME: &str = "@wenzheng_playground_bot";

/// The bot and somebody in a group with it.
async fn in_a_group() -> (Bot, Person) {
    let bot = Bot::start().await;
    let lin = bot.telegram.group(-1_000_000_000_077, "邻里").member(55, "小林");
    (bot, lin)
}

/// The message that an answer shows it answers.
fn answers(heard: &Heard) -> Option<i64> {
    heard.raw.pointer("/reply_to_message/message_id").and_then(serde_json::Value::as_i64)
}

#[tokio::test]
async fn what_is_said_to_others_is_let_be() {
    let (_bot, lin) = in_a_group().await;
    lin.says("面瘫是怎么回事").await;
    lin.says("/about@some_other_bot").await;
    lin.sends_sticker().await;
    let ours = lin.says("/about").await;
    assert_eq!(answers(&lin.hears().await), Some(ours), "the first answer is to what was for us");
}

#[tokio::test]
async fn a_mention_a_reply_and_a_command_with_its_name_are_answered_in_place() {
    let (_bot, lin) = in_a_group().await;
    let mention = lin.says(&format!("{NAME} 面瘫是怎么回事")).await;
    let answer = lin.hears().await;
    assert!(answer.text.starts_with("面瘫是怎么回事") && answers(&answer) == Some(mention), "{}", answer.text);
    lin.replies(answer.message_id, "面瘫倒错会自愈吗").await;
    assert!(lin.hears().await.text.starts_with("面瘫倒错会自愈吗"));
    assert!(lin.asks(&format!("/about{NAME}")).await.text.starts_with(&phrases().about));
}

#[tokio::test]
async fn its_name_in_other_letters_is_its_name() {
    let (_bot, lin) = in_a_group().await;
    assert!(lin.asks("@Wenzheng_Playground_Bot 面瘫是怎么回事").await.text.starts_with("面瘫是怎么回事"));
}

#[tokio::test]
async fn a_private_matter_is_answered_with_the_way_to_ask_it_in_private() {
    let (_bot, lin) = in_a_group().await;
    let told = lin.asks(&format!("{NAME} 阴茎蜕皮现象怎么回事")).await;
    assert!(told.text.contains(&phrases().ask_in_private) && !told.text.contains("阴茎"), "{}", told.text);
    assert!(told.all_buttons().next().is_none_or(|button| !button.text.contains("阴茎")));
}

#[tokio::test]
async fn a_link_in_a_group_does_not_open_a_private_matter() {
    let (_bot, lin) = in_a_group().await;
    let told = lin.asks(&format!("/start{NAME} penile-peeling__cause")).await;
    assert!(!told.text.contains("阴茎"), "{}", told.text);
}

#[tokio::test]
async fn a_button_in_a_group_does_not_open_a_private_matter_either() {
    let (_bot, lin) = in_a_group().await;
    let about = lin.asks("/about").await;
    lin.presses_data(about.message_id, "a:penile-peeling/cause").await;
    let told = lin.hears().await;
    assert!(!told.text.contains("阴茎"), "{}", told.text);
}

#[tokio::test]
async fn a_private_matter_leads_to_the_private_chat_by_a_link_that_names_nothing() {
    let (_bot, lin) = in_a_group().await;
    for question in ["阴茎蜕皮现象怎么回事", "阴茎脱皮"] {
        let told = lin.asks(&format!("{NAME} {question}")).await;
        let url = told.button(&phrases().carry.open_private).and_then(|button| button.url.clone());
        assert_eq!(url.as_deref(), Some("https://t.me/wenzheng_playground_bot?start=start"), "{question}: {}", told.text);
        assert!(!told.text.contains("阴茎"), "{}", told.text);
    }
}

#[tokio::test]
async fn no_button_in_a_group_names_a_private_matter() {
    let (_bot, lin) = in_a_group().await;
    let about = lin.asks("/about").await;
    for data in ["t:penile-peeling", "y:andrology:0", "ca:penile-peeling/cause", "ws:penile-peeling/cause:0", "vc:facial-palsy/cause:1"] {
        lin.presses_data(about.message_id, data).await;
        let told = lin.hears().await;
        let named = told.all_buttons().any(|button| button.text.contains("阴茎")) || told.text.contains("阴茎");
        assert!(!named, "{data}: {told:?}");
    }
}

#[tokio::test]
async fn the_plain_link_opens_the_start_page() {
    let bot = Bot::start().await;
    assert!(bot.person().asks("/start start").await.text.starts_with("你好，我是问症"));
}
