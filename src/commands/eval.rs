//! `wenzheng eval`: how well retrieval does on a labelled set.

use super::failure::{Failure, Outcome};
use crate::cli::count_bar;
use crate::engine::Engine;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;

/// Ranks looked at.
const DEPTH: usize = 10;

/// One labelled query. Keys that are not known are let be, so that other tools' sets can be used.
#[derive(Deserialize)]
pub(super) struct Labelled {
    pub(super) query: String,
    pub(super) relevant: Vec<String>,
    #[serde(default)]
    not: Option<Value>,
}

impl Labelled {
    /// The article that is the query itself and does not count.
    pub(super) fn not(&self) -> Option<&str> {
        self.not.as_ref().and_then(Value::as_str)
    }
}

/// What was measured.
#[derive(Default)]
struct Tally {
    first: usize,
    fifth: usize,
    reciprocal: f64,
    micros: Vec<u64>,
}

/// Measures retrieval on a labelled file.
///
/// # Errors
/// A file that cannot be read, a line that is no labelled query.
pub fn eval(engine: &Engine, path: &Path, as_json: bool) -> Outcome {
    let set = read_set(path)?;
    if set.is_empty() {
        return Err(Failure::usage(format!("{} 里没有一条标注", path.display())));
    }
    let bar = count_bar(Some(set.len() as u64), "评测");
    let mut tally = Tally::default();
    for labelled in &set {
        tally.add(engine, labelled);
        bar.advance(1);
    }
    drop(bar);
    report(tally, set.len(), as_json);
    Ok(())
}

/// Reads a labelled set.
///
/// # Errors
/// A file that cannot be read, a line that is no labelled query.
pub(super) fn read_set(path: &Path) -> Result<Vec<Labelled>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::usage(format!("读不到 {}：{error}", path.display())))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let parse = |(nth, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| Failure::usage(format!("{}:{}: 不是标注：{error}", path.display(), nth + 1)))
    };
    lines.map(parse).collect()
}

impl Tally {
    fn add(&mut self, engine: &Engine, labelled: &Labelled) {
        let start = Instant::now();
        let matched = engine.search(&labelled.query, DEPTH + 1);
        self.micros.push(u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX));
        let knowledge = &engine.knowledge;
        let dropped = |id: &str| labelled.not() == Some(id);
        let ranked = matched.hits.iter().filter(|hit| !dropped(&knowledge.id_of(hit.at))).take(DEPTH);
        let mut relevant = ranked.map(|hit| {
            let title = &knowledge.article_at(hit.at).title;
            labelled.relevant.contains(title) || labelled.relevant.contains(&knowledge.id_of(hit.at))
        });
        if let Some(rank) = relevant.position(|relevant| relevant) {
            self.first += usize::from(rank == 0);
            self.fifth += usize::from(rank < 5);
            self.reciprocal += 1.0 / (rank + 1) as f64;
        }
    }
}

fn report(mut tally: Tally, count: usize, as_json: bool) {
    tally.micros.sort_unstable();
    let percentile = |share: f64| tally.micros[((count - 1) as f64 * share) as usize];
    let rate = |part: f64| part / count as f64;
    let (p50, p90, p99) = (percentile(0.5), percentile(0.9), percentile(0.99));
    let (first, fifth, mrr) = (rate(tally.first as f64), rate(tally.fifth as f64), rate(tally.reciprocal));
    if as_json {
        println!("{}", json!({"queries": count, "r1": first, "r5": fifth, "mrr10": mrr, "micros": {"p50": p50, "p90": p90, "p99": p99}}));
        return;
    }
    println!("{count} 问：R@1 {:.1}%，R@5 {:.1}%，MRR@10 {:.1}%", first * 100.0, fifth * 100.0, mrr * 100.0);
    println!("延迟（微秒）：p50 {p50}，p90 {p90}，p99 {p99}");
}
