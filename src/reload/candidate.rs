//! Knowledge that came out right and waits for somebody's word.

use super::report::Report;
use crate::engine::Engine;
use crate::knowledge::{Knowledge, NewFile, Topic};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Knowledge that came out right and waits for somebody's word.
pub struct Candidate {
    /// Names it on a button; another candidate has another.
    pub token: String,
    /// What would answer.
    pub engine: Arc<Engine>,
    /// What it would change.
    pub report: Report,
    /// Files that are not in the folder yet.
    pub(super) files: Vec<NewFile>,
    /// The knowledge with what is withdrawn, where that is another one.
    pub(super) whole: Option<Knowledge>,
    /// Imported articles.
    pub(super) imported: Vec<Topic>,
}

impl Candidate {
    pub(super) fn new(engine: Engine, report: Report, files: Vec<NewFile>, whole: Option<Knowledge>, imported: Vec<Topic>) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let hash = blake3::hash(format!("{}{now}", engine.knowledge.digest).as_bytes());
        let token = hash.to_hex().chars().take(12).collect();
        Self { token, engine: Arc::new(engine), report, files, whole, imported }
    }

    /// The knowledge as it is kept: what is withdrawn included.
    pub(super) fn kept(&self) -> &Knowledge {
        self.whole.as_ref().unwrap_or(&self.engine.knowledge)
    }

    /// Names of the files that publishing would write, below the knowledge folder.
    pub fn files(&self) -> impl Iterator<Item = String> + '_ {
        self.files.iter().map(|file| file.path.display().to_string())
    }
}
