//! Promise: the gate does no worse on the gold set than it has done before. The floors only rise.
//!
//! The set was written by hand without sight of the rules. The part marked `aside` is not learned from and was not looked at
//! while rules were written (what it missed was read once, see docs/benchmarks.md); both parts are counted apart, so that learning by heart would show. Those of style `stranger` come from
//! another hand than all other sentences.

use crate::support::shipped::engine;
use serde::Deserialize;
use wenzheng::triage::Assessment;

#[derive(Deserialize)]
struct Utterance {
    text: String,
    #[serde(default)]
    kind: String,
    aside: bool,
}

/// Share of the utterances that raise an alarm: those rules were written with, and those kept aside.
fn alarms(file: &str, kind: &str) -> (f64, f64) {
    let lines = file.lines().map(|line| serde_json::from_str::<Utterance>(line).expect("every line is an utterance"));
    let of_kind: Vec<Utterance> = lines.filter(|utterance| utterance.kind == kind).collect();
    let share = |aside: bool| {
        let part: Vec<_> = of_kind.iter().filter(|utterance| utterance.aside == aside).collect();
        let raised = part.iter().filter(|utterance| matches!(engine().assess(&utterance.text), Assessment::Alarm(_)));
        assert!(part.len() > 100, "the part is large enough to mean something");
        raised.count() as f64 / part.len() as f64
    };
    let shares = (share(false), share(true));
    println!("{kind:12} alarms: {:.1} % of those seen, {:.1} % of those kept aside", shares.0 * 100.0, shares.1 * 100.0);
    shares
}

#[test]
fn emergencies_are_caught() {
    let (seen, aside) = alarms(include_str!("../gold/emergencies.jsonl"), "");
    assert!(seen >= 0.98 && aside >= 0.97, "{seen} {aside}");
}

#[test]
fn ordinary_questions_raise_no_alarm() {
    let (seen, aside) = alarms(include_str!("../gold/non_emergencies.jsonl"), "ordinary");
    assert!(seen <= 0.005 && aside <= 0.01, "{seen} {aside}");
}

#[test]
fn look_alikes_raise_few_alarms() {
    let (seen, aside) = alarms(include_str!("../gold/non_emergencies.jsonl"), "look_alike");
    assert!(seen <= 0.005 && aside <= 0.035, "{seen} {aside}");
}
