//! Promise: whatever is typed, the program answers and does not panic.

use crate::support::program::Home;
use serde_json::Value;

#[test]
fn very_long_empty_and_wordless_questions_are_answered() {
    let long = "头痛".repeat(50_000);
    let odd = [
        long.as_str(),
        "",
        "   ",
        "😀😷🤒🙂",
        "？！。……",
        "\u{200b}\u{200d}\u{feff}",
        "\u{7}\u{1b}[31m",
        "a",
        "<b>&amp;</b>",
        "0",
        "-1",
        "'; DROP TABLE",
    ];
    let ran = Home::new().feed(&["ask", "--json"], odd.join("\n") + "\n");
    assert_eq!((ran.code, ran.json().len()), (0, odd.len()), "{}", ran.err);
    assert!(ran.json().iter().all(|answer| answer["text"].as_str().is_some_and(|text| !text.is_empty())), "{}", ran.out);
}

#[test]
fn bytes_that_are_no_text_are_answered() {
    let ran = Home::new().feed(&["ask", "--json"], b"\xff\xfe\x80\n\xe8\x80\xb3\xe6\n\x00\x00\n");
    assert_eq!((ran.code, ran.json().len()), (0, 3), "{}", ran.err);
}

#[test]
fn an_emergency_is_found_inside_very_long_text() {
    let question = format!("{}我爸胸口剧痛，喘不上气。{}", "今天说点别的。".repeat(5_000), "还有别的事。".repeat(5_000));
    let ran = Home::new().feed(&["ask", "--json"], question);
    assert_eq!(ran.json()[0]["kind"], Value::from("emergency"));
}

#[test]
fn wrong_usage_ends_with_two_and_says_what_is_right() {
    let home = Home::new();
    for wrong in [&["no-such-command"][..], &["ask", "--no-such-option"], &["export"], &["search", "-k", "many"], &["eval", "no-such-file"]]
    {
        let ran = home.run(wrong);
        assert!(ran.code == 2 && !ran.err.is_empty() && ran.out.is_empty(), "{wrong:?}: {ran:?}");
    }
}
