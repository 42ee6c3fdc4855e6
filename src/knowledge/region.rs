//! Emergency numbers and help lines, as data that fails closed (`knowledge/regions.toml`).

use super::date::Date;
use crate::text::Script;
use serde::{Deserialize, Serialize};

/// Names a region: `mainland`, `hongkong`.
pub type RegionId = String;

/// A region with one set of emergency numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Its id.
    pub id: RegionId,
    /// Its name on a button.
    pub name: String,
    /// The script its people read.
    pub script: Script,
    /// The ambulance number; empty only where `elsewhere` is set.
    pub ambulance: String,
    /// The police number; may be empty.
    #[serde(default)]
    pub police: String,
    /// Whether this is the entry for everywhere that has none: it shows no number.
    #[serde(default)]
    pub elsewhere: bool,
    /// Who says so.
    pub source: String,
    /// When somebody last looked.
    pub verified_on: Date,
    /// After this day the numbers are not shown.
    pub recheck_by: Date,
    /// Help lines.
    #[serde(default)]
    pub help_lines: Vec<HelpLine>,
}

/// A help line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpLine {
    /// What it is for: `mental_health`, `deaf_text`.
    pub purpose: String,
    /// Its name as shown.
    pub name: String,
    /// The number.
    pub number: String,
    /// When it answers, as far as known; empty where unknown.
    #[serde(default)]
    pub hours: String,
    /// Who says so.
    pub source: String,
    /// When somebody last looked.
    pub verified_on: Date,
    /// After this day it is not shown.
    pub recheck_by: Date,
}

impl HelpLine {
    /// The purpose of a way to call emergency help without speaking.
    pub const DEAF_TEXT: &'static str = "deaf_text";
}

impl Region {
    /// The ambulance number, if there is one and it is not stale.
    pub fn ambulance_on(&self, today: Date) -> Option<&str> {
        (today <= self.recheck_by && !self.ambulance.is_empty()).then_some(self.ambulance.as_str())
    }

    /// The police number, if there is one and it is not stale.
    pub fn police_on(&self, today: Date) -> Option<&str> {
        (today <= self.recheck_by && !self.police.is_empty()).then_some(self.police.as_str())
    }

    /// Help lines for a purpose that are not stale.
    pub fn help_lines_on(&self, purpose: &str, today: Date) -> impl Iterator<Item = &HelpLine> {
        self.help_lines.iter().filter(move |line| line.purpose == purpose && today <= line.recheck_by)
    }
}
