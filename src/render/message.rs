//! One message.

use super::rich::Rich;
use serde::Serialize;

/// One message of the medium.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outgoing {
    /// What it says.
    pub rich: Rich,
    /// Rows of buttons.
    pub buttons: Vec<Vec<Button>>,
}

/// A button.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Button {
    /// What it says.
    pub text: String,
    /// What it sends back; empty for a button that copies.
    pub data: String,
    /// What it copies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// The start parameter with which it opens the private chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<String>,
    /// The start parameter of the link that it sends to others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
}
