//! The command line: what can be typed, and progress on long work.

mod args;
mod progress;

pub use args::{Args, Command};
pub use progress::{Bar, bytes_bar, count_bar};
