//! The small commands over the store: stats, gaps, weak, backup, restore.

use super::failure::{Failure, Outcome};
use super::opening::open_store;
use crate::cli::count_bar;
use crate::config::Config;
use crate::knowledge::Date;
use crate::reload::{deeds, note_deed, read_kept, roll_back};
use crate::telegram::figures;
use serde_json::json;
use std::path::Path;

/// A gap is shown once so many different people had it.
const PEOPLE: u32 = 5;

fn failed(error: &crate::store::StoreError) -> Failure {
    Failure::usage(error.to_string())
}

/// How the bot is used: the numbers of /stats.
///
/// # Errors
/// A store in use.
pub fn stats(config: &Config, as_json: bool) -> Outcome {
    let store = open_store(config)?;
    let live = store.live().and_then(|revision| read_kept(&revision).ok()).unwrap_or_default();
    let figures = figures(&store, &live, Date::today()).map_err(|error| failed(&error))?;
    if !as_json {
        for line in figures.lines() {
            println!("{line}");
        }
        return Ok(());
    }
    let counts = |namespace: &str| store.counts(namespace).map_err(|error| failed(&error));
    for (namespace, label) in [("asked", "kind"), ("views", "article")] {
        let mut counts = counts(namespace)?;
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        for (key, count) in counts {
            println!("{}", json!({label: key, "count": count}));
        }
    }
    for (day, count) in counts("days")? {
        println!("{}", json!({"day": day, "count": count}));
    }
    for (bound, count) in counts("latency")? {
        println!("{}", json!({"within_ms": bound, "count": count}));
    }
    Ok(())
}

/// What could not be answered: topics and sides, never a sentence.
///
/// # Errors
/// A store in use.
pub fn gaps(config: &Config, as_json: bool) -> Outcome {
    let store = open_store(config)?;
    for gap in store.gaps(PEOPLE).map_err(|error| failed(&error))? {
        if as_json {
            println!("{}", json!({"gap": gap.name, "count": gap.count, "people": gap.people}));
        } else {
            println!("{:>8}  {}（至少 {} 人）", gap.count, gap.name, gap.people);
        }
    }
    Ok(())
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

/// The revisions that are kept and what was done last, newest first.
///
/// # Errors
/// A store in use.
pub fn history(config: &Config, as_json: bool) -> Outcome {
    let store = open_store(config)?;
    let revisions = store.revisions().map_err(|error| failed(&error))?;
    let done = deeds(&store, 20).map_err(|error| failed(&error))?;
    if as_json {
        println!("{}", json!({"revisions": revisions, "deeds": done}));
        return Ok(());
    }
    for info in revisions {
        let live = if info.live { "（现用）" } else { "" };
        println!("{}  {}  {}{live}", when(info.published), info.digest.get(..12).unwrap_or(&info.digest), info.note);
    }
    for deed in done {
        println!("{}  {}  {}：{}", when(deed.at), deed.who, deed.what, deed.outcome);
    }
    Ok(())
}

fn when(seconds: u64) -> String {
    let at = i64::try_from(seconds).ok().and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    at.map_or_else(String::new, |at| at.with_timezone(&chrono::Local).format("%Y-%m-%d %H:%M").to_string())
}

/// Goes back to a kept revision, named by the beginning of its digest.
///
/// # Errors
/// A store in use, no such revision.
pub fn rollback(config: &Config, name: &str) -> Outcome {
    let store = open_store(config)?;
    let info = roll_back(&store, &config.paths.knowledge, name).map_err(|error| Failure::no(format!("没有退回：{error}")))?;
    note_deed(&store, 0, &format!("退回 {name}"), &info.note).map_err(|error| failed(&error))?;
    eprintln!("退回到 {}（{}）。知识文件没有动；要重新用文件里的，改好后载入一次。", info.digest, info.note);
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
