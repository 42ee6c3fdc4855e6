//! Promise: people read their own script and their own words, and are told where a machine turned the text.

use crate::support::bot::{Asks, Bot};
use crate::support::shipped::engine;
use wenzheng::emulator::Person;
use wenzheng::text::Script;

/// Somebody who chose a region.
async fn someone_in(bot: &Bot, region: &str) -> Person {
    let lin = bot.person();
    lin.presses_data(1, &format!("g:{region}")).await;
    lin.hears().await;
    lin
}

#[tokio::test]
async fn an_article_in_another_script_says_so() {
    let bot = Bot::start().await;
    let mark = "繁體字由程式自動轉換";
    let mark_hk = "繁體字由程序自動轉換";
    for (region, turned) in [("mainland", false), ("taiwan", true), ("hongkong", true), ("macau", true)] {
        let text = someone_in(&bot, region).await.asks("面瘫是怎么回事").await.text;
        assert_eq!(text.contains(mark) || text.contains(mark_hk), turned, "{region}: {text}");
    }
}

#[test]
fn the_same_thing_has_each_regions_word() {
    let terms = &engine().terms;
    let words = |text: &str| [Script::Simplified, Script::Taiwan, Script::HongKong, Script::Macau].map(|script| terms.put(text, script));
    assert_eq!(words("急诊"), ["急诊", "急診", "急症", "急診"]);
    assert_eq!(words("医保"), ["医保", "健保", "醫保", "醫保"]);
    assert_eq!(words("小儿科"), ["小儿科", "小兒科", "兒科", "兒科"]);
}

#[tokio::test]
async fn help_without_speaking_is_on_the_card_of_a_region_that_has_it() {
    let bot = Bot::start().await;
    for (region, number) in [("hongkong", "992"), ("singapore", "70995"), ("taiwan", "連續按 9")] {
        let card = someone_in(&bot, region).await.asks("我爸胸口剧痛喘不上气").await.text;
        assert!(card.contains(number), "{region}: {card}");
    }
    let card = someone_in(&bot, "mainland").await.asks("我爸胸口剧痛喘不上气").await.text;
    assert!(!card.contains("不方便说话"), "{card}");
}
