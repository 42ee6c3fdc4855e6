//! What the second reader of triage learns from: every sentence of the knowledge that is known to be an emergency or not.

use super::conductor::Engine;
use crate::triage::{Example, Fitted, fit};

/// Fits the second reader to the heard messages, the examples of the red flags, the questions of the articles and small talk.
pub fn learn(engine: &Engine) -> Fitted {
    let knowledge = &engine.knowledge;
    let heard = knowledge.heard.iter().map(|heard| Example { text: &heard.text, alarm: heard.rule.is_some(), heard: true });
    let rules = knowledge.rules.iter().flat_map(|rule| alarms(&rule.examples).chain(calm(&rule.counter_examples)));
    let flags = knowledge.topics.iter().flat_map(|topic| &topic.red_flags).flat_map(|flag| alarms(&flag.examples));
    let articles = knowledge.places().map(|at| knowledge.article_at(at));
    let questions = articles.flat_map(|article| calm([&article.title]).chain(calm(&article.asks)).chain(calm(&article.not_asks)));
    let replies = knowledge.replies.iter().flat_map(|reply| calm(&reply.examples).chain(calm(&reply.counter_examples)));
    let examples: Vec<Example> = heard.chain(rules).chain(flags).chain(questions).chain(replies).collect();
    fit(&engine.triage, &engine.analyzer, &examples)
}

fn alarms<'a>(texts: impl IntoIterator<Item = &'a String>) -> impl Iterator<Item = Example<'a>> {
    texts.into_iter().map(|text| Example { text, alarm: true, heard: false })
}

fn calm<'a>(texts: impl IntoIterator<Item = &'a String>) -> impl Iterator<Item = Example<'a>> {
    texts.into_iter().map(|text| Example { text, alarm: false, heard: false })
}
