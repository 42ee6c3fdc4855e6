//! Promise: an article can be taken along: causes told apart, a visit card, a reminder, a link, a report. Nothing of it is
//! kept but what somebody asked to be kept.

use crate::support::bot::{Asks, Bot};
use crate::support::seen::{disclaims, phrases, related};
use crate::support::shipped::engine;
use wenzheng::emulator::{Heard, Person};
use wenzheng::telegram::Reminder;

const QUESTION: &str = "面瘫是怎么回事";

/// The headings of the causes in the order in which they stand in the text.
fn order(heard: &Heard) -> Vec<String> {
    let at = engine().knowledge.find("facial-palsy/cause").expect("the article");
    let headings = engine().knowledge.article_at(at).points.iter().map(|point| point.heading.clone()).collect::<Vec<_>>();
    let mut found: Vec<(usize, String)> = headings
        .into_iter()
        .map(|heading| (heard.text.find(&format!("\n{heading}")).unwrap_or_else(|| panic!("{heading} in {}", heard.text)), heading))
        .collect();
    found.sort();
    found.into_iter().map(|(_, heading)| heading).collect()
}

/// The signs that can be ticked, as the buttons say them.
fn ticks(heard: &Heard) -> Vec<String> {
    heard
        .all_buttons()
        .filter(|button| button.data.as_deref().is_some_and(|data| data.starts_with("ws:")))
        .map(|button| button.text.clone())
        .collect()
}

async fn opened(bot: &Bot) -> (Person, Heard) {
    let lin = bot.person();
    lin.asks(QUESTION).await;
    let heard = lin.taps(&phrases().carry.apart).await;
    (lin, heard)
}

#[tokio::test]
async fn ticking_puts_a_cause_first_below_the_dangerous_ones_and_takes_none_away() {
    let bot = Bot::start().await;
    let (lin, before) = opened(&bot).await;
    assert!(before.edited && disclaims(&before), "{}", before.text);
    let knowledge = &engine().knowledge;
    let article = knowledge.article_at(knowledge.find("facial-palsy/cause").expect("the article"));
    let dangerous = article.points.iter().filter(|point| point.danger).count();
    let first = order(&before);
    assert_eq!(first, article.points.iter().map(|point| point.heading.clone()).collect::<Vec<_>>());
    // The last sign belongs to the last cause.
    let last = ticks(&before).pop().expect("a sign");
    let after = lin.taps(&last).await;
    let now = order(&after);
    assert_eq!(now.len(), first.len());
    assert_eq!(now[..dangerous], first[..dangerous]);
    assert_eq!(now.get(dangerous), first.last(), "{}", after.text);
    assert!(after.text.contains("（点了 1 项）") && after.button("✓ 有：").is_some());
    let again = lin.taps("✓ 有：").await;
    assert_eq!(order(&again), first);
    assert!(lin.taps("返回").await.text.starts_with(QUESTION));
}

#[tokio::test]
async fn every_dangerous_cause_says_when_to_go_wherever_it_stands() {
    let bot = Bot::start().await;
    let (_, heard) = opened(&bot).await;
    let knowledge = &engine().knowledge;
    let article = knowledge.article_at(knowledge.find("facial-palsy/cause").expect("the article"));
    for point in article.points.iter().filter(|point| point.danger) {
        assert!(heard.text.contains(point.when.as_deref().expect("when")), "{}", point.heading);
    }
}

#[tokio::test]
async fn ticks_on_another_version_of_the_article_are_dropped() {
    let bot = Bot::start().await;
    let (lin, before) = opened(&bot).await;
    lin.presses_data(before.message_id, "ws:facial-palsy/cause:zz7f").await;
    lin.presses_data(before.message_id, "vc:facial-palsy/cause:0zz7f").await;
    let card = lin.hears().await;
    let card = if card.text.contains("就诊卡") { card } else { lin.hears().await };
    assert!(card.text.contains("伴随：______"), "{}", card.text);
}

