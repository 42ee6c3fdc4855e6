//! The word lists that the text room is given.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Words that steer the reading of a question. Written by editors, loaded by the knowledge room.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    /// Regular expressions of politeness and filler, removed before search: 你好, 请问, 谢谢医生.
    pub filler: Vec<String>,
    /// Words that carry no topic weight: 怎么回事, 现象, 怎么办.
    pub template: Vec<String>,
    /// Words jieba should keep whole, beside the names of the knowledge.
    pub words: Vec<String>,
    /// How denial is said.
    pub denial: DenialWords,
    /// Pictures that carry a meaning, and the word they stand for.
    pub emoji: BTreeMap<String, String>,
}

/// How somebody says that something is *not* there (after NegEx: Chapman et al. 2001, J Biomed Inform 34:301).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DenialWords {
    /// Cues that deny the rest of the clause: 没有, 无, 否认, 冇.
    pub clause: Vec<String>,
    /// Cues that deny only the next word: 不, 唔.
    pub word: Vec<String>,
    /// Phrases that hold a cue and deny nothing: 不能动, 没力气, 有没有, 不知道是不是.
    pub pseudo: Vec<String>,
    /// Words that end a denial inside a clause: 但是, 只是, 而是.
    pub stops: Vec<String>,
}

/// What is wrong with a word list.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// A filler pattern is no regular expression.
    #[error("客套话的正则写错了：{pattern}（{source}）")]
    Filler {
        /// The pattern as written.
        pattern: String,
        /// What the regex library says.
        source: Box<regex::Error>,
    },
    /// The lists are too large for one automaton.
    #[error("词表太大，无法建立自动机：{0}")]
    Automaton(#[from] aho_corasick::BuildError),
}
