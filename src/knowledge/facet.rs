//! Facets: the sides of a topic that people ask about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which side of a topic is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// 怎么回事、什么原因
    Cause,
    /// 有哪些表现
    Symptom,
    /// 怎么办、怎么治
    Treatment,
    /// 多久能好、会自愈吗、严重吗
    Prognosis,
    /// 挂什么科
    Department,
    /// 做什么检查、指标高说明什么
    Test,
    /// 吃什么、忌什么、平时注意什么
    Diet,
    /// 怎么预防
    Prevention,
    /// 会传染吗
    Contagion,
    /// 和什么有什么区别
    Difference,
    /// 是什么病、什么意思
    WhatIs,
}

impl Facet {
    /// Every facet, in the order in which choices show them.
    pub const ALL: [Self; 11] = [
        Self::Cause,
        Self::Symptom,
        Self::Treatment,
        Self::Prognosis,
        Self::Department,
        Self::Test,
        Self::Diet,
        Self::Prevention,
        Self::Contagion,
        Self::Difference,
        Self::WhatIs,
    ];

    /// The facet's name in files and ids.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Cause => "cause",
            Self::Symptom => "symptom",
            Self::Treatment => "treatment",
            Self::Prognosis => "prognosis",
            Self::Department => "department",
            Self::Test => "test",
            Self::Diet => "diet",
            Self::Prevention => "prevention",
            Self::Contagion => "contagion",
            Self::Difference => "difference",
            Self::WhatIs => "what_is",
        }
    }
}

/// How a facet is asked for, and what it is called (`knowledge/facets.toml`).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacetWords {
    /// The facet.
    pub facet: Facet,
    /// Its name in a sentence: 病因.
    pub name: String,
    /// Its name on a button: 什么原因.
    pub label: String,
    /// Wordings that ask for it, strongest first; they carry no topic weight.
    pub cues: Vec<String>,
    /// Wordings that ask for it only where no cue of another facet stands: 怎么了.
    #[serde(default)]
    pub weak_cues: Vec<String>,
}
