//! Text with entities.

use serde::Serialize;

/// How a stretch of text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// Bold
    Bold,
    /// Italic
    Italic,
    /// A quotation
    Blockquote,
    /// A quotation that is folded until it is tapped
    ExpandableBlockquote,
    /// A text that a tap copies
    Pre,
}

/// A stretch of text that is shown in a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// How.
    pub kind: EntityKind,
    /// Where it begins, in UTF-16 code units.
    pub offset: usize,
    /// How long it is, in UTF-16 code units.
    pub length: usize,
}

/// Text with entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rich {
    /// The text.
    pub text: String,
    /// Its entities, by offset.
    pub entities: Vec<Entity>,
}

/// Length in UTF-16 code units, the unit of the Bot API.
pub fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

impl Rich {
    /// Adds plain text.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds text shown in a way. White space at its ends is not part of the entity: the Bot API trims it.
    pub fn push_as(&mut self, kind: EntityKind, text: &str) -> &mut Self {
        let lead = text.len() - text.trim_start().len();
        let offset = utf16_len(&self.text) + utf16_len(&text[..lead]);
        let length = utf16_len(text.trim());
        self.text.push_str(text);
        if length > 0 {
            self.entities.push(Entity { kind, offset, length });
        }
        self
    }

    /// Adds another text with its entities moved along.
    pub fn append(&mut self, other: &Self) -> &mut Self {
        let shift = utf16_len(&self.text);
        self.text.push_str(&other.text);
        let moved = other.entities.iter().map(|entity| Entity { offset: entity.offset + shift, ..*entity });
        self.entities.extend(moved);
        self
    }
}
