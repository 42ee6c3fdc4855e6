//! The shared middle: the world behind its lock, and the bells that ring when it changed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::faults::Faults;
use super::world::World;

/// What server, handles and webhook pusher share.
#[derive(Debug)]
pub(crate) struct Hub {
    world: Mutex<World>,
    /// Rings when an update arrived, a poll was displaced or the webhook changed.
    pub(crate) updates: Notify,
    /// Rings when the page has something new to show.
    pub(crate) events: Notify,
    /// Becomes true when the emulator stops.
    pub(crate) stopping: watch::Sender<bool>,
    /// Faults on order.
    pub(crate) faults: Arc<Faults>,
    /// The one accepted token.
    pub(crate) token: String,
    /// How long `hears` waits, in milliseconds.
    pub(crate) patience: Mutex<Duration>,
}

impl Hub {
    /// An empty world with its bells.
    pub(crate) fn new(token: String) -> Self {
        let faults = Arc::new(Faults::default());
        Self {
            world: Mutex::new(World::new(Arc::clone(&faults))),
            updates: Notify::new(),
            events: Notify::new(),
            stopping: watch::Sender::new(false),
            faults,
            token,
            patience: Mutex::new(Duration::from_secs(10)),
        }
    }

    /// Does something with the world and rings the bells it calls for. Never wait for anything inside.
    pub(crate) fn with<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let before = (world.updates.arrived, world.events.last());
        let result = act(&mut world);
        let after = (world.updates.arrived, world.events.last());
        drop(world);
        if before.0 != after.0 {
            self.updates.notify_waiters();
        }
        if before.1 != after.1 {
            self.events.notify_waiters();
        }
        result
    }

    /// Returns when the emulator stops.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        // The sender lives in self, so waiting cannot fail before the value is there.
        if stopping.wait_for(|stop| *stop).await.is_err() {
            tracing::debug!("emulator: the stop signal is gone");
        }
    }

    /// How long a person waits for the bot.
    pub(crate) fn patience(&self) -> Duration {
        *self.patience.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
