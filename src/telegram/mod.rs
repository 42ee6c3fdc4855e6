//! Telegram: the Bot API side. Updates in, messages out; sessions, order, retries. Sees answers, never a knowledge file.

mod api;
mod bot;
mod carry;
mod commands;
mod deliver;
mod desk;
mod dispatcher;
mod groups;
mod inline;
mod limiter;
mod polling;
mod press;
mod question;
mod remind;
mod serve;
mod session;
mod settings;
mod trail;
mod update;
mod webhook;

pub use api::{Api, CallError};
pub use bot::{Bot, Observer};
pub use carry::Carry;
pub use commands::Command;
pub use desk::{Figures, figures};
pub use press::Press;
pub use remind::Reminder;
pub use serve::{ServeError, serve};
pub use settings::{AdminSettings, Settings, WebhookSettings};
