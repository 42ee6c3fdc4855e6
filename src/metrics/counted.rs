//! What is counted while the program runs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Upper bounds of the latency histogram, in milliseconds.
pub const BUCKETS_MS: [u64; 9] = [1, 2, 5, 10, 25, 50, 100, 250, 1_000];
/// So long without a word from Telegram, and something is wrong: twice the longest poll and the retries.
const SILENT_FOR: Duration = Duration::from_secs(180);

/// What is counted while the program runs; from nothing at each start.
#[derive(Debug)]
pub struct Metrics {
    begun: Instant,
    answers: Mutex<BTreeMap<String, u64>>,
    buckets: [AtomicU64; BUCKETS_MS.len()],
    answered: AtomicU64,
    micros: AtomicU64,
    updates: AtomicU64,
    unsent: AtomicU64,
    refused: AtomicU64,
    store_errors: AtomicU64,
    articles: AtomicU64,
    heard_at_ms: AtomicU64,
    polls: AtomicBool,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            begun: Instant::now(),
            answers: Mutex::default(),
            buckets: std::array::from_fn(|_| AtomicU64::new(0)),
            answered: AtomicU64::new(0),
            micros: AtomicU64::new(0),
            updates: AtomicU64::new(0),
            unsent: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            store_errors: AtomicU64::new(0),
            articles: AtomicU64::new(0),
            heard_at_ms: AtomicU64::new(0),
            polls: AtomicBool::new(false),
        }
    }
}

impl Metrics {
    /// A question was answered in this way, and the answer sent after so long.
    pub fn answered(&self, kind: &str, took: Duration) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers.entry(kind.to_owned()).or_default() += 1;
        drop(answers);
        let millis = took.as_secs_f64() * 1_000.0;
        for (bucket, bound) in self.buckets.iter().zip(BUCKETS_MS) {
            if millis <= bound as f64 {
                bucket.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.answered.fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// An update came.
    pub fn update(&self) {
        self.updates.fetch_add(1, Ordering::Relaxed);
    }

    /// Something could not be sent.
    pub fn unsent(&self) {
        self.unsent.fetch_add(1, Ordering::Relaxed);
    }

    /// Somebody was refused at the desk.
    pub fn refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    /// The store failed or was too slow.
    pub fn store_error(&self) {
        self.store_errors.fetch_add(1, Ordering::Relaxed);
    }

    /// So many articles are live.
    pub fn set_articles(&self, articles: usize) {
        self.articles.store(articles as u64, Ordering::Relaxed);
    }

    /// A poll was answered by Telegram; from the first on, silence is a fault.
    pub fn polled(&self) {
        self.polls.store(true, Ordering::Relaxed);
        self.heard_at_ms.store(self.age_ms(), Ordering::Relaxed);
    }

    /// Whether all is well, else what is not.
    ///
    /// # Errors
    /// Telegram has not answered a poll for long.
    pub fn healthy(&self) -> Result<(), String> {
        let silent = Duration::from_millis(self.age_ms().saturating_sub(self.heard_at_ms.load(Ordering::Relaxed)));
        if self.polls.load(Ordering::Relaxed) && silent > SILENT_FOR {
            return Err(format!("Telegram 有 {} 秒没有回应轮询", silent.as_secs()));
        }
        Ok(())
    }

    fn age_ms(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// All of it, as Prometheus reads it (text format 0.0.4).
    pub fn text(&self) -> String {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let mut text = String::new();
        head(&mut text, "wenzheng_answers_total", "counter", "Answers sent, by kind");
        for (kind, count) in self.answers.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            line(&mut text, &format!("wenzheng_answers_total{{kind=\"{kind}\"}}"), *count as f64);
        }
        head(&mut text, "wenzheng_answer_seconds", "histogram", "From a question's arrival to its answer sent");
        for (bucket, bound) in self.buckets.iter().zip(BUCKETS_MS) {
            line(&mut text, &format!("wenzheng_answer_seconds_bucket{{le=\"{}\"}}", bound as f64 / 1_000.0), read(bucket) as f64);
        }
        line(&mut text, "wenzheng_answer_seconds_bucket{le=\"+Inf\"}", read(&self.answered) as f64);
        line(&mut text, "wenzheng_answer_seconds_sum", read(&self.micros) as f64 / 1e6);
        line(&mut text, "wenzheng_answer_seconds_count", read(&self.answered) as f64);
        for (name, kind, help, value) in [
            ("wenzheng_updates_total", "counter", "Updates handled", read(&self.updates)),
            ("wenzheng_unsent_total", "counter", "Messages that could not be sent", read(&self.unsent)),
            ("wenzheng_refused_total", "counter", "Commands of the desk refused to strangers", read(&self.refused)),
            ("wenzheng_store_errors_total", "counter", "Times the store failed or was too slow", read(&self.store_errors)),
            ("wenzheng_articles", "gauge", "Articles that are live", read(&self.articles)),
            ("wenzheng_uptime_seconds", "gauge", "Seconds since the start", self.begun.elapsed().as_secs()),
            ("wenzheng_healthy", "gauge", "1 where /healthz says ok", u64::from(self.healthy().is_ok())),
        ] {
            head(&mut text, name, kind, help);
            line(&mut text, name, value as f64);
        }
        text
    }
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    // Writing into a String cannot fail.
    let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
}

fn line(text: &mut String, name: &str, value: f64) {
    let _ = writeln!(text, "{name} {value}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_histogram_is_cumulative_and_adds_up() {
        let metrics = Metrics::default();
        for millis in [1, 3, 30, 5_000] {
            metrics.answered("answer", Duration::from_millis(millis));
        }
        let text = metrics.text();
        for line in [
            "wenzheng_answers_total{kind=\"answer\"} 4",
            "wenzheng_answer_seconds_bucket{le=\"0.001\"} 1",
            "wenzheng_answer_seconds_bucket{le=\"0.005\"} 2",
            "wenzheng_answer_seconds_bucket{le=\"1\"} 3",
            "wenzheng_answer_seconds_bucket{le=\"+Inf\"} 4",
            "wenzheng_answer_seconds_count 4",
            "wenzheng_answer_seconds_sum 5.034",
        ] {
            assert!(text.lines().any(|written| written == line), "{line} in\n{text}");
        }
    }
}
