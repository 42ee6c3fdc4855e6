//! What people asked for and did not find: counts, and how many different people at least, without knowing who.
//!
//! A gap has 64 marks. Somebody sets the mark that a keyed hash of them and the gap gives; the marks that are set are then
//! at most as many as the people, never more. The key lives one period (the caller's number: a week) and is then replaced,
//! its bytes erased from the disk, the marks cleared: who set a mark of an earlier period can be found out by nobody, and
//! within a period sixty-fourths of all people share each mark.

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::keys;
use super::open::Store;
use super::state::{State, random};
use super::value;

const GAPS: &str = "gap";
const KEY: &str = "gap-key";
const NAME: &str = "缺口";

/// How often something was not found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// What the caller calls it.
    pub name: String,
    /// How often.
    pub count: u64,
    /// By how many different people at least, in the period where they were most.
    pub people: u32,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Counted {
    count: u64,
    people: u32,
    period: u32,
    marks: u64,
}

/// The key of a period.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct PeriodKey {
    period: u32,
    key: [u8; 32],
}

impl Store {
    /// Counts that somebody did not find something. Written at once, durable with the next durable write.
    ///
    /// # Errors
    /// [`StoreError::BadName`], or an error of reading or writing.
    pub fn note_gap(&self, name: &str, person: i64, period: u32) -> std::result::Result<(), StoreError> {
        keys::check(name)?;
        let state = self.inner.state();
        let _pen = state.pen();
        let mut changes = Vec::new();
        let key = match period_key(&state)?.filter(|key| key.period == period) {
            Some(key) => key,
            None => {
                let key = PeriodKey { period, key: random() };
                changes.push((keys::two(keys::SETTINGS, KEY, ""), Some(value::encode(NAME, &key)?)));
                // The old key's bytes must leave the engine's log too.
                changes.push((keys::TO_ERASE.to_vec(), Some(Vec::new())));
                state.erase_soon();
                key
            }
        };
        let at = keys::two(keys::SETTINGS, GAPS, name);
        let counted = state.read::<Counted>(&at, NAME)?.unwrap_or_default();
        changes.push((at, Some(value::encode(NAME, &counted.with(&key, name, person))?)));
        state.apply(changes).map(drop)
    }

    /// What was not found, by at least `people` different ones, the most frequent first.
    ///
    /// # Errors
    /// An error of reading.
    pub fn gaps(&self, people: u32) -> std::result::Result<Vec<Gap>, StoreError> {
        let all: Vec<(String, Counted)> = self.settings(GAPS)?;
        let enough = all.into_iter().filter(|(_, counted)| counted.people >= people);
        let mut gaps: Vec<Gap> = enough.map(|(name, of)| Gap { name, count: of.count, people: of.people }).collect();
        gaps.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        Ok(gaps)
    }
}

fn period_key(state: &State) -> Result<Option<PeriodKey>, StoreError> {
    state.read(&keys::two(keys::SETTINGS, KEY, ""), NAME)
}

impl Counted {
    fn with(mut self, key: &PeriodKey, name: &str, person: i64) -> Self {
        if self.period != key.period {
            (self.period, self.marks) = (key.period, 0);
        }
        let mut hasher = blake3::Hasher::new_keyed(&key.key);
        hasher.update(&person.to_le_bytes());
        hasher.update(name.as_bytes());
        let mark = hasher.finalize().as_bytes()[0] % 64;
        self.marks |= 1 << mark;
        self.count = self.count.saturating_add(1);
        self.people = self.people.max(self.marks.count_ones());
        self
    }
}
