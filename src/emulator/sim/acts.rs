//! What a person on the page, or a script, does. Bodies are JSON with `chat` (and `user` in a group); answers are JSON
//! with `ok`.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::handle::push_raw;
use super::super::hub::Hub;
use super::super::world::World;

type Shared = State<Arc<Hub>>;
type Outcome = (StatusCode, Json<Value>);

/// The body of every act; each act reads the fields it needs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Act {
    chat: i64,
    user: Option<i64>,
    text: String,
    caption: Option<String>,
    message_id: Option<i64>,
    reply_to: Option<i64>,
    data: Option<String>,
    label: Option<String>,
    query: String,
    offset: String,
    result_id: String,
    emoji: String,
    blocked: bool,
    seconds: u64,
    extra: Value,
}

impl Act {
    fn user(&self) -> i64 {
        self.user.unwrap_or(self.chat)
    }
}

fn did(field: &str, value: impl Into<Value>) -> Outcome {
    (StatusCode::OK, Json(json!({ "ok": true, field: value.into() })))
}

fn failed(status: StatusCode, what: &str) -> Outcome {
    (status, Json(json!({ "ok": false, "description": what })))
}

fn sent(message_id: i64) -> Outcome {
    if message_id == 0 { failed(StatusCode::NOT_FOUND, "no such chat") } else { did("message_id", message_id) }
}

/// `/sim/say`: `{chat, text, user?, reply_to?, extra?}`.
pub(super) async fn say(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    sent(hub.with(|world| {
        let mut extra = act.reply_to.map_or(Value::Null, |id| world.quoted(act.chat, id));
        merge(&mut extra, &act.extra);
        world.say(act.chat, act.user(), &act.text, &extra)
    }))
}

fn merge(into: &mut Value, from: &Value) {
    if let Some(fields) = from.as_object() {
        let mut all: Map<String, Value> = into.as_object().cloned().unwrap_or_default();
        all.extend(fields.clone());
        *into = Value::Object(all);
    }
}

/// `/sim/edit`: `{chat, text, message_id?}`; without an id the last own message.
pub(super) async fn edit(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    let edited = hub.with(|world| {
        let id = act.message_id.or_else(|| world.last_own(act.chat))?;
        world.edit_as(act.chat, act.user(), id, &act.text).then_some(id)
    });
    edited.map_or_else(|| failed(StatusCode::NOT_FOUND, "no such own message"), sent)
}

/// `/sim/press`: `{chat, message_id, data}` or `{chat, label}`.
pub(super) async fn press(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    let pressed = hub.with(|world| {
        let (id, data) = match (&act.data, &act.label) {
            (Some(data), _) => (act.message_id.unwrap_or_default(), data.clone()),
            (None, Some(label)) => world.find_button(act.chat, label)?,
            (None, None) => return None,
        };
        Some(world.press(act.chat, act.user(), id, &data))
    });
    pressed.map_or_else(|| failed(StatusCode::NOT_FOUND, "no such button"), |id| did("callback_id", id))
}

/// `/sim/photo`: `{chat, caption?}`, a picture of one pixel; a real one goes through `/sim/document?kind=photo`.
pub(super) async fn photo(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    sent(hub.with(|world| sample(world, &act, "photo", "photo.svg", "image/svg+xml", SKETCH)))
}

/// `/sim/voice`: `{chat}`.
pub(super) async fn voice(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    sent(hub.with(|world| sample(world, &act, "voice", "voice.ogg", "audio/ogg", b"OggS")))
}

/// `/sim/sticker`: `{chat}`.
pub(super) async fn sticker(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    sent(hub.with(|world| sample(world, &act, "sticker", "sticker.webp", "image/webp", b"RIFF")))
}

const SKETCH: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 200'><rect width='320' height='200' fill='#9cb4cc'/>\
    <circle cx='90' cy='70' r='26' fill='#fff3c4'/><path d='M0 200 110 90 190 165 240 120 320 200z' fill='#5d7f6b'/></svg>";

