//! The small commands over the store: stats, gaps, weak, backup, restore.

use super::failure::{Failure, Outcome};
use super::opening::open_store;
use crate::cli::count_bar;
use crate::config::Config;
use serde_json::json;
use std::path::Path;

fn failed(error: &crate::store::StoreError) -> Failure {
    Failure::usage(error.to_string())
}

/// Prints counters, largest first.
fn counters(config: &Config, namespace: &str, label: &str, as_json: bool) -> Outcome {
    let store = open_store(config)?;
    let mut counts = store.counts(namespace).map_err(|error| failed(&error))?;
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (key, count) in counts {
        if as_json {
            println!("{}", json!({label: key, "count": count}));
        } else {
            println!("{count:>8}  {key}");
        }
    }
    Ok(())
}

/// What was asked, by kind of answer, and the most read articles.
///
/// # Errors
/// A store in use.
pub fn stats(config: &Config, as_json: bool) -> Outcome {
    counters(config, "asked", "kind", as_json)?;
    counters(config, "views", "article", as_json)
}

/// What could not be answered: topics and sides, never a sentence.
///
/// # Errors
/// A store in use.
pub fn gaps(config: &Config, as_json: bool) -> Outcome {
    counters(config, "gaps", "gap", as_json)
}

/// Articles voted down, the worst first.
///
/// # Errors
/// A store in use.
pub fn weak(config: &Config, as_json: bool) -> Outcome {
    let store = open_store(config)?;
    let mut tallies = store.tallies().map_err(|error| failed(&error))?;
    tallies.retain(|entry| entry.tally.unhelpful > 0);
    tallies.sort_by_key(|entry| std::cmp::Reverse(entry.tally.unhelpful));
    for entry in tallies {
        let (helpful, unhelpful) = (entry.tally.helpful, entry.tally.unhelpful);
        if as_json {
            println!("{}", json!({"article": entry.article, "version": entry.version, "helpful": helpful, "unhelpful": unhelpful}));
        } else {
            println!("没帮助 {unhelpful}，有帮助 {helpful}  {}（{}）", entry.article, entry.version);
        }
    }
    Ok(())
}

/// The whole store as one file, checked by a digest.
///
/// # Errors
/// A store in use, a disk that is full.
pub fn backup(config: &Config, path: &Path) -> Outcome {
    let store = open_store(config)?;
    let bar = count_bar(None, "备份");
    let summary = store.backup(path, |progress| bar.set(progress.done)).map_err(|error| failed(&error))?;
    drop(bar);
    eprintln!("备份了 {} 项、{} 字节到 {}，摘要 {}", summary.entries, summary.bytes, path.display(), summary.digest);
    Ok(())
}

/// Puts a backup in place of the store.
///
/// # Errors
/// "No" where the backup does not verify; then nothing was changed.
pub fn restore(config: &Config, path: &Path) -> Outcome {
    let store = open_store(config)?;
    let bar = count_bar(None, "恢复");
    let summary = store.restore(path, |progress| bar.set(progress.done)).map_err(|error| Failure::no(error.to_string()))?;
    drop(bar);
    eprintln!("恢复了 {} 项，摘要 {}", summary.entries, summary.digest);
    Ok(())
}
