//! What a person hears from the bot: a message, or a notice that answers a pressed button.

use serde_json::Value;

/// A message of the bot as the person sees it, at the moment it was sent or edited.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heard {
    /// The message; 0 in silence.
    pub message_id: i64,
    /// The text, or the caption of a picture or file; empty in silence.
    pub text: String,
    /// The entities, as the Bot API writes them.
    pub entities: Vec<Value>,
    /// The inline keyboard, row by row.
    pub buttons: Vec<Vec<Button>>,
    /// Whether the message was edited, not sent.
    pub edited: bool,
    /// Whether nothing came in the time one waits ([`super::Emulator::set_patience`]).
    pub silence: bool,
    /// The message as JSON; null in silence.
    pub raw: Value,
}

/// An inline button.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Button {
    /// What is written on it.
    pub text: String,
    /// `callback_data`.
    pub data: Option<String>,
    /// `url`.
    pub url: Option<String>,
    /// The text of `copy_text`.
    pub copy_text: Option<String>,
}

/// The bot's answer to a pressed button (`answerCallbackQuery`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The callback query it answers.
    pub callback_id: String,
    /// The text; empty when the bot only stopped the spinner.
    pub text: String,
    /// Whether it is a box to close rather than a passing line.
    pub alert: bool,
    /// A link to open.
    pub url: Option<String>,
}

impl Heard {
    /// Nothing was heard.
    pub(crate) fn silence() -> Self {
        Self { silence: true, ..Self::default() }
    }

    /// Reads a message of the bot.
    pub(crate) fn of(message: &Value, edited: bool) -> Self {
        let text = |key: &str| message.get(key).and_then(Value::as_str);
        let list = |key: &str| message.get(key).and_then(Value::as_array).cloned();
        Self {
            message_id: message.get("message_id").and_then(Value::as_i64).unwrap_or_default(),
            text: text("text").or_else(|| text("caption")).unwrap_or_default().to_owned(),
            entities: list("entities").or_else(|| list("caption_entities")).unwrap_or_default(),
            buttons: buttons(message),
            edited,
            silence: false,
            raw: message.clone(),
        }
    }

    /// All buttons in reading order.
    pub fn all_buttons(&self) -> impl Iterator<Item = &Button> {
        self.buttons.iter().flatten()
    }

    /// The first button whose text contains `label`.
    #[must_use]
    pub fn button(&self, label: &str) -> Option<&Button> {
        self.all_buttons().find(|button| button.text.contains(label))
    }
}

/// The inline keyboard of a message.
pub(crate) fn buttons(message: &Value) -> Vec<Vec<Button>> {
    let rows = message.pointer("/reply_markup/inline_keyboard").and_then(Value::as_array);
    rows.into_iter().flatten().map(|row| row.as_array().into_iter().flatten().map(button).collect()).collect()
}

fn button(value: &Value) -> Button {
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    Button { text: text("/text").unwrap_or_default(), data: text("/callback_data"), url: text("/url"), copy_text: text("/copy_text/text") }
}
