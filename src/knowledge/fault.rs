//! What is wrong with the knowledge: file, line, what, and what to do.

use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};

/// Whether a fault keeps the knowledge from going live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It does.
    Error,
    /// It does not, but somebody should look.
    Warning,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub advice: String,
    /// Whether it keeps the knowledge from going live.
    pub severity: Severity,
}

impl Fault {
    /// A fault that keeps the knowledge from going live.
    pub fn error(path: &Path, line: usize, message: impl Into<String>, advice: impl Into<String>) -> Self {
        let (message, advice) = (message.into(), advice.into());
        Self { path: path.to_owned(), line, message, advice, severity: Severity::Error }
    }

    /// A fault that somebody should look at.
    pub fn warning(path: &Path, line: usize, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(path, line, message, advice) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.severity == Severity::Warning { "提醒：" } else { "" };
        write!(f, "{}:{}: {mark}{}；{}", self.path.display(), self.line, self.message, self.advice)
    }
}

/// All faults at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Whether the knowledge may go live.
    pub fn pass(&self) -> bool {
        self.errors().next().is_none()
    }

    /// The faults that keep it from going live.
    pub fn errors(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter().filter(|fault| fault.severity == Severity::Error)
    }

    /// Takes the value, or keeps the fault.
    pub(super) fn keep<T>(&mut self, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.0.push(fault)).ok()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.0 {
            writeln!(f, "{fault}")?;
        }
        let errors = self.errors().count();
        write!(f, "{errors} 处错误，{} 处提醒", self.0.len() - errors)
    }
}

impl std::error::Error for Faults {}
