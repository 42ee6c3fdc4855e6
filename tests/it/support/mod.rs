//! What the plots are told with: the bot on a local Telegram, the shipped knowledge, a small knowledge, the program.

pub mod bot;
pub mod driver;
pub mod program;
pub mod seen;
pub mod shipped;
pub mod small;
