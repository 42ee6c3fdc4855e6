//! A topic file: one symptom or disease and its articles.

use super::audience::Audience;
use super::date::Date;
use super::facet::Facet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One symptom or disease, one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Equals the file name: lower-case ASCII letters, digits and hyphens, at most 40, never reused.
    pub id: String,
    /// What people call it most.
    pub name: String,
    /// Other names: lay, formal, short, Cantonese, Taiwanese.
    pub also: Vec<String>,
    /// Clinics to register with, the most fitting first.
    pub departments: Vec<String>,
    /// For whom the topic holds.
    #[serde(default)]
    pub audience: Audience,
    /// Whether it is talked about in private only.
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// How soon most people should be seen.
    pub care_level: CareLevel,
    /// The care ladder.
    pub care: Care,
    /// Signs that make it an emergency.
    pub red_flags: Vec<RedFlag>,
    /// What the reader can do alone.
    pub self_care: SelfCare,
    /// Topics to read next.
    pub related: Vec<Related>,
    /// Common beliefs put right.
    #[serde(default)]
    pub not_true: Vec<NotTrue>,
    /// Who wrote and read it, and when.
    pub review: Review,
    /// The articles, one a question.
    pub articles: Vec<Article>,
}

/// Topics that are answered in private chats only are not `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Sensitivity {
    #[default]
    None,
    Sexual,
    Mental,
    Infectious,
    Pregnancy,
}

/// How soon most people with this should be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CareLevel {
    /// Call the emergency number
    Emergency,
    /// Today
    Today,
    /// Within days
    Days,
    /// At home
    SelfCare,
}

/// Four ordered lists; the reader stops at the first line that is true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Care {
    /// Call the emergency number now.
    pub call_now: Vec<String>,
    /// Go today.
    pub today: Vec<String>,
    /// Make an appointment in the next days.
    pub days: Vec<String>,
    /// Watch at home.
    pub home: Vec<String>,
}

/// A sign that makes it an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedFlag {
    /// The sign, as shown.
    pub text: String,
    /// Sentences of people who have it; each must set off triage.
    pub examples: Vec<String>,
}

/// What the reader can do alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelfCare {
    /// Helps.
    #[serde(rename = "do")]
    pub dos: Vec<String>,
    /// Harms or does not help.
    pub dont: Vec<String>,
}

/// A topic to read next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Related {
    /// Its id.
    pub id: String,
    /// Why it is worth reading.
    pub reason: String,
}

/// A common belief put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotTrue {
    /// What is said.
    pub claim: String,
    /// What is known.
    pub correction: String,
}

/// Who wrote and read it, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Who wrote it.
    pub author: String,
    /// The clinician who read it, or 未经医生审核.
    pub reviewer: String,
    /// First published.
    pub published: Date,
    /// Last read through.
    pub reviewed: Date,
    /// When somebody other than its writer read it through and asked what could hurt, what is false, what is missing. It is no
    /// clinician's review.
    #[serde(default)]
    pub second_read: Option<Date>,
    /// To be read again by then.
    pub next_review: Date,
    /// Whether a machine helped to write it.
    pub ai_assisted: bool,
    /// Licence of the text.
    pub license: String,
    /// Where the text comes from.
    pub provenance: String,
    /// References the facts were checked against.
    pub sources: Vec<Reference>,
}

impl Review {
    /// What stands in `reviewer` until a clinician has read the text.
    pub const UNREVIEWED: &'static str = "未经医生审核";

    /// Whether a clinician has read it.
    pub fn is_reviewed(&self) -> bool {
        !self.reviewer.trim().is_empty() && self.reviewer != Self::UNREVIEWED
    }
}

/// A reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Title of the page, chapter or guideline.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// What kind it is.
    pub kind: ReferenceKind,
    /// Its address, only where somebody has seen the page.
    #[serde(default)]
    pub url: Option<String>,
}

/// Kinds of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ReferenceKind {
    Guideline,
    Textbook,
    Manual,
    PublicPage,
}

/// One question-titled answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// The side of the topic it answers. None only in imported articles.
    pub facet: Option<Facet>,
    /// Last part of its id; the facet's name where none is given.
    #[serde(default)]
    pub slug: Option<String>,
    /// For whom it was written, where that differs from the topic.
    #[serde(default)]
    pub audience: Option<Audience>,
    /// A question, at most 30 characters.
    pub title: String,
    /// Other wordings, which must find this article.
    pub asks: Vec<String>,
    /// Questions that look alike and must not find it.
    pub not_asks: Vec<String>,
    /// 40 to 150 characters that answer the question alone.
    pub summary: String,
    /// What the order of the points means.
    pub order: Order,
    /// Numbered on display.
    pub points: Vec<Point>,
}

/// What the order of the points means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Most frequent first, after the dangerous ones
    Frequency,
    /// Most serious first
    Seriousness,
    /// One after the other
    Steps,
    /// Nothing
    #[default]
    None,
}

/// A cause, treatment or sign.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Lay name first, formal name in brackets, at most 16 characters.
    pub heading: String,
    /// Whether it is dangerous: marked, and first.
    #[serde(default)]
    pub danger: bool,
    /// 是什么
    #[serde(default)]
    pub what: Option<String>,
    /// 像不像你
    #[serde(default)]
    pub signs: Option<String>,
    /// 一般怎么办
    #[serde(default)]
    pub usual: Option<String>,
    /// The text of a point that is no cause.
    #[serde(default)]
    pub body: Option<String>,
    /// 什么时候去看
    #[serde(default)]
    pub when: Option<String>,
}

impl Point {
    /// Everything it says.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let lines = [&self.what, &self.signs, &self.usual, &self.body, &self.when];
        std::iter::once(self.heading.as_str()).chain(lines.into_iter().filter_map(|line| line.as_deref()))
    }
}

impl Topic {
    /// Whether it is an imported article, which stands alone: its article's slug is empty.
    pub fn is_imported(&self) -> bool {
        self.articles.first().is_some_and(|article| article.slug().is_empty())
    }
}

impl Article {
    /// Last part of the article's id.
    pub fn slug(&self) -> &str {
        self.slug.as_deref().or_else(|| self.facet.map(Facet::slug)).unwrap_or("article")
    }
}
