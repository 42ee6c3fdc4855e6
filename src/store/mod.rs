//! The store: what must outlive the process, in one folder on disk.
//!
//! It keeps whole revisions of the knowledge side by side (the live one is a pointer, so a swap is one write), and the
//! small state beside them: views, votes, settings, what a person asked us to remember, the audit log. What it says it
//! has kept is on the disk: every acknowledgement waits for an fsync.
//!
//! It does not know what an article, a chat or a command is: values are anything serde can write, keys are strings. It
//! is synchronous and knows no clock but the publication time. The database engine is named in one file only, so that
//! it can be exchanged.

mod audit;
mod backup;
mod compact;
mod counters;
mod database;
mod disk;
mod draft;
mod error;
mod export;
mod folder;
mod frames;
mod gaps;
mod group;
mod keys;
mod open;
mod person;
mod pointer;
mod restore;
mod revision;
mod setting;
mod settings;
mod state;
mod value;
mod votes;
mod witness;

#[cfg(test)]
mod tests;

pub use backup::BackupSummary;
pub use draft::Draft;
pub use error::StoreError;
pub use export::Progress;
pub use gaps::Gap;
pub use open::Store;
pub use person::{Held, Person};
pub use revision::{Articles, Revision, RevisionInfo};
pub use settings::Settings;
pub use votes::{Tally, VersionTally};
