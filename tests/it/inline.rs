//! Promise: in any chat, `@bot words` offers articles with the disclaimer and the danger signs; an emergency is its card
//! alone; what nothing matches gets nothing.

use crate::support::bot::Bot;
use crate::support::seen::phrases;
use serde_json::Value;

fn results(answer: &Value) -> &[Value] {
    answer["results"].as_array().expect("results")
}

fn text(result: &Value) -> &str {
    result.pointer("/input_message_content/message_text").and_then(Value::as_str).expect("a text")
}

#[tokio::test]
async fn a_question_offers_its_article_first_and_every_card_says_what_it_must() {
    let bot = Bot::start().await;
    let answer = bot.person().asks_inline("面瘫倒错现象怎么回事").await;
    let offered = results(&answer);
    assert_eq!(offered[0]["title"], "面瘫倒错现象怎么回事");
    assert!((1..=50).contains(&offered.len()), "{}", offered.len());
    for card in offered {
        assert!(text(card).contains(&phrases().disclaimer) && text(card).contains("有下面的情况，马上打"), "{}", text(card));
        let url = card.pointer("/reply_markup/inline_keyboard/0/0/url").and_then(Value::as_str).expect("a link");
        assert!(url.starts_with("https://t.me/wenzheng_playground_bot?start="), "{url}");
    }
}

#[tokio::test]
async fn a_name_alone_offers_the_sides_of_its_topic() {
    let bot = Bot::start().await;
    let answer = bot.person().asks_inline("面瘫").await;
    let titles: Vec<_> = results(&answer).iter().filter_map(|card| card["title"].as_str()).collect();
    assert!(titles.len() > 2 && titles.iter().all(|title| title.contains("面瘫")), "{titles:?}");
}

#[tokio::test]
async fn an_emergency_offers_its_card_alone_and_is_not_kept() {
    let bot = Bot::start().await;
    let answer = bot.person().asks_inline("我爸胸口剧痛喘不上气").await;
    let [card] = results(&answer) else { panic!("one card: {answer}") };
    assert!(text(card).starts_with("紧急：") && text(card).contains(&phrases().card_disclaimer), "{}", text(card));
    let calls = bot.telegram.calls();
    let call = calls.iter().find(|call| call.method == "answerInlineQuery").expect("the answer");
    assert_eq!((&call.params["cache_time"], &call.params["is_personal"]), (&0.into(), &true.into()));
}

#[tokio::test]
async fn what_nothing_matches_is_offered_nothing_but_the_private_chat() {
    let bot = Bot::start().await;
    let lin = bot.person();
    for query in ["今天天气怎么样", "", "你好"] {
        let answer = lin.asks_inline(query).await;
        assert!(results(&answer).is_empty(), "{query}: {answer}");
        assert_eq!(answer["button"]["start_parameter"], "start");
    }
}

#[tokio::test]
async fn a_card_comes_in_the_script_and_with_the_number_of_the_asker() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.presses_data(1, "g:taiwan").await;
    lin.hears().await;
    let answer = lin.asks_inline("面癱是怎麼回事").await;
    let card = &results(&answer)[0];
    assert!(text(card).contains("119") && text(card).contains("面癱"), "{}", text(card));
    assert_eq!(card["title"], "面癱是怎麼回事");
}
