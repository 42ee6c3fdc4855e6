//! Commands: one file a subcommand or a family of them; each reads as a table of contents.

mod ask;
mod bulk;
mod check;
mod coverage;
mod desk;
mod eval;
mod failure;
mod fit;
mod new;
mod opening;
mod safety;
mod search;
mod serve;

pub use ask::{Wanted, ask};
pub use bulk::{export, import};
pub use check::check;
pub use coverage::coverage;
pub use desk::{backup, gaps, history, restore, rollback, stats, weak};
pub use eval::eval;
pub use failure::{Failure, Outcome};
pub use fit::{FitOrder, fit};
pub use new::new;
pub use opening::{Opened, open, open_for_answers};
pub use safety::safety;
pub use search::search;
pub use serve::{playground, serve, serve_until_stopped};
