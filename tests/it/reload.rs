//! Promise: a reload swaps only what came out right as a whole, tells what changed, and disturbs nobody.

use crate::support::bot::{Asks, Bot};
use crate::support::shipped::engine;
use crate::support::small::Small;
use std::sync::Arc;
use std::sync::mpsc;
use wenzheng::emulator::Person;
use wenzheng::engine::{Live, Settings};
use wenzheng::reload::{Keeper, Step, boot, keep, read_kept};
use wenzheng::store::{self, Store};

const EAR: &str = "topics/ent/ear-itch.toml";
const HICCUP: &str = "topics/digestive/hiccup.toml";
const LIPS: &str = "topics/skin/chapped-lips.toml";

/// One more article.
const MORE: &str = r#"
[[articles]]
facet = "department"
title = "嘴唇干裂挂什么科"
asks = ["嘴唇干裂看什么科", "嘴唇乾裂掛什麼科", "嘴唇起皮挂哪个科", "嘴唇干裂去医院挂什么号", "嘴唇干裂应该看哪个科"]
not_asks = ["嘴唇干裂怎么办", "打嗝怎么办"]
summary = "嘴唇干裂先看皮肤科。嘴角裂开、伴着口腔里的溃疡，可以看口腔科。发烧、全身起皮的，先看急诊。带上正在用的润唇膏和药膏，医生会问。"
order = "none"
[[articles.points]]
heading = "皮肤科"
body = "多数人先看这里。"
[[articles.points]]
heading = "口腔科"
body = "口腔里也有溃疡时看这里。"
[[articles.points]]
heading = "急诊"
body = "发烧、全身起皮时看这里。"
"#;

/// Says /reload, releases what came out right, and gives the report that the message turns into.
async fn reloads(admin: &Person) -> String {
    let begun = admin.asks("/reload").await;
    loop {
        let heard = admin.hears().await;
        assert!(!heard.silence && heard.edited && heard.message_id == begun.message_id, "one message turns");
        if !heard.buttons.is_empty() {
            assert!(admin.presses("发布").await, "it can be released");
        } else if !heard.text.starts_with("正在") {
            return heard.text;
        }
    }
}

#[tokio::test]
async fn a_reload_reports_what_was_added_changed_and_removed() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    small.append(LIPS, MORE);
    small.change(HICCUP, "打嗝多半是吃得太快", "打嗝常常是吃得太快");
    small.cut(EAR, "[[articles]]\nfacet = \"symptom\"");
    let report = reloads(&bot.admin()).await;
    for line in ["知识已更新", "+1 ~1 -1", "+ chapped-lips/department", "~ hiccup/treatment", "- ear-itch/symptom"] {
        assert!(report.contains(line), "{line} in {report}");
    }
    assert!(bot.person().asks("打嗝怎么办").await.text.contains("打嗝常常是"));
}

#[tokio::test]
async fn a_question_that_is_now_answered_otherwise_is_reported() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    small.cut(EAR, "[[articles]]\nfacet = \"symptom\"");
    let report = reloads(&bot.admin()).await;
    assert!(report.contains("“耳朵痒有哪些表现”：ear-itch/symptom → "), "{report}");
}

#[tokio::test]
async fn broken_files_keep_the_old_knowledge_and_every_fault_is_named_with_its_place() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    small.change(EAR, "name = \"耳朵痒\"", "nmae = \"耳朵痒\"");
    small.change(HICCUP, "reviewed = 2026-11-23", "reviewed = \"昨天\"");
    small.change(LIPS, "嘴唇干裂多半是", "嘴唇乾燥多半是");
    let report = reloads(&bot.admin()).await;
    assert!(report.contains("没有更新") && report.contains("ear-itch.toml:2") && report.contains("nmae"), "{report}");
    assert!(report.contains("hiccup.toml:") && report.contains("昨天"), "{report}");
    assert!(bot.person().asks("嘴唇干裂怎么办").await.text.contains("嘴唇干裂多半是"), "the old text");
}

#[tokio::test]
async fn an_example_that_comes_out_wrong_keeps_the_old_knowledge() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    small.change(EAR, "not_asks = [", "not_asks = [\"耳朵发痒怎么办呢\", ");
    let report = reloads(&bot.admin()).await;
    assert!(report.contains("没有更新") && report.contains("“耳朵发痒怎么办呢”不该找到这篇"), "{report}");
}

