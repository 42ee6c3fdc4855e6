//! sendMessage, and the steps all sending methods share: whom, in reply to what, with which buttons.

use serde_json::{Map, Value, json};

use super::super::format::{Formatted, Markup, settle};
use super::super::heard::Heard;
use super::super::params::{Params, int_of};
use super::super::people::bot;
use super::super::refusal::{Refusal, Reply};
use super::super::world::World;
use super::markup::inline_keyboard;

/// `sendMessage`.
pub(super) fn send_message(world: &mut World, params: &mut Params) -> Reply {
    let content = text_content(params)?;
    post(world, params, content)
}

/// `sendChatAction`.
pub(super) fn send_chat_action(world: &mut World, params: &mut Params) -> Reply {
    const KNOWN: [&str; 11] = [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ];
    let id = target(world, params)?;
    let action = params.filled("action").filter(|action| KNOWN.contains(&action.as_str()));
    let action = action.ok_or_else(|| Refusal::bad("wrong parameter action in request"))?;
    world.reachable(id)?.act(action.clone());
    world.events.add("typing", id, || json!({ "action": action }));
    Ok(Value::Bool(true))
}

/// The text of a request and its entities, as the fields of a message.
pub(super) fn text_content(params: &Params) -> Result<Map<String, Value>, Refusal> {
    let raw = params.text("text").unwrap_or_default();
    let formatted = settle(&raw, &markup(params, "entities"), 4096, "message is too long").map_err(|what| Refusal::bad(&what))?;
    if formatted.text.is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    let mut content = fields("text", "entities", &formatted);
    if let Some(preview) = params.json("link_preview_options") {
        content.insert("link_preview_options".into(), preview);
    }
    Ok(content)
}

/// The caption of a request, as the fields of a message; empty without one.
pub(super) fn caption_content(params: &Params) -> Result<Map<String, Value>, Refusal> {
    let raw = params.text("caption").unwrap_or_default();
    let formatted = settle(&raw, &markup(params, "caption_entities"), 1024, "message caption is too long");
    let formatted = formatted.map_err(|what| Refusal::bad(&what))?;
    if formatted.text.is_empty() {
        return Ok(Map::new());
    }
    Ok(fields("caption", "caption_entities", &formatted))
}

fn markup(params: &Params, entities: &str) -> Markup {
    match params.filled("parse_mode") {
        Some(mode) => Markup::Mode(mode),
        None => Markup::Entities(params.list(entities)),
    }
}

fn fields(text: &str, entities: &str, formatted: &Formatted) -> Map<String, Value> {
    let mut content = Map::new();
    content.insert(text.into(), formatted.text.clone().into());
    if !formatted.entities.is_empty() {
        content.insert(entities.into(), formatted.entity_values().into());
    }
    content
}

/// The chat a request is about; it must exist.
pub(super) fn target(world: &World, params: &Params) -> Result<i64, Refusal> {
    let empty = || Refusal::bad("chat_id is empty");
    let given = params.values.get("chat_id").filter(|value| value.as_str() != Some("")).ok_or_else(empty)?;
    let id = int_of(given).ok_or_else(|| Refusal::bad("chat not found"))?;
    if world.chats.contains_key(&id) { Ok(id) } else { Err(Refusal::bad("chat not found")) }
}

/// Sends a message with this content, after all the checks that do not depend on it.
pub(super) fn post(world: &mut World, params: &Params, mut content: Map<String, Value>) -> Reply {
    let keyboard = inline_keyboard(params)?;
    let chat_id = target(world, params)?;
    world.reachable(chat_id)?;
    if let Some(answered) = reply_target(world, params, chat_id)? {
        content.insert("reply_to_message".into(), answered);
    }
    within_limits(world, chat_id)?;
    if let Some(keyboard) = keyboard {
        content.insert("reply_markup".into(), keyboard);
    }
    let message = world.write(chat_id, bot(), content).ok_or_else(|| Refusal::bad("chat not found"))?;
    let keep = world.keep;
    world.reachable(chat_id)?.tell(Heard::of(&message, false), keep);
    Ok(message)
}

fn reply_target(world: &World, params: &Params, chat_id: i64) -> Result<Option<Value>, Refusal> {
    let given = params.json("reply_parameters");
    let id = given.as_ref().and_then(|given| given.get("message_id")).and_then(int_of);
    let Some(id) = id.or_else(|| params.int("reply_to_message_id")).filter(|id| *id != 0) else {
        return Ok(None);
    };
    let tolerant = given.as_ref().and_then(|given| given.get("allow_sending_without_reply")).and_then(Value::as_bool).unwrap_or(false);
    match world.message(chat_id, id) {
        Some(message) => Ok(Some(without_reply(message))),
        None if tolerant || params.flag("allow_sending_without_reply") => Ok(None),
        None => Err(Refusal::bad("message to be replied not found")),
    }
}

/// A message as it is quoted inside another: without what it answered itself.
pub(crate) fn without_reply(message: &Value) -> Value {
    let mut copy = message.clone();
    if let Some(map) = copy.as_object_mut() {
        map.remove("reply_to_message");
    }
    copy
}

/// One message a second and chat with a burst of five, twenty a minute in a group; only when ordered.
fn within_limits(world: &mut World, chat_id: i64) -> Result<(), Refusal> {
    if !world.faults.limits_are_real() {
        return Ok(());
    }
    let now = world.now_millis();
    let chat = world.reachable(chat_id)?;
    let (window, most) = if chat.is_private() { (5_000, 5) } else { (60_000, 20) };
    while chat.sent.front().is_some_and(|at| *at <= now - window) {
        chat.sent.pop_front();
    }
    if chat.sent.len() >= most {
        let free = chat.sent.front().map_or(0, |at| at + window - now);
        return Err(Refusal::too_many(u64::try_from(free / 1000 + 1).unwrap_or(1)));
    }
    chat.sent.push_back(now);
    Ok(())
}
