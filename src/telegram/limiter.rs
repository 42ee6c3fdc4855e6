//! How fast one person may ask. Emergencies are never held back; that is decided before this is.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often somebody who is too fast is told so.
const TELL_EVERY: Duration = Duration::from_secs(10);
/// People remembered before the rested ones are swept out.
const SWEEP_ABOVE: usize = 50_000;

/// Whether a message may be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// Yes.
    Fine,
    /// No, and they should be told.
    TooFast,
    /// No, and they have been told.
    StillTooFast,
}

/// A token bucket a person.
pub(super) struct Limiter {
    burst: f64,
    per_second: f64,
    people: Mutex<HashMap<i64, Bucket>>,
}

struct Bucket {
    tokens: f64,
    at: Instant,
    told: Option<Instant>,
}

impl Limiter {
    pub(super) fn new(burst: u32, per_minute: u32) -> Self {
        Self { burst: f64::from(burst.max(1)), per_second: f64::from(per_minute) / 60.0, people: Mutex::default() }
    }

    /// Takes one message of a person.
    pub(super) fn take(&self, person: i64) -> Pace {
        let now = Instant::now();
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if people.len() > SWEEP_ABOVE {
            people.retain(|_, bucket| now.duration_since(bucket.at) < Duration::from_secs(120));
        }
        let bucket = people.entry(person).or_insert(Bucket { tokens: self.burst, at: now, told: None });
        let rested = now.duration_since(bucket.at).as_secs_f64() * self.per_second;
        bucket.tokens = (bucket.tokens + rested).min(self.burst);
        bucket.at = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Pace::Fine;
        }
        if bucket.told.is_some_and(|told| now.duration_since(told) < TELL_EVERY) {
            return Pace::StillTooFast;
        }
        bucket.told = Some(now);
        Pace::TooFast
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_then_one_word_then_silence() {
        let limiter = Limiter::new(3, 0);
        let paces: Vec<_> = (0..5).map(|_| limiter.take(1)).collect();
        assert_eq!(paces, [Pace::Fine, Pace::Fine, Pace::Fine, Pace::TooFast, Pace::StillTooFast]);
        assert_eq!(limiter.take(2), Pace::Fine);
    }
}
