//! Webhooks: where updates are pushed to, the pusher, and the small HTTP client it uses.

mod hook;
mod post;
mod push;

pub(crate) use hook::Webhook;
pub(crate) use push::push_updates;
