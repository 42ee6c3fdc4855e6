//! From the text of a request to the text of a message: markup, limits, offsets, found links.

use serde_json::Value;

use super::detect::detect;
use super::entity::{Entity, Formatted, utf16_len};
use super::html::parse_html;

/// How a request marks up its text.
#[derive(Debug)]
pub(crate) enum Markup {
    /// By `parse_mode`, as the client spelt it.
    Mode(String),
    /// By a list of entities, possibly empty.
    Entities(Vec<Value>),
}

/// Makes the text of a message from the text of a request, or says what is wrong, as the server would after
/// "Bad Request: ".
pub(crate) fn settle(raw: &str, markup: &Markup, limit: usize, too_long: &str) -> Result<Formatted, String> {
    if raw.len() > 32_768 {
        return Err("text is too long".into());
    }
    let mut formatted = match markup {
        Markup::Mode(mode) => by_mode(raw, mode)?,
        Markup::Entities(list) => by_entities(raw, list)?,
    };
    formatted.trim();
    if utf16_len(&formatted.text) > limit {
        return Err(too_long.into());
    }
    add_detected(&mut formatted);
    formatted.entities.truncate(100);
    Ok(formatted)
}

fn by_mode(raw: &str, mode: &str) -> Result<Formatted, String> {
    match mode.to_ascii_lowercase().as_str() {
        "html" => parse_html(raw).map_err(|what| format!("can't parse entities: {what}")),
        "" => Ok(Formatted { text: raw.to_owned(), entities: Vec::new() }),
        "markdown" | "markdownv2" => Err("can't parse entities: this emulator reads HTML only".into()),
        _ => Err("unsupported parse_mode".into()),
    }
}

/// Entities beyond the text are dropped; one that cuts a character in two refuses the message.
fn by_entities(raw: &str, list: &[Value]) -> Result<Formatted, String> {
    let units: Vec<u16> = raw.encode_utf16().collect();
    let splits = |at: usize| units.get(at).is_some_and(|unit| (0xDC00..0xE000).contains(unit));
    let mut entities = Vec::new();
    for entity in list.iter().filter_map(Entity::from_value) {
        if entity.end() > units.len() {
            continue;
        }
        if splits(entity.offset) {
            return Err(format!("can't parse entities: Entity begins in a middle of a UTF-16 symbol at offset {}", entity.offset));
        }
        if splits(entity.end()) {
            return Err(format!("can't parse entities: Entity ends in a middle of a UTF-16 symbol at offset {}", entity.end()));
        }
        entities.push(entity);
    }
    Ok(Formatted { text: raw.to_owned(), entities })
}

fn add_detected(formatted: &mut Formatted) {
    const OPAQUE: [&str; 4] = ["code", "pre", "text_link", "text_mention"];
    for found in detect(&formatted.text) {
        let hidden = formatted
            .entities
            .iter()
            .any(|entity| entity.touches(&found) && (OPAQUE.contains(&entity.kind.as_str()) || entity.kind == found.kind));
        if !hidden {
            formatted.entities.push(found);
        }
    }
    formatted.arrange();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn html(raw: &str) -> Result<Formatted, String> {
        settle(raw, &Markup::Mode("HTML".into()), 4096, "message is too long")
    }

    #[test]
    fn limits_count_what_is_read_not_what_is_sent() {
        assert!(html(&format!("<b>{}</b>", "头".repeat(4096))).is_ok());
        assert_eq!(html(&"头".repeat(4097)).unwrap_err(), "message is too long");
        assert_eq!(html(&"头".repeat(10_923)).unwrap_err(), "text is too long");
    }

    #[test]
    fn entities_by_hand_are_checked() {
        let with = |offset: usize, length: usize| {
            let list = vec![json!({"type": "bold", "offset": offset, "length": length})];
            settle("🚑头", &Markup::Entities(list), 4096, "")
        };
        assert_eq!(with(0, 3).unwrap().entities.len(), 1);
        assert!(with(0, 9).unwrap().entities.is_empty());
        assert!(with(1, 2).unwrap_err().contains("begins in a middle"));
        assert!(with(0, 1).unwrap_err().contains("ends in a middle"));
    }

    #[test]
    fn commands_in_the_answer_can_be_tapped_but_not_in_code() {
        let parsed = html("<code>/start</code> /help").unwrap();
        let kinds: Vec<&str> = parsed.entities.iter().map(|entity| entity.kind.as_str()).collect();
        assert_eq!(kinds, ["code", "bot_command"]);
    }
}
