//! Promise: documents that a command writes say what is true today.

use crate::support::program::ended;
use crate::support::shipped::root;
use std::process::Command;

/// The knowledge's digest changes with every article; the figures do not.
fn figures(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.starts_with("- 知识摘要")).collect()
}

fn says_the_same(command: &str, path: &str) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_wenzheng"));
    program.current_dir(root()).arg(command);
    let ran = ended(program, "");
    let kept = std::fs::read_to_string(root().join(path)).expect("the document is there");
    assert!(figures(&ran.out) == figures(&kept), "run: cargo run --release -- {command} > {path}");
}

#[test]
fn the_figures_of_safety_md_are_those_of_the_shipped_rules() {
    says_the_same("safety", "SAFETY.md");
}

#[test]
fn the_coverage_table_is_that_of_the_shipped_topics() {
    says_the_same("coverage", "docs/coverage.md");
}
