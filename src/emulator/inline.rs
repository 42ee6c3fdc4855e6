//! Inline mode: a person types `@bot words` in any chat and picks a result.

use serde_json::{Map, Value, json};

use super::format::{Formatted, Markup, settle};
use super::world::World;

impl World {
    /// A person types an inline query. Gives its id.
    pub(crate) fn ask_inline(&mut self, user: i64, query: &str, offset: &str) -> String {
        let id = self.next_serial();
        self.inline.insert(id.clone(), user);
        let from = self.user_value(user);
        let body = json!({ "id": id, "from": from, "query": query, "offset": offset, "chat_type": "sender" });
        self.push_update("inline_query", body, inline_lane(user));
        id
    }

    /// A person picks an inline result.
    pub(crate) fn choose_inline(&mut self, user: i64, result_id: &str, query: &str) {
        let from = self.user_value(user);
        let body = json!({ "result_id": result_id, "from": from, "query": query });
        self.push_update("chosen_inline_result", body, inline_lane(user));
    }

    /// Posts a result of the person's last inline query as that person's message; the bot is not told of it.
    pub(crate) fn post_inline(&mut self, chat: i64, user: i64, result_id: &str) -> Option<i64> {
        let answer = self.last_inline.get(&user)?;
        let results = answer.get("results")?.as_array()?;
        let result = results.iter().find(|result| result.get("id").and_then(Value::as_str) == Some(result_id))?;
        let formatted = result_text(result).ok()??;
        let mut content = Map::new();
        content.insert("text".into(), formatted.text.clone().into());
        content.insert("entities".into(), formatted.entity_values().into());
        content.insert("via_bot".into(), super::people::bot());
        if let Some(markup) = result.get("reply_markup") {
            content.insert("reply_markup".into(), markup.clone());
        }
        let from = self.user_value(user);
        self.write(chat, from, content)?["message_id"].as_i64()
    }
}

/// The text a result would post: `Ok(None)` if it posts none, `Err` with the server's complaint.
pub(crate) fn result_text(result: &Value) -> Result<Option<Formatted>, String> {
    let Some(content) = result.get("input_message_content") else {
        return Ok(None);
    };
    let text = |key: &str| content.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let Some(raw) = text("message_text") else {
        return Ok(None);
    };
    let markup = match text("parse_mode") {
        Some(mode) => Markup::Mode(mode.to_owned()),
        None => Markup::Entities(content.get("entities").and_then(Value::as_array).cloned().unwrap_or_default()),
    };
    settle(raw, &markup, 4096, "message is too long").map(Some)
}

fn inline_lane(user: i64) -> i64 {
    user.wrapping_add(2 << 60)
}
