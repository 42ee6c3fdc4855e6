//! What people do: they write, edit, send things, press buttons, ask inline, block the bot.

use serde_json::{Map, Value, json};

use super::format::detect;
use super::heard::buttons;
use super::methods::without_reply;
use super::people::{BOT_ID, bot};
use super::world::{Pressed, World};

const BUTTON_SECONDS: i64 = 150;

impl World {
    /// A person writes a text; `extra` is laid over the message. Gives the message's id, 0 if there is no such chat.
    pub(crate) fn say(&mut self, chat: i64, user: i64, text: &str, extra: &Value) -> i64 {
        self.send_as(chat, user, text_fields(text), extra)
    }

    /// A person sends a message with any content.
    pub(crate) fn send_as(&mut self, chat: i64, user: i64, mut content: Map<String, Value>, extra: &Value) -> i64 {
        content.extend(extra.as_object().cloned().unwrap_or_default());
        let from = self.user_value(user);
        let Some(message) = self.write(chat, from, content) else {
            return 0;
        };
        let id = message["message_id"].as_i64().unwrap_or_default();
        if self.delivers(chat) {
            self.push_update("message", message, chat);
        }
        id
    }

    /// Whether what happens in a chat reaches the bot.
    fn delivers(&self, chat: i64) -> bool {
        self.chats.get(&chat).is_some_and(|chat| !chat.blocked)
    }

    /// A person edits an own text. False if there is no such message.
    pub(crate) fn edit_as(&mut self, chat: i64, user: i64, message_id: i64, text: &str) -> bool {
        let own = self.message(chat, message_id).filter(|message| message.pointer("/from/id") == Some(&json!(user)));
        let Some(Value::Object(mut message)) = own.cloned() else {
            return false;
        };
        message.remove("entities");
        if message.contains_key("caption") {
            message.insert("caption".into(), text.into());
        } else {
            message.extend(text_fields(text));
        }
        message.insert("edit_date".into(), self.now().into());
        let message = Value::Object(message);
        let keep = self.keep;
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.store(message_id, message.clone(), keep);
        }
        self.events.add("edited", chat, || message.clone());
        self.push_update("edited_message", message, chat);
        true
    }

    /// A person sends a file as a message of this kind: `photo`, `document`, `voice`, `sticker`...
    pub(crate) fn send_file(&mut self, chat: i64, user: i64, kind: &str, file_id: &str, caption: Option<&str>) -> i64 {
        let mut content = Map::new();
        let media = self.media(kind, file_id);
        content.insert(kind.to_owned(), media);
        if let Some(caption) = caption.filter(|caption| !caption.is_empty()) {
            content.insert("caption".into(), caption.into());
            let entities: Vec<Value> = detect(caption).iter().map(super::format::Entity::to_value).collect();
            if !entities.is_empty() {
                content.insert("caption_entities".into(), entities.into());
            }
        }
        self.send_as(chat, user, content, &Value::Null)
    }

    fn media(&self, kind: &str, file_id: &str) -> Value {
        let mut base = self.files.document(file_id);
        match kind {
            "photo" => {
                let mut size = self.files.describe(file_id);
                size["width"] = 640.into();
                size["height"] = 480.into();
                json!([size])
            }
            "sticker" => {
                for (key, value) in [
                    ("width", json!(512)),
                    ("height", json!(512)),
                    ("type", json!("regular")),
                    ("is_animated", json!(false)),
                    ("is_video", json!(false)),
                    ("emoji", json!("🤒")),
                ] {
                    base[key] = value;
                }
                base
            }
            "document" => base,
            _ => {
                base["duration"] = 3.into();
                base
            }
        }
    }

    /// The newest message of a chat with a callback button whose text contains `label`, and the button's data.
    pub(crate) fn find_button(&self, chat: i64, label: &str) -> Option<(i64, String)> {
        let chat = self.chats.get(&chat)?;
        chat.messages.iter().rev().find_map(|(id, message)| {
            let found = buttons(message).into_iter().flatten().find(|button| button.data.is_some() && button.text.contains(label))?;
            Some((*id, found.data?))
        })
    }

    /// A person presses a button with this data; the message need not exist (any more). Gives the callback's id.
    pub(crate) fn press(&mut self, chat: i64, user: i64, message_id: i64, data: &str) -> String {
        let id = self.next_serial();
        let chat_value = self.chats.get(&chat).map_or(Value::Null, |chat| self.chat_value(chat));
        let inaccessible = json!({ "message_id": message_id, "date": 0, "chat": chat_value });
        let query = json!({
            "id": id,
            "from": self.user_value(user),
            "chat_instance": format!("{}", chat.unsigned_abs().wrapping_mul(7919)),
            "data": data,
            "message": self.message(chat, message_id).cloned().unwrap_or(inaccessible),
        });
        let expires = self.now() + BUTTON_SECONDS;
        self.pressed.insert(id.clone(), Pressed { chat, expires });
        // The real server queues callbacks by person, apart from the chat's messages.
        self.push_update("callback_query", query, user.wrapping_add(1 << 60));
        id
    }

    /// A person blocks the bot, or lets it in again; in a group it is thrown out or taken back.
    pub(crate) fn set_blocked(&mut self, chat_id: i64, user: i64, blocked: bool) {
        let Some(chat) = self.chats.get_mut(&chat_id).filter(|chat| chat.blocked != blocked) else {
            return;
        };
        chat.blocked = blocked;
        let chat_value = self.chats.get(&chat_id).map_or(Value::Null, |chat| self.chat_value(chat));
        let member = |gone: bool| {
            if gone { json!({ "status": "kicked", "user": bot(), "until_date": 0 }) } else { json!({ "status": "member", "user": bot() }) }
        };
        let body = json!({
            "chat": chat_value,
            "from": self.user_value(user),
            "date": self.now(),
            "old_chat_member": member(!blocked),
            "new_chat_member": member(blocked),
        });
        self.push_update("my_chat_member", body, chat_id);
    }

    /// A person reacts to a message; it reaches the bot only if it asked for `message_reaction`.
    pub(crate) fn react_as(&mut self, chat_id: i64, user: i64, message_id: i64, emoji: &str) {
        let chat_value = self.chats.get(&chat_id).map_or(Value::Null, |chat| self.chat_value(chat));
        let body = json!({
            "chat": chat_value,
            "message_id": message_id,
            "user": self.user_value(user),
            "date": self.now(),
            "old_reaction": [],
            "new_reaction": [{ "type": "emoji", "emoji": emoji }],
        });
        self.push_update("message_reaction", body, chat_id);
    }

    /// A message quoted as the one that is answered.
    pub(crate) fn quoted(&self, chat: i64, message_id: i64) -> Value {
        self.message(chat, message_id).map_or(Value::Null, |message| json!({ "reply_to_message": without_reply(message) }))
    }

    /// The newest message of a person in a chat.
    pub(crate) fn last_own(&self, chat: i64) -> Option<i64> {
        let messages = &self.chats.get(&chat)?.messages;
        messages.iter().rev().find(|(_, message)| message.pointer("/from/id") != Some(&json!(BOT_ID))).map(|(id, _)| *id)
    }
}

fn text_fields(text: &str) -> Map<String, Value> {
    let mut content = Map::new();
    content.insert("text".into(), text.into());
    let entities: Vec<Value> = detect(text).iter().map(super::format::Entity::to_value).collect();
    if !entities.is_empty() {
        content.insert("entities".into(), entities.into());
    }
    content
}
