//! An article, word for word as its file has it.

use super::apart;
use super::compose::Asker;
use super::fill::fill;
use super::people::people_links;
use super::says::{ArticleView, Link, PointView, Rung};
use crate::knowledge::{Article, ArticleAt, Audience, Knowledge, Order, Phrases, Point, Topic};
use crate::search::Understood;

/// Most related questions under an article.
const MOST_RELATED: usize = 6;

/// Composes an article. `sure` says whether search was; `understood` whom the question is about.
pub fn compose_article(knowledge: &Knowledge, at: ArticleAt, sure: bool, understood: &Understood, asker: &Asker) -> ArticleView {
    let (topic, article, phrases) = (knowledge.topic_at(at), knowledge.article_at(at), &knowledge.phrases);
    let matched = if sure { &phrases.matched_sure } else { &phrases.matched_fairly };
    let id = knowledge.id_of(at);
    let view = ArticleView {
        heading: fill(matched, &[("题目", &article.title)]),
        talk: String::new(),
        caution: caution(knowledge, at, understood),
        summary: article.summary.clone(),
        order: order(article, phrases).to_owned(),
        points: article.points.iter().map(|point| point_view(point, phrases)).collect(),
        ladder_heading: phrases.ladder.clone(),
        ladder: ladder(topic, phrases),
        departments: departments(topic, phrases),
        review: review(topic, phrases, asker),
        converted: phrases.carry.converted.clone(),
        disclaimer: phrases.disclaimer.clone(),
        related: related(knowledge, at),
        tools: tools(knowledge, at, &id, understood.audience),
        sensitivity: topic.sensitivity,
        id,
    };
    if asker.short { view.shortened(phrases) } else { view }
}

fn caution(knowledge: &Knowledge, at: ArticleAt, understood: &Understood) -> String {
    if knowledge.audience_of(at).covers(understood.audience) {
        return String::new();
    }
    knowledge.audience_words(understood.audience).map(|words| words.caution.clone()).unwrap_or_default()
}

fn order<'a>(article: &Article, phrases: &'a Phrases) -> &'a str {
    match article.order {
        _ if article.points.len() < 2 => "",
        Order::Frequency => &phrases.order_frequency,
        Order::Seriousness => &phrases.order_seriousness,
        Order::Steps => &phrases.order_steps,
        Order::None => &phrases.order_none,
    }
}

fn point_view(point: &Point, phrases: &Phrases) -> PointView {
    let mark = if point.danger { phrases.danger_mark.as_str() } else { "" };
    let lines = [
        ("", &point.body),
        (phrases.label_what.as_str(), &point.what),
        (&phrases.label_signs, &point.signs),
        (&phrases.label_usual, &point.usual),
        (&phrases.label_when, &point.when),
    ];
    let lines = lines.into_iter().filter_map(|(label, text)| Some((label.to_owned(), text.clone()?))).collect();
    PointView { heading: format!("{}{mark}", point.heading), lines }
}

fn ladder(topic: &Topic, phrases: &Phrases) -> Vec<Rung> {
    let rungs = [
        (&phrases.rung_call_now, &topic.care.call_now),
        (&phrases.rung_today, &topic.care.today),
        (&phrases.rung_days, &topic.care.days),
        (&phrases.rung_home, &topic.care.home),
    ];
    let filled = rungs.into_iter().filter(|(_, lines)| !lines.is_empty());
    filled.map(|(label, lines)| Rung { label: label.clone(), lines: lines.clone() }).collect()
}

fn departments(topic: &Topic, phrases: &Phrases) -> String {
    if topic.departments.is_empty() {
        return String::new();
    }
    fill(&phrases.departments, &[("科室", &topic.departments.join("、"))])
}

fn review(topic: &Topic, phrases: &Phrases, asker: &Asker) -> Vec<String> {
    let review = &topic.review;
    let mut state =
        if review.is_reviewed() { fill(&phrases.reviewed_by, &[("审核", &review.reviewer)]) } else { phrases.unreviewed.clone() };
    if review.ai_assisted {
        state = format!("{state}，{}", phrases.ai_assisted);
    }
    let dates = [("日期", &*review.reviewed.to_string()), ("下次", &*review.next_review.to_string())];
    let mut lines = vec![format!("{state}。{}", fill(&phrases.review_dates, &dates))];
    if review.next_review < asker.today {
        lines.insert(0, phrases.review_overdue.clone());
    }
    lines
}

/// Other questions: the topic's own first, then its related topics' most asked one. Never itself, never twice.
fn related(knowledge: &Knowledge, at: ArticleAt) -> Vec<Link> {
    let topic = knowledge.topic_at(at);
    let siblings = (0..topic.articles.len()).map(|article| ArticleAt { topic: at.topic, article });
    let siblings: Vec<ArticleAt> = siblings.filter(|other| *other != at).take(MOST_RELATED - 2).collect();
    let neighbours = topic.related.iter().filter_map(|related| neighbour(knowledge, &related.id, at));
    let mut seen = vec![knowledge.article_at(at).title.as_str()];
    let mut links = Vec::new();
    for other in siblings.into_iter().chain(neighbours) {
        let title = knowledge.article_at(other).title.as_str();
        if links.len() < MOST_RELATED && !seen.contains(&title) {
            seen.push(title);
            links.push(Link::callback(title, format!("a:{}", knowledge.id_of(other))));
        }
    }
    links
}

/// A related topic's article: the same side where it has one, else its first. An imported article may name an article.
fn neighbour(knowledge: &Knowledge, id: &str, at: ArticleAt) -> Option<ArticleAt> {
    let Some(topic) = knowledge.topics.iter().position(|topic| topic.id == id) else {
        return knowledge.find(id);
    };
    let articles = &knowledge.topics[topic].articles;
    let facet = knowledge.article_at(at).facet;
    let same = articles.iter().position(|article| article.facet == facet && article.audience.is_none());
    (!articles.is_empty()).then_some(ArticleAt { topic, article: same.unwrap_or(0) })
}

fn tools(knowledge: &Knowledge, at: ArticleAt, id: &str, reader: Audience) -> Vec<Link> {
    let (topic, article, phrases) = (knowledge.topic_at(at), knowledge.article_at(at), &knowledge.phrases);
    let mut links = people_links(knowledge, at, id, reader);
    if !topic.is_imported() {
        links.push(Link::callback(&phrases.button_ladder, format!("l:{}", topic.id)));
    }
    if !apart::signs(article).is_empty() {
        links.push(Link::callback(&phrases.carry.apart, format!("ws:{id}:0")));
    }
    if !topic.self_care.dos.is_empty() {
        links.push(Link::callback(&phrases.button_self_care, format!("c:{}", topic.id)));
    }
    links.push(Link::callback(&phrases.carry.button, format!("ca:{id}")));
    links.push(Link::callback(&phrases.button_helpful, format!("u:{id}")));
    links.push(Link::callback(&phrases.button_unhelpful, format!("d:{id}")));
    links.push(Link::callback(&phrases.button_sources, format!("s:{id}")));
    links
}
