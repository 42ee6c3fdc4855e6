//! Group commit: many writers wait for one fsync.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::error::Result;

/// Lets everyone who wrote before a round of fsync began return when that round is done.
#[derive(Debug, Default)]
pub(super) struct Group {
    rounds: Mutex<Rounds>,
    over: Condvar,
}

#[derive(Debug, Default)]
struct Rounds {
    begun: u64,
    /// The last round that succeeded.
    done: u64,
    running: bool,
}

impl Group {
    /// Returns once `work` has succeeded in a round that began after this call. One of the waiting callers does the
    /// work for all; if it fails, it alone gets the error and the next one tries.
    pub(super) fn commit(&self, work: impl FnOnce() -> Result<()>) -> Result<()> {
        let mut rounds = self.lock();
        let wanted = rounds.begun + 1;
        while rounds.running && rounds.done < wanted {
            rounds = self.over.wait(rounds).unwrap_or_else(PoisonError::into_inner);
        }
        if rounds.done >= wanted {
            return Ok(());
        }
        rounds.begun += 1;
        rounds.running = true;
        let round = rounds.begun;
        drop(rounds);
        let outcome = work();
        self.finish(round, outcome.is_ok());
        outcome
    }

    fn finish(&self, round: u64, succeeded: bool) {
        let mut rounds = self.lock();
        rounds.running = false;
        if succeeded {
            rounds.done = round;
        }
        drop(rounds);
        self.over.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Rounds> {
        self.rounds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_writer_waits_for_a_round_that_began_after_its_write() {
        let (group, written, synced) = (Group::default(), AtomicU64::new(0), AtomicU64::new(0));
        let syncs = AtomicU64::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let mine = written.fetch_add(1, Ordering::SeqCst) + 1;
                        group
                            .commit(|| {
                                let seen = written.load(Ordering::SeqCst);
                                thread::sleep(Duration::from_micros(200));
                                synced.fetch_max(seen, Ordering::SeqCst);
                                syncs.fetch_add(1, Ordering::SeqCst);
                                Ok(())
                            })
                            .unwrap();
                        assert!(synced.load(Ordering::SeqCst) >= mine);
                    }
                });
            }
        });
        assert!(syncs.load(Ordering::SeqCst) < 400, "nobody shared a round");
    }
}
