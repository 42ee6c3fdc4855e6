//! What an operator can tell the Telegram side.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// `[telegram]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// File that holds the token; empty: only the environment variable `TELOXIDE_TOKEN`.
    pub token_file: String,
    /// Address of the Bot API server.
    pub api_url: String,
    /// How long one getUpdates waits, in seconds (the server's limit is 50).
    pub poll_seconds: u32,
    /// Calls to the Bot API at one time.
    pub max_concurrent_calls: usize,
    /// Messages a person may send at once before they are slowed down. Emergencies never are.
    pub burst: u32,
    /// Messages a person may send per minute in the long run.
    pub per_minute: u32,
    /// After how many hours somebody is reminded who asked to be.
    pub remind_hours: u32,
    /// How long a shutdown waits for answers in flight, in seconds.
    pub drain_seconds: u64,
    /// Webhook instead of long polling.
    pub webhook: WebhookSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token_file: String::new(),
            api_url: "https://api.telegram.org".to_owned(),
            poll_seconds: 25,
            max_concurrent_calls: 256,
            burst: 30,
            per_minute: 60,
            remind_hours: 48,
            drain_seconds: 25,
            webhook: WebhookSettings::default(),
        }
    }
}

/// `[telegram.webhook]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WebhookSettings {
    /// The public HTTPS address that Telegram calls; empty: long polling.
    pub url: String,
    /// Where this machine listens.
    pub listen: String,
    /// 1 to 256 of A-Z, a-z, 0-9, _ and -; Telegram sends it with every update.
    pub secret: String,
    /// Updates at one time, 1 to 100.
    pub max_connections: u8,
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self { url: String::new(), listen: "127.0.0.1:8443".to_owned(), secret: String::new(), max_connections: 40 }
    }
}

/// `[admin]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdminSettings {
    /// Telegram user ids of owners: they may do everything.
    pub ids: Vec<i64>,
    /// Editors: they release, go back, send files, and do all that reviewers do.
    pub editors: Vec<i64>,
    /// Reviewers: they look at candidates, gaps and figures, and may withdraw an article.
    pub reviewers: Vec<i64>,
    /// Where backups made while the bot runs are kept.
    pub backups: PathBuf,
    /// Local address of /metrics and /healthz; empty: none.
    pub metrics: String,
    /// Whether owners get a summary of the gaps and the weak articles each week.
    pub digest: bool,
}

impl Default for AdminSettings {
    fn default() -> Self {
        Self {
            ids: Vec::new(),
            editors: Vec::new(),
            reviewers: Vec::new(),
            backups: "backups".into(),
            metrics: String::new(),
            digest: false,
        }
    }
}