#[tokio::test]
async fn questions_in_flight_are_answered() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    bot.admin().says("/reload").await;
    for _ in 0..20 {
        assert!(lin.asks("耳朵痒怎么办").await.text.starts_with("耳朵痒怎么办"));
    }
}

#[tokio::test]
async fn a_second_reload_at_the_same_time_is_told_to_wait() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let (keeper, (begun, begins), (go_on, wait)) = (bot.keeper(), mpsc::channel(), mpsc::channel::<()>());
    let first = std::thread::spawn(move || {
        keeper.reload(|step| {
            if step == Step::Loading {
                begun.send(()).expect("the test waits");
                wait.recv().expect("the test goes on");
            }
        })
    });
    begins.recv().expect("the first one begins");
    let report = reloads(&bot.admin()).await;
    go_on.send(()).expect("the first one waits");
    assert!(report.contains("另一次载入正在进行"), "{report}");
    assert!(first.join().expect("no panic").is_ok(), "the first one is done");
}

#[test]
fn a_start_with_unchanged_files_does_not_parse_them_again() {
    let (small, data) = (Small::new(), tempfile::TempDir::new().expect("a folder"));
    let store = Store::open(data.path(), &store::Settings::default()).expect("a store");
    let start = || boot(small.path(), Some(&store), Settings::default(), |_| ()).expect("it starts");
    let (first, second) = (start(), start());
    assert!(!first.from_store && first.tried > 0 && second.from_store && second.tried == 0);
    small.change(HICCUP, "打嗝多半是吃得太快", "打嗝常常是吃得太快");
    assert!(!start().from_store, "changed files are read");
}

#[test]
fn a_start_with_broken_files_answers_from_the_last_good_revision_and_says_so() {
    let (small, data) = (Small::new(), tempfile::TempDir::new().expect("a folder"));
    let store = Store::open(data.path(), &store::Settings::default()).expect("a store");
    boot(small.path(), Some(&store), Settings::default(), |_| ()).expect("it starts");
    small.change(EAR, "name = \"耳朵痒\"", "nmae = \"耳朵痒\"");
    let again = boot(small.path(), Some(&store), Settings::default(), |_| ()).expect("it starts");
    assert!(again.engine.knowledge.find("ear-itch/treatment").is_some());
    assert!(again.alarms.join("\n").contains("ear-itch.toml:2"), "{:?}", again.alarms);
}

#[test]
fn topics_come_out_of_the_store_in_the_order_of_their_files() {
    let data = tempfile::TempDir::new().expect("a folder");
    let store = Store::open(data.path(), &store::Settings::default()).expect("a store");
    let knowledge = &engine().knowledge;
    keep(&store, knowledge, &[], |_| ()).expect("it is kept");
    let kept = read_kept(&store.live().expect("a revision")).expect("it is read");
    let ids = |knowledge: &wenzheng::knowledge::Knowledge| knowledge.topics.iter().map(|topic| topic.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&kept), ids(knowledge));
}

#[test]
fn imported_articles_that_cannot_be_read_are_told_and_kept_as_they_are() {
    let (small, data) = (Small::new(), tempfile::TempDir::new().expect("a folder"));
    let store = Store::open(data.path(), &store::Settings::default()).expect("a store");
    let mut draft = store.begin("of-another-release").expect("a draft");
    draft.put("i/odd", &"an article as another release writes it").expect("it is put");
    draft.publish("1 篇导入").expect("it is live");
    let boot = boot(small.path(), Some(&store), Settings::default(), |_| ()).expect("it starts");
    assert!(boot.alarms.join("\n").contains("导入的文章读不出来"), "{:?}", boot.alarms);
    assert!(boot.engine.knowledge.find("ear-itch/treatment").is_some(), "the files answer");
    let live = store.live().expect("a revision");
    assert_eq!((live.digest(), live.len()), ("of-another-release", 1), "nothing was written over");
    let keeper = Keeper::new(small.path(), Some(store.clone()), Settings::default(), Arc::new(Live::new(boot.engine)));
    assert!(keeper.reload(|_| ()).is_err(), "nor by a reload");
    assert_eq!(store.live().expect("a revision").digest(), "of-another-release");
}
