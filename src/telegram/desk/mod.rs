//! The editors' desk: what owners, editors and reviewers do in a private chat. Candidates and releases, files they send,
//! what people could not find, figures, backups. Every act is checked against a role and written into the audit log.

mod act;
mod archive;
mod digest;
mod figures;
mod gaps;
mod history;
mod preview;
mod release;
mod role;
mod run;
mod upload;

pub(super) use act::Act;
pub use figures::{Figures, figures};
pub(super) use preview::Previews;
pub(super) use role::{Role, Roles, least_role};
