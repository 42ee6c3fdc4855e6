//! Start: from the store if the files are as they were, else from the files, else whatever still answers emergencies.

use super::examine::safety_net;
use super::keeper::{ReloadError, Step, prepare};
use super::kept;
use super::release;
use super::withdrawn::{effective, withdrawn};
use crate::engine::{Engine, EngineError, Settings};
use crate::knowledge::{Knowledge, Topic, files_digest, load_safety_net};
use crate::store::{Revision, Store};
use std::path::Path;

/// What a start came to.
pub struct Boot {
    /// The engine to go live with.
    pub engine: Engine,
    /// Whether the files did not have to be read.
    pub from_store: bool,
    /// What the operator must be told, line by line; empty where all is well.
    pub alarms: Vec<String>,
    /// Sentences that were rehearsed.
    pub tried: usize,
}

/// Why nothing can be answered at all.
#[derive(Debug, thiserror::Error)]
pub enum BootError {
    /// Not even the safety net built into the program stands.
    #[error("内置的急症规则也建不起来：{0}；请重新安装程序")]
    SafetyNet(#[from] EngineError),
    /// Files that would start the bot with a region without an emergency number.
    #[error("{0}")]
    Unsafe(String),
}

/// Starts. A broken folder does not stop the bot: the last good revision answers, or the safety net.
///
/// # Errors
/// Only if nothing can be answered at all, or an emergency number is missing.
pub fn boot(dir: &Path, store: Option<&Store>, settings: Settings, mut progress: impl FnMut(Step)) -> Result<Boot, BootError> {
    let live = store.and_then(Store::live);
    let kept = live.as_ref().and_then(read_or_tell);
    let files = if dir.is_dir() { files_digest(dir) } else { String::new() };
    // Files that a rollback left behind count as unchanged too.
    let left_behind = !files.is_empty() && store.and_then(release::held).as_ref() == Some(&files);
    let unchanged = kept.as_ref().is_some_and(|kept| left_behind || kept.digest == files);
    let (unchanged, kept) = if unchanged { (kept, None) } else { (None, kept) };
    let mut boot = if let Some(knowledge) = unchanged {
        Boot { engine: Engine::new(knowledge, settings)?, from_store: true, alarms: Vec::new(), tried: 0 }
    } else {
        let (imported, unread) = imported_or_tell(live.as_ref());
        match prepare(dir, settings, &imported, &mut progress) {
            Ok((engine, tried, warnings)) => {
                progress(Step::Keeping);
                // What cannot be read is not written over.
                let keeping = store.filter(|_| unread.is_none());
                let mut alarms = keep_or_tell(keeping, &engine.knowledge, &imported);
                alarms.extend(unread);
                alarms.extend(warnings.0.iter().map(ToString::to_string));
                Boot { engine, from_store: false, alarms, tried }
            }
            Err(error) => fall_back(&error, kept, settings)?,
        }
    };
    if left_behind {
        boot.alarms.push("现在用的是 /rollback 退回的一版，不是知识文件里的；要用文件里的，发 /reload".to_owned());
    }
    leave_out_withdrawn(boot, store, settings)
}

/// Withdrawn articles stay withdrawn.
fn leave_out_withdrawn(mut boot: Boot, store: Option<&Store>, settings: Settings) -> Result<Boot, BootError> {
    match store.map(withdrawn).transpose() {
        Ok(ids) => (boot.engine, _) = effective(boot.engine, &ids.unwrap_or_default(), settings)?,
        Err(error) => boot.alarms.push(format!("撤下的文章名单读不出来：{error}；请重新 /withdraw")),
    }
    Ok(boot)
}

/// The imported articles, and what to tell where they cannot be read: they stay in the store as they are.
fn imported_or_tell(live: Option<&Revision>) -> (Vec<Topic>, Option<String>) {
    match live.map(kept::imported) {
        None => (Vec::new(), None),
        Some(Ok(imported)) => (imported, None),
        Some(Err(error)) => {
            let told = format!(
                "导入的文章读不出来，先不用它们，存储里的原样留着：{error}。换回写它们的那一版程序，或用 wenzheng import --replace 重新导入"
            );
            (Vec::new(), Some(told))
        }
    }
}

fn read_or_tell(revision: &Revision) -> Option<Knowledge> {
    kept::read_kept(revision).map_err(|error| tracing::warn!("存储里的知识读不出来，改从文件载入：{error}")).ok()
}

fn keep_or_tell(store: Option<&Store>, knowledge: &Knowledge, imported: &[Topic]) -> Vec<String> {
    let kept = store.map(|store| kept::keep(store, knowledge, imported, |_| ()));
    kept.and_then(Result::err).map(|error| format!("知识没有存下来，下次启动要重新载入：{error}")).into_iter().collect()
}

/// The last good revision, else the safety net: emergencies are answered all the same.
fn fall_back(error: &ReloadError, kept: Option<Knowledge>, settings: Settings) -> Result<Boot, BootError> {
    let mut alarms: Vec<String> = error.to_string().lines().map(str::to_owned).collect();
    if let Some(knowledge) = kept {
        alarms.push("知识文件有错，先用上一版回答；改好后发 /reload".to_owned());
        return Ok(Boot { engine: Engine::new(knowledge, settings)?, from_store: true, alarms, tried: 0 });
    }
    alarms.push("知识文件有错，也没有上一版：现在只回答急症；改好后发 /reload 或重新启动".to_owned());
    let net = load_safety_net().knowledge;
    if let Some(region) = net.regions.iter().find(|region| region.ambulance.is_empty() && !region.elsewhere) {
        return Err(BootError::Unsafe(format!("{}没有急救电话，不能启动；请在 knowledge/regions.toml 里填上", region.name)));
    }
    Ok(Boot { engine: safety_net(net, settings)?, from_store: false, alarms, tried: 0 })
}
