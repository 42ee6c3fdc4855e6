//! Trials of the whole emulator over HTTP, by a client that knows nothing of its inside.

mod answering;
mod client;
mod faulting;
mod polling;
mod pushing;
mod refusing;
mod showing;
