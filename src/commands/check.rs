//! `wenzheng check`: load, validate, rehearse; every fault at once.

use super::failure::{Failure, Outcome};
use crate::cli::count_bar;
use crate::engine::{Engine, Settings, rehearse};
use crate::knowledge::{Faults, load};
use std::path::Path;

/// Runs the command. Faults go to stdout, one a line.
///
/// # Errors
/// "No" where there are errors.
pub fn check(dir: &Path, settings: Settings, json: bool) -> Outcome {
    let mut loaded = load(dir);
    let mut faults = std::mem::take(&mut loaded.faults);
    let mut tried = 0;
    match Engine::new(loaded.knowledge.clone(), settings) {
        Ok(engine) => {
            let bar = count_bar(None, "排演");
            let rehearsal = rehearse(&engine, &loaded, |done| bar.set(done as u64));
            drop(bar);
            tried = rehearsal.tried;
            faults.0.extend(rehearsal.faults);
        }
        Err(error) if faults.pass() => return Err(Failure::no(error.to_string())),
        Err(error) => eprintln!("{error}"),
    }
    report(&faults, &loaded, tried, json);
    if faults.pass() { Ok(()) } else { Err(Failure::no(format!("{} 处错误，改好之前不会上线", faults.errors().count()))) }
}

fn report(faults: &Faults, loaded: &crate::knowledge::Loaded, tried: usize, json: bool) {
    if json {
        for fault in &faults.0 {
            println!("{}", serde_json::json!(fault));
        }
        return;
    }
    let articles: usize = loaded.knowledge.topics.iter().map(|topic| topic.articles.len()).sum();
    println!("{faults}");
    println!(
        "{} 个主题，{articles} 篇文章，{} 条红旗，排演了 {tried} 句",
        loaded.knowledge.topics.len(),
        loaded.knowledge.rules.len()
    );
}
