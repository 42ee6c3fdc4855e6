//! What the bot told about itself: command menus by scope and language, descriptions, menu buttons.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

/// Texts and menus of the bot.
#[derive(Debug, Default)]
pub(crate) struct Profile {
    /// Command lists by scope ([`scope_key`]) and language ("" for all).
    pub(crate) commands: BTreeMap<(String, String), Value>,
    /// `name`, `description`, `short_description` by (field, language).
    pub(crate) texts: BTreeMap<(String, String), String>,
    /// Menu buttons by chat; 0 is the default.
    pub(crate) menu_buttons: HashMap<i64, Value>,
}

impl Profile {
    /// The commands a person sees in a chat: the narrowest scope that has any, in the person's language first.
    pub(crate) fn commands_for(&self, scopes: &[String], language: &str) -> Value {
        let short = language.get(..2).unwrap_or_default().to_owned();
        scopes
            .iter()
            .flat_map(|scope| [(scope.clone(), short.clone()), (scope.clone(), String::new())])
            .find_map(|key| self.commands.get(&key).cloned())
            .unwrap_or_else(|| json!([]))
    }
}

/// A scope as one string: `default`, `chat:7`, `chat_member:7:8`; `Err` for what is no scope.
pub(crate) fn scope_key(scope: Option<&Value>) -> Result<String, String> {
    let Some(scope) = scope else {
        return Ok("default".into());
    };
    let kind = scope.get("type").and_then(Value::as_str).unwrap_or_default();
    let id = |key: &str| match scope.get(key) {
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(Value::String(text)) => Ok(text.clone()),
        _ => Err(format!("can't parse BotCommandScope: field \"{key}\" is required")),
    };
    match kind {
        "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => Ok(kind.to_owned()),
        "chat" | "chat_administrators" => Ok(format!("{kind}:{}", id("chat_id")?)),
        "chat_member" => Ok(format!("chat_member:{}:{}", id("chat_id")?, id("user_id")?)),
        _ => Err("unsupported type specified".into()),
    }
}

/// The scopes that apply to a person in a chat, the narrowest first.
pub(crate) fn scopes(chat: i64, user: i64, private: bool, admin: bool) -> Vec<String> {
    if private {
        return vec![format!("chat:{chat}"), "all_private_chats".into(), "default".into()];
    }
    let mut scopes = vec![format!("chat_member:{chat}:{user}")];
    if admin {
        scopes.push(format!("chat_administrators:{chat}"));
    }
    scopes.push(format!("chat:{chat}"));
    if admin {
        scopes.push("all_chat_administrators".into());
    }
    scopes.extend(["all_group_chats".into(), "default".into()]);
    scopes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_scope_wins() {
        let mut profile = Profile::default();
        profile.commands.insert(("default".into(), String::new()), json!(["all"]));
        profile.commands.insert(("default".into(), "en".into()), json!(["english"]));
        profile.commands.insert(("chat:7".into(), String::new()), json!(["admin"]));
        let seen = |chat: i64, language: &str| profile.commands_for(&scopes(chat, chat, true, false), language)[0].clone();
        assert_eq!((seen(7, "zh-hans"), seen(8, "zh-hans"), seen(8, "en-US")), (json!("admin"), json!("all"), json!("english")));
    }
}
