//! Rewriting the small state: the engine does not give space back, and keeps what was removed in its log.

use super::database::Database;
use super::disk;
use super::error::{Result, StoreError};
use super::keys;
use super::open::{Inner, Store};
use super::state::State;

/// A rewrite must be worth it: the folder is so many times what is in it.
const WORTH: u64 = 4;

impl Store {
    /// Writes the counters, and rewrites the small state if it has grown too large, holds bytes of what was forgotten,
    /// or could not be written (so that it recovers by itself once the disk has room again). Call it each minute or so.
    ///
    /// # Errors
    /// An error of writing; nothing acknowledged is lost by it.
    pub fn tidy(&self) -> std::result::Result<(), StoreError> {
        self.compact_if_due()?;
        self.flush_counters()
    }

    /// Rewrites the small state into a fresh database of the least size. Others wait meanwhile.
    ///
    /// # Errors
    /// An error of reading or writing; then the old state stays in use.
    pub fn compact(&self) -> std::result::Result<(), StoreError> {
        self.inner.rewrite_state()
    }

    pub(super) fn compact_if_due(&self) -> Result<()> {
        if self.inner.rewrite_due() {
            self.inner.rewrite_state()?;
        }
        Ok(())
    }
}

impl Inner {
    fn rewrite_due(&self) -> bool {
        let state = self.state();
        if state.must_erase() || state.database.is_broken() {
            return true;
        }
        let size = disk::size(state.database.dir());
        let large = size > self.settings.compact_above_bytes();
        large && size > state.content_size().saturating_mul(WORTH)
    }

    fn rewrite_state(&self) -> Result<()> {
        let _alone = self.rebuilding();
        let mut state = self.state_alone();
        let number = self.folder.next_state_number()?;
        let fresh = Database::create(&self.folder.state_dir(number), self.settings.cache_bytes())?;
        // Only now that the disk is known to have room: on a full one the engine must not be opened.
        fresh.sync_all()?;
        if state.database.is_broken() {
            state.recover(self.settings.cache_bytes())?;
        }
        for entry in state.database.scan(&[]) {
            let (key, value) = entry?;
            if key != keys::TO_ERASE && key != keys::CHANGES {
                fresh.insert(&key, value)?;
            }
        }
        let fresh = State::fresh(fresh, number)?;
        let old = self.switch(&mut state, fresh)?;
        self.folder.settle()?;
        old.database.doom();
        Ok(())
    }

    /// Puts a finished state in the place of the one in use and hands that back: first in the manifest, then in memory.
    /// After an error nothing has changed.
    pub(super) fn switch(&self, state: &mut State, fresh: State) -> Result<State> {
        self.folder.stage(fresh.number)?;
        fresh.database.keep();
        Ok(std::mem::replace(state, fresh))
    }
}
