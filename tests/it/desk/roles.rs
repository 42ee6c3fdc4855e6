//! Promise: only who has the role may act at the desk; others are refused, and what was done is written down.

use super::{HICCUP, proposes};
use crate::support::bot::{Asks, Bot};
use crate::support::seen::phrases;
use crate::support::small::Small;

#[tokio::test]
async fn a_stranger_is_refused_whatever_they_try() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let stranger = bot.person();
    for command in [
        "/reload",
        "/preview",
        "/rollback",
        "/withdraw hiccup/treatment",
        "/putback hiccup/treatment",
        "/history",
        "/gaps",
        "/weak",
        "/stats",
        "/backup",
        "/restore x.bak",
        "/RELOAD",
        "/reload@wenzheng_bot",
    ] {
        let heard = stranger.asks(command).await.text;
        assert!(heard.starts_with(&phrases().admins_only) || heard.starts_with(&phrases().unknown_command), "{command}: {heard}");
    }
    assert!(stranger.asks("打嗝怎么办").await.text.contains("打嗝多半是"), "nothing was withdrawn");
    assert!(!stranger.asks("/help").await.text.contains("/withdraw"), "and nothing is offered");
}

#[tokio::test]
async fn a_reviewer_looks_and_withdraws_but_does_not_release() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let (reviewer, editor) = (bot.reviewer(), bot.editor());
    assert!(reviewer.asks("/reload").await.text.starts_with(&phrases().admins_only));
    assert!(editor.asks("/backup").await.text.starts_with(&phrases().admins_only));
    small.change(HICCUP, "打嗝多半是吃得太快", "打嗝常常是吃得太快");
    let publish = proposes(&editor).await.buttons[0][0].data.clone().expect("a button");
    for person in [bot.person(), reviewer] {
        let message = person.asks("/start").await.message_id;
        person.presses_data(message, &publish).await;
        assert_eq!(person.sees_notice().await.expect("a note").text, phrases().admins_only);
    }
    assert!(bot.person().asks("打嗝怎么办").await.text.contains("打嗝多半是"));
}

#[tokio::test]
async fn every_act_is_written_down_with_who_did_it() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    bot.reviewer().asks("/withdraw hiccup/treatment").await;
    bot.editor().asks("/putback hiccup/treatment").await;
    let done = wenzheng::reload::deeds(&bot.store, 10).expect("the log");
    let written: Vec<_> = done.iter().map(|deed| (deed.who, deed.what.as_str())).collect();
    assert_eq!(written, [(901, "放回 hiccup/treatment"), (902, "撤下 hiccup/treatment")]);
}
