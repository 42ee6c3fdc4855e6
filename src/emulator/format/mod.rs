//! Formatted text as the Bot API means it: entities by UTF-16 offset, HTML into entities, links and commands found in
//! plain text. Knows no chats and no messages.

mod detect;
mod entity;
mod html;
mod html_values;
mod text;

pub(crate) use detect::detect;
pub(crate) use entity::{Entity, Formatted};
pub(crate) use text::{Markup, settle};
