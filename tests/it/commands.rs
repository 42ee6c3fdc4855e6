//! Promise: every command of the menu does what its line says, for whom it is meant.

use crate::support::bot::{Asks, Bot};
use crate::support::seen::{disclaims, phrases, related};
use teloxide::utils::command::BotCommands;
use wenzheng::telegram::Command;

/// Commands that are for people with a role.
const DESK: [&str; 11] = ["reload", "preview", "rollback", "withdraw", "putback", "history", "gaps", "weak", "stats", "backup", "restore"];

#[tokio::test]
async fn start_says_what_it_is_and_its_examples_can_be_tapped() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let start = lin.asks("/start").await;
    assert!(start.text.contains("不是医生") && start.text.contains("120") && disclaims(&start), "{}", start.text);
    for example in phrases().examples {
        let label = start.button(&example).map(|button| button.text.clone());
        assert_eq!(label.as_deref(), Some(example.as_str()));
    }
    assert!(lin.taps("面瘫倒错现象怎么回事").await.text.contains("面瘫倒错现象怎么回事"));
}

#[tokio::test]
async fn a_link_opens_its_article() {
    let bot = Bot::start().await;
    let opened = bot.person().asks("/start facial-palsy__cause").await;
    assert!(opened.text.starts_with("面瘫是怎么回事"), "{}", opened.text);
    let forged = bot.person().asks("/start ../../etc__passwd").await;
    assert!(forged.text.contains(&phrases().retired_nothing) && disclaims(&forged), "{}", forged.text);
}

#[tokio::test]
async fn help_names_every_command_and_those_of_the_desk_only_to_its_people() {
    let bot = Bot::start().await;
    let (lin, admin) = (bot.person().asks("/help").await.text, bot.admin().asks("/help").await.text);
    for command in Command::bot_commands() {
        let line = format!("/{} {}", command.command.trim_start_matches('/'), command.description);
        assert!(admin.contains(&line), "{line}");
        assert_eq!(lin.contains(&line), !DESK.contains(&command.command.trim_start_matches('/')), "{line}");
    }
}

#[tokio::test]
async fn browse_leads_by_body_system_to_an_article() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("/browse").await;
    assert!(lin.taps("头与神经").await.edited, "the same message turns");
    let topic = lin.taps("头晕").await;
    let title = related(&topic).first().expect("an article").to_string();
    let article = lin.taps(&title).await;
    assert!(!article.edited && article.text.starts_with(&title), "{}", article.text);
}

#[tokio::test]
async fn browse_leads_by_department_to_an_article() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("/browse").await;
    let first = lin.taps("按科室找").await;
    let department = first.all_buttons().next().expect("a department").text.clone();
    let topic = lin.taps(&department).await.all_buttons().next().expect("a topic").text.clone();
    let articles = lin.taps(&topic).await;
    assert!(!related(&articles).is_empty(), "{articles:?}");
}

#[tokio::test]
async fn hot_shows_what_was_read_and_the_most_read_first() {
    let bot = Bot::start().await;
    let lin = bot.person();
    assert!(lin.asks("/hot").await.text.contains(&phrases().hot_nothing));
    lin.asks("面瘫倒错会自愈吗").await;
    lin.asks("面瘫是怎么回事").await;
    lin.asks("面瘫是怎么回事呢").await;
    assert_eq!(related(&lin.asks("/hot").await), ["面瘫是怎么回事", "面瘫倒错会自愈吗"]);
    assert_eq!(bot.views("facial-palsy/cause"), 2);
}

#[tokio::test]
async fn a_region_is_remembered_and_changes_the_number_and_the_script() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("/region").await;
    assert!(lin.taps("台湾").await.text.contains("119"));
    let start = lin.asks("/start").await.text;
    assert!(start.contains("119") && !start.contains("120") && start.contains("機器人"), "{start}");
}

#[tokio::test]
async fn about_and_privacy_say_their_text() {
    let bot = Bot::start().await;
    let lin = bot.person();
    assert!(lin.asks("/about").await.text.starts_with(&phrases().about));
    assert!(lin.asks("/privacy").await.text.starts_with(&phrases().privacy));
}

#[tokio::test]
async fn forget_deletes_what_was_kept_and_says_what_it_was() {
    let bot = Bot::start().await;
    let lin = bot.person();
    assert!(lin.asks("/forget").await.text.contains(&phrases().forget_nothing));
    lin.asks("/region").await;
    lin.taps("香港").await;
    lin.asks("面癱是怎麼回事").await;
    assert!(lin.presses("有幫助").await && lin.sees_notice().await.is_some());
    let told = lin.asks("/forget").await.text;
    assert!(told.contains("地區") && told.contains("1 個評價"), "{told}");
    assert!(lin.asks("/start").await.text.contains("120"), "all regions again");
}

#[tokio::test]
async fn why_explains_the_last_answer_stage_by_stage() {
    let bot = Bot::start().await;
    let lin = bot.person();
    assert!(lin.asks("/why").await.text.contains(&phrases().why_nothing));
    lin.asks("面瘫是怎么回事").await;
    let why = lin.asks("/why").await.text;
    assert!(["分析", "分诊", "检索", "作答", "没有红旗"].iter().all(|stage| why.contains(stage)), "{why}");
}

#[tokio::test]
async fn an_unknown_command_is_told_where_help_is() {
    let bot = Bot::start().await;
    let told = bot.person().asks("/abracadabra").await;
    assert!(told.text.contains(&phrases().unknown_command) && disclaims(&told));
}

#[tokio::test]
async fn a_stranger_cannot_reload() {
    let bot = Bot::start().await;
    let told = bot.person().asks("/reload").await;
    assert!(told.text.contains(&phrases().admins_only), "{}", told.text);
}

#[tokio::test]
async fn the_menu_is_set_and_an_admins_has_reload() {
    let bot = Bot::start().await;
    bot.admin().asks("/about").await;
    let calls = bot.telegram.calls();
    let menus: Vec<_> = calls.iter().filter(|call| call.method == "setMyCommands").map(|call| call.params.to_string()).collect();
    let of = |person: &str| menus.iter().find(|menu| menu.contains(person)).expect("a menu of their own");
    assert!(!menus[0].contains("reload") && !menus[0].contains("history"), "{}", menus[0]);
    assert!(of("900").contains("backup") && of("901").contains("reload") && !of("901").contains("backup"), "{menus:?}");
    assert!(of("902").contains("history") && !of("902").contains("reload"), "{menus:?}");
}
