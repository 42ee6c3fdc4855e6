//! The engine: one question through every stage, with a trace of what was found. Sync and pure; knows no medium.

mod before;
mod conductor;
mod follow;
mod learn;
mod live;
mod meant;
mod rehearse;
mod talk;
mod trace;
mod turns;

pub use before::{Before, TOGETHER};
pub use conductor::{Engine, EngineError, Replied, Settings};
pub use learn::{Corpus, learn, learn_ranking};
pub use live::Live;
pub use rehearse::{Rehearsal, rehearse};
pub use talk::Talk;
pub use trace::{Stage, Trace};