#[test]
fn every_state_of_every_article_fits_into_a_button() {
    let knowledge = &engine().knowledge;
    let asker = crate::support::shipped::asker();
    let mut looked_at = 0;
    for at in knowledge.places() {
        let id = knowledge.id_of(at);
        let views = [
            wenzheng::answer::apart(knowledge, at, "0"),
            Some(wenzheng::answer::visit(knowledge, at, "x")),
            Some(wenzheng::answer::visit(knowledge, at, "0")),
            Some(wenzheng::answer::carry(knowledge, at, true)),
            Some(wenzheng::answer::report_reasons(knowledge, at)),
            Some(wenzheng::answer::inline_card(knowledge, at, &asker)),
        ];
        for view in views.into_iter().flatten() {
            let wenzheng::answer::Answer::Page(page) = view else { panic!("a page") };
            for data in page.links.iter().filter_map(|link| link.data()) {
                // Ticks of eight hexadecimal digits are the longest.
                assert!(data.len() <= 64, "{data}");
                looked_at += 1;
            }
        }
        // All ticks at once.
        assert!(format!("vc:{id}:0ab{:x}", u32::MAX).len() <= 64, "{id}");
    }
    assert!(looked_at > 10_000, "{looked_at}");
}

#[tokio::test]
async fn a_visit_card_is_made_of_taps_and_the_topic_and_can_be_copied() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    lin.taps(&phrases().carry.button).await;
    lin.taps(&phrases().carry.visit).await;
    let card = lin.taps("两三天").await;
    for part in ["【就诊卡】面瘫", "部位：头与神经", "多久：两三天", "伴随：______", "3. ", "建议科室：神经内科"]
    {
        assert!(card.text.contains(part), "{part} in {}", card.text);
    }
    let copied = card.all_buttons().find_map(|button| button.copy_text.clone()).expect("a button that copies");
    assert!(card.text.contains(&copied) && copied.encode_utf16().count() <= 256, "{copied}");
    assert!(card.entities.iter().any(|entity| entity["type"] == "pre"), "{:?}", card.entities);
    let sign = card
        .all_buttons()
        .filter(|button| button.data.as_deref().is_some_and(|data| data.starts_with("vc:")))
        .map(|button| button.text.clone())
        .next();
    let sign = sign.expect("a sign to tick");
    let ticked = lin.taps(&sign).await;
    assert!(ticked.text.contains(&format!("伴随：{sign}")), "{}", ticked.text);
    let forgotten = lin.asks("/forget").await.text;
    assert!(forgotten.contains("最近说的话和话题"), "nothing else is held: {forgotten}");
    assert_eq!(bot.store.person(lin.chat_id()).held().expect("the store"), wenzheng::store::Held::default());
}

#[tokio::test]
async fn an_article_is_sent_on_by_a_link_that_opens_it() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    let menu = lin.taps(&phrases().carry.button).await;
    let url = menu.button(&phrases().carry.share).and_then(|button| button.url.clone()).expect("a link");
    let start = url.strip_prefix("https://t.me/share/url?url=https://t.me/wenzheng_playground_bot?start=").expect("the link to us");
    let opened = bot.person().asks(&format!("/start {start}")).await;
    assert!(opened.text.starts_with(QUESTION), "{}", opened.text);
}

#[tokio::test]
async fn a_reminder_comes_says_when_to_go_and_is_gone() {
    let bot = Bot::start_with(|settings| settings.remind_hours = 0).await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    lin.taps(&phrases().carry.button).await;
    assert!(lin.presses(&phrases().carry.remind).await);
    let reminder = lin.hears().await;
    assert!(reminder.text.contains(QUESTION) && reminder.text.contains("现在就打急救电话") && disclaims(&reminder), "{}", reminder.text);
    assert!(lin.taps(&phrases().carry.reminder_open).await.text.starts_with(QUESTION));
    let bot = bot.restart().await;
    assert!(bot.store.of_everyone::<Reminder>("reminder").expect("the store").is_empty());
}

#[tokio::test]
async fn a_reminder_waits_through_a_restart_and_comes_when_it_is_due() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    lin.taps(&phrases().carry.button).await;
    assert!(lin.presses(&phrases().carry.remind).await);
    assert!(lin.sees_notice().await.is_some(), "the question's menu");
    let told = lin.sees_notice().await.expect("a note").text;
    assert!(told.contains("48 小时"), "{told}");
    let [kept] = &bot.store.of_everyone::<Reminder>("reminder").expect("the store")[..] else { panic!("one reminder") };
    assert_eq!((kept.chat, kept.article.as_str()), (lin.chat_id(), "facial-palsy/cause"));
    // Two days later, in the store's eyes.
    let due = Reminder { at: 1, ..kept.clone() };
    bot.store.person(lin.chat_id()).put("reminder", &due.article, &due).expect("the store");
    let _bot = bot.restart().await;
    assert!(lin.hears().await.text.contains("你让我提醒再看一眼"));
}

