//! Promise: the gate does no worse on the gold set than it has done before. The floors only rise.
//!
//! The set was written by hand without sight of the rules. The part marked `aside` is not learned from and was not looked at
//! while rules were written (what it missed was read once, see docs/benchmarks.md); both parts are counted apart, so that learning by heart would show. Those of style `stranger` come from
//! another hand than all other sentences.

use crate::support::shipped::{asker, engine};
use serde::Deserialize;
use wenzheng::answer::{Action, Answer, Kind, Link};
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

/// A question and the articles that answer it; none where the bot should decline.
#[derive(Deserialize)]
struct Question {
    query: String,
    expect: Vec<String>,
    aside: bool,
}

/// Shares of the questions kept aside, which the ranking did not learn from.
#[derive(Debug, Default)]
struct Outcomes {
    answerable: f64,
    /// The right article is sent, or is one of the choices.
    right: f64,
    offered: f64,
    /// Another article is sent.
    wrong: f64,
    /// Nothing is offered, or an alarm is raised.
    declined: f64,
    alarmed: f64,
    unanswerable: f64,
    /// Questions without an answer that got an article.
    fooled: f64,
}

fn leads_to(link: &Link, is_right: &dyn Fn(&str) -> bool) -> bool {
    matches!(&link.action, Action::Callback(data) if data.strip_prefix("a:").is_some_and(is_right))
}

fn outcomes() -> Outcomes {
    let lines = include_str!("../gold/questions.jsonl").lines();
    let questions = lines.map(|line| serde_json::from_str::<Question>(line).expect("every line is a question"));
    let mut outcomes = Outcomes::default();
    for question in questions.filter(|question| question.aside) {
        let replied = engine().answer(&question.query, &asker());
        let is_right = |id: &str| question.expect.iter().any(|right| right == id);
        if question.expect.is_empty() {
            outcomes.unanswerable += 1.0;
            outcomes.fooled += f64::from(u8::from(replied.kind() == Kind::Answer));
            continue;
        }
        outcomes.answerable += 1.0;
        let place = match &replied.answer {
            Answer::Article(article) if is_right(&article.id) => &mut outcomes.right,
            Answer::Article(_) => &mut outcomes.wrong,
            Answer::Choices(choices) if choices.links.iter().any(|link| leads_to(link, &is_right)) => &mut outcomes.offered,
            Answer::Card(_) => &mut outcomes.alarmed,
            _ => &mut outcomes.declined,
        };
        *place += 1.0;
    }
    outcomes
}

#[test]
fn questions_of_strangers_find_their_article() {
    let outcomes = outcomes();
    println!("{outcomes:?}");
    assert!(outcomes.answerable > 800.0 && outcomes.unanswerable > 80.0, "the set is large enough to mean something");
    let share = |part: f64| part / outcomes.answerable;
    assert!(share(outcomes.right) >= 0.61, "right: {}", share(outcomes.right));
    assert!(share(outcomes.right + outcomes.offered) >= 0.8, "right or offered: {}", share(outcomes.right + outcomes.offered));
    assert!(share(outcomes.wrong) <= 0.048, "wrong: {}", share(outcomes.wrong));
    assert!(share(outcomes.alarmed) <= 0.02, "alarmed: {}", share(outcomes.alarmed));
    assert!(outcomes.fooled / outcomes.unanswerable <= 0.01, "fooled: {}", outcomes.fooled);
}
