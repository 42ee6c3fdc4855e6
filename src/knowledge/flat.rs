//! The flat form of import and export: one article a line of JSON.

use super::audience::Audience;
use super::date::Date;
use super::facet::Facet;
use super::topic::{Article, Care, CareLevel, Order, Point, RedFlag, Related, Review, SelfCare, Sensitivity, Topic};
use super::whole::{ArticleAt, Knowledge};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::io::BufRead;

/// Longest id, in bytes: what fits into a button beside its prefix.
const MAX_ID: usize = 60;

/// One article a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlatArticle {
    /// Unique; at most 60 bytes of visible ASCII.
    pub id: String,
    /// The question.
    pub title: String,
    /// Name of the symptom or disease.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub topic: String,
    /// The side of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facet: Option<Facet>,
    /// Other wordings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<String>,
    /// The answer in short.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// The answer's points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<FlatPoint>,
    /// Clinics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<String>,
    /// Signs that make it an emergency.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub red_flags: Vec<String>,
    /// Ids of related articles or topics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Who read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
}

/// A point of the flat form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlatPoint {
    /// Its heading.
    pub heading: String,
    /// Its text.
    pub body: String,
}

/// Why an import was refused.
#[derive(Debug, thiserror::Error)]
pub enum FlatError {
    /// A line is no article.
    #[error("第 {line} 行：{message}；改正后重新导入，目前什么都没有导入")]
    Line {
        /// From 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// The stream broke.
    #[error("读取第 {line} 行时出错：{source}；目前什么都没有导入")]
    Read {
        /// From 1.
        line: usize,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Reads articles line by line; empty lines are skipped. `progress` gets the bytes of each line.
///
/// # Errors
/// The first line that is wrong: no JSON, an unknown key, an empty or repeated id, an empty title.
pub fn read_flat(lines: impl BufRead, mut progress: impl FnMut(u64)) -> Result<Vec<FlatArticle>, FlatError> {
    let mut articles: Vec<FlatArticle> = Vec::new();
    let mut ids = HashSet::new();
    for (nth, line) in lines.lines().enumerate() {
        let number = nth + 1;
        let line = line.map_err(|source| FlatError::Read { line: number, source })?;
        progress(line.len() as u64 + 1);
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |message: String| FlatError::Line { line: number, message };
        let article: FlatArticle = serde_json::from_str(&line).map_err(|e| wrong(format!("不是一篇文章：{e}")))?;
        check(&article).map_err(|message| wrong(message.to_owned()))?;
        if !ids.insert(article.id.clone()) {
            return Err(wrong(format!("id “{}”重复了", article.id)));
        }
        articles.push(article);
    }
    Ok(articles)
}

fn check(article: &FlatArticle) -> Result<(), &'static str> {
    if article.id.is_empty() || article.id.len() > MAX_ID || !article.id.bytes().all(|b| b.is_ascii_graphic()) {
        return Err("id 应为 1 到 60 个可见的英文字符，不含空格");
    }
    if article.title.trim().is_empty() {
        return Err("title 是空的");
    }
    Ok(())
}

impl From<FlatArticle> for Topic {
    /// An imported article stands alone: a topic of its own, whose id is the article's.
    fn from(flat: FlatArticle) -> Self {
        let article = Article {
            facet: flat.facet,
            slug: Some(String::new()),
            audience: None,
            title: flat.title,
            asks: flat.asks,
            not_asks: Vec::new(),
            summary: flat.summary,
            order: Order::None,
            points: flat.points.into_iter().map(Point::from).collect(),
        };
        Self {
            id: flat.id,
            name: flat.topic,
            also: Vec::new(),
            departments: flat.departments,
            audience: Audience::Any,
            sensitivity: Sensitivity::None,
            care_level: CareLevel::Days,
            care: Care { call_now: Vec::new(), today: Vec::new(), days: Vec::new(), home: Vec::new() },
            red_flags: flat.red_flags.into_iter().map(|text| RedFlag { text, examples: Vec::new() }).collect(),
            self_care: SelfCare { dos: Vec::new(), dont: Vec::new() },
            related: flat.related.into_iter().map(|id| Related { id, reason: String::new() }).collect(),
            not_true: Vec::new(),
            review: flat.review.unwrap_or_else(unknown_review),
            articles: vec![article],
        }
    }
}

impl From<FlatPoint> for Point {
    fn from(point: FlatPoint) -> Self {
        Self { heading: point.heading, body: Some(point.body), ..Self::default() }
    }
}

/// What an imported article says of its review where it brings none.
fn unknown_review() -> Review {
    let today = Date::today();
    Review {
        author: String::new(),
        reviewer: Review::UNREVIEWED.to_owned(),
        published: today,
        reviewed: today,
        second_read: None,
        next_review: today,
        ai_assisted: false,
        license: String::new(),
        provenance: String::new(),
        sources: Vec::new(),
    }
}

/// An article in the flat form.
pub fn to_flat(knowledge: &Knowledge, at: ArticleAt) -> FlatArticle {
    let (topic, article) = (knowledge.topic_at(at), knowledge.article_at(at));
    FlatArticle {
        id: knowledge.id_of(at),
        title: article.title.clone(),
        topic: topic.name.clone(),
        facet: article.facet,
        asks: article.asks.clone(),
        summary: article.summary.clone(),
        points: article.points.iter().map(flat_point).collect(),
        departments: topic.departments.clone(),
        red_flags: topic.red_flags.iter().map(|flag| flag.text.clone()).collect(),
        related: topic.related.iter().map(|related| related.id.clone()).collect(),
        review: (!topic.review.license.is_empty()).then(|| topic.review.clone()),
    }
}

fn flat_point(point: &Point) -> FlatPoint {
    let lines = [&point.what, &point.signs, &point.usual, &point.body, &point.when];
    let body = lines.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n");
    FlatPoint { heading: point.heading.clone(), body }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<FlatArticle>, FlatError> {
        read_flat(text.as_bytes(), |_| ())
    }

    #[test]
    fn a_repeated_id_or_an_unknown_key_is_an_error_with_its_line() {
        let repeated = read("{\"id\":\"a\",\"title\":\"x\"}\n\n{\"id\":\"a\",\"title\":\"y\"}\n").expect_err("a is there twice");
        assert!(repeated.to_string().contains("第 3 行"), "{repeated}");
        let unknown = read("{\"id\":\"a\",\"title\":\"x\",\"tilte\":1}").expect_err("tilte is no key");
        assert!(unknown.to_string().contains("tilte"), "{unknown}");
    }

    #[test]
    fn a_minimal_article_is_enough() {
        assert_eq!(read("{\"id\":\"a\",\"title\":\"x\"}").expect("id and title suffice").len(), 1);
    }
}
