//! Promise: nothing goes live before somebody has seen what it changes; what went live can be taken back, as a whole or an
//! article, over reloads and restarts.

use super::{EAR, HICCUP, ends, presses, proposes};
use crate::support::bot::{Asks, Bot};
use crate::support::seen::phrases;
use crate::support::small::Small;
use wenzheng::engine::Settings;
use wenzheng::reload::{boot, roll_back};
use wenzheng::store::{self, Store};

const OLD: &str = "打嗝多半是吃得太快";
const NEW: &str = "打嗝常常是吃得太快";

#[tokio::test]
async fn changes_are_shown_first_and_go_live_when_somebody_says_so() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    small.change(HICCUP, OLD, NEW);
    let proposed = proposes(&bot.editor()).await;
    assert!(proposed.text.contains("还没有发布") && proposed.text.contains("+0 ~1 -0"), "{}", proposed.text);
    assert!(bot.person().asks("打嗝怎么办").await.text.contains(OLD));
    let published = presses(&bot.editor(), "发布").await;
    assert!(published.text.contains("知识已更新") && published.message_id == proposed.message_id, "{}", published.text);
    assert!(bot.person().asks("打嗝怎么办").await.text.contains(NEW));
}

#[tokio::test]
async fn what_is_given_up_does_not_go_live_and_its_button_means_nothing_any_more() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    small.change(HICCUP, OLD, NEW);
    let proposed = proposes(&bot.editor()).await;
    let publish = proposed.buttons[0][0].data.clone().expect("a button");
    assert!(presses(&bot.editor(), "放弃").await.text.contains("已放弃"));
    bot.editor().presses_data(proposed.message_id, &publish).await;
    assert!(ends(&bot.editor()).await.text.contains("已经不在了"));
    assert!(bot.person().asks("打嗝怎么办").await.text.contains(OLD));
}

#[tokio::test]
async fn files_that_change_after_the_check_are_not_released_unchecked() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    small.change(HICCUP, OLD, NEW);
    proposes(&bot.editor()).await;
    small.change(EAR, "name = \"耳朵痒\"", "nmae = \"耳朵痒\"");
    assert!(presses(&bot.editor(), "发布").await.text.contains("又变了"));
    assert!(bot.person().asks("打嗝怎么办").await.text.contains(OLD));
}

#[tokio::test]
async fn a_red_flag_that_would_be_lost_is_pointed_out() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let rule = "red_flags/heart/chest-pain.toml";
    let text = std::fs::read_to_string(small.file(rule)).expect("the rule");
    small.write(rule, text.replace("心口", "胸前"));
    small.change("red_flags/vocabulary/common.toml", ", \"心口\"", "");
    let proposed = proposes(&bot.editor()).await.text;
    assert!(proposed.contains("急症检查会变弱") && proposed.contains("！“突然心口剧痛，喘不上气”不再触发红旗"), "{proposed}");
    assert!(!proposed.contains("！“突然胸口"), "{proposed}");
}

#[tokio::test]
async fn a_preview_shows_the_candidate_to_the_editor_alone() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let editor = bot.editor();
    assert!(editor.asks("/preview").await.text.contains("没有候选"));
    small.change(HICCUP, OLD, NEW);
    proposes(&editor).await;
    assert!(presses(&editor, "预览").await.text.contains("预览已打开"));
    let seen = editor.asks("打嗝怎么办").await.text;
    assert!(seen.starts_with("【预览】") && seen.contains(NEW), "{seen}");
    let others = bot.person().asks("打嗝怎么办").await.text;
    assert!(!others.contains("预览") && others.contains(OLD), "{others}");
    editor.asks("/preview").await;
    assert!(editor.asks("打嗝怎么办").await.text.contains(OLD));
}

#[tokio::test]
async fn an_earlier_revision_comes_back_with_one_press() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let editor = bot.editor();
    assert!(editor.asks("/rollback").await.text.contains("没有别的版本"));
    small.change(HICCUP, OLD, NEW);
    bot.reload();
    editor.asks("/rollback").await;
    let back = presses(&editor, "退回").await;
    assert!(back.text.contains("已退回") && back.text.contains("~ hiccup/treatment"), "{}", back.text);
    assert!(bot.person().asks("打嗝怎么办").await.text.contains(OLD));
    let history = editor.asks("/history").await.text;
    assert!(history.contains("现用") && history.contains("退回"), "{history}");
    assert!(proposes(&editor).await.text.contains("~ hiccup/treatment"), "the files can be released again");
}

