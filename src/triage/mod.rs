//! Triage: is this an emergency? Runs before search on every text. Knows nothing of articles.
//!
//! Words are found in one pass of an Aho-Corasick automaton, patterns are sequences of words, concepts are lists
//! of patterns, rules are combinations of concepts. Cost is linear in the length of the text.

mod assess;
mod compile;
mod context;
mod pattern;
mod scan;

pub use assess::{Alarm, Assessment, Cleared, Fired, Triage};
pub use compile::{CompileError, words};
