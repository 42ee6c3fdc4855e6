//! What the bot is and tells about itself; chats and their members.

use serde_json::{Value, json};

use super::super::params::{Params, int_of};
use super::super::people::{BOT_ID, bot, bot_in_full};
use super::super::profile::scope_key;
use super::super::refusal::{Refusal, Reply};
use super::super::world::World;
use super::sending::target;

/// `getMe`.
#[expect(clippy::unnecessary_wraps, reason = "every method has the same signature")]
pub(super) fn get_me(_world: &mut World, _params: &mut Params) -> Reply {
    Ok(bot_in_full())
}

/// Methods that only say yes.
#[expect(clippy::unnecessary_wraps, reason = "every method has the same signature")]
pub(super) fn done(_world: &mut World, _params: &mut Params) -> Reply {
    Ok(Value::Bool(true))
}

/// `setMyCommands`.
pub(super) fn set_my_commands(world: &mut World, params: &mut Params) -> Reply {
    let key = commands_key(params)?;
    let Some(Value::Array(commands)) = params.json("commands") else {
        return Err(Refusal::bad("can't parse commands JSON object"));
    };
    if commands.len() > 100 {
        return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    for command in &commands {
        check_command(command)?;
    }
    if commands.is_empty() {
        world.profile.commands.remove(&key);
    } else {
        world.profile.commands.insert(key, Value::Array(commands));
    }
    world.events.add("commands", 0, || Value::Null);
    Ok(Value::Bool(true))
}

/// `getMyCommands`.
pub(super) fn get_my_commands(world: &mut World, params: &mut Params) -> Reply {
    let key = commands_key(params)?;
    Ok(world.profile.commands.get(&key).cloned().unwrap_or_else(|| json!([])))
}

/// `deleteMyCommands`.
pub(super) fn delete_my_commands(world: &mut World, params: &mut Params) -> Reply {
    let key = commands_key(params)?;
    world.profile.commands.remove(&key);
    world.events.add("commands", 0, || Value::Null);
    Ok(Value::Bool(true))
}

fn commands_key(params: &Params) -> Result<(String, String), Refusal> {
    let scope = scope_key(params.json("scope").as_ref()).map_err(|what| Refusal::bad(&what))?;
    Ok((scope, language(params)?))
}

fn language(params: &Params) -> Result<String, Refusal> {
    let code = params.text("language_code").unwrap_or_default();
    let two_letters = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    if code.is_empty() || two_letters {
        return Ok(code);
    }
    Err(Refusal::bad("invalid language code specified"))
}

fn check_command(command: &Value) -> Result<(), Refusal> {
    let text = |key: &str| command.get(key).and_then(Value::as_str).unwrap_or_default();
    let name = text("command").trim_start_matches('/');
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() || name.len() > 32 || !name.chars().all(fits) {
        return Err(Refusal::bad("BOT_COMMAND_INVALID"));
    }
    if !(1..=256).contains(&text("description").chars().count()) {
        return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok(())
}

fn set_text(world: &mut World, params: &Params, field: &str, limit: usize) -> Reply {
    let language = language(params)?;
    let text = params.text(field).unwrap_or_default();
    if text.chars().count() > limit {
        return Err(Refusal::bad(&format!("{field} is too long")));
    }
    world.profile.texts.insert((field.to_owned(), language), text);
    Ok(Value::Bool(true))
}

fn get_text(world: &World, params: &Params, field: &str) -> Reply {
    let language = language(params)?;
    let get = |language: &str| world.profile.texts.get(&(field.to_owned(), language.to_owned())).filter(|text| !text.is_empty());
    let text = get(&language).or_else(|| get("")).cloned().unwrap_or_default();
    Ok(json!({ field: text }))
}

/// `setMyName`.
pub(super) fn set_my_name(world: &mut World, params: &mut Params) -> Reply {
    set_text(world, params, "name", 64)
}

/// `getMyName`.
pub(super) fn get_my_name(world: &mut World, params: &mut Params) -> Reply {
    get_text(world, params, "name")
}

/// `setMyDescription`.
pub(super) fn set_my_description(world: &mut World, params: &mut Params) -> Reply {
    set_text(world, params, "description", 512)
}

/// `getMyDescription`.
pub(super) fn get_my_description(world: &mut World, params: &mut Params) -> Reply {
    get_text(world, params, "description")
}

/// `setMyShortDescription`.
pub(super) fn set_my_short_description(world: &mut World, params: &mut Params) -> Reply {
    set_text(world, params, "short_description", 120)
}

/// `getMyShortDescription`.
pub(super) fn get_my_short_description(world: &mut World, params: &mut Params) -> Reply {
    get_text(world, params, "short_description")
}

/// `setChatMenuButton`.
#[expect(clippy::unnecessary_wraps, reason = "every method has the same signature")]
pub(super) fn set_chat_menu_button(world: &mut World, params: &mut Params) -> Reply {
    let button = params.json("menu_button").unwrap_or_else(|| json!({ "type": "default" }));
    world.profile.menu_buttons.insert(params.int("chat_id").unwrap_or_default(), button);
    Ok(Value::Bool(true))
}

/// `getChatMenuButton`.
#[expect(clippy::unnecessary_wraps, reason = "every method has the same signature")]
pub(super) fn get_chat_menu_button(world: &mut World, params: &mut Params) -> Reply {
    let chat = params.int("chat_id").unwrap_or_default();
    let buttons = &world.profile.menu_buttons;
    let found = buttons.get(&chat).or_else(|| buttons.get(&0)).cloned();
    Ok(found.unwrap_or_else(|| json!({ "type": "commands" })))
}

/// `getChat`.
pub(super) fn get_chat(world: &mut World, params: &mut Params) -> Reply {
    let id = target(world, params)?;
    let chat = world.chats.get(&id).ok_or_else(|| Refusal::bad("chat not found"))?;
    let mut value = world.chat_value(chat);
    value["accent_color_id"] = 0.into();
    value["max_reaction_count"] = 11.into();
    value["accepted_gift_types"] =
        json!({ "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false });
    Ok(value)
}

/// `getChatMember`.
pub(super) fn get_chat_member(world: &mut World, params: &mut Params) -> Reply {
    let id = target(world, params)?;
    let user = params.values.get("user_id").and_then(int_of).unwrap_or_default();
    let known = user == BOT_ID || world.users.contains_key(&user);
    let chat = world.chats.get(&id).ok_or_else(|| Refusal::bad("chat not found"))?;
    if !known {
        return Err(Refusal::bad("member not found"));
    }
    if chat.admins.contains(&user) {
        return Ok(owner(&world.user_value(user)));
    }
    let value = if user == BOT_ID { bot() } else { world.user_value(user) };
    Ok(json!({ "status": "member", "user": value }))
}

/// `getChatAdministrators`.
pub(super) fn get_chat_administrators(world: &mut World, params: &mut Params) -> Reply {
    let id = target(world, params)?;
    let chat = world.chats.get(&id).ok_or_else(|| Refusal::bad("chat not found"))?;
    if chat.is_private() {
        return Err(Refusal::bad("there are no administrators in the private chat"));
    }
    Ok(chat.admins.iter().map(|user| owner(&world.user_value(*user))).collect())
}

fn owner(user: &Value) -> Value {
    json!({ "status": "creator", "user": user, "is_anonymous": false })
}
