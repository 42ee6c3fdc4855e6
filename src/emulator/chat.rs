//! A chat: its messages, and what the person in it has not heard yet.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Notify;

use super::heard::{Heard, Notice};

/// One chat, private or group.
#[derive(Debug)]
pub(crate) struct Chat {
    /// Its id; in a private chat the person's.
    pub(crate) id: i64,
    /// The title of a group; `None` in a private chat.
    pub(crate) title: Option<String>,
    /// Messages by id, as JSON.
    pub(crate) messages: BTreeMap<i64, Value>,
    /// What the bot sent or edited and nobody has heard yet.
    pub(crate) unheard: VecDeque<Heard>,
    /// Answers to pressed buttons that nobody has seen yet.
    pub(crate) notices: VecDeque<Notice>,
    /// Answers to inline queries that nobody has seen yet, as JSON.
    pub(crate) inline_answers: VecDeque<Value>,
    /// Rings when the bot sends, edits, deletes, types or answers a button.
    pub(crate) bell: Arc<Notify>,
    /// Whether the person blocked the bot, or the group threw it out.
    pub(crate) blocked: bool,
    /// The administrators of a group.
    pub(crate) admins: HashSet<i64>,
    /// How the last answer came about, set by the embedding program.
    pub(crate) trace: Value,
    /// Unix milliseconds of the bot's last messages, for the real limits.
    pub(crate) sent: VecDeque<i64>,
    /// The chat actions the bot showed, newest last.
    pub(crate) actions: VecDeque<String>,
    last_id: i64,
}

impl Chat {
    /// An empty chat.
    pub(crate) fn new(id: i64, title: Option<String>) -> Self {
        Self {
            id,
            title,
            messages: BTreeMap::new(),
            unheard: VecDeque::new(),
            notices: VecDeque::new(),
            inline_answers: VecDeque::new(),
            bell: Arc::default(),
            blocked: false,
            admins: HashSet::new(),
            trace: Value::Null,
            sent: VecDeque::new(),
            actions: VecDeque::new(),
            last_id: 0,
        }
    }

    /// Whether it is a private chat.
    pub(crate) fn is_private(&self) -> bool {
        self.title.is_none()
    }

    /// The id of the next message.
    pub(crate) fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    /// Keeps a message, and of all messages only the newest `keep`.
    pub(crate) fn store(&mut self, id: i64, message: Value, keep: usize) {
        self.messages.insert(id, message);
        while self.messages.len() > keep {
            self.messages.pop_first();
        }
    }

    /// Lets the person hear a message, and forgets the oldest unheard beyond `keep`.
    pub(crate) fn tell(&mut self, heard: Heard, keep: usize) {
        self.unheard.push_back(heard);
        while self.unheard.len() > keep {
            self.unheard.pop_front();
        }
        self.bell.notify_waiters();
    }

    /// Shows a chat action.
    pub(crate) fn act(&mut self, action: String) {
        self.actions.push_back(action);
        if self.actions.len() > 100 {
            self.actions.pop_front();
        }
        self.bell.notify_waiters();
    }

    /// The `chat` object, with the name of the person in a private one.
    pub(crate) fn to_value(&self, first_name: Option<&str>) -> Value {
        match &self.title {
            None => {
                json!({ "id": self.id, "type": "private", "first_name": first_name.unwrap_or("?") })
            }
            Some(title) if self.id <= -1_000_000_000_000 => {
                json!({ "id": self.id, "type": "supergroup", "title": title })
            }
            Some(title) => {
                json!({ "id": self.id, "type": "group", "title": title, "all_members_are_administrators": false })
            }
        }
    }
}
