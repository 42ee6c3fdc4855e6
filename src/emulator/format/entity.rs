//! An entity: a stretch of a text, counted in UTF-16 units, and what it is.

use serde_json::{Map, Value};

/// A text and its entities.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Formatted {
    /// The text without any markup.
    pub(crate) text: String,
    /// The entities, by offset, the longer first.
    pub(crate) entities: Vec<Entity>,
}

/// One stretch of text with a meaning.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entity {
    /// `bold`, `text_link`, `bot_command`...
    pub(crate) kind: String,
    /// The first UTF-16 unit.
    pub(crate) offset: usize,
    /// How many UTF-16 units.
    pub(crate) length: usize,
    /// `url`, `language`, `user`, `custom_emoji_id`.
    pub(crate) extra: Map<String, Value>,
}

impl Entity {
    /// An entity without further fields.
    pub(crate) fn plain(kind: &str, offset: usize, length: usize) -> Self {
        Self { kind: kind.to_owned(), offset, length, extra: Map::new() }
    }

    /// The unit after the last.
    pub(crate) fn end(&self) -> usize {
        self.offset + self.length
    }

    /// Whether the two share a unit.
    pub(crate) fn touches(&self, other: &Self) -> bool {
        self.offset < other.end() && other.offset < self.end()
    }

    /// As the Bot API writes it.
    pub(crate) fn to_value(&self) -> Value {
        let mut map = Map::new();
        map.insert("type".into(), self.kind.clone().into());
        map.insert("offset".into(), self.offset.into());
        map.insert("length".into(), self.length.into());
        map.extend(self.extra.clone());
        Value::Object(map)
    }

    /// Reads what a client sent; `None` when a field is missing or negative.
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        let number = |key: &str| usize::try_from(value.get(key)?.as_u64()?).ok();
        let mut extra = value.as_object()?.clone();
        extra.retain(|key, _| !matches!(key.as_str(), "type" | "offset" | "length"));
        Some(Self { kind: value.get("type")?.as_str()?.to_owned(), offset: number("offset")?, length: number("length")?, extra })
    }
}

impl Formatted {
    /// The entities as the Bot API writes them.
    pub(crate) fn entity_values(&self) -> Vec<Value> {
        self.entities.iter().map(Entity::to_value).collect()
    }

    /// Puts the entities in order and drops the empty ones.
    pub(crate) fn arrange(&mut self) {
        self.entities.retain(|entity| entity.length > 0);
        self.entities.sort_by(|a, b| a.offset.cmp(&b.offset).then(b.length.cmp(&a.length)));
    }

    /// Takes the white space off both ends; entities move and shrink with the text.
    pub(crate) fn trim(&mut self) {
        let lead = self.text.len() - self.text.trim_start().len();
        let cut = utf16_len(self.text.get(..lead).unwrap_or_default());
        let trimmed = self.text.trim().to_owned();
        let length = utf16_len(&trimmed);
        for entity in &mut self.entities {
            let start = entity.offset.saturating_sub(cut).min(length);
            let end = entity.end().saturating_sub(cut).min(length);
            entity.offset = start;
            entity.length = end - start;
        }
        self.text = trimmed;
        self.arrange();
    }
}

/// The length of a text in UTF-16 units, the unit of all offsets of the Bot API.
pub(crate) fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_utf16() {
        assert_eq!(utf16_len("头痛"), 2);
        assert_eq!(utf16_len("🚑a"), 3);
    }

    #[test]
    fn trimming_moves_the_entities() {
        let mut text =
            Formatted { text: "\n 🚑头痛 \n".into(), entities: vec![Entity::plain("bold", 0, 8), Entity::plain("code", 6, 2)] };
        text.trim();
        assert_eq!(text.text, "🚑头痛");
        assert_eq!(text.entities, vec![Entity::plain("bold", 0, 4)]);
    }
}
