//! Promise: cards lead on by taps alone, whatever is stored: the care ladder a line at a time, whom it is for, and back.

use crate::support::bot::{Asks, Bot};
use crate::support::seen::{disclaims, phrases};

const QUESTION: &str = "面瘫倒错现象怎么回事";

#[tokio::test]
async fn the_care_ladder_asks_one_line_at_a_time_and_the_first_yes_ends_it() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    let first = lin.taps(&phrases().button_ladder).await;
    assert!(!first.edited && first.text.contains("第 1 条，共 4 条") && first.text.contains("马上打急救电话"), "{}", first.text);
    let second = lin.taps("没有").await;
    assert!(second.edited && second.message_id == first.message_id && second.text.contains("第 2 条"), "{}", second.text);
    let end = lin.taps("有").await;
    assert!(end.text.starts_with(&phrases().rung_today) && end.text.contains("今天去看眼科急诊") && disclaims(&end), "{}", end.text);
    assert!(end.button("没有").is_none());
}

#[tokio::test]
async fn where_no_line_is_true_nobody_is_told_that_all_is_well() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    lin.taps(&phrases().button_ladder).await;
    for _ in 0..3 {
        lin.taps("没有").await;
    }
    let end = lin.taps("没有").await;
    assert!(end.text.contains("不等于没事") && end.text.contains("去看医生") && disclaims(&end), "{}", end.text);
}

#[tokio::test]
async fn a_yes_to_the_first_rung_is_an_emergency_with_the_number() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.presses_data(1, "h:facial-synkinesis:c0").await;
    let end = lin.hears().await;
    assert!(end.text.starts_with("紧急：现在就打急救电话") && end.text.contains("120"), "{}", end.text);
    assert!(lin.asks("那现在怎么办").await.text.contains("先打"), "what is said to a card is answered in kind");
}

#[tokio::test]
async fn a_line_that_is_gone_keeps_its_rung() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.presses_data(1, "h:facial-synkinesis:c9").await;
    assert!(lin.hears().await.text.starts_with("紧急：现在就打急救电话"));
    lin.presses_data(1, "l:facial-synkinesis:c9").await;
    assert!(lin.hears().await.text.contains("第 2 条"), "on to the next rung");
}

#[tokio::test]
async fn one_tap_gives_the_article_for_somebody_else_or_says_that_it_is_not_for_them() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let adult = lin.asks("面瘫是怎么回事").await;
    let child = lin.taps(&phrases().button_for_child).await;
    assert!(child.edited && child.message_id == adult.message_id && child.text.starts_with("幼儿面瘫怎么回事"), "{}", child.text);
    let pregnant = lin.taps(&phrases().button_for_pregnant).await;
    assert!(pregnant.text.starts_with("孕妇得面瘫是怎么回事"), "{}", pregnant.text);
    assert!(lin.taps(&phrases().button_for_self).await.text.starts_with("面瘫是怎么回事"));
    lin.asks("面瘫会自愈吗").await;
    assert!(lin.taps(&phrases().button_for_child).await.text.contains("不是专门写给小孩的"));
}

#[tokio::test]
async fn a_topic_of_its_own_for_children_is_one_tap_away_and_back() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("发烧怎么办").await;
    let child = lin.taps(&phrases().button_for_child).await.text;
    assert!(child.contains("小孩") && !child.contains("不是专门写给"), "{child}");
    let own = lin.taps(&phrases().button_for_self).await.text;
    assert!(!own.contains("小孩发烧") && !own.contains("不是专门写给"), "{own}");
}

#[tokio::test]
async fn what_is_the_same_for_everybody_asks_nobody_whom_it_is_for() {
    let bot = Bot::start().await;
    let answer = bot.person().asks(QUESTION).await;
    assert!(answer.button(&phrases().button_for_child).is_none());
}

#[tokio::test]
async fn after_a_tap_for_a_child_the_talk_is_about_a_child() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("面瘫是怎么回事").await;
    lin.taps(&phrases().button_for_child).await;
    assert!(lin.asks("那怎么治").await.text.contains("不是专门写给小孩的"));
}

#[tokio::test]
async fn three_cards_deep_back_leads_up_again_also_after_a_restart() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let titles = [QUESTION, "面瘫倒错会自愈吗", "面瘫倒错如何治疗", "出现面瘫倒错和联动有根治的方法吗"];
    lin.asks(titles[0]).await;
    for title in &titles[1..] {
        let card = lin.taps(title).await;
        assert!(card.text.starts_with(title) && card.all_buttons().all(|button| button.data.as_ref().is_none_or(|data| data.len() <= 64)));
    }
    let _bot = bot.restart().await;
    for title in titles[..3].iter().rev() {
        let card = lin.taps("返回").await;
        assert!(card.edited && card.text.starts_with(title), "{title}: {}", card.text);
    }
}

#[tokio::test]
async fn from_the_sources_of_a_card_one_comes_back_to_it_and_further_up() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    let below = lin.taps("面瘫倒错会自愈吗").await;
    lin.taps("来源").await;
    let back = lin.taps("返回").await;
    assert_eq!((back.text, back.buttons), (below.text, below.buttons));
    assert!(lin.taps("返回").await.text.starts_with(QUESTION));
}
