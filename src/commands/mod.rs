//! Commands: one file a subcommand; each reads as a table of contents.

mod ask;
mod check;
mod failure;
mod search;

pub use ask::{Wanted, ask};
pub use check::check;
pub use failure::{Failure, Outcome};
pub use search::search;
