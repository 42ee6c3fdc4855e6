//! What is read of an update. Only the fields that are used, each on its own: an entity, a field or a kind that came
//! after this program was written changes nothing, where a client's closed types would drop the text (ARCHITECTURE.md).

use serde_json::Value;

/// An update.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub kind: Kind,
}

/// What an update is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A message, new or edited.
    Message(Box<Said>),
    /// A button was pressed.
    Press(Pressed),
    /// Somebody types `@bot words` in some chat.
    Inline(Asked),
    /// Anything else.
    Other,
}

/// A message somebody sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The chat.
    pub chat: i64,
    /// Whether it is a private chat.
    pub private: bool,
    /// The message.
    pub message_id: i32,
    /// Who sent it; the chat itself where nobody is named.
    pub person: i64,
    /// The text, or the caption of a picture.
    pub text: Option<String>,
    /// The place it shows, in degrees north and east.
    pub location: Option<(f64, f64)>,
    /// Whether it was edited.
    pub edited: bool,
    /// User id of the sender of the message it replies to.
    pub reply_to: Option<i64>,
    /// Language of the sender's client.
    pub language: String,
    /// Whether a bot sent it, or the chat itself did (service messages have no text and are not answered).
    pub service: bool,
    /// Whether somebody else wrote it and it was passed on.
    pub forwarded: bool,
    /// A file that came with it.
    pub document: Option<Document>,
}

/// A file somebody sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// To fetch it by.
    pub file_id: String,
    /// Its name.
    pub name: String,
    /// Bytes, as Telegram says.
    pub size: u64,
}

/// An inline query.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// To answer it by.
    pub id: String,
    /// Who asks.
    pub person: i64,
    /// What was typed after our name.
    pub query: String,
    /// Language of the asker's client.
    pub language: String,
}

/// A pressed button.
#[derive(Debug, Clone, PartialEq)]
pub struct Pressed {
    /// To answer it by.
    pub id: String,
    /// The chat, if the message is known.
    pub chat: Option<i64>,
    /// The message the button is under.
    pub message_id: Option<i32>,
    /// Who pressed it.
    pub person: i64,
    /// What the button carries.
    pub data: String,
    /// Whether the message can still be edited.
    pub editable: bool,
}

/// Kinds of content that somebody can send without words.
const CONTENT: &[&str] = &[
    "photo",
    "voice",
    "audio",
    "video",
    "video_note",
    "sticker",
    "animation",
    "document",
    "location",
    "contact",
    "poll",
    "dice",
    "venue",
    "story",
    "rich_message",
    "paid_media",
    "checklist",
    "live_photo",
];

impl Incoming {
    /// Reads an update; one that is not even an object with a number is none.
    pub fn read(update: &Value) -> Option<Self> {
        let id = update.get("update_id")?.as_i64()?;
        let message = |key: &str, edited: bool| update.get(key).and_then(|message| Said::read(message, edited));
        let kind = if let Some(said) = message("message", false).or_else(|| message("edited_message", true)) {
            Kind::Message(Box::new(said))
        } else if let Some(pressed) = update.get("callback_query").and_then(Pressed::read) {
            Kind::Press(pressed)
        } else if let Some(asked) = update.get("inline_query").and_then(Asked::read) {
            Kind::Inline(asked)
        } else {
            Kind::Other
        };
        Some(Self { id, kind })
    }

    /// The chat whose order it belongs to.
    pub fn chat(&self) -> Option<i64> {
        match &self.kind {
            Kind::Message(said) => Some(said.chat),
            Kind::Press(pressed) => Some(pressed.chat.unwrap_or(pressed.person)),
            Kind::Inline(asked) => Some(asked.person),
            Kind::Other => None,
        }
    }
}

fn text_of(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

fn id_of(value: &Value, pointer: &str) -> Option<i64> {
    value.pointer(pointer)?.as_i64()
}

fn message_id(message: &Value) -> Option<i32> {
    message.get("message_id")?.as_i64().and_then(|id| i32::try_from(id).ok())
}

impl Said {
    fn read(message: &Value, edited: bool) -> Option<Self> {
        let chat = id_of(message, "/chat/id")?;
        let text = text_of(message, "text").or_else(|| text_of(message, "caption"));
        let from_bot = message.pointer("/from/is_bot").and_then(Value::as_bool).unwrap_or(false);
        let content = text.is_some() || CONTENT.iter().any(|kind| message.get(*kind).is_some());
        Some(Self {
            chat,
            private: message.pointer("/chat/type").and_then(Value::as_str).is_none_or(|kind| kind == "private"),
            message_id: message_id(message)?,
            person: id_of(message, "/from/id").unwrap_or(chat),
            text,
            location: place_of(message),
            edited,
            reply_to: id_of(message, "/reply_to_message/from/id"),
            language: message.pointer("/from/language_code").and_then(Value::as_str).unwrap_or_default().to_owned(),
            service: from_bot || !content,
            forwarded: message.get("forward_origin").is_some(),
            document: message.get("document").and_then(Document::read),
        })
    }
}

impl Document {
    fn read(document: &Value) -> Option<Self> {
        Some(Self {
            file_id: text_of(document, "file_id")?,
            name: text_of(document, "file_name").unwrap_or_default(),
            size: document.get("file_size").and_then(Value::as_u64).unwrap_or_default(),
        })
    }
}

/// The place a message shows.
fn place_of(message: &Value) -> Option<(f64, f64)> {
    let degrees = |name: &str| message.pointer(&format!("/location/{name}"))?.as_f64().filter(|degrees| degrees.abs() <= 180.0);
    Some((degrees("latitude")?, degrees("longitude")?))
}

impl Asked {
    fn read(query: &Value) -> Option<Self> {
        Some(Self {
            id: text_of(query, "id")?,
            person: id_of(query, "/from/id")?,
            query: text_of(query, "query").unwrap_or_default(),
            language: query.pointer("/from/language_code").and_then(Value::as_str).unwrap_or_default().to_owned(),
        })
    }
}

impl Pressed {
    fn read(query: &Value) -> Option<Self> {
        let message = query.get("message");
        Some(Self {
            id: text_of(query, "id")?,
            chat: message.and_then(|message| id_of(message, "/chat/id")),
            message_id: message.and_then(message_id),
            person: id_of(query, "/from/id")?,
            data: text_of(query, "data").unwrap_or_default(),
            // A message that is too old to be edited comes with date 0.
            editable: message.and_then(|message| message.get("date")).and_then(Value::as_i64).is_some_and(|date| date > 0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_with_an_entity_of_tomorrow_is_read() {
        let update = json!({"update_id": 1, "message": {"message_id": 2, "date": 3, "chat": {"id": 4, "type": "private"},
            "from": {"id": 4, "is_bot": false, "first_name": "x"}, "text": "头痛怎么办",
            "entities": [{"type": "thought_of_tomorrow", "offset": 0, "length": 2}]}});
        let Some(Incoming { kind: Kind::Message(said), .. }) = Incoming::read(&update) else { panic!("it is a message") };
        assert_eq!(said.text.as_deref(), Some("头痛怎么办"));
    }

    #[test]
    fn what_is_no_update_is_none_and_what_is_unknown_is_other() {
        assert_eq!(Incoming::read(&json!([1, 2])), None);
        assert_eq!(Incoming::read(&json!({"update_id": "x"})), None);
        let unknown = Incoming::read(&json!({"update_id": 9, "guest_message": {"text": 5}}));
        assert_eq!(unknown, Some(Incoming { id: 9, kind: Kind::Other }));
    }
}
