//! Emergency and crisis cards (`knowledge/cards/`): fixed text.

use super::red_flag::Level;
use serde::{Deserialize, Serialize};

/// What is said when a red flag fires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Equals the file name.
    pub id: String,
    /// The level it is written for.
    pub level: Level,
    /// The one call to action, its first line. `{急救电话}` and `{报警电话}` stand for the region's numbers.
    pub action: String,
    /// One sentence on why: what the words can mean, never a diagnosis.
    pub why: String,
    /// What to do while waiting, at most five lines.
    pub steps: Vec<String>,
    /// Heading over the steps; empty for none.
    #[serde(default)]
    pub steps_heading: String,
    /// Which help lines are shown; empty for none.
    #[serde(default)]
    pub help_lines: String,
    /// The topic to read afterwards, behind a button; empty for none.
    #[serde(default)]
    pub topic: String,
}

impl Card {
    /// Stands for the region's ambulance number.
    pub const AMBULANCE: &'static str = "{急救电话}";
    /// Stands for the region's police number.
    pub const POLICE: &'static str = "{报警电话}";
    /// Most lines of what to do while waiting.
    pub const MAX_STEPS: usize = 5;
}
