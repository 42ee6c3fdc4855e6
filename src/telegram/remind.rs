//! Reminders: kept for somebody who asked, sent once, then gone. They hold a chat, an article and a time, nothing else.

use super::api::CallError;
use super::bot::Bot;
use super::deliver::log;
use crate::answer;
use crate::engine::Engine;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::{Notify, watch};

/// Where the store keeps them.
pub(super) const REMINDERS: &str = "reminder";
/// Most that wait for one chat.
const MOST: u64 = 5;
/// Longest sleep between two looks: a clock may be put right.
const LONGEST_SLEEP: Duration = Duration::from_secs(3_600);
/// Sleep after something could not be sent or read.
const RETRY: Duration = Duration::from_secs(60);

/// A reminder, all that is kept of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Where it goes.
    pub chat: i64,
    /// The article.
    pub article: String,
    /// When, in seconds since 1970.
    pub at: u64,
}

/// When reminders are due, and the bell that one was set.
#[derive(Debug)]
pub(super) struct Reminders {
    after: Duration,
    set: Notify,
}

impl Reminders {
    /// Due after so many hours.
    pub(super) fn new(hours: u32) -> Self {
        Self { after: Duration::from_secs(u64::from(hours) * 3_600), set: Notify::new() }
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

impl Bot {
    /// Sets a reminder; gives what is said to that.
    pub(super) async fn remind(&self, engine: &Engine, article: &str, chat: i64) -> String {
        let phrases = &engine.knowledge.phrases.carry;
        let reminder = Reminder { chat, article: article.to_owned(), at: now().saturating_add(self.reminders.after.as_secs()) };
        let kept = self.stored(move |store| {
            let person = store.person(chat);
            let waiting = person.held()?.values.get(REMINDERS).copied().unwrap_or_default();
            let again = person.get::<Reminder>(REMINDERS, &reminder.article)?.is_some();
            if waiting >= MOST && !again {
                return Ok(false);
            }
            person.put(REMINDERS, &reminder.article, &reminder).map(|()| true)
        });
        match kept.await {
            Some(true) => {
                self.reminders.set.notify_one();
                let hours = (self.reminders.after.as_secs() / 3_600).to_string();
                answer::fill(&phrases.remind_set, &[("小时", &hours)])
            }
            Some(false) => phrases.remind_many.clone(),
            None => phrases.remind_failed.clone(),
        }
    }

    /// Sends what is due and removes it; gives how long nothing more will be.
    async fn send_due(&self) -> Duration {
        let Some(all) = self.stored(|store| store.of_everyone::<Reminder>(REMINDERS)).await else { return RETRY };
        let (due, later): (Vec<Reminder>, Vec<Reminder>) = all.into_iter().partition(|reminder| reminder.at <= now());
        let mut sleep = later.iter().map(|reminder| reminder.at.saturating_sub(now())).min().map_or(LONGEST_SLEEP, Duration::from_secs);
        for reminder in due {
            if !self.send_reminder(&reminder).await {
                sleep = sleep.min(RETRY);
            }
        }
        sleep.clamp(Duration::from_secs(1), LONGEST_SLEEP)
    }

    /// Sends one and removes it. False where it has to be tried again.
    async fn send_reminder(&self, reminder: &Reminder) -> bool {
        let asker = self.asker(reminder.chat).await;
        let script = self.script(&asker, false, "");
        let said = answer::reminder(&self.engine().knowledge, &reminder.article, &asker);
        for message in said.into_iter().flat_map(|answer| self.rendered(&answer, script)) {
            match self.api.send(reminder.chat, self.in_terms(message), None, false).await {
                Err(error @ (CallError::Network(_) | CallError::TooMany(_))) => {
                    log(&error);
                    return false;
                }
                Err(error) => log(&error),
                Ok(_) => {}
            }
        }
        let (chat, article) = (reminder.chat, reminder.article.clone());
        self.stored(move |store| store.person(chat).remove(REMINDERS, &article)).await.is_some()
    }
}

/// Sends reminders when they are due, until `stop`.
pub(super) async fn remind_in_time(bot: Arc<Bot>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let sleep = bot.send_due().await;
        tokio::select! {
            () = tokio::time::sleep(sleep) => {}
            () = bot.reminders.set.notified() => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}
