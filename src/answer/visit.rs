//! The visit card: a few lines to copy and show to a doctor. Made of taps and of the topic's file, kept nowhere.

use super::apart::{Ticks, signs};
use super::fill::fill;
use super::page::page;
use super::says::{Action, Answer, Link};
use crate::knowledge::{ArticleAt, Facet, Knowledge, Topic};

/// Longest text that a button can copy (Bot API), in UTF-16 code units.
const LONGEST_COPY: usize = 256;
/// Stands in a state for "how long" that was not chosen yet.
const NOT_CHOSEN: char = 'x';
/// Questions to the doctor.
const QUESTIONS: usize = 3;

/// The card as far as it is; asks how long it has been where that was not tapped yet. `state`: how long, then the ticks.
pub fn visit(knowledge: &Knowledge, at: ArticleAt, state: &str) -> Answer {
    let (id, phrases) = (knowledge.id_of(at), &knowledge.phrases);
    let from = with_signs(knowledge, at);
    let ticks = Ticks::read(knowledge, from, state.get(1..).unwrap_or_default());
    let back = Link::callback(&phrases.button_back, format!("r:{id}"));
    let chosen = state.chars().next().filter(|chosen| *chosen != NOT_CHOSEN).and_then(|chosen| chosen.to_digit(10));
    let Some(chosen) = chosen else {
        let long = phrases.carry.durations.iter().chain([&phrases.carry.duration_skip]).zip(0..10);
        let mut links: Vec<Link> = long.map(|(long, nth)| Link::callback(long, format!("vc:{id}:{nth}{}", ticks.state()))).collect();
        links.push(back);
        return page(knowledge, &phrases.carry.visit, vec![phrases.carry.visit_ask.clone()], links);
    };
    let long = usize::try_from(chosen).ok().and_then(|nth| phrases.carry.durations.get(nth)).unwrap_or(&phrases.carry.visit_blank);
    let block = card(knowledge, at, from, long, &ticks);
    let mut links = Vec::new();
    if block.encode_utf16().count() <= LONGEST_COPY {
        links.push(Link { label: phrases.carry.visit_copy.clone(), action: Action::Copy(block.clone()) });
    }
    let data = |state: String| format!("vc:{id}:{chosen}{state}");
    links.extend(signs(knowledge.article_at(from)).iter().enumerate().map(|(nth, sign)| ticks.link(knowledge, nth, sign, data)));
    links.push(back);
    let mut view = page(knowledge, &phrases.carry.visit, vec![phrases.carry.visit_how.clone()], links);
    if let Answer::Page(page) = &mut view {
        page.block = block;
    }
    view
}

/// The article whose signs can be ticked: this one, else the topic's first that has any.
fn with_signs(knowledge: &Knowledge, at: ArticleAt) -> ArticleAt {
    let has = |at: &ArticleAt| !signs(knowledge.article_at(*at)).is_empty();
    let topic = (0..knowledge.topic_at(at).articles.len()).map(|article| ArticleAt { topic: at.topic, article });
    std::iter::once(at).chain(topic).find(has).unwrap_or(at)
}

fn card(knowledge: &Knowledge, at: ArticleAt, from: ArticleAt, long: &str, ticks: &Ticks) -> String {
    let (topic, phrases) = (knowledge.topic_at(at), &knowledge.phrases.carry);
    let signs = signs(knowledge.article_at(from));
    let ticked: Vec<&str> = signs.iter().enumerate().filter(|(nth, _)| ticks.has(*nth)).map(|(_, sign)| sign.text).collect();
    let with = if ticked.is_empty() { phrases.visit_blank.clone() } else { ticked.join("；") };
    let system = knowledge.systems.iter().find(|system| system.topics.contains(&topic.id));
    let part = system.map_or(&phrases.visit_blank, |system| &system.name);
    let departments = if topic.departments.is_empty() { phrases.visit_blank.clone() } else { topic.departments.join("、") };
    let questions: Vec<String> = questions(knowledge, topic).iter().zip(1..).map(|(question, nth)| format!("{nth}. {question}")).collect();
    let places = [
        ("主题", topic.name.as_str()),
        ("部位", part),
        ("多久", long),
        ("伴随", &with),
        ("问题", &questions.join("\n")),
        ("科室", &departments),
    ];
    fill(&phrases.visit_card, &places)
}

/// What to ask the doctor: the topic's own questions, filled up with those that fit everything.
fn questions(knowledge: &Knowledge, topic: &Topic) -> Vec<String> {
    let asked = [Facet::Test, Facet::Treatment, Facet::Prognosis];
    let own = asked.iter().filter_map(|facet| topic.articles.iter().find(|article| article.facet == Some(*facet)));
    let own = own.map(|article| article.title.clone());
    own.chain(knowledge.phrases.carry.questions.iter().cloned()).take(QUESTIONS).collect()
}