#[tokio::test]
async fn a_private_matter_is_not_named_in_a_reminder() {
    let bot = Bot::start_with(|settings| settings.remind_hours = 0).await;
    let lin = bot.person();
    lin.presses_data(1, "re:penile-peeling/cause").await;
    let reminder = lin.hears().await;
    assert!(reminder.text.contains(&phrases().carry.reminder_private) && !reminder.text.contains("阴茎"), "{}", reminder.text);
}

#[tokio::test]
async fn forget_cancels_reminders_short_answers_and_reports_and_names_them() {
    let bot = Bot::start().await;
    let lin = bot.person();
    for data in ["re:facial-palsy/cause", "re:facial-palsy/treatment", "er:facial-palsy/cause:1"] {
        lin.presses_data(1, data).await;
        lin.sees_notice().await.expect("a note");
    }
    lin.asks("/short").await;
    let told = lin.asks("/forget").await.text;
    for part in ["2 个提醒", "简短回答", "1 个错误报告"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(bot.store.of_everyone::<Reminder>("reminder").expect("the store").is_empty());
    assert!(lin.asks("/forget").await.text.contains(&phrases().forget_nothing));
}

#[tokio::test]
async fn more_reminders_than_five_do_not_wait_for_one_person() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let titles = ["cause", "treatment", "prognosis", "symptom", "diet", "test"];
    let mut notes = Vec::new();
    for side in titles {
        lin.presses_data(1, &format!("re:headache/{side}")).await;
        notes.push(lin.sees_notice().await.expect("a note").text);
    }
    let kept = bot.store.of_everyone::<Reminder>("reminder").expect("the store").len();
    assert!(kept <= 5, "{kept}: {notes:?}");
}

#[tokio::test]
async fn a_report_reaches_the_editor_once_with_the_article_and_the_reason_alone() {
    let bot = Bot::start().await;
    let (lin, editor) = (bot.person(), bot.admin());
    editor.asks("/about").await;
    lin.asks(QUESTION).await;
    lin.taps(&phrases().carry.button).await;
    lin.taps(&phrases().carry.report).await;
    assert!(lin.presses("看不懂").await);
    let told = editor.hears().await;
    assert!(told.text.contains("facial-palsy/cause") && told.text.contains("看不懂"), "{}", told.text);
    assert!(!told.text.contains(&lin.user_id().to_string()) && !told.text.contains("小林"));
    lin.presses("看不懂").await;
    let mut note = lin.sees_notice().await.expect("a note").text;
    while note != phrases().carry.report_again {
        note = lin.sees_notice().await.expect("told so the second time").text;
    }
    assert_eq!(bot.store.count("reports", "facial-palsy/cause 2").expect("the store"), 1);
}

#[tokio::test]
async fn short_answers_give_the_summary_and_when_to_go_and_the_whole_at_a_tap() {
    let bot = Bot::start().await;
    let lin = bot.person();
    assert!(lin.asks("/short").await.text.contains(&phrases().carry.short_on));
    let short = lin.asks(QUESTION).await;
    let knowledge = &engine().knowledge;
    let article = knowledge.article_at(knowledge.find("facial-palsy/cause").expect("the article"));
    assert!(short.text.contains(&article.summary) && short.text.contains(&phrases().ladder) && disclaims(&short), "{}", short.text);
    assert!(article.points.iter().all(|point| !short.text.contains(&point.heading)) && related(&short).is_empty(), "{}", short.text);
    let whole = lin.taps(&phrases().carry.whole).await;
    assert!(whole.edited && article.points.iter().all(|point| whole.text.contains(&point.heading)), "{}", whole.text);
    let bot = bot.restart().await;
    assert!(!lin.asks(QUESTION).await.text.contains(&article.points[0].heading), "remembered");
    assert!(lin.asks("/short").await.text.contains(&phrases().carry.short_off));
    assert!(lin.asks(QUESTION).await.text.contains(&article.points[0].heading));
    drop(bot);
}

#[tokio::test]
async fn what_is_taken_along_carries_the_disclaimer_on_every_page() {
    let bot = Bot::start().await;
    let lin = bot.person();
    for data in [
        "ca:facial-palsy/cause",
        "ws:facial-palsy/cause:0",
        "vc:facial-palsy/cause:x",
        "vc:facial-palsy/cause:1",
        "er:facial-palsy/cause:x",
        "wh:facial-palsy",
        "wa:",
        "fu:facial-palsy/cause",
    ] {
        lin.presses_data(1, data).await;
        let page = lin.hears().await;
        assert!(disclaims(&page), "{data}: {}", page.text);
    }
}
