//! Config: config.toml and the environment, as the settings of each room. The only room that reads the environment.

mod read;
mod sections;

pub use read::{ConfigError, read};
pub use sections::{Config, LogSettings, PathSettings, PlaygroundSettings};
