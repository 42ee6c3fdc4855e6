//! Promise: a vote counts once a person and version, and says so.

use crate::support::bot::{Asks, Bot};
use crate::support::seen::phrases;
use crate::support::small::Small;
use wenzheng::emulator::Person;

const QUESTION: &str = "耳朵痒怎么办";

/// Presses a vote under the newest answer and gives the note.
async fn votes(person: &Person, label: &str) -> String {
    assert!(person.presses(label).await, "there is a button {label}");
    person.sees_notice().await.expect("a note").text
}

#[tokio::test]
async fn a_first_vote_is_thanked_and_a_second_one_is_told_so() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    assert_eq!(votes(&lin, "👍").await, phrases().vote_thanks);
    assert_eq!(votes(&lin, "👍").await, phrases().vote_again);
}

#[tokio::test]
async fn votes_of_two_people_both_count() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    for (person, label) in [(bot.person(), "👍"), (bot.person(), "👎")] {
        person.asks(QUESTION).await;
        assert_eq!(votes(&person, label).await, phrases().vote_thanks);
    }
    let tallies = bot.store.tallies().expect("the store counts");
    let counted: Vec<_> = tallies.iter().map(|of| (of.article.as_str(), of.tally.helpful, of.tally.unhelpful)).collect();
    assert_eq!(counted, [("ear-itch/treatment", 1, 1)]);
}

#[tokio::test]
async fn another_version_may_be_voted_on_again() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    votes(&lin, "👍").await;
    small.change("topics/ent/ear-itch.toml", "先不要掏", "先别去掏");
    bot.reload();
    assert_eq!(votes(&lin, "👍").await, phrases().vote_thanks);
}

#[tokio::test]
async fn a_vote_outlives_a_restart() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    lin.asks(QUESTION).await;
    votes(&lin, "👎").await;
    let _bot = bot.restart().await;
    assert_eq!(votes(&lin, "👎").await, phrases().vote_again);
}
