//! Promise: an answer says which stored question it answers, then the answer, then what to do; every word of it stands
//! in the knowledge, and every way on ends with the disclaimer.

use crate::support::bot::{Asks, Bot};
use crate::support::seen::{disclaims, phrases, related, stretch, units};
use crate::support::shipped::{asker, engine, every_word};
use crate::support::small::Small;
use std::collections::HashSet;
use wenzheng::answer::{Answer, compose_article};
use wenzheng::emulator::{Heard, Person};
use wenzheng::render::{Outgoing, Renderer, utf16_len};
use wenzheng::search::Understood;
use wenzheng::text::{Script, Terms};

const QUESTION: &str = "面瘫倒错现象怎么回事";

/// Every article of the knowledge as messages.
fn every_article(script: Script) -> Vec<(String, Vec<Outgoing>)> {
    let (engine, renderer) = (engine(), Renderer::default());
    let render = |at| {
        let view = compose_article(&engine.knowledge, at, true, &Understood::default(), &asker());
        (view.id.clone(), renderer.render(&Answer::Article(Box::new(view)), script, &Terms::default()))
    };
    engine.knowledge.places().map(render).collect()
}

#[tokio::test]
async fn the_matched_title_comes_first_then_the_summary_then_numbered_points() {
    let bot = Bot::start().await;
    let answer = bot.person().asks(QUESTION).await;
    let at = |part: &str| answer.text.find(part).unwrap_or_else(|| panic!("{part} is in {}", answer.text));
    let parts = [QUESTION, "面瘫倒错是指面瘫恢复以后", "1. 神经被压住（肿物等）（要紧）", "2. 神经接错了路", "4. 神经变得太敏感"];
    let care = ["该多快去看", "现在就打急救电话", "挂号：神经内科", "未经医生审核", "以上内容仅供参考"];
    let places: Vec<usize> = parts.iter().chain(&care).map(|part| at(part)).collect();
    assert!(places[0] == 0 && places.is_sorted(), "{places:?} in {}", answer.text);
}

#[tokio::test]
async fn the_first_screen_is_short_because_detail_is_folded() {
    let bot = Bot::start().await;
    let answer = bot.person().asks(QUESTION).await;
    let folded = answer.entities.iter().filter(|entity| entity["type"] == "expandable_blockquote");
    let folded: Vec<String> = folded.map(|entity| stretch(&answer, entity).expect("inside the text")).collect();
    assert_eq!(folded.len(), 5, "four causes and the ladder");
    assert!(folded.iter().all(|text| text.contains('：')) && folded.concat().chars().count() > 300, "{folded:?}");
}

#[tokio::test]
async fn related_questions_are_three_to_six_siblings_first_and_never_by_a_common_word() {
    let bot = Bot::start().await;
    let answer = bot.person().asks(QUESTION).await;
    let related = related(&answer);
    assert!((3..=6).contains(&related.len()) && related[0].contains("倒错"), "{related:?}");
    let strange = ["性欲", "脱皮", "蜕皮", "尿血", "阴茎"];
    assert!(related.iter().all(|title| *title != QUESTION && strange.iter().all(|word| !title.contains(word))), "{related:?}");
}

#[tokio::test]
async fn tapping_a_related_question_answers_it_in_the_same_chat() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    let next = lin.taps("面瘫倒错会自愈吗").await;
    assert!(!next.edited && next.text.starts_with("面瘫倒错会自愈吗"), "{}", next.text);
    assert_eq!(bot.views("facial-synkinesis/prognosis"), 1);
}

#[tokio::test]
async fn an_article_counts_its_views_however_it_was_reached() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("/start").await;
    lin.taps(QUESTION).await;
    lin.asks("/start facial-synkinesis__cause").await;
    lin.asks(QUESTION).await;
    lin.asks("/about").await;
    assert_eq!(bot.views("facial-synkinesis/cause"), 3, "by example, link and question");
}

#[tokio::test]
async fn sources_turn_the_message_and_turn_back() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let answer = lin.asks(QUESTION).await;
    let sources = lin.taps("来源").await;
    assert!(sources.edited && sources.message_id == answer.message_id && sources.text.contains("NHS"), "{}", sources.text);
    let back = lin.taps("返回").await;
    assert_eq!((back.message_id, back.text, back.buttons), (answer.message_id, answer.text, answer.buttons));
}

#[tokio::test]
async fn what_is_not_known_is_declined_and_none_of_these_leads_on() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let decline = lin.asks("今天天气怎么样").await;
    assert!(decline.text.contains(&phrases().decline) && decline.text.contains("请去看医生"), "{}", decline.text);
    assert!(decline.button("按身体部位找").is_some());
    assert!(lin.asks("面瘫").await.text.contains("关于面瘫"));
    assert!(lin.taps("都不是").await.text.contains("换个说法"));
}

/// What comes of every button of a message; votes, reminders and reports are answered by a passing note only, links by nothing.
async fn press_all(lin: &Person, heard: &Heard) -> Vec<Heard> {
    let mut next = Vec::new();
    for button in heard.all_buttons() {
        let Some(data) = button.data.clone() else { continue };
        lin.presses_data(heard.message_id, &data).await;
        let note = lin.sees_notice().await.expect("the press is answered");
        let reported = data.starts_with("er:") && !data.ends_with(":x");
        if reported || ["u:", "d:", "re:"].iter().any(|kind| data.starts_with(kind)) {
            assert!(!note.text.is_empty(), "{data}");
            continue;
        }
        let came = lin.hears().await;
        // Back to what the message shows already changes nothing.
        if came.silence && data.starts_with("r:") {
            continue;
        }
        assert!(disclaims(&came) && note.text.is_empty(), "{} ({data}) of {} leads to {} {came:?}", button.text, heard.text, note.text);
        next.push(came);
    }
    next
}

