//! Deleting, pinning, reacting.

use serde_json::{Value, json};

use super::super::params::{Params, int_of};
use super::super::refusal::{Refusal, Reply};
use super::super::world::World;
use super::sending::target;

/// `deleteMessage`.
pub(super) fn delete_message(world: &mut World, params: &mut Params) -> Reply {
    let chat_id = target(world, params)?;
    let id = params.int("message_id").ok_or_else(|| Refusal::bad("message identifier is not specified"))?;
    if remove(world, chat_id, id) { Ok(Value::Bool(true)) } else { Err(Refusal::bad("message to delete not found")) }
}

/// `deleteMessages`: those that are not there are passed over.
pub(super) fn delete_messages(world: &mut World, params: &mut Params) -> Reply {
    let chat_id = target(world, params)?;
    let ids = params.list("message_ids");
    if ids.is_empty() || ids.len() > 100 {
        return Err(Refusal::bad("message identifiers are not specified"));
    }
    for id in ids.iter().filter_map(int_of) {
        remove(world, chat_id, id);
    }
    Ok(Value::Bool(true))
}

fn remove(world: &mut World, chat_id: i64, id: i64) -> bool {
    let Some(chat) = world.chats.get_mut(&chat_id) else {
        return false;
    };
    if chat.messages.remove(&id).is_none() {
        return false;
    }
    chat.bell.notify_waiters();
    world.events.add("deleted", chat_id, || json!({ "message_id": id }));
    true
}

/// `pinChatMessage`.
pub(super) fn pin_chat_message(world: &mut World, params: &mut Params) -> Reply {
    let chat_id = target(world, params)?;
    let found = params.int("message_id").and_then(|id| world.message(chat_id, id));
    found.map(|_| Value::Bool(true)).ok_or_else(|| Refusal::bad("message to pin not found"))
}

/// `unpinChatMessage`.
pub(super) fn unpin_chat_message(world: &mut World, params: &mut Params) -> Reply {
    target(world, params).map(|_| Value::Bool(true))
}

/// `setMessageReaction`: at most one by a bot, an empty list takes it away.
pub(super) fn set_message_reaction(world: &mut World, params: &mut Params) -> Reply {
    const KNOWN: &str = "❤👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡";
    let chat_id = target(world, params)?;
    let id = params.int("message_id").unwrap_or_default();
    let reactions = params.list("reaction");
    let emoji: Vec<&str> = reactions.iter().filter_map(|reaction| reaction.get("emoji")?.as_str()).collect();
    let plain = |emoji: &str| emoji.trim_end_matches('\u{fe0f}').to_owned();
    if emoji.len() > 1 || emoji.iter().any(|emoji| !KNOWN.contains(&plain(emoji))) {
        return Err(Refusal::bad("REACTION_INVALID"));
    }
    let chat = world.reachable(chat_id)?;
    if !chat.messages.contains_key(&id) {
        return Err(Refusal::bad("message to react not found"));
    }
    let shown = emoji.first().copied().unwrap_or_default().to_owned();
    world.events.add("reaction", chat_id, || json!({ "message_id": id, "emoji": shown }));
    Ok(Value::Bool(true))
}
