//! The engine that is live. Readers never lock; a question keeps the engine it began with.

use super::conductor::Engine;
use arc_swap::ArcSwap;
use std::sync::Arc;

/// Holds the live engine.
pub struct Live(ArcSwap<Engine>);

impl Live {
    /// Starts with an engine.
    pub fn new(engine: Engine) -> Self {
        Self(ArcSwap::from_pointee(engine))
    }

    /// The engine that is live now.
    pub fn engine(&self) -> Arc<Engine> {
        self.0.load_full()
    }

    /// Puts another in its place and gives back the old one. The old one is freed when the last question in flight is done.
    pub fn swap(&self, engine: impl Into<Arc<Engine>>) -> Arc<Engine> {
        self.0.swap(engine.into())
    }
}
