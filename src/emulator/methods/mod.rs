//! The Bot API's methods: one table of names, one file per family. Each takes the world and the parameters and gives
//! a result or a refusal; none waits (getUpdates, which does, lives in `polling`).

mod about;
mod answering;
mod deleting;
mod editing;
mod filing;
mod hooking;
mod markup;
mod media;
mod polling;
mod sending;
mod table;

pub(crate) use polling::get_updates;
pub(crate) use sending::without_reply;
pub(crate) use table::find;
