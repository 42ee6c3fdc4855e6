//! Close candidates, and an honest no.

use super::fill::fill;
use super::says::{Action, Answer, ChoicesView, Link, Notice};
use crate::knowledge::{ArticleAt, Facet, Knowledge};
use crate::search::{Hit, Matched};

/// Most candidates.
const MOST: usize = 5;

/// Candidates: the sides of a topic if it was named without one, else the nearest questions.
pub(super) fn choices(knowledge: &Knowledge, matched: &Matched) -> ChoicesView {
    let phrases = &knowledge.phrases;
    let (text, mut links) = match named_topic(matched) {
        Some(topic) if matched.is_broad() => {
            let text = fill(&phrases.choices_broad, &[("主题", &knowledge.topics[topic].name)]);
            (text, articles_of(knowledge, topic, MOST + 3))
        }
        Some(topic) if let Some(text) = missing_facet(knowledge, matched, topic) => (text, articles_of(knowledge, topic, MOST)),
        _ => (phrases.choices.clone(), nearest(knowledge, &matched.hits)),
    };
    links.push(Link::callback(&phrases.button_none, "n:"));
    ChoicesView { text: vec![text], links, disclaimer: phrases.disclaimer.clone() }
}

/// An honest no: what is nearest, where to browse, when to go anyway.
pub(super) fn decline(knowledge: &Knowledge, near: &[Hit]) -> ChoicesView {
    let phrases = &knowledge.phrases;
    let mut text = vec![phrases.decline.clone(), phrases.decline_when.clone()];
    let mut links = nearest(knowledge, near);
    if !links.is_empty() {
        text.push(phrases.decline_near.clone());
    }
    links.push(Link::callback(&phrases.button_browse, "b:"));
    ChoicesView { text, links, disclaimer: phrases.disclaimer.clone() }
}

/// The sides of a topic, to choose from. None where there is no such topic.
pub fn compose_sides(knowledge: &Knowledge, id: &str) -> Option<ChoicesView> {
    let nth = knowledge.topics.iter().position(|topic| topic.id == id)?;
    let text = fill(&knowledge.phrases.choices_broad, &[("主题", &knowledge.topics[nth].name)]);
    let mut links = articles_of(knowledge, nth, MOST + 3);
    links.push(Link::callback(&knowledge.phrases.button_none, "n:"));
    Some(ChoicesView { text: vec![text], links, disclaimer: knowledge.phrases.disclaimer.clone() })
}

/// After "none of these": how to go on.
pub fn none_of_these(knowledge: &Knowledge) -> ChoicesView {
    let phrases = &knowledge.phrases;
    ChoicesView {
        text: vec![phrases.none_of_these.clone()],
        links: vec![Link::callback(&phrases.button_browse, "b:")],
        disclaimer: phrases.disclaimer.clone(),
    }
}

/// After a vote against an article: why, on buttons.
pub fn vote_reasons(knowledge: &Knowledge, id: &str) -> Answer {
    let phrases = &knowledge.phrases;
    let reasons = phrases.vote_reasons.iter().enumerate().map(|(nth, reason)| Link::callback(reason, format!("w:{nth}:{id}")));
    // A button carries at most 64 bytes.
    let links = reasons.filter(|link| matches!(&link.action, Action::Callback(data) if data.len() <= 64)).collect();
    let text = phrases.vote_why.clone();
    Answer::Notice(Notice { text, disclaimer: phrases.disclaimer.clone(), declines: false, links })
}

/// The topic the question names, if it names just one.
fn named_topic(matched: &Matched) -> Option<usize> {
    let mut topics: Vec<usize> = matched.understood.topics().collect();
    topics.dedup();
    match topics[..] {
        [topic] => Some(topic),
        _ => None,
    }
}

fn articles_of(knowledge: &Knowledge, topic: usize, most: usize) -> Vec<Link> {
    let places = (0..knowledge.topics[topic].articles.len()).map(|article| ArticleAt { topic, article });
    places.take(most).map(|at| link(knowledge, at)).collect()
}

fn nearest(knowledge: &Knowledge, hits: &[Hit]) -> Vec<Link> {
    hits.iter().take(MOST).map(|hit| link(knowledge, hit.at)).collect()
}

fn link(knowledge: &Knowledge, at: ArticleAt) -> Link {
    Link::callback(&knowledge.article_at(at).title, format!("a:{}", knowledge.id_of(at)))
}

/// What is said where the topic is there and the side that is asked is not.
fn missing_facet(knowledge: &Knowledge, matched: &Matched, topic: usize) -> Option<String> {
    let topic = &knowledge.topics[topic];
    let has = |facet: Facet| topic.articles.iter().any(|article| article.facet == Some(facet));
    let missing: Vec<Facet> = matched.understood.facets.iter().copied().filter(|facet| !has(*facet)).collect();
    if missing.is_empty() {
        return None;
    }
    if missing == [Facet::Department] && !topic.departments.is_empty() {
        let places = [("主题", topic.name.as_str()), ("科室", &topic.departments.join("、"))];
        return Some(fill(&knowledge.phrases.facet_departments, &places));
    }
    let name = |facet: Facet| knowledge.facet_words(facet).map(|words| words.name.as_str());
    let names = |facets: &mut dyn Iterator<Item = Facet>| facets.filter_map(name).collect::<Vec<_>>().join("、");
    let there = names(&mut Facet::ALL.into_iter().filter(|facet| has(*facet)));
    let missing = names(&mut missing.into_iter());
    let places = [("主题", topic.name.as_str()), ("有", &there), ("没有", &missing)];
    Some(fill(&knowledge.phrases.facet_missing, &places))
}
