//! Red flags as editors write them: words, concepts, contexts and rules (`knowledge/red_flags/`).
//! Compiling and matching them is triage's work.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Go to an emergency department now.
    ErNow,
    /// Danger to oneself or from or to others.
    Crisis,
    /// Call the emergency number now.
    CallNow,
}

/// Words and concepts that many rules share (`knowledge/red_flags/vocabulary/*.toml`).
///
/// A word list is named in square brackets in a pattern: `[胸部]…[痛]`. A concept is a list of patterns and
/// is named in rules.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Name of a list to its words.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// Name of a concept to its patterns.
    #[serde(default)]
    pub concepts: BTreeMap<String, Vec<String>>,
}

/// How far a context reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Only what it overlaps: 笑死, 葛优瘫.
    Overlap,
    /// Its clause
    Clause,
    /// Its sentence
    Sentence,
    /// The whole message
    Message,
}

/// A context that turns an alarm off: figures of speech, past events, study questions (`knowledge/red_flags/contexts.toml`).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// Its name, for rules that it must not turn off.
    pub name: String,
    /// How far it reaches.
    pub scope: Scope,
    /// How it shows.
    pub patterns: Vec<String>,
    /// Patterns that keep the alarm on all the same, anywhere in the message: 突然, 现在.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// One emergency.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Equals the file name.
    pub id: String,
    /// What it is, for editors and /why.
    pub name: String,
    /// Its category, for the statistics.
    pub category: String,
    /// What has to be done.
    pub level: Level,
    /// The card that is shown.
    pub card: String,
    /// Why it is an emergency.
    pub reason: String,
    /// References.
    pub sources: Vec<String>,
    /// Contexts that do not turn this rule off.
    #[serde(default)]
    pub keep_on: Vec<String>,
    /// Sentences that must set it off, or a rule at least as urgent.
    pub examples: Vec<String>,
    /// Sentences that must set off no rule at all.
    pub counter_examples: Vec<String>,
    /// Word lists of this rule alone.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// Concepts of this rule alone.
    #[serde(default)]
    pub concepts: BTreeMap<String, Vec<String>>,
    /// Any one of these sets it off.
    pub when: Vec<Condition>,
}

/// A combination of concepts; all of its parts must hold.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Every one of these.
    #[serde(default)]
    pub all: Vec<String>,
    /// At least `at_least` of these.
    #[serde(default)]
    pub any: Vec<String>,
    /// How many of `any`; 1 where none is given.
    #[serde(default)]
    pub at_least: Option<usize>,
    /// None of these.
    #[serde(default)]
    pub none: Vec<String>,
    /// How close together they must stand.
    #[serde(default)]
    pub near: Near,
}

/// How close together the parts of a condition must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Near {
    /// In one clause
    Clause,
    /// In one sentence
    Sentence,
    /// Anywhere in the message
    #[default]
    Message,
}