fn sample(world: &mut World, act: &Act, kind: &str, name: &str, mime: &str, bytes: &[u8]) -> i64 {
    let file = world.files.add(kind, name, mime, bytes.to_vec());
    world.send_file(act.chat, act.user(), kind, &file, act.caption.as_deref())
}

/// The query of `/sim/document`.
#[derive(Debug, Deserialize)]
pub(super) struct Sending {
    chat: i64,
    user: Option<i64>,
    name: String,
    caption: Option<String>,
    kind: Option<String>,
}

/// `/sim/document?chat=&name=&caption=&kind=` with the file as the body; its media type is the header `X-Mime`.
pub(super) async fn document(State(hub): Shared, Query(sending): Query<Sending>, headers: HeaderMap, body: Bytes) -> Outcome {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    // Another site's page cannot send this type without asking first.
    if header(header::CONTENT_TYPE.as_str()) != "application/octet-stream" {
        return failed(StatusCode::UNSUPPORTED_MEDIA_TYPE, "application/octet-stream is expected");
    }
    let mime = Some(header("x-mime")).filter(|mime| !mime.is_empty()).unwrap_or_else(|| "application/octet-stream".into());
    let kind = sending.kind.as_deref().unwrap_or("document");
    sent(hub.with(|world| {
        let file = world.files.add(kind, &sending.name, &mime, body.to_vec());
        world.send_file(sending.chat, sending.user.unwrap_or(sending.chat), kind, &file, sending.caption.as_deref())
    }))
}

/// `/sim/react`: `{chat, message_id, emoji}`.
pub(super) async fn react(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    hub.with(|world| {
        world.react_as(act.chat, act.user(), act.message_id.unwrap_or_default(), &act.emoji);
    });
    did("message_id", act.message_id)
}

/// `/sim/block`: `{chat, blocked}`.
pub(super) async fn block(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    hub.with(|world| {
        world.set_blocked(act.chat, act.user(), act.blocked);
        world.events.add("blocked", act.chat, || act.blocked.into());
    });
    did("blocked", act.blocked)
}

/// `/sim/clear`: `{chat}`; the page forgets the conversation, the bot is not told.
pub(super) async fn clear(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    hub.with(|world| {
        if let Some(chat) = world.chats.get_mut(&act.chat) {
            chat.messages.clear();
            chat.unheard.clear();
            chat.trace = Value::Null;
        }
        world.events.add("cleared", act.chat, || Value::Null);
    });
    did("chat", act.chat)
}

/// `/sim/inline`: `{user, query, offset?}`; the answer comes as an event.
pub(super) async fn inline(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    did("query_id", hub.with(|world| world.ask_inline(act.user(), &act.query, &act.offset)))
}

/// `/sim/choose`: `{chat, user?, result_id, query}`; the result is sent to the chat as the person's message.
pub(super) async fn choose(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    hub.with(|world| {
        world.post_inline(act.chat, act.user(), &act.result_id);
        world.choose_inline(act.user(), &act.result_id, &act.query);
    });
    did("result_id", act.result_id)
}

/// `/sim/raw`: any update; `update_id` is added.
pub(super) async fn raw(State(hub): Shared, Json(update): Json<Value>) -> Outcome {
    let Value::Object(mut update) = update else {
        return failed(StatusCode::BAD_REQUEST, "an object is expected");
    };
    update.remove("update_id");
    let id = hub.with(|world| push_raw(world, update));
    id.map_or_else(|| failed(StatusCode::BAD_REQUEST, "no kind, or not a wanted one"), |id| did("update_id", id))
}

/// `/sim/clock`: `{seconds}`; puts the clock forward.
pub(super) async fn clock(State(hub): Shared, Json(act): Json<Act>) -> Outcome {
    let seconds = i64::try_from(Duration::from_secs(act.seconds).as_secs()).unwrap_or(i64::MAX);
    did(
        "now",
        hub.with(|world| {
            world.skew = world.skew.saturating_add(seconds);
            world.now()
        }),
    )
}
