//! `wenzheng coverage`: what the knowledge covers, as docs/coverage.md.

use super::failure::Outcome;
use super::opening::knowledge_of_files;
use crate::knowledge::{Facet, Knowledge, Point, Topic};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Most repeated sentences that are listed.
const REPEATED: usize = 20;
/// Shorter sentences (马上去急诊) are formulas and no boilerplate, in characters.
const FORMULA: usize = 12;

/// Runs the command.
///
/// # Errors
/// A folder with faults.
pub fn coverage(dir: &Path) -> Outcome {
    print!("{}", report(&knowledge_of_files(dir, "coverage")?));
    Ok(())
}

/// The document.
fn report(knowledge: &Knowledge) -> String {
    let mut out = String::from("# 知识覆盖了什么\n\n由 `cargo run --release -- coverage > docs/coverage.md` 写成，不要手改。\n\n");
    let articles = knowledge.topics.iter().flat_map(|topic| &topic.articles);
    let (count, asks) = articles.fold((0_usize, 0_usize), |(count, asks), article| (count + 1, asks + article.asks.len()));
    let read_twice = knowledge.topics.iter().filter(|topic| topic.review.second_read.is_some()).count();
    let by_clinician = knowledge.topics.iter().filter(|topic| topic.review.is_reviewed()).count();
    let topics = knowledge.topics.len();
    let _ = writeln!(out, "{topics} 个主题，{count} 篇文章，{asks} 种问法（每篇平均 {:.1} 种）；", asks as f64 / count.max(1) as f64);
    let _ =
        writeln!(out, "{} 个别的说法；{read_twice} 个主题由写的人以外的人通读过，{by_clinician} 个由医生审过。", knowledge.synonyms.len());
    by_system(&mut out, knowledge);
    by_topic(&mut out, knowledge);
    repeated(&mut out, knowledge);
    out
}

fn head(out: &mut String, title: &str, columns: &[&str], knowledge: &Knowledge) {
    let facets = Facet::ALL.iter().map(|facet| knowledge.facet_words(*facet).map_or(facet.slug(), |words| words.name.as_str()));
    let columns: Vec<&str> = columns.iter().copied().chain(facets).collect();
    let _ = writeln!(out, "\n## {title}\n\n| {} |\n|{}", columns.join(" | "), "---|".repeat(columns.len()));
}

fn has(topic: &Topic, facet: Facet) -> usize {
    topic.articles.iter().filter(|article| article.facet == Some(facet)).count()
}

fn by_system(out: &mut String, knowledge: &Knowledge) {
    head(out, "按身体系统", &["系统", "主题", "文章"], knowledge);
    for system in &knowledge.systems {
        let topics: Vec<&Topic> = system.topics.iter().filter_map(|id| knowledge.topic(id)).collect();
        let articles: usize = topics.iter().map(|topic| topic.articles.len()).sum();
        let facets = Facet::ALL.map(|facet| topics.iter().map(|topic| has(topic, facet)).sum::<usize>().to_string());
        let _ = writeln!(out, "| {} | {} | {articles} | {} |", system.name, topics.len(), facets.join(" | "));
    }
}

fn by_topic(out: &mut String, knowledge: &Knowledge) {
    head(out, "按主题", &["主题", "首选科室"], knowledge);
    for system in &knowledge.systems {
        for topic in system.topics.iter().filter_map(|id| knowledge.topic(id)) {
            let marks = Facet::ALL.map(|facet| match has(topic, facet) {
                0 => String::new(),
                1 => "✓".to_owned(),
                several => several.to_string(),
            });
            let department = topic.departments.first().map_or("", String::as_str);
            let _ = writeln!(out, "| {} | {department} | {} |", topic.name, marks.join(" | "));
        }
    }
}

/// Sentences that stand in several articles: what every article says, none does.
fn repeated(out: &mut String, knowledge: &Knowledge) {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for article in knowledge.topics.iter().flat_map(|topic| &topic.articles) {
        let texts = article.points.iter().flat_map(Point::texts).chain([article.summary.as_str()]);
        let mut sentences: Vec<&str> = texts.flat_map(|text| text.split(['。', '！', '？'])).map(str::trim).collect();
        sentences.retain(|sentence| sentence.chars().count() > FORMULA);
        sentences.sort_unstable();
        sentences.dedup();
        for sentence in sentences {
            *places.entry(sentence).or_default() += 1;
        }
    }
    let mut order: Vec<(&str, usize)> = places.into_iter().filter(|(_, count)| *count > 1).collect();
    order.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    let _ = writeln!(out, "\n## 最常重复的句子\n\n{} 句在两篇以上的文章里一字不差，最多的：\n", order.len());
    for (sentence, count) in order.into_iter().take(REPEATED) {
        let _ = writeln!(out, "- {count} 篇：{sentence}");
    }
}
