//! Promise: how a message is dressed does not change what it is: greetings before and thanks after, Traditional script,
//! full-width forms, line breaks, emoji and honorifics raise no alarm and hide none.

use crate::support::shipped::engine;
use serde::Deserialize;
use wenzheng::text::{Script, ScriptConverter};
use wenzheng::triage::Assessment;

#[derive(Deserialize)]
struct Utterance {
    text: String,
}

/// A dress and the least share of sentences that it must leave as they were.
type Dress = (&'static str, fn(&str) -> String, f64);

const DRESSES: &[Dress] = &[
    ("greeting and thanks", |text| format!("医生您好，请问{text}，谢谢医生"), 0.99),
    ("honorific", |text| format!("您好大夫，{text}"), 0.99),
    ("Traditional script", |text| ScriptConverter::default().convert(text, Script::Taiwan), 0.99),
    ("full-width", |text| text.chars().map(full_width).collect(), 0.99),
    ("line breaks", |text| text.replace(['，', ','], "\n"), 0.98),
    ("emoji", |text| format!("{text}🙏🙏"), 0.99),
];

fn full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        c => c,
    }
}

fn alarms(text: &str) -> bool {
    matches!(engine().assess(text), Assessment::Alarm(_))
}

#[test]
fn a_dress_changes_no_verdict() {
    let gold = [include_str!("../gold/emergencies.jsonl"), include_str!("../gold/non_emergencies.jsonl")];
    let lines = gold.iter().flat_map(|file| file.lines()).step_by(3);
    let said: Vec<Utterance> = lines.map(|line| serde_json::from_str(line).expect("every line is an utterance")).collect();
    for (name, dress, least) in DRESSES {
        let kept = said.iter().filter(|utterance| alarms(&utterance.text) == alarms(&dress(&utterance.text))).count();
        let share = kept as f64 / said.len() as f64;
        println!("{name}: {:.2} % of {} as they were", share * 100.0, said.len());
        assert!(share >= *least, "{name}: {share}");
    }
}
