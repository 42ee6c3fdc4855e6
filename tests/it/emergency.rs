//! Promise: an emergency is answered by its card first and alone, however it is said, with the right number.
//! (How well the shipped red flags tell emergencies from the rest is measured elsewhere.)

use crate::support::bot::{Asks, Bot};
use crate::support::seen::{disclaims, phrases};
use crate::support::shipped::engine;
use crate::support::small::Small;
use wenzheng::emulator::Heard;

const EMERGENCY: &str = "我爸胸口剧痛，喘不上气";

/// Whether it is a card: the call to action is its first line, and nothing leads to articles or votes.
fn is_card(heard: &Heard) -> bool {
    let leads_away = |data: &str| ["a:", "u:", "d:", "s:", "b:"].iter().any(|kind| data.starts_with(kind));
    let buttons = heard.all_buttons().filter_map(|button| button.data.as_deref());
    heard.text.starts_with(&format!("{}请立即拨打", phrases().urgent)) && disclaims(heard) && !buttons.into_iter().any(leads_away)
}

#[tokio::test]
async fn a_card_comes_first_and_alone() {
    let bot = Bot::start().await;
    let lin = bot.person();
    for said in ["我胸口剧痛，喘不上气，出冷汗", "我妈早上起来左边脸不会动了右手也没力气", "奶奶突然倒下，没有呼吸了"]
    {
        let card = lin.asks(said).await;
        assert!(is_card(&card) && card.text.lines().next().is_some_and(|line| line.contains("120")), "{said}: {}", card.text);
        let steps = card.text.lines().filter(|line| line.split_once(". ").is_some_and(|(number, _)| number.parse::<u8>().is_ok()));
        assert!((1..=5).contains(&steps.count()), "{said}: {}", card.text);
    }
    lin.says("/about").await;
    assert!(lin.hears().await.text.starts_with(&phrases().about), "nothing came after the cards");
}

#[tokio::test]
async fn a_crisis_is_answered_calmly_with_a_help_line() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("/region").await;
    lin.taps("中国大陆").await;
    let card = lin.asks("我不想活了，想自杀").await;
    assert!(card.text.contains("12356") && card.text.contains("120") && !card.text.starts_with(&phrases().urgent), "{}", card.text);
}

#[tokio::test]
async fn captions_edits_and_politeness_hide_nothing() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    lin.sends_photo(Some(EMERGENCY)).await;
    assert!(is_card(&lin.hears().await), "a caption");
    let question = lin.says("耳朵痒怎么办").await;
    lin.hears().await;
    lin.edits(question, EMERGENCY).await;
    assert!(is_card(&lin.hears().await), "an edit");
    assert!(is_card(&lin.asks("医生您好，请问我爸胸口剧痛，喘不上气，怎么办？谢谢").await), "politeness");
    assert!(lin.asks("我爸胸口劇痛，喘不上氣").await.text.starts_with("緊急：請立即撥打"), "Traditional script");
}

#[tokio::test]
async fn what_is_an_emergency_only_together_is_one_in_a_row_of_messages() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    assert!(!is_card(&lin.asks("我爸胸口剧痛").await));
    assert!(is_card(&lin.asks("他喘不上气").await));
    assert!(!is_card(&lin.asks("耳朵痒怎么办").await), "said once, it is over");
}

#[tokio::test]
async fn what_is_said_to_a_card_is_answered_in_kind_and_the_gate_stays_awake() {
    let bot = Bot::start().await;
    let lin = bot.person();
    assert!(is_card(&lin.asks("我爸胸口剧痛，喘不上气，出冷汗").await));
    for (said, heard) in
        [("已经打了120", "守在身边"), ("没那么严重", "不要只靠等"), ("不是我，是我爸", "做法一样"), ("打不通怎么办", "一直重拨")]
    {
        let reply = lin.asks(said).await;
        assert!(reply.text.contains(heard) && reply.text.contains("120") && disclaims(&reply), "{said}: {}", reply.text);
    }
    assert!(is_card(&lin.asks("他叫不醒了，没有呼吸").await), "the gate sleeps after a card");
    let other = bot.telegram.group(-1_000_000_000_079, "邻里").member(57, "小王");
    assert!(!other.asks("@wenzheng_playground_bot 没那么严重").await.text.contains("不要只靠等"), "nobody was shown a card there");
}

#[tokio::test]
async fn a_known_region_shows_its_number_and_no_other() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    for region in &engine().knowledge.regions {
        lin.presses_data(1, &format!("g:{}", region.id)).await;
        lin.hears().await;
        let card = lin.asks(EMERGENCY).await;
        let first = card.text.lines().next().expect("a line").to_owned();
        let shown: String = first.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(shown, region.ambulance, "{}: {first}", region.id);
        let copies: Vec<_> = card.all_buttons().filter_map(|button| button.copy_text.clone()).collect();
        assert_eq!(copies.concat(), region.ambulance, "{}", region.id);
    }
}

#[tokio::test]
async fn a_region_can_be_chosen_on_the_card() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    lin.asks(EMERGENCY).await;
    assert!(lin.taps("新加坡").await.text.contains("995"));
    assert!(lin.asks(EMERGENCY).await.text.contains("995"));
}

#[tokio::test]
async fn in_a_group_an_emergency_is_answered_when_the_bot_is_named() {
    let bot = Bot::start().await;
    let lin = bot.telegram.group(-1_000_000_000_078, "邻里").member(56, "小林");
    assert!(is_card(&lin.asks("@wenzheng_playground_bot 我胸口剧痛，喘不上气，出冷汗").await));
}
