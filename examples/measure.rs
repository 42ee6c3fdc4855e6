//! Measures what docs/benchmarks.md reports of one machine: cold start, memory, one question end to end, the gate alone.
//!
//! `cargo run --release --example measure` (uses the shipped knowledge and a store in the target folder)

use std::path::Path;
use std::time::{Duration, Instant};
use wenzheng::answer::Asker;
use wenzheng::engine::{Engine, Settings};
use wenzheng::knowledge::Date;
use wenzheng::reload::boot;
use wenzheng::render::Renderer;
use wenzheng::store::{self, Store};
use wenzheng::text::Script;

/// Questions asked.
const QUESTIONS: usize = 10_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let data = Path::new("target/measure-store");
    let knowledge = Path::new("knowledge");
    let asker = Asker::new(None, Date::today());
    // The first start reads the files and keeps them; the second is the one that is measured.
    drop(boot(knowledge, Some(&Store::open(data, &store::Settings::default())?), Settings::default(), |_| ())?);
    let start = Instant::now();
    let store = Store::open(data, &store::Settings::default())?;
    let booted = boot(knowledge, Some(&store), Settings::default(), |_| ())?;
    let engine = booted.engine;
    let first = engine.answer("面瘫倒错现象怎么回事", &asker);
    let cold = start.elapsed();
    println!("cold start to first answer: {} ms (from the store: {}; {:?})", cold.as_millis(), booted.from_store, first.kind());
    println!("resident memory at rest: {} MB", resident_megabytes());
    questions(&engine, &asker);
    gate(&engine);
    Ok(())
}

/// Every title and ask, again and again, from question to rendered messages on one thread.
fn questions(engine: &Engine, asker: &Asker) {
    let renderer = Renderer::default();
    let asked: Vec<&String> = engine
        .knowledge
        .places()
        .flat_map(|at| {
            let article = engine.knowledge.article_at(at);
            std::iter::once(&article.title).chain(&article.asks)
        })
        .collect();
    let one = |question: &String| {
        let start = Instant::now();
        let replied = engine.answer(question, asker);
        let messages = renderer.render(&replied.answer, Script::Simplified, &engine.terms);
        assert!(!messages.is_empty(), "every question is answered");
        start.elapsed()
    };
    let mut times: Vec<Duration> = asked.iter().cycle().take(QUESTIONS).map(|question| one(question)).collect();
    tell("question to rendered message", &mut times);
}

/// The gate alone, on ordinary questions and on a very long message.
fn gate(engine: &Engine) {
    let asked: Vec<&String> = engine.knowledge.places().map(|at| &engine.knowledge.article_at(at).title).collect();
    let mut times = Vec::with_capacity(QUESTIONS);
    for question in asked.iter().cycle().take(QUESTIONS) {
        let replied = engine.answer(question, &Asker::new(None, Date::today()));
        let micros = replied.trace.stages.iter().find(|stage| stage.stage == "分诊").map_or(0, |stage| stage.micros);
        times.push(Duration::from_micros(micros));
    }
    tell("triage of an ordinary question", &mut times);
    let long: String = "最近总是头有点晕，吃饭睡觉都还好，".chars().cycle().take(100_000).collect();
    let start = Instant::now();
    let assessment = engine.assess(&long);
    println!("a message of 100,000 characters, analysed and triaged: {} ms ({assessment:?})", start.elapsed().as_millis());
}

fn tell(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 1000).map_or(0, Duration::as_micros);
    println!("{what}: p50 {} µs, p90 {} µs, p99 {} µs over {}", at(500), at(900), at(990), times.len());
}

/// VmRSS of this process (Linux).
fn resident_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1024
}
