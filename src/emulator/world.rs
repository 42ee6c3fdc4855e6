//! Everything the emulator remembers, behind one lock.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};

use super::calls::CallLog;
use super::chat::Chat;
use super::events::Events;
use super::faults::Faults;
use super::files::Files;
use super::people::User;
use super::profile::Profile;
use super::refusal::Refusal;
use super::updates::Updates;
use super::webhook::Webhook;

/// A pressed button the bot has not answered yet.
#[derive(Debug, Clone)]
pub(crate) struct Pressed {
    /// The chat of the button.
    pub(crate) chat: i64,
    /// Unix second after which it cannot be answered any more.
    pub(crate) expires: i64,
}

/// The whole state.
#[derive(Debug)]
pub(crate) struct World {
    /// Seconds the emulator's clock is ahead of the machine's.
    pub(crate) skew: i64,
    /// How many calls, messages of a chat and unheard messages are kept.
    pub(crate) keep: usize,
    /// People by id.
    pub(crate) users: HashMap<i64, User>,
    /// The people the page offers, in order.
    pub(crate) roster: Vec<i64>,
    /// Chats by id.
    pub(crate) chats: HashMap<i64, Chat>,
    /// Updates for the bot.
    pub(crate) updates: Updates,
    /// Events for the page.
    pub(crate) events: Events,
    /// The bot's calls.
    pub(crate) calls: CallLog,
    /// Files.
    pub(crate) files: Files,
    /// The bot's texts and menus.
    pub(crate) profile: Profile,
    /// Callback queries that wait for an answer.
    pub(crate) pressed: HashMap<String, Pressed>,
    /// Inline queries that wait for an answer, by id; the person who asked.
    pub(crate) inline: HashMap<String, i64>,
    /// The last inline answer each person got.
    pub(crate) last_inline: HashMap<i64, Value>,
    /// Where updates are pushed to, if anywhere.
    pub(crate) webhook: Option<Webhook>,
    /// Faults on order.
    pub(crate) faults: Arc<Faults>,
    serial: u64,
}

impl World {
    /// An empty world.
    pub(crate) fn new(faults: Arc<Faults>) -> Self {
        Self {
            skew: 0,
            keep: 10_000,
            users: HashMap::new(),
            roster: Vec::new(),
            chats: HashMap::new(),
            updates: Updates::default(),
            events: Events::default(),
            calls: CallLog::default(),
            files: Files::default(),
            profile: Profile::default(),
            pressed: HashMap::new(),
            inline: HashMap::new(),
            last_inline: HashMap::new(),
            webhook: None,
            faults,
            serial: 0,
        }
    }

    /// The emulator's time in Unix milliseconds.
    pub(crate) fn now_millis(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX).saturating_add(self.skew * 1000)
    }

    /// The emulator's time in Unix seconds.
    pub(crate) fn now(&self) -> i64 {
        self.now_millis() / 1000
    }

    /// A new id for a callback or inline query.
    pub(crate) fn next_serial(&mut self) -> String {
        self.serial += 1;
        format!("4{:017}", self.serial)
    }

    /// Makes a person known, with a private chat.
    pub(crate) fn meet(&mut self, user_id: i64, first_name: &str) {
        self.users.entry(user_id).or_insert_with(|| User::new(user_id, first_name));
        self.chats.entry(user_id).or_insert_with(|| Chat::new(user_id, None));
    }

    /// The `User` object of a person.
    pub(crate) fn user_value(&self, user_id: i64) -> Value {
        self.users.get(&user_id).map_or_else(|| User::new(user_id, "?").to_value(), User::to_value)
    }

    /// The `Chat` object.
    pub(crate) fn chat_value(&self, chat: &Chat) -> Value {
        chat.to_value(self.users.get(&chat.id).map(|user| user.first_name.as_str()))
    }

    /// Queues an update for the bot.
    pub(crate) fn push_update(&mut self, kind: &str, body: Value, lane: i64) -> Option<i64> {
        let now = self.now();
        let twice = self.faults.take_duplicate();
        self.updates.push(kind, body, lane, now, twice)
    }

    /// The chat the bot may write to, or the server's refusal.
    pub(crate) fn reachable(&mut self, chat_id: i64) -> Result<&mut Chat, Refusal> {
        match self.chats.get_mut(&chat_id) {
            None => Err(Refusal::bad("chat not found")),
            Some(chat) if chat.blocked && chat.is_private() => Err(Refusal::forbidden("bot was blocked by the user")),
            Some(chat) if chat.blocked => Err(Refusal::forbidden("bot was kicked from the group chat")),
            Some(chat) => Ok(chat),
        }
    }

    /// A message of a chat.
    pub(crate) fn message(&self, chat_id: i64, message_id: i64) -> Option<&Value> {
        self.chats.get(&chat_id)?.messages.get(&message_id)
    }

    /// A new message in a chat, stored; the sender is given as a `User` object.
    pub(crate) fn write(&mut self, chat_id: i64, from: Value, content: Map<String, Value>) -> Option<Value> {
        let date = self.now();
        let keep = self.keep;
        let chat_value = self.chat_value(self.chats.get(&chat_id)?);
        let chat = self.chats.get_mut(&chat_id)?;
        let id = chat.next_id();
        let mut message = Map::new();
        message.insert("message_id".into(), id.into());
        message.insert("from".into(), from);
        message.insert("chat".into(), chat_value);
        message.insert("date".into(), date.into());
        message.extend(content);
        let message = Value::Object(message);
        chat.store(id, message.clone(), keep);
        self.events.add("message", chat_id, || message.clone());
        Some(message)
    }
}
