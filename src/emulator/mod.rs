//! The emulator: a Telegram on this machine. A local Bot API server (plain HTTP), people who talk to the bot, faults on
//! order, a log of every call, and a chat page that looks and behaves like Telegram.
//!
//! It is a second witness, not an echo: everything it writes and refuses follows the Bot API's own documents, and it
//! uses neither teloxide's types nor any other room of this program. It knows nothing of symptoms.
//!
//! ```text
//! let telegram = Emulator::start(([127, 0, 0, 1], 0).into()).await?;   // the bot gets telegram.url() and .token()
//! let person = telegram.person(7, "小林");
//! person.says("/start").await;
//! assert!(person.hears().await.text.contains("您好"));
//! ```

mod calls;
mod chat;
mod deeds;
mod events;
mod faults;
mod files;
mod format;
mod group;
mod handle;
mod heard;
mod hub;
mod inline;
mod methods;
mod multipart;
mod page;
mod params;
mod people;
mod person;
mod profile;
mod refusal;
mod server;
mod sim;
#[cfg(test)]
mod trials;
mod updates;
mod webhook;
mod wire;
mod world;

pub use calls::Call;
pub use faults::{Fault, Faults};
pub use group::Group;
pub use handle::Emulator;
pub use heard::{Button, Heard, Notice};
pub use person::Person;
