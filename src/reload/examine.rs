//! Examining a folder: load, check, build, rehearse; every fault at once.

use super::keeper::Step;
use crate::engine::{Engine, EngineError, Settings, rehearse};
use crate::knowledge::{Fault, Faults, Knowledge, Loaded, Topic, load};
use crate::triage::CompileError;
use std::path::Path;

/// What examining a folder found.
pub struct Examined {
    /// An engine over what is sound; it may go live only if `faults` pass.
    pub engine: Option<Engine>,
    /// Everything that is wrong.
    pub faults: Faults,
    /// Sentences that were rehearsed.
    pub tried: usize,
    /// Topics, articles and red flags read.
    pub counts: [usize; 3],
}

/// Examines a folder together with imported articles.
pub fn examine(dir: &Path, settings: Settings, imported: &[Topic], progress: &mut impl FnMut(Step)) -> Examined {
    progress(Step::Loading);
    examine_loaded(load(dir), settings, imported, progress)
}

/// Examines what was loaded, together with imported articles.
pub(super) fn examine_loaded(mut loaded: Loaded, settings: Settings, imported: &[Topic], progress: &mut impl FnMut(Step)) -> Examined {
    let mut faults = std::mem::take(&mut loaded.faults);
    let articles = loaded.knowledge.topics.iter().map(|topic| topic.articles.len()).sum();
    let counts = [loaded.knowledge.topics.len(), articles, loaded.knowledge.rules.len()];
    progress(Step::Building);
    let whole = with_imported(&loaded.knowledge, imported);
    let engine = build(whole, settings, &loaded, &mut faults);
    let mut tried = 0;
    if let Some(engine) = &engine {
        let rehearsal = rehearse(engine, &loaded, |done| progress(Step::Rehearsing(done)));
        tried = rehearsal.tried;
        faults.0.extend(rehearsal.faults);
    }
    Examined { engine, faults, tried, counts }
}

/// Builds; where red flags do not compile, names them and goes on without, so that the rest can be rehearsed.
fn build(knowledge: Knowledge, settings: Settings, loaded: &Loaded, faults: &mut Faults) -> Option<Engine> {
    let broken = match Engine::new(knowledge.clone(), settings) {
        Ok(engine) => return Some(engine),
        Err(EngineError::RedFlags(broken)) => broken,
        Err(error) => {
            faults.0.push(Fault::error(Path::new("knowledge"), 1, error.to_string(), "改正后再试"));
            return None;
        }
    };
    for error in &broken {
        let path = loaded.rule_files.get(&error.rule).map_or(Path::new("knowledge/red_flags"), |source| source.path.as_path());
        faults.0.push(Fault::error(path, 1, error.message.clone(), "写法见 docs/red-flags.md"));
    }
    without_broken(knowledge, &broken, settings).ok()
}

/// An engine over the red flags that compile.
fn without_broken(mut knowledge: Knowledge, broken: &[CompileError], settings: Settings) -> Result<Engine, EngineError> {
    knowledge.rules.retain(|rule| broken.iter().all(|error| error.rule != rule.id));
    Engine::new(knowledge, settings)
}

/// An engine over the safety net built into the program: emergencies only.
///
/// # Errors
/// Only where nothing of it stands.
pub(super) fn safety_net(knowledge: Knowledge, settings: Settings) -> Result<Engine, EngineError> {
    match Engine::new(knowledge.clone(), settings) {
        Err(EngineError::RedFlags(broken)) => without_broken(knowledge, &broken, settings),
        built => built,
    }
}

fn with_imported(knowledge: &Knowledge, imported: &[Topic]) -> Knowledge {
    let mut whole = knowledge.clone();
    whole.topics.extend(imported.iter().cloned());
    whole.index_ids();
    whole
}
