//! What is looked at in a message.

use serde_json::Value;
use wenzheng::emulator::{Button, Heard};
use wenzheng::knowledge::Phrases;

use super::shipped;

/// The bot's own sentences.
pub fn phrases() -> Phrases {
    shipped::engine().knowledge.phrases.clone()
}

/// Whether the message carries the disclaimer.
pub fn disclaims(heard: &Heard) -> bool {
    heard.text.contains(&phrases().disclaimer) || heard.text.contains(&phrases().card_disclaimer)
}

/// Length in the Bot API's unit.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The stretch of the text that an entity names; none where it is not inside the text or cuts a character.
pub fn stretch(heard: &Heard, entity: &Value) -> Option<String> {
    let at = |key: &str| entity.get(key).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    let (offset, length) = (at("offset")?, at("length")?);
    let text: Vec<u16> = heard.text.encode_utf16().collect();
    String::from_utf16(text.get(offset..offset + length)?).ok()
}

/// The labels of the buttons that lead to articles.
pub fn related(heard: &Heard) -> Vec<&str> {
    let leads = |button: &&Button| button.data.as_deref().is_some_and(|data| data.starts_with("a:"));
    heard.all_buttons().filter(leads).map(|button| button.text.as_str()).collect()
}