#[tokio::test]
async fn every_path_two_taps_deep_carries_the_disclaimer() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let mut seen = 0;
    for start in [QUESTION, "面瘫", "今天天气怎么样", "你好", "吃阿司匹林几片"] {
        let answer = lin.asks(start).await;
        assert!(disclaims(&answer), "{start}: {}", answer.text);
        for first in press_all(&lin, &answer).await {
            seen += 1 + press_all(&lin, &first).await.len();
        }
    }
    assert!(seen > 100, "{seen} answers were looked at");
}

#[tokio::test]
async fn every_command_carries_the_disclaimer() {
    let bot = Bot::start().await;
    let lin = bot.person();
    for command in ["/start", "/help", "/browse", "/hot", "/region", "/why", "/about", "/privacy", "/forget", "/reload", "/x"] {
        let told = lin.asks(command).await;
        assert!(disclaims(&told), "{command}: {}", told.text);
    }
}

#[test]
fn every_article_fits_its_messages_and_every_entity_its_text() {
    for (id, messages) in [Script::Simplified, Script::Taiwan].into_iter().flat_map(every_article) {
        for message in &messages {
            let length = utf16_len(&message.rich.text);
            assert!((1..=4096).contains(&length), "{id}: {length}");
            assert!(message.rich.entities.len() <= 100, "{id}");
            let inside = message.rich.entities.iter().all(|entity| entity.length > 0 && entity.offset + entity.length <= length);
            assert!(inside, "{id}: {:?}", message.rich.entities);
        }
    }
}

#[test]
fn every_button_fits_and_no_article_is_related_to_itself_or_twice() {
    for (id, messages) in every_article(Script::Simplified) {
        let buttons: Vec<_> = messages.last().expect("a message").buttons.iter().flatten().collect();
        assert!(buttons.iter().all(|button| (1..=64).contains(&button.data.len()) && !button.text.is_empty()), "{id}: {buttons:?}");
        let related: Vec<&str> = buttons.iter().filter_map(|button| button.data.strip_prefix("a:")).collect();
        let distinct: HashSet<&str> = related.iter().copied().collect();
        assert!((3..=6).contains(&related.len()) && distinct.len() == related.len(), "{id}: {related:?}");
        assert!(!distinct.contains(id.as_str()), "{id}");
    }
}

#[test]
fn every_sentence_of_an_article_stands_in_the_knowledge() {
    let phrases = phrases();
    let labels = [&phrases.label_what, &phrases.label_signs, &phrases.label_usual, &phrases.label_when];
    let rungs = [&phrases.rung_call_now, &phrases.rung_today, &phrases.rung_days, &phrases.rung_home];
    let wanted = ["facial-synkinesis/cause", "facial-palsy/treatment", "hematuria/cause", "migraine/cause", "diabetes/diet"];
    let mut sentences = 0;
    for (id, messages) in every_article(Script::Simplified).into_iter().filter(|(id, _)| wanted.contains(&id.as_str())) {
        let text = messages.iter().map(|message| message.rich.text.as_str()).collect::<Vec<_>>().join("\n");
        let (medical, _) = text.split_once("挂号：").expect("departments");
        for line in medical.lines().filter(|line| !line.is_empty()) {
            let numbered = line.split_once(". ").filter(|(number, _)| number.parse::<u8>().is_ok()).map_or(line, |(_, rest)| rest);
            let bare = numbered.trim_end_matches(phrases.danger_mark.as_str());
            let label = labels.iter().chain(&rungs).find_map(|label| bare.strip_prefix(label.as_str())?.strip_prefix('：'));
            for sentence in label.unwrap_or(bare).split_inclusive('。') {
                assert!(every_word().contains(sentence), "{id}: {sentence}");
                sentences += 1;
            }
        }
    }
    assert!(sentences > 150, "{sentences}");
}

#[tokio::test]
async fn a_long_article_is_split_with_its_buttons_under_the_last_part() {
    let small = Small::new();
    let long = "棉签和耳勺会磨破皮肤，越掏越痒。".repeat(300);
    small.change("topics/ent/ear-itch.toml", "棉签和耳勺会磨破皮肤，越掏越痒。", &long);
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    let (first, last) = (lin.asks("耳朵痒怎么办").await, lin.hears().await);
    assert!(first.buttons.is_empty() && !last.buttons.is_empty() && disclaims(&last));
    for part in [&first, &last] {
        assert!(units(&part.text) <= 4096 && part.entities.iter().all(|entity| stretch(part, entity).is_some()));
    }
}

#[tokio::test]
async fn what_could_not_be_answered_is_counted_as_topic_and_side_never_as_a_sentence() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("面瘫会传染给隔壁老王吗").await;
    lin.asks("/about").await;
    let gaps = bot.store.gaps(1).expect("the store counts");
    assert!(!gaps.is_empty() && gaps.iter().all(|gap| !gap.name.contains("隔壁")), "{gaps:?}");
}
