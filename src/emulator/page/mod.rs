//! The chat page: HTML, CSS and JavaScript without a framework, served under a strict policy.

mod serve;

pub(crate) use serve::routes;
