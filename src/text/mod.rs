//! Text: from what somebody typed to terms with a place and a mood. Knows no medicine: every word list it
//! uses is handed in as a [`Lexicon`].

mod analyze;
mod clauses;
mod denial;
mod lexicon;
mod normalize;
mod numerals;
mod script;
mod segment;
mod sound;
mod terms;

pub use analyze::{Analyzed, Analyzer, Term};
pub use clauses::Clause;
pub use lexicon::{DenialWords, Lexicon, LexiconError};
pub use normalize::{Normalized, Normalizer};
pub use script::{Script, ScriptConverter};
pub use sound::{Sounded, Sounds, half_right, is_plain, romanize};
pub use terms::{RegionalTerm, Terms};
