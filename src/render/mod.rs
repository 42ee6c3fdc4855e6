//! Render: an answer as messages of one medium. Sees answers, never the knowledge. Text carries entities with
//! UTF-16 offsets, so that no markup has to be escaped.

mod message;
mod rich;
mod split;
mod views;

pub use message::{Button, Outgoing};
pub use rich::{Entity, EntityKind, Rich, utf16_len};
pub use split::{MAX_ENTITIES, MAX_TEXT, split};
pub use views::Renderer;
