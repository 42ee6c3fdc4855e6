//! Notices that an editor saved a file.

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};

/// Why a folder cannot be watched.
#[derive(Debug, thiserror::Error)]
#[error("无法监视 {dir}：{source}；改好后请手动 /reload")]
pub struct WatchError {
    dir: PathBuf,
    source: notify::Error,
}

/// Calls `changed` whenever something under the folder changes, until the watcher is dropped. It may be called often
/// and from another thread.
///
/// # Errors
/// What the system refuses.
pub fn watch(dir: &Path, changed: impl Fn() + Send + 'static) -> Result<RecommendedWatcher, WatchError> {
    let wrap = |source| WatchError { dir: dir.to_owned(), source };
    let handler = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            changed();
        }
    };
    let mut watcher = notify::recommended_watcher(handler).map_err(wrap)?;
    watcher.watch(dir, RecursiveMode::Recursive).map_err(wrap)?;
    Ok(watcher)
}
