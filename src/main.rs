//! Arguments in, one command run, exit code out.

use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use wenzheng::cli::{Args, Command};
use wenzheng::commands::{self, Failure, Outcome, Wanted};
use wenzheng::engine::{Engine, Settings};

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{}", failure.message);
            ExitCode::from(failure.code)
        }
    }
}

fn run(args: Args) -> Outcome {
    let dir = args.knowledge.unwrap_or_else(|| PathBuf::from("knowledge"));
    match args.command {
        Some(Command::Check { json, dir: other }) => commands::check(&other.unwrap_or(dir), Settings::default(), json),
        Some(Command::Ask { json, why, dialogue: _, region, question }) => {
            commands::ask(&engine(&dir)?, &question, &Wanted { json, why, region })
        }
        Some(Command::Search { json, k }) => commands::search(&engine(&dir)?, k, json),
        _ => Err(Failure::usage("还没有")),
    }
}

fn engine(dir: &Path) -> Result<Engine, Failure> {
    let loaded = wenzheng::knowledge::load(dir);
    Engine::new(loaded.knowledge, Settings::default()).map_err(|error| Failure::usage(error.to_string()))
}
