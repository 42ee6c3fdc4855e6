//! Editing: text, caption, buttons.

use serde_json::{Map, Value, json};

use super::super::heard::Heard;
use super::super::params::Params;
use super::super::people::BOT_ID;
use super::super::refusal::{Refusal, Reply};
use super::super::world::World;
use super::markup::inline_keyboard;
use super::sending::{caption_content, target, text_content};

const SAME: &str = "message is not modified: specified new message content and reply markup are exactly the same as a \
    current content and reply markup of the message";

/// `editMessageText`.
pub(super) fn edit_message_text(world: &mut World, params: &mut Params) -> Reply {
    let content = text_content(params)?;
    edit(world, params, &["text", "entities", "link_preview_options"], content, |message| {
        message.get("text").is_some().then_some(()).ok_or("there is no text in the message to edit")
    })
}

/// `editMessageCaption`.
pub(super) fn edit_message_caption(world: &mut World, params: &mut Params) -> Reply {
    let content = caption_content(params)?;
    edit(world, params, &["caption", "caption_entities"], content, |message| {
        message.get("text").is_none().then_some(()).ok_or("there is no caption in the message to edit")
    })
}

/// `editMessageReplyMarkup`.
pub(super) fn edit_message_reply_markup(world: &mut World, params: &mut Params) -> Reply {
    edit(world, params, &[], Map::new(), |_| Ok(()))
}

/// Replaces the named fields by `content` and the keyboard by the given one.
fn edit(
    world: &mut World,
    params: &Params,
    replaced: &[&str],
    content: Map<String, Value>,
    fits: fn(&Value) -> Result<(), &'static str>,
) -> Reply {
    let keyboard = inline_keyboard(params)?;
    if params.filled("inline_message_id").is_some() {
        return Ok(Value::Bool(true));
    }
    let chat_id = target(world, params)?;
    world.reachable(chat_id)?;
    let id = params.int("message_id").ok_or_else(|| Refusal::bad("message identifier is not specified"))?;
    let old = world.message(chat_id, id).ok_or_else(|| Refusal::bad("message to edit not found"))?;
    if old.pointer("/from/id") != Some(&json!(BOT_ID)) {
        return Err(Refusal::bad("message can't be edited"));
    }
    fits(old).map_err(Refusal::bad)?;
    let mut new = old.as_object().cloned().unwrap_or_default();
    for key in replaced.iter().chain(&["reply_markup"]) {
        new.remove(*key);
    }
    new.extend(content);
    if let Some(keyboard) = keyboard {
        new.insert("reply_markup".into(), keyboard);
    }
    if Some(&new) == old.as_object() {
        return Err(Refusal::bad(SAME));
    }
    new.insert("edit_date".into(), world.now().into());
    Ok(put_back(world, chat_id, id, Value::Object(new)))
}

fn put_back(world: &mut World, chat_id: i64, id: i64, message: Value) -> Value {
    let keep = world.keep;
    if let Some(chat) = world.chats.get_mut(&chat_id) {
        chat.store(id, message.clone(), keep);
        chat.tell(Heard::of(&message, true), keep);
    }
    world.events.add("edited", chat_id, || message.clone());
    message
}
