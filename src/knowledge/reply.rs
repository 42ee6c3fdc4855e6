//! Short fixed replies to what is not for articles (`knowledge/replies.toml`): greetings, thanks, requests for a dose,
//! a diagnosis, a price.

use serde::{Deserialize, Serialize};

/// What kind of reply it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyKind {
    /// Greeting, thanks, goodbye, what can you do.
    Smalltalk,
    /// Outside the bot's task, with a pointer to who can help.
    Decline,
}

/// A fixed reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// Its id, for /why and the statistics.
    pub id: String,
    /// What kind it is.
    pub kind: ReplyKind,
    /// Whether it is said only to somebody who has just been shown a card; `{急救电话}` stands for the number.
    #[serde(default)]
    pub after_card: bool,
    /// Regular expressions over the normalised question; any one is enough.
    pub patterns: Vec<String>,
    /// What is said.
    pub text: String,
    /// Questions that must get it.
    pub examples: Vec<String>,
    /// Questions that must not.
    pub counter_examples: Vec<String>,
}
