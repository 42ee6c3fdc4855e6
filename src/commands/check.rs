//! `wenzheng check`: load, validate, rehearse; every fault at once.

use super::failure::{Failure, Outcome};
use crate::cli::count_bar;
use crate::engine::Settings;
use crate::reload::{Step, examine};
use serde_json::json;
use std::path::Path;

/// Runs the command. Faults go to stdout, one a line.
///
/// # Errors
/// "No" where there are errors.
pub fn check(dir: &Path, settings: Settings, as_json: bool) -> Outcome {
    let bar = count_bar(None, "排演");
    let examined = examine(dir, settings, &[], &mut |step| {
        if let Step::Rehearsing(tried) = step {
            bar.set(tried as u64);
        }
    });
    drop(bar);
    if as_json {
        examined.faults.0.iter().for_each(|fault| println!("{}", json!(fault)));
    } else {
        let [topics, articles, rules] = examined.counts;
        println!("{}", examined.faults);
        println!("{topics} 个主题，{articles} 篇文章，{rules} 条红旗，排演了 {} 句", examined.tried);
    }
    match examined.faults.errors().count() {
        0 => Ok(()),
        errors => Err(Failure::no(format!("{errors} 处错误，改好之前不会上线"))),
    }
}