#[test]
fn what_was_gone_back_to_outlives_a_restart_until_the_files_change() {
    let (small, data) = (Small::new(), tempfile::TempDir::new().expect("a folder"));
    let store = Store::open(data.path(), &store::Settings::default()).expect("a store");
    let start = || boot(small.path(), Some(&store), Settings::default(), |_| ()).expect("it starts");
    let summary = |boot: &wenzheng::reload::Boot| {
        let knowledge = &boot.engine.knowledge;
        knowledge.article_at(knowledge.find("hiccup/treatment").expect("it is there")).summary.clone()
    };
    let first = start().engine.knowledge.digest;
    small.change(HICCUP, OLD, NEW);
    assert!(summary(&start()).contains(NEW));
    roll_back(&store, small.path(), &first[..12]).expect("it is kept");
    let again = start();
    assert!(summary(&again).contains(OLD) && again.alarms.join("").contains("/rollback"), "{:?}", again.alarms);
    small.change(HICCUP, NEW, "打嗝往往是吃得太快");
    assert!(summary(&start()).contains("往往"), "changed files are taken up");
    assert!(roll_back(&store, small.path(), "0000").is_err(), "no such revision");
}

#[tokio::test]
async fn an_article_is_withdrawn_at_once_and_stays_out_over_a_reload_until_it_is_put_back() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let (reviewer, lin) = (bot.reviewer(), bot.person());
    let shown = lin.asks("打嗝怎么办").await;
    assert!(shown.text.contains(OLD));
    let said = reviewer.asks("/withdraw hiccup/treatment").await.text;
    assert!(said.contains("已撤下"), "{said}");
    assert!(!lin.asks("打嗝怎么办").await.text.contains(OLD));
    assert_eq!(lin.asks("/start hiccup__treatment").await.text.lines().next(), phrases().retired_nothing.lines().next());
    small.change(EAR, "先不要掏", "先别去掏");
    bot.reload();
    assert!(!lin.asks("打嗝怎么办").await.text.contains(OLD), "over a reload");
    let booted = boot(small.path(), Some(&bot.store), Settings::default(), |_| ()).expect("it starts");
    assert!(booted.engine.knowledge.find("hiccup/treatment").is_none(), "over a restart");
    assert!(reviewer.asks("/withdraw").await.text.contains("hiccup/treatment"), "it is listed");
    assert!(bot.editor().asks("/putback hiccup/treatment").await.text.contains("已放回"));
    assert!(lin.asks("打嗝怎么办").await.text.contains(OLD));
    assert!(reviewer.asks("/withdraw no/such").await.text.contains("没有撤下"));
}

#[test]
fn emergencies_alarm_as_before_without_the_withdrawn_articles() {
    let (small, data) = (Small::new(), tempfile::TempDir::new().expect("a folder"));
    let store = Store::open(data.path(), &store::Settings::default()).expect("a store");
    let start = || boot(small.path(), Some(&store), Settings::default(), |_| ()).expect("it starts").engine;
    let before = start();
    let ids: Vec<String> = before.knowledge.places().map(|at| before.knowledge.id_of(at)).filter(|id| id.starts_with("hiccup")).collect();
    let keeper = wenzheng::reload::Keeper::new(
        small.path(),
        Some(store.clone()),
        Settings::default(),
        std::sync::Arc::new(wenzheng::engine::Live::new(start())),
    );
    for id in &ids {
        keeper.withdraw(id).expect("it is withdrawn");
    }
    let after = keeper.live().engine();
    for example in before.knowledge.topics.iter().flat_map(|topic| &topic.red_flags).flat_map(|flag| &flag.examples) {
        assert!(matches!(after.assess(example), wenzheng::triage::Assessment::Alarm(_)), "{example}");
    }
    let asker = wenzheng::answer::Asker::new(None, wenzheng::knowledge::Date::today());
    assert!(!matches!(after.answer("打嗝", &asker).answer, wenzheng::answer::Answer::Article(_)));
}
