//! What each stage found and how long it took. /why, `ask --why` and the playground's panel print the same.

use serde::Serialize;
use std::time::Instant;

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// The stage's name, in the words of ARCHITECTURE.md.
    pub stage: &'static str,
    /// What it found.
    pub found: String,
    /// How long it took, in microseconds.
    pub micros: u64,
}

/// The stages of one answer, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Trace {
    /// In the order they ran.
    pub stages: Vec<Stage>,
}

impl Trace {
    /// Runs a stage and notes what `tell` says of its result.
    pub(super) fn stage<T>(&mut self, stage: &'static str, run: impl FnOnce() -> T, tell: impl FnOnce(&T) -> String) -> T {
        let start = Instant::now();
        let result = run();
        let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.stages.push(Stage { stage, found: tell(&result), micros });
        result
    }

    /// One line a stage, for people.
    pub fn lines(&self) -> Vec<String> {
        self.stages.iter().map(|s| format!("{}（{} 微秒）：{}", s.stage, s.micros, s.found)).collect()
    }
}
