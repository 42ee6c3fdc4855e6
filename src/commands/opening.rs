//! What every command that answers begins with: the store, then an engine over the knowledge.

use super::failure::Failure;
use crate::cli::count_bar;
use crate::config::Config;
use crate::engine::{Engine, Settings};
use crate::knowledge::{Knowledge, load};
use crate::reload::{Boot, Step, boot};
use crate::store::{Store, StoreError};
use std::path::Path;

/// The store and an engine.
pub struct Opened {
    /// None where another instance has it, or it cannot be written.
    pub store: Option<Store>,
    /// The engine and how it came up.
    pub boot: Boot,
}

/// The engine's part of the configuration.
pub(super) fn engine_settings(config: &Config) -> Settings {
    Settings { search: config.search }
}

/// An engine over a folder's files as they are, without a store, for the command `name`.
///
/// # Errors
/// A folder with faults, or parts that do not fit together.
pub(super) fn engine_of_files(dir: &Path, settings: Settings, name: &str) -> Result<Engine, Failure> {
    Engine::new(knowledge_of_files(dir, name)?, settings).map_err(|error| Failure::no(error.to_string()))
}

/// A folder's files as they are, without a store, for the command `name`.
///
/// # Errors
/// A folder with faults.
pub(super) fn knowledge_of_files(dir: &Path, name: &str) -> Result<Knowledge, Failure> {
    let loaded = load(dir);
    if loaded.faults.errors().count() > 0 {
        return Err(Failure::no(format!("{}\n先改好这些错误，再运行 wenzheng {name}", loaded.faults)));
    }
    Ok(loaded.knowledge)
}

/// Opens the store for a command that needs it.
///
/// # Errors
/// Whatever the store says.
pub(super) fn open_store(config: &Config) -> Result<Store, Failure> {
    Store::open(&config.paths.data, &config.store).map_err(|error| Failure::usage(error.to_string()))
}

/// Opens for answering on the command line: with a store in use elsewhere the files alone will do.
///
/// # Errors
/// Only if nothing can be answered at all.
pub fn open_for_answers(config: &Config) -> Result<Opened, Failure> {
    let store = match open_store_quietly(config) {
        Ok(store) => Some(store),
        Err(error) => {
            tracing::info!("不用存储，直接读知识文件：{error}");
            None
        }
    };
    open(config, store)
}

fn open_store_quietly(config: &Config) -> Result<Store, StoreError> {
    Store::open(&config.paths.data, &config.store)
}

/// Starts an engine over a store.
///
/// # Errors
/// Only if nothing can be answered at all.
pub fn open(config: &Config, store: Option<Store>) -> Result<Opened, Failure> {
    let bar = count_bar(None, "排演");
    let progress = |step: Step| {
        if let Step::Rehearsing(tried) = step {
            bar.set(tried as u64);
        }
    };
    let boot = boot(&config.paths.knowledge, store.as_ref(), engine_settings(config), progress);
    drop(bar);
    let boot = boot.map_err(|error| Failure::usage(error.to_string()))?;
    for alarm in &boot.alarms {
        tracing::warn!("{alarm}");
    }
    tell(&boot.engine, &boot);
    Ok(Opened { store, boot })
}

fn tell(engine: &Engine, boot: &Boot) {
    let articles = engine.knowledge.places().count();
    let (concepts, rules) = engine.triage_size();
    let from = if boot.from_store { "存储" } else { "文件" };
    tracing::info!("知识来自{from}：{articles} 篇文章，{rules} 条红旗，{concepts} 个概念，排演 {} 句", boot.tried);
}
