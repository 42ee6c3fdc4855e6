//! Promise: every text gets an answer that can be sent, and the same text the same bytes.

use crate::support::seen::phrases;
use crate::support::shipped::{asker, engine};
use proptest::prelude::*;
use wenzheng::render::{Outgoing, Renderer, utf16_len};
use wenzheng::text::Script;

/// The messages that answer a text.
fn answered(text: &str, script: Script) -> Vec<Outgoing> {
    Renderer::default().render(&engine().answer(text, &asker()).answer, script, &engine().terms)
}

/// Characters and words that people and machines write, in any order.
fn texts() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "面瘫",
        "头痛",
        "面癱",
        "怎么回事",
        "點解",
        "不",
        "没有",
        "。",
        "，",
        "\n",
        "１２０",
        "３８．５℃",
        "🤒",
        "👨‍👩‍👧",
        "\u{200d}",
        "\u{0}",
        "(",
        "[",
        "{急救电话}",
        "<b>",
        "胸口痛",
        "孕妇",
        "三个月的宝宝",
        "%",
        "@x",
        "/",
        "a",
        "é",
        "ꓘ",
        "\u{202e}",
    ]);
    let piece = prop_oneof![words.prop_map(str::to_owned), "\\PC{0,8}", any::<char>().prop_map(|c| c.to_string())];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn every_text_is_answered_with_something_that_can_be_sent(text in texts()) {
        let phrases = phrases();
        let messages = answered(&text, Script::Simplified);
        prop_assert!(!messages.is_empty());
        for message in &messages {
            let length = utf16_len(&message.rich.text);
            prop_assert!((1..=4096).contains(&length));
            prop_assert!(message.rich.entities.iter().all(|entity| entity.length > 0 && entity.offset + entity.length <= length));
            prop_assert!(message.buttons.iter().flatten().all(|button| button.data.len() <= 64 && !button.text.is_empty()));
        }
        let last = &messages.last().expect("a message").rich.text;
        prop_assert!(last.contains(&phrases.disclaimer) || last.contains(&phrases.card_disclaimer), "{}", last);
    }

    #[test]
    fn the_same_text_gets_the_same_bytes(text in texts()) {
        prop_assert_eq!(answered(&text, Script::Taiwan), answered(&text, Script::Taiwan));
    }
}
