//! The bot's own pages: start, browse, sources, region and the like.

use super::article::compose_article;
use super::card::Numbers;
use super::compose::Asker;
use super::fill::fill;
use super::says::{Answer, Link, PageView};
use crate::knowledge::{ArticleAt, Knowledge};
use crate::search::Understood;

/// Buttons on one page of a list.
const PAGE: usize = 12;

/// A page that is one phrase.
pub fn simple(knowledge: &Knowledge, text: &str) -> Answer {
    page(knowledge, "", vec![text.to_owned()], Vec::new())
}

pub(super) fn page(knowledge: &Knowledge, heading: &str, text: Vec<String>, links: Vec<Link>) -> Answer {
    let disclaimer = knowledge.phrases.disclaimer.clone();
    Answer::Page(PageView { heading: heading.to_owned(), text, block: String::new(), links, disclaimer })
}

/// /start: what it is, what it is not, where to turn in an emergency, examples to tap.
pub fn start(knowledge: &Knowledge, asker: &Asker) -> Answer {
    let phrases = &knowledge.phrases;
    let text = Numbers::of(knowledge, asker).insert(&phrases.start);
    let examples = phrases.examples.iter().zip(0..).map(|(question, nth)| Link::callback(question, format!("e:{nth}")));
    page(knowledge, "", vec![text], examples.collect())
}

/// /browse: the body systems.
pub fn browse(knowledge: &Knowledge) -> Answer {
    let systems = knowledge.systems.iter().filter(|system| !system.topics.is_empty());
    let mut links: Vec<Link> = systems.map(|system| Link::callback(&system.name, format!("y:{}:0", system.id))).collect();
    links.push(Link::callback(&knowledge.phrases.browse_departments, "p:"));
    page(knowledge, &knowledge.phrases.browse, Vec::new(), links)
}

/// A body system's topics, a page at a time. None where there is no such system.
pub fn system(knowledge: &Knowledge, id: &str, first: usize) -> Option<Answer> {
    let system = knowledge.systems.iter().find(|system| system.id == id)?;
    let topics = system.topics.iter().filter_map(|topic| knowledge.topic(topic));
    let all: Vec<Link> = topics.map(|topic| Link::callback(&topic.name, format!("t:{}", topic.id))).collect();
    let heading = fill(&knowledge.phrases.browse_system, &[("系统", &system.name)]);
    let links = turn_page(knowledge, all, first, |next| format!("y:{id}:{next}"), "b:");
    Some(page(knowledge, &heading, Vec::new(), links))
}

/// The departments.
pub fn departments(knowledge: &Knowledge, first: usize) -> Answer {
    let names = department_names(knowledge);
    let all = names.iter().zip(0..).map(|(name, nth): (_, usize)| Link::callback(*name, format!("k:{nth}:0")));
    let links = turn_page(knowledge, all.collect(), first, |next| format!("p:{next}"), "b:");
    page(knowledge, &knowledge.phrases.browse_departments, Vec::new(), links)
}

/// A department's topics. None where there is no such department.
pub fn department(knowledge: &Knowledge, nth: usize, first: usize) -> Option<Answer> {
    let name = department_names(knowledge).get(nth).map(|name| (*name).to_owned())?;
    let topics = knowledge.topics.iter().filter(|topic| topic.departments.contains(&name));
    let all: Vec<Link> = topics.map(|topic| Link::callback(&topic.name, format!("t:{}", topic.id))).collect();
    let heading = fill(&knowledge.phrases.browse_department, &[("科室", &name)]);
    let links = turn_page(knowledge, all, first, |next| format!("k:{nth}:{next}"), "p:");
    Some(page(knowledge, &heading, Vec::new(), links))
}

