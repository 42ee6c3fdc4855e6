//! Votes on articles: one of each person on each version, and what they add up to.

use serde::{Deserialize, Serialize};

use super::database::Change;
use super::error::{Result, StoreError};
use super::keys;
use super::open::Store;
use super::person::{Person, names_of};
use super::state::State;
use super::value;

/// The votes on one version of one article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Votes that it helped.
    pub helpful: u64,
    /// Votes that it did not.
    pub unhelpful: u64,
}

/// A [`Tally`] with what was voted on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionTally {
    /// The article.
    pub article: String,
    /// Its version, as the voter was shown it.
    pub version: String,
    /// The votes.
    pub tally: Tally,
}

impl Store {
    /// The votes on a version of an article.
    ///
    /// # Errors
    /// An error of reading.
    pub fn tally(&self, article: &str, version: &str) -> std::result::Result<Tally, StoreError> {
        read_tally(&self.inner.state(), article, version)
    }

    /// The votes on everything, ordered by article and version.
    ///
    /// # Errors
    /// An error of reading.
    pub fn tallies(&self) -> std::result::Result<Vec<VersionTally>, StoreError> {
        let state = self.inner.state();
        let entries = state.database.scan(keys::TALLIES);
        entries
            .map(|entry| {
                let (key, bytes) = entry?;
                let (article, version) = keys::names(&key, keys::TALLIES.len());
                let tally = value::decode(&article, &bytes)?;
                Ok(VersionTally { article, version, tally })
            })
            .collect()
    }
}

impl Person<'_> {
    /// Counts a vote, once per person and version of an article; durable when this returns `true`. `false`: they had
    /// voted on it already, and that vote stands.
    ///
    /// # Errors
    /// [`StoreError::BadName`], or an error of writing.
    pub fn vote(&self, article: &str, version: &str, helpful: bool) -> std::result::Result<bool, StoreError> {
        keys::check(article)?;
        keys::check(version)?;
        let state = self.store.inner.state();
        let mark = keys::of_person(&self.hash(&state), keys::VOTE, article, version);
        let pen = state.pen();
        if state.database.get(&mark)?.is_some() {
            return Ok(false);
        }
        let tally = read_tally(&state, article, version)?.with(helpful);
        let mark = (mark, Some(value::encode(article, &helpful)?));
        let number = state.apply(vec![mark, tally_change(article, version, tally)?])?;
        drop(pen);
        state.sync(number)?;
        Ok(true)
    }
}

impl Tally {
    fn with(self, helpful: bool) -> Self {
        Self { helpful: self.helpful + u64::from(helpful), unhelpful: self.unhelpful + u64::from(!helpful) }
    }

    fn without(self, helpful: bool) -> Self {
        Self { helpful: self.helpful.saturating_sub(u64::from(helpful)), unhelpful: self.unhelpful.saturating_sub(u64::from(!helpful)) }
    }
}

/// The tally without a vote that is being forgotten.
pub(super) fn uncounted(state: &State, vote: &[u8], value: &[u8]) -> Result<Change> {
    let (article, version) = names_of(vote);
    let helpful = value::decode(&article, value)?;
    let tally = read_tally(state, &article, &version)?.without(helpful);
    tally_change(&article, &version, tally)
}

fn read_tally(state: &State, article: &str, version: &str) -> Result<Tally> {
    let key = keys::two(keys::TALLIES, article, version);
    Ok(state.read(&key, article)?.unwrap_or_default())
}

fn tally_change(article: &str, version: &str, tally: Tally) -> Result<Change> {
    let key = keys::two(keys::TALLIES, article, version);
    Ok((key, Some(value::encode(article, &tally)?)))
}
