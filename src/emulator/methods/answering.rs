//! Answers to pressed buttons and to inline queries.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::super::heard::Notice;
use super::super::inline::result_text;
use super::super::params::Params;
use super::super::refusal::{Refusal, Reply};
use super::super::world::World;

const TOO_OLD: &str = "query is too old and response timeout expired or query ID is invalid";

/// `answerCallbackQuery`: once per query.
pub(super) fn answer_callback_query(world: &mut World, params: &mut Params) -> Reply {
    let id = params.text("callback_query_id").unwrap_or_default();
    let text = params.text("text").unwrap_or_default();
    if text.chars().count() > 200 {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    let now = world.now();
    let pressed = world.pressed.remove(&id).filter(|pressed| pressed.expires >= now);
    let pressed = pressed.ok_or_else(|| Refusal::bad(TOO_OLD))?;
    let notice = Notice { callback_id: id, text, alert: params.flag("show_alert"), url: params.filled("url") };
    world.events.add(
        "notice",
        pressed.chat,
        || json!({ "callback_id": notice.callback_id, "text": notice.text, "alert": notice.alert, "url": notice.url }),
    );
    if let Some(chat) = world.chats.get_mut(&pressed.chat) {
        chat.notices.push_back(notice);
        chat.bell.notify_waiters();
    }
    Ok(Value::Bool(true))
}

/// `answerInlineQuery`: at most 50 results with ids of their own.
pub(super) fn answer_inline_query(world: &mut World, params: &mut Params) -> Reply {
    let id = params.text("inline_query_id").unwrap_or_default();
    let results = params.list("results");
    if results.len() > 50 {
        return Err(Refusal::bad("RESULTS_TOO_MUCH"));
    }
    let mut seen = HashSet::new();
    for result in &results {
        let result_id = result.get("id").and_then(Value::as_str).unwrap_or_default();
        if result_id.is_empty() || result_id.len() > 64 {
            return Err(Refusal::bad("RESULT_ID_INVALID"));
        }
        if !seen.insert(result_id) {
            return Err(Refusal::bad("RESULT_ID_DUPLICATE"));
        }
        result_text(result).map_err(|what| Refusal::bad(&what))?;
    }
    if params.text("next_offset").is_some_and(|offset| offset.len() > 64) {
        return Err(Refusal::bad("NEXT_OFFSET_INVALID"));
    }
    let person = world.inline.remove(&id).ok_or_else(|| Refusal::bad(TOO_OLD))?;
    let button = params.json("button");
    let answer = json!({ "query_id": id, "results": results, "button": button, "next_offset": params.text("next_offset") });
    world.events.add("inline", person, || answer.clone());
    world.last_inline.insert(person, answer.clone());
    if let Some(chat) = world.chats.get_mut(&person) {
        chat.inline_answers.push_back(answer);
        chat.bell.notify_waiters();
    }
    Ok(Value::Bool(true))
}
