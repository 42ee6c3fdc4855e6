//! A webhook as setWebhook left it, and what is on its way to it.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

/// The state of a lane: updates of one chat go one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Lane {
    /// Whether an update is on its way.
    pub(crate) busy: bool,
    /// Not before this moment, after a failure.
    pub(crate) not_before: Option<Instant>,
    /// How long to wait after the next failure.
    pub(crate) delay: Duration,
}

/// An active webhook.
#[derive(Debug)]
pub(crate) struct Webhook {
    /// The whole url.
    pub(crate) url: String,
    /// `host:port`.
    pub(crate) host: String,
    /// Path and query.
    pub(crate) path: String,
    /// For `X-Telegram-Bot-Api-Secret-Token`.
    pub(crate) secret: Option<String>,
    /// How many updates may be on their way at once.
    pub(crate) max_connections: usize,
    /// Unix second and words of the last failure.
    pub(crate) last_error: Option<(i64, String)>,
    /// Lanes that are busy or wait after a failure.
    pub(crate) lanes: HashMap<i64, Lane>,
}

impl Webhook {
    /// A webhook for a plain HTTP address; `None` if it is none.
    pub(crate) fn new(url: &str, secret: Option<String>, max_connections: usize) -> Option<Self> {
        let rest = url.strip_prefix("http://")?;
        let cut = rest.find('/').unwrap_or(rest.len());
        let (host, path) = rest.split_at(cut);
        if host.is_empty() {
            return None;
        }
        Some(Self {
            url: url.to_owned(),
            host: if host.contains(':') { host.to_owned() } else { format!("{host}:80") },
            path: if path.is_empty() { "/".to_owned() } else { path.to_owned() },
            secret,
            max_connections,
            last_error: None,
            lanes: HashMap::new(),
        })
    }
}
