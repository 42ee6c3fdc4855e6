//! Who an article is for, and how people say whom they ask about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// For whom something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody
    #[default]
    Any,
    /// Adults
    Adult,
    /// Children from one year
    Child,
    /// Children under one year
    Infant,
    /// Pregnancy and the weeks after birth
    Pregnant,
    /// From about 65 years
    Elderly,
}

impl Audience {
    /// Whether text for `self` may be shown, without a warning, to somebody who asks about `asked`.
    pub const fn covers(self, asked: Self) -> bool {
        match asked {
            Self::Any | Self::Adult => matches!(self, Self::Any | Self::Adult),
            Self::Elderly => matches!(self, Self::Any | Self::Adult | Self::Elderly),
            Self::Child => matches!(self, Self::Child),
            Self::Infant => matches!(self, Self::Infant | Self::Child),
            Self::Pregnant => matches!(self, Self::Pregnant),
        }
    }
}

/// How a group of people is named in questions (`knowledge/audiences.toml`).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AudienceWords {
    /// The group.
    pub audience: Audience,
    /// Its name in a sentence: 孕妇.
    pub name: String,
    /// Words that show that the question is about one of them.
    pub cues: Vec<String>,
    /// What is said above an article that was not written for them; it must send the reader to a professional.
    #[serde(default)]
    pub caution: String,
}
