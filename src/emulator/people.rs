//! The people of the emulator, and the bot itself, as the `User` objects of the Bot API.

use serde_json::{Value, json};

/// The bot's user id, the first half of its token.
pub(crate) const BOT_ID: i64 = 123_456_789;

/// The bot's username.
pub(crate) const BOT_USERNAME: &str = "wenzheng_playground_bot";

/// A person who can talk to the bot.
#[derive(Debug, Clone)]
pub(crate) struct User {
    /// The person's id.
    pub(crate) id: i64,
    /// The name shown.
    pub(crate) first_name: String,
    /// What the person is, for the page: 普通用户, 管理员.
    pub(crate) role: String,
    /// The language of the person's Telegram.
    pub(crate) language: String,
}

impl User {
    /// A person with a simplified-Chinese Telegram.
    pub(crate) fn new(id: i64, first_name: &str) -> Self {
        Self { id, first_name: first_name.to_owned(), role: String::new(), language: "zh-hans".into() }
    }

    /// The `User` object.
    pub(crate) fn to_value(&self) -> Value {
        json!({ "id": self.id, "is_bot": false, "first_name": self.first_name, "language_code": self.language })
    }
}

/// The bot as the sender of a message.
pub(crate) fn bot() -> Value {
    json!({ "id": BOT_ID, "is_bot": true, "first_name": "问症", "username": BOT_USERNAME })
}

/// The bot as getMe tells it.
pub(crate) fn bot_in_full() -> Value {
    let mut me = bot();
    for (key, value) in [
        ("can_join_groups", true),
        ("can_read_all_group_messages", false),
        ("supports_inline_queries", true),
        ("can_connect_to_business", false),
        ("has_main_web_app", false),
    ] {
        me[key] = value.into();
    }
    me
}
