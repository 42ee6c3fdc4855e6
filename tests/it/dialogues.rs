//! Promise: of scripted conversations, written before the code that reads them, nearly every turn is taken as it was meant.
//! The floor only rises.

use crate::support::shipped::{asker, engine};
use serde::Deserialize;
use wenzheng::answer::{Answer, Kind, Link};
use wenzheng::engine::{Before, Replied};
use wenzheng::knowledge::{Audience, Knowledge};

#[derive(Deserialize)]
struct Conversation {
    turns: Vec<Turn>,
}

/// What somebody says, and what it means: a kind, `answer` with the articles that are right, `about` with topics, `for`
/// with a group whose caution is shown and articles, `choices` with a topic, `none` for none of these, or `any`.
#[derive(Deserialize)]
struct Turn {
    say: String,
    means: String,
}

fn links(answer: &Answer) -> &[Link] {
    match answer {
        Answer::Choices(choices) | Answer::Decline(choices) => &choices.links,
        _ => &[],
    }
}

/// Topics that an answer is about or offers.
fn topics(answer: &Answer) -> Vec<&str> {
    let ids: Vec<&str> = match answer {
        Answer::Article(article) => vec![article.id.as_str()],
        other => links(other).iter().filter_map(Link::article).collect(),
    };
    ids.into_iter().filter_map(|id| Some(id.split_once('/')?.0)).collect()
}

fn is_right(knowledge: &Knowledge, replied: &Replied, means: &str) -> bool {
    let (kind, wanted) = means.split_once(' ').unwrap_or((means, ""));
    let ids: Vec<&str> = wanted.split(' ').collect();
    let article = match &replied.answer {
        Answer::Article(article) => Some(article),
        _ => None,
    };
    let of = |wanted: &[&str]| article.is_some_and(|article| wanted.contains(&article.id.as_str()));
    let offers = replied.kind() == Kind::Choices;
    match kind {
        "any" => true,
        "answer" => of(&ids),
        "for" => {
            let special =
                article.and_then(|article| knowledge.find(&article.id)).is_some_and(|at| knowledge.audience_of(at) != Audience::default());
            of(&ids[1..]) && (special || article.is_some_and(|article| !article.caution.is_empty()))
        }
        "about" => (article.is_some() || offers) && topics(&replied.answer).iter().any(|topic| ids.contains(topic)),
        "choices" => offers && !topics(&replied.answer).is_empty() && topics(&replied.answer).iter().all(|topic| ids.contains(topic)),
        "none" => offers && topics(&replied.answer).is_empty(),
        _ => format!("{:?}", replied.kind()).to_lowercase() == kind,
    }
}

#[test]
fn nearly_every_turn_is_taken_as_it_was_meant() {
    let lines = include_str!("../gold/dialogues.jsonl").lines();
    let conversations: Vec<Conversation> = lines.map(|line| serde_json::from_str(line).expect("every line is a conversation")).collect();
    let (engine, mut turns, mut right) = (engine(), 0.0, 0.0);
    for conversation in &conversations {
        let mut before = Before::default();
        for turn in &conversation.turns {
            let replied = engine.answer_after(&before, &turn.say, &asker());
            let taken = is_right(&engine.knowledge, &replied, &turn.means);
            if !taken {
                println!("{} means {}, came {:?} {:?}", turn.say, turn.means, replied.kind(), topics(&replied.answer));
            }
            turns += 1.0;
            right += f64::from(u8::from(taken));
            before.note(turn.say.clone(), &replied);
        }
    }
    println!("{} conversations, {turns} turns, {:.1} % as meant", conversations.len(), right / turns * 100.0);
    assert!(conversations.len() >= 60 && turns > 170.0, "enough to mean something");
    assert!(right / turns >= 0.92, "{}", right / turns);
}