/// Every department that a topic names, sorted, so that a number stands for the same one until the files change.
fn department_names(knowledge: &Knowledge) -> Vec<&str> {
    let mut names: Vec<&str> = knowledge.topics.iter().flat_map(|topic| &topic.departments).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn turn_page(knowledge: &Knowledge, all: Vec<Link>, first: usize, next: impl Fn(usize) -> String, back: &str) -> Vec<Link> {
    let more = all.len() > first.saturating_add(PAGE);
    let mut links: Vec<Link> = all.into_iter().skip(first).take(PAGE).collect();
    if more {
        links.push(Link::callback(&knowledge.phrases.button_more, next(first + PAGE)));
    }
    links.push(Link::callback(&knowledge.phrases.button_back, back));
    links
}

/// A topic: its articles to choose from. None where there is no such topic.
pub fn topic_page(knowledge: &Knowledge, id: &str) -> Option<Answer> {
    let nth = knowledge.topics.iter().position(|topic| topic.id == id)?;
    let topic = &knowledge.topics[nth];
    let links = topic
        .articles
        .iter()
        .enumerate()
        .map(|(article, of)| Link::callback(&of.title, format!("a:{}", knowledge.id_of(ArticleAt { topic: nth, article }))));
    let mut links: Vec<Link> = links.collect();
    links.push(Link::callback(&knowledge.phrases.button_browse, "b:"));
    let text = fill(&knowledge.phrases.choices_broad, &[("主题", &topic.name)]);
    Some(page(knowledge, "", vec![text], links))
}

/// /hot: the most read articles.
pub fn hot(knowledge: &Knowledge, ids: &[String]) -> Answer {
    let known = ids.iter().filter_map(|id| knowledge.find(id));
    let links: Vec<Link> = known.map(|at| Link::callback(&knowledge.article_at(at).title, format!("a:{}", knowledge.id_of(at)))).collect();
    if links.is_empty() {
        let browse = vec![Link::callback(&knowledge.phrases.button_browse, "b:")];
        return page(knowledge, "", vec![knowledge.phrases.hot_nothing.clone()], browse);
    }
    page(knowledge, &knowledge.phrases.hot, Vec::new(), links)
}

/// /region: where are you?
pub fn region_menu(knowledge: &Knowledge) -> Answer {
    let links = knowledge.regions.iter().map(|region| Link::callback(&region.name, format!("g:{}", region.id)));
    page(knowledge, "", vec![knowledge.phrases.region.clone()], links.collect())
}

/// The references of an article.
pub fn sources(knowledge: &Knowledge, at: ArticleAt) -> Answer {
    let phrases = &knowledge.phrases;
    let topic = knowledge.topic_at(at);
    let back = vec![Link::callback(&phrases.button_back, format!("r:{}", knowledge.id_of(at)))];
    if topic.review.sources.is_empty() {
        return page(knowledge, "", vec![phrases.sources_none.clone()], back);
    }
    let heading = fill(&phrases.sources, &[("题目", &knowledge.article_at(at).title)]);
    let line = |(nth, source): (usize, &crate::knowledge::Reference)| {
        let url = source.url.as_ref().map(|url| format!("\n{url}")).unwrap_or_default();
        format!("{}. {}，{}{url}", nth + 1, source.title, source.publisher)
    };
    page(knowledge, &heading, topic.review.sources.iter().enumerate().map(line).collect(), back)
}

/// What the reader can do alone, and beliefs put right. None where there is no such topic.
pub fn self_care(knowledge: &Knowledge, id: &str) -> Option<Answer> {
    let (topic, phrases) = (knowledge.topic(id)?, &knowledge.phrases);
    let list = |heading: &str, lines: &[String]| {
        let lines = lines.iter().map(|line| format!("· {line}")).collect::<Vec<_>>().join("\n");
        format!("{heading}\n{lines}")
    };
    let mut text = vec![list(&phrases.self_care_do, &topic.self_care.dos), list(&phrases.self_care_dont, &topic.self_care.dont)];
    if !topic.not_true.is_empty() {
        let myths = topic.not_true.iter().map(|myth| format!("“{}”——{}", myth.claim, myth.correction)).collect::<Vec<_>>();
        text.push(list(&phrases.not_true, &myths));
    }
    text.push(list(&phrases.rung_today, &topic.care.today));
    let heading = fill(&phrases.self_care, &[("主题", &topic.name)]);
    let back = Link::callback(&topic.name, format!("t:{}", topic.id));
    Some(page(knowledge, &heading, text, vec![back]))
}

/// What is said where an article behind a button is gone.
pub fn retired(knowledge: &Knowledge, id: &str, asker: &Asker) -> Answer {
    let phrases = &knowledge.phrases;
    let successor = knowledge.successor(id).and_then(|successor| knowledge.find(successor));
    let Some(at) = successor else {
        let browse = vec![Link::callback(&phrases.button_browse, "b:")];
        return page(knowledge, "", vec![phrases.retired_nothing.clone()], browse);
    };
    let mut view = compose_article(knowledge, at, true, &Understood::default(), asker);
    view.heading = fill(&phrases.retired, &[("题目", &knowledge.article_at(at).title)]);
    Answer::Article(Box::new(view))
}

/// /why: the trace of the last answer, line by line.
pub fn why(knowledge: &Knowledge, lines: Vec<String>) -> Answer {
    if lines.is_empty() {
        return simple(knowledge, &knowledge.phrases.why_nothing);
    }
    page(knowledge, "", lines, Vec::new())
}
