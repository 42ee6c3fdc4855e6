//! A refusal as the Bot API words it: a status, a description and, for 429, the seconds to wait.

use serde_json::{Value, json};

/// What a method gives back: the `result`, or a refusal.
pub(crate) type Reply = Result<Value, Refusal>;

/// A request the server turned down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The HTTP status, repeated in the body as `error_code`.
    pub(crate) code: u16,
    /// The sentence for people, with its customary beginning ("Bad Request: ...").
    pub(crate) description: String,
    /// Seconds to wait, for 429 only.
    pub(crate) retry_after: Option<u64>,
}

impl Refusal {
    /// A refusal in full words.
    pub(crate) fn new(code: u16, description: impl Into<String>) -> Self {
        Self { code, description: description.into(), retry_after: None }
    }

    /// 400: the request itself is wrong.
    pub(crate) fn bad(description: &str) -> Self {
        Self::new(400, format!("Bad Request: {description}"))
    }

    /// 403: the person or the chat does not want the bot.
    pub(crate) fn forbidden(description: &str) -> Self {
        Self::new(403, format!("Forbidden: {description}"))
    }

    /// 409: two ways of receiving updates collide.
    pub(crate) fn conflict(description: &str) -> Self {
        Self::new(409, format!("Conflict: {description}"))
    }

    /// 429: too fast; try again after so many seconds.
    pub(crate) fn too_many(retry_after: u64) -> Self {
        Self { code: 429, description: format!("Too Many Requests: retry after {retry_after}"), retry_after: Some(retry_after) }
    }

    /// The body the client receives.
    pub(crate) fn envelope(&self) -> Value {
        let mut body = json!({
            "ok": false,
            "error_code": self.code,
            "description": self.description,
        });
        if let Some(seconds) = self.retry_after {
            body["parameters"] = json!({ "retry_after": seconds });
        }
        body
    }
}
