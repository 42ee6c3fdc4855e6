//! The sections. Each room owns its settings; this only composes them.

use crate::{search, store, telegram};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// config.toml
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Folders.
    pub paths: PathSettings,
    /// When search is sure.
    pub search: search::Settings,
    /// The store.
    pub store: store::Settings,
    /// Telegram.
    pub telegram: telegram::Settings,
    /// Who may do what.
    pub admin: telegram::AdminSettings,
    /// The playground.
    pub playground: PlaygroundSettings,
    /// What is logged.
    pub log: LogSettings,
}

/// `[paths]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PathSettings {
    /// The knowledge folder.
    pub knowledge: PathBuf,
    /// The store's folder.
    pub data: PathBuf,
    /// Whether changed knowledge files are reloaded without being asked.
    pub watch: bool,
}

impl Default for PathSettings {
    fn default() -> Self {
        Self { knowledge: "knowledge".into(), data: "data".into(), watch: false }
    }
}

/// `[playground]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlaygroundSettings {
    /// Port on this machine; 0: any that is free.
    pub port: u16,
}

impl Default for PlaygroundSettings {
    fn default() -> Self {
        Self { port: 8088 }
    }
}

/// `[log]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogSettings {
    /// `error`, `warn`, `info`, `debug` or `trace`. What people write is logged at none of them.
    pub level: String,
    /// `text`, or `json`: an object a line, for whatever gathers logs.
    pub format: String,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { level: "info".to_owned(), format: "text".to_owned() }
    }
}
