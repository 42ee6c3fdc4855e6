//! The handle: starts the server, introduces people, orders faults, reads the log.

use std::hash::{BuildHasher, RandomState};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::calls::Call;
use super::chat::Chat;
use super::faults::Faults;
use super::group::Group;
use super::hub::Hub;
use super::people::BOT_ID;
use super::person::Person;
use super::server::router;
use super::webhook::push_updates;
use super::wire::{Cord, WireListener};

/// A Telegram on this machine. Cheap to clone; it serves until [`Emulator::stop`] or until the last clone (a
/// [`Person`] and a [`Group`] hold one too) is dropped.
#[derive(Debug, Clone)]
pub struct Emulator {
    hub: Arc<Hub>,
    life: Arc<Life>,
    addr: SocketAddr,
}

/// Stops the server when the last handle is gone.
#[derive(Debug)]
struct Life {
    hub: Arc<Hub>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Drop for Life {
    fn drop(&mut self) {
        self.hub.stopping.send_replace(true);
    }
}

impl Emulator {
    /// Starts to serve at an address; port 0 is any free one.
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn start(addr: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        let addr = listener.local_addr()?;
        let hub = Arc::new(Hub::new(new_token()));
        let serving = tokio::spawn(serve(Arc::clone(&hub), WireListener(listener)));
        let pushing = tokio::spawn(push_updates(Arc::clone(&hub)));
        let life = Life { hub: Arc::clone(&hub), tasks: Mutex::new(vec![serving, pushing]) };
        Ok(Self { hub, life: Arc::new(life), addr })
    }

    /// The bot's API address (`<url>/bot<token>/<method>`); the page is at its `/`.
    #[must_use]
    pub fn url(&self) -> String {
        if self.addr.ip().is_unspecified() {
            return format!("http://127.0.0.1:{}", self.addr.port());
        }
        format!("http://{}", self.addr)
    }

    /// The one token that is accepted.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.hub.token
    }

    /// A person in the own private chat, whose id is the person's. The same id again is the same person.
    #[must_use]
    pub fn person(&self, user_id: i64, first_name: &str) -> Person {
        self.hub.with(|world| world.meet(user_id, first_name));
        Person { emulator: self.clone(), chat: user_id, user: user_id }
    }

    /// A group the bot is in; its id is negative (below -10^12 it is a supergroup).
    #[must_use]
    pub fn group(&self, chat_id: i64, title: &str) -> Group {
        self.hub.with(|world| {
            world.chats.entry(chat_id).or_insert_with(|| Chat::new(chat_id, Some(title.to_owned())));
        });
        Group { emulator: self.clone(), chat: chat_id }
    }

    /// Puts a person on the page's list, with what that person is (普通用户, 管理员).
    pub fn introduce(&self, user_id: i64, name: &str, role: &str) {
        self.hub.with(|world| {
            world.meet(user_id, name);
            if let Some(user) = world.users.get_mut(&user_id) {
                role.clone_into(&mut user.role);
            }
            if !world.roster.contains(&user_id) {
                world.roster.push(user_id);
            }
        });
    }

    /// Queues any update as it is; `update_id` is added (and one that is given is ignored). Gives the update's id,
    /// or 0 when it is no object with one other key, or of a kind the bot did not ask for.
    #[expect(clippy::must_use_candidate, reason = "most callers do not need the id")]
    pub fn inject_raw(&self, update: Value) -> i64 {
        let Value::Object(mut update) = update else {
            return 0;
        };
        update.remove("update_id");
        self.hub.with(|world| push_raw(world, update)).unwrap_or(0)
    }

    /// How the last answer in a chat came about, for the page's panel: a list of `{"stage", "found", "micros"}`.
    pub fn set_trace(&self, chat_id: i64, trace: Value) {
        self.hub.with(|world| {
            if let Some(chat) = world.chats.get_mut(&chat_id) {
                chat.trace = trace.clone();
                world.events.add("trace", chat_id, || trace);
            }
        });
    }

    /// The order book of faults.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.hub.faults
    }

    /// The log of the bot's calls, oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.hub.with(|world| world.calls.all())
    }

    /// How often a method was called; unlike the log, never shortened.
    #[must_use]
    pub fn count(&self, method: &str) -> u64 {
        self.hub.with(|world| world.calls.count(method))
    }

    /// How many updates the bot has not confirmed yet.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.hub.with(|world| world.updates.len())
    }

    /// Empties the log and its counts.
    pub fn forget_calls(&self) {
        self.hub.with(|world| world.calls.clear());
    }

    /// How many calls, and how many messages of each chat, are kept (10,000 at first); less for load tests.
    pub fn set_memory(&self, keep: usize) {
        self.hub.with(|world| world.keep = keep);
    }

    /// How long a person waits for the bot (10 seconds at first).
    pub fn set_patience(&self, time: Duration) {
        *self.hub.patience.lock().unwrap_or_else(PoisonError::into_inner) = time;
    }

    /// Puts the emulator's clock forward: dates, expiry of updates and of pressed buttons follow it.
    pub fn advance(&self, time: Duration) {
        let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        self.hub.with(|world| world.skew = world.skew.saturating_add(seconds));
    }

    /// Stops serving and ends what waits. Returns when the port is free again, after at most a second.
    pub async fn stop(&self) {
        self.hub.stopping.send_replace(true);
        let tasks = std::mem::take(&mut *self.life.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        for mut task in tasks {
            if tokio::time::timeout(Duration::from_secs(1), &mut task).await.is_err() {
                task.abort();
            }
        }
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.hub
    }
}

/// A token nobody can guess, so that a page of another site cannot play the bot.
fn new_token() -> String {
    let random = || RandomState::new().hash_one(BOT_ID);
    format!("{BOT_ID}:EMU{:016x}{:016x}", random(), random())
}

/// Queues a raw update in the lane of the chat it names, if it names one.
pub(crate) fn push_raw(world: &mut super::world::World, update: Map<String, Value>) -> Option<i64> {
    let (kind, body) = update.into_iter().next()?;
    let lane = body.pointer("/chat/id").or_else(|| body.pointer("/from/id")).and_then(Value::as_i64).unwrap_or(0);
    world.push_update(&kind, body, lane)
}

async fn serve(hub: Arc<Hub>, listener: WireListener) {
    let app = router(Arc::clone(&hub)).into_make_service_with_connect_info::<Cord>();
    let served = axum::serve(listener, app).with_graceful_shutdown(async move { hub.stopped().await });
    if let Err(error) = served.await {
        tracing::error!(%error, "emulator: the server ended");
    }
}
