//! Promise: the bot goes on with what was talked about, says so, and forgets it when asked.

use crate::support::bot::{Asks, Bot};
use crate::support::seen::{disclaims, phrases};

const QUESTION: &str = "面瘫倒错现象怎么回事";

#[tokio::test]
async fn a_follow_up_is_about_the_topic_and_says_that_it_is() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    let answer = lin.asks("会自愈吗").await;
    assert!(answer.text.starts_with("面瘫倒错会自愈吗\n还在聊：面瘫倒错"), "{}", answer.text);
    assert!(disclaims(&answer));
    let why = lin.asks("/why").await.text;
    assert!(why.contains("接着聊") && why.contains("面瘫倒错,会自愈吗"), "{why}");
}

#[tokio::test]
async fn a_topic_that_is_named_wins_and_is_not_called_a_rest_of_the_talk() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    let answer = lin.asks("口腔溃疡怎么办").await.text;
    assert!(answer.starts_with("口腔溃疡") && !answer.contains("还在聊"), "{answer}");
    assert!(lin.asks("吃什么好").await.text.contains("还在聊：口腔溃疡"));
}

#[tokio::test]
async fn after_small_talk_and_what_is_declined_the_topic_stays() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    lin.asks("谢谢").await;
    lin.asks("今天天气怎么样").await;
    assert!(lin.asks("那怎么治").await.text.contains("还在聊：面瘫倒错"));
}

#[tokio::test]
async fn a_card_ends_the_talk_and_the_gate_stays_awake() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    assert!(lin.asks("我爸突然胸口剧痛喘不上气").await.text.starts_with("紧急"));
    let after = lin.asks("会自愈吗").await.text;
    assert!(!after.contains("面瘫倒错"), "{after}");
    assert!(lin.asks("他还出冷汗，叫不醒").await.text.starts_with("紧急"));
}

#[tokio::test]
async fn what_was_offered_can_be_chosen_by_its_number_and_one_can_go_back() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let offered = lin.asks("失眠").await;
    let second = offered.all_buttons().nth(1).expect("a second").text.clone();
    assert!(lin.asks("第二个").await.text.starts_with(&second));
    let first = offered.all_buttons().next().expect("a first").text.clone();
    assert!(lin.asks("吃什么好").await.text.contains("还在聊：失眠") && !second.eq(&first));
    assert!(lin.asks("返回").await.text.starts_with(&second));
    assert!(lin.asks("返回").await.text.contains(&phrases().back_nothing));
}

#[tokio::test]
async fn an_article_opened_by_a_button_is_what_is_talked_about() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    lin.taps("面瘫是怎么回事").await;
    assert!(lin.asks("会自愈吗").await.text.contains("还在聊：面瘫\n"));
}

#[tokio::test]
async fn in_a_group_nobody_is_answered_about_what_another_asked() {
    let bot = Bot::start().await;
    let lin = bot.telegram.group(-1_000_000_000_077, "邻里").member(55, "小林");
    lin.asks(&format!("@wenzheng_playground_bot {QUESTION}")).await;
    let answer = lin.asks("@wenzheng_playground_bot 会自愈吗").await;
    assert!(!answer.text.contains("还在聊") && !answer.text.contains("面瘫"), "{}", answer.text);
}

#[tokio::test]
async fn forget_names_the_topic_and_the_next_question_stands_alone() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    let told = lin.asks("/forget").await.text;
    assert!(told.contains("面瘫倒错"), "{told}");
    assert!(!lin.asks("会自愈吗").await.text.contains("面瘫倒错"));
}

#[tokio::test]
async fn the_topic_outlives_a_reload() {
    let small = crate::support::small::Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    lin.asks("耳朵痒怎么办").await;
    bot.reload();
    let answer = lin.asks("那是怎么回事").await;
    assert!(answer.text.contains("耳朵痒"), "{}", answer.text);
}
