//! Promise: SAFETY.md says what the gate does today.

use crate::support::program::ended;
use crate::support::shipped::root;
use std::process::Command;

/// The knowledge's digest changes with every article; the figures do not.
fn figures(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.starts_with("- 知识摘要")).collect()
}

#[test]
fn the_figures_of_safety_md_are_those_of_the_shipped_rules() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_wenzheng"));
    program.current_dir(root()).arg("safety");
    let ran = ended(program, "");
    let kept = std::fs::read_to_string(root().join("SAFETY.md")).expect("SAFETY.md is there");
    assert!(figures(&ran.out) == figures(&kept), "run: cargo run --release -- safety > SAFETY.md");
}
