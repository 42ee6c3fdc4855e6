//! Promise: editors see what people did not find and what did not help, from five people on and without a sentence of
//! anybody.

use super::presses;
use crate::support::bot::{Asks, Bot};
use crate::support::seen::phrases;
use crate::support::small::Small;

/// The small knowledge has nothing on it.
const MISSING: &str = "打嗝吃什么好";

#[tokio::test]
async fn a_gap_is_shown_from_five_people_on_without_their_words_and_one_tap_makes_a_file_for_it() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let reviewer = bot.reviewer();
    let lin = bot.person();
    for _ in 0..6 {
        lin.asks(MISSING).await;
    }
    assert!(reviewer.asks("/gaps").await.text.contains("还没有"), "one person is not five");
    for _ in 0..30 {
        bot.person().asks(MISSING).await;
    }
    let gaps = reviewer.asks("/gaps").await.text;
    assert!(gaps.contains("36 次  打嗝 / ") && !gaps.contains(MISSING), "{gaps}");
    let sent = presses(&reviewer, "写一份").await;
    assert_eq!(sent.raw["document"]["file_name"], "hiccup-diet.toml", "{}", sent.raw);
}

#[tokio::test]
async fn none_of_these_counts_as_not_found() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    let heard = lin.asks("打嗝").await;
    assert!(heard.all_buttons().any(|button| button.text == phrases().button_none), "{}", heard.text);
    lin.taps(&phrases().button_none).await;
    let gaps = bot.store.gaps(1).expect("the store counts");
    assert_eq!(gaps.iter().map(|gap| (gap.name.as_str(), gap.count)).collect::<Vec<_>>(), [("hiccup/", 1)]);
}

#[tokio::test]
async fn a_vote_against_asks_why_and_editors_hear_of_an_article_that_may_be_wrong() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let (lin, editor) = (bot.person(), bot.editor());
    // The bot can only write to somebody who has written to it.
    editor.asks("/weak").await;
    lin.asks("耳朵痒怎么办").await;
    assert!(lin.taps("👎").await.text.starts_with(&phrases().vote_why));
    assert!(lin.taps(&phrases().vote_reasons[0]).await.text.starts_with(&phrases().vote_thanks));
    assert!(editor.hears().await.text.contains("ear-itch/treatment"));
    let weak = editor.asks("/weak").await.text;
    assert!(weak.contains("没帮助 1，有帮助 0  耳朵痒怎么办") && weak.contains("内容可能有错 1"), "{weak}");
}

#[tokio::test]
async fn owners_who_want_it_get_a_digest_once_a_week() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    bot.admin().asks("/about").await;
    for _ in 0..30 {
        bot.person().asks(MISSING).await;
    }
    bot.store.put_setting("digest", "week", &202_601_u32).expect("it is written");
    let bot = bot.restart().await;
    let owner = bot.admin();
    assert!(owner.hears().await.text.contains("本周编辑摘要"));
    assert!(owner.hears().await.text.contains("打嗝 / "), "the gaps");
    assert!(owner.hears().await.text.contains("还没有文章"), "nothing was voted down");
    let bot = bot.restart().await;
    assert!(bot.admin().asks("/about").await.text.contains("问症"), "no second one in the same week");
}
