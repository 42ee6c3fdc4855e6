//! Order: updates of one chat one after another, chats in parallel; a panic costs one answer.

use super::bot::Bot;
use super::update::Incoming;
use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};

/// Updates of one chat that wait; what comes beyond is dropped, so that a flood cannot fill the memory.
const LONGEST_QUEUE: usize = 5_000;

/// An update and whom to tell when it is done.
struct Waiting {
    update: Incoming,
    done: oneshot::Sender<()>,
}

/// Hands updates to the bot.
pub(super) struct Dispatcher {
    bot: Arc<Bot>,
    queues: Arc<Mutex<HashMap<i64, VecDeque<Waiting>>>>,
    /// Held by every worker; closed when the last is done.
    alive: Mutex<Option<mpsc::Sender<()>>>,
}

impl Dispatcher {
    /// The receiver ends when the dispatcher is closed and every update is handled.
    pub(super) fn new(bot: Arc<Bot>) -> (Self, mpsc::Receiver<()>) {
        let (alive, drained) = mpsc::channel(1);
        (Self { bot, queues: Arc::default(), alive: Mutex::new(Some(alive)) }, drained)
    }

    /// Takes no more updates; those taken are handled.
    pub(super) fn close(&self) {
        self.alive.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Takes an update. The receiver is told when it is handled; it is dropped untold where nothing is to be done.
    pub(super) fn push(&self, update: Incoming) -> oneshot::Receiver<()> {
        let (done, handled) = oneshot::channel();
        let alive = self.alive.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (Some(chat), Some(alive)) = (update.chat(), alive) else { return handled };
        let waiting = Waiting { update, done };
        // This runs on the task that takes updates in: nothing in a text may end it.
        let urgent = catch_unwind(AssertUnwindSafe(|| self.bot.is_urgent(&waiting.update))).unwrap_or(false);
        if urgent {
            tokio::spawn(handle(Arc::clone(&self.bot), waiting, alive));
            return handled;
        }
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        match queues.get_mut(&chat) {
            Some(queue) if queue.len() >= LONGEST_QUEUE => tracing::warn!("一个会话积压超过 {LONGEST_QUEUE} 条，丢弃新消息"),
            Some(queue) => queue.push_back(waiting),
            None => {
                queues.insert(chat, VecDeque::from([waiting]));
                tokio::spawn(work(Arc::clone(&self.bot), Arc::clone(&self.queues), chat, alive));
            }
        }
        handled
    }
}

/// Handles a chat's updates until none waits.
async fn work(bot: Arc<Bot>, queues: Arc<Mutex<HashMap<i64, VecDeque<Waiting>>>>, chat: i64, alive: mpsc::Sender<()>) {
    loop {
        let next = {
            let mut queues = queues.lock().unwrap_or_else(PoisonError::into_inner);
            let next = queues.get_mut(&chat).and_then(VecDeque::pop_front);
            if next.is_none() {
                queues.remove(&chat);
            }
            next
        };
        let Some(waiting) = next else { break };
        handle(Arc::clone(&bot), waiting, alive.clone()).await;
    }
    drop(alive);
}

/// Handles one update in a task of its own, so that a panic ends there.
async fn handle(bot: Arc<Bot>, waiting: Waiting, alive: mpsc::Sender<()>) {
    let apology = waiting.update.chat();
    let worker = Arc::clone(&bot);
    let outcome = tokio::spawn(async move { worker.handle(waiting.update).await }).await;
    if outcome.is_err() {
        tracing::error!("处理一条消息时出了意外，已向对方致歉");
        if let Some(chat) = apology {
            bot.apologize(chat).await;
        }
    }
    // Whoever waits may have gone.
    let _gone = waiting.done.send(());
    drop(alive);
}
