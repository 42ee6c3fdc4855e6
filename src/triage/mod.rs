//! Triage: is this an emergency? Runs before search on every text. Knows nothing of articles.
//!
//! Words are found in one pass of an Aho-Corasick automaton, patterns are sequences of words, concepts are lists
//! of patterns, rules are combinations of concepts; a second reader, fitted to what people were heard to say, catches what no
//! rule foresaw and holds back rules that fire on a figure of speech. Cost is linear in the length of the text.

mod alike;
mod assess;
mod compile;
mod context;
mod fit;
mod grams;
mod pattern;
mod reader;
mod scan;

pub use assess::{Alarm, Assessment, Cleared, Fired, Triage};
pub use compile::{CompileError, words};
pub use fit::{Example, Fitted, Origin, fit};
