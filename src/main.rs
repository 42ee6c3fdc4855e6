//! Arguments in, one command run, exit code out.

use clap::Parser;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;
use wenzheng::cli::{Args, Command};
use wenzheng::commands::{self, Failure, FitOrder, Outcome, Wanted};
use wenzheng::config::{self, Config};
use wenzheng::engine::Settings;

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
    let mut config = configure(&args)?;
    log(&args, &config)?;
    match args.command.unwrap_or(Command::Serve) {
        Command::Serve => commands::serve(&config),
        Command::Playground { port } => {
            config.playground.port = port.unwrap_or(config.playground.port);
            commands::playground(&config)
        }
        Command::Ask { json, why, dialogue, region, question } => {
            let opened = commands::open_for_answers(&config)?;
            commands::ask(&opened.boot.engine, &question, &Wanted { json, why, dialogue, region })
        }
        Command::Search { json, k } => commands::search(&commands::open_for_answers(&config)?.boot.engine, k, json),
        Command::Check { json, dir } => {
            let dir = dir.unwrap_or(config.paths.knowledge);
            commands::check(&dir, Settings { search: config.search }, json)
        }
        Command::Fit { dir, corpus, aside, ranking_only } => {
            let dir = dir.unwrap_or(config.paths.knowledge);
            let order = FitOrder { dir: &dir, corpora: &corpus, aside: aside.as_deref(), ranking_only };
            commands::fit(&order, Settings { search: config.search })
        }
        Command::Coverage { dir } => commands::coverage(&dir.unwrap_or(config.paths.knowledge)),
        Command::Safety { gold } => commands::safety(&config.paths.knowledge, &gold, Settings { search: config.search }),
        Command::Import { replace, file } => commands::import(&config, &file, replace),
        Command::Export { file } => commands::export(&config, &file),
        Command::Eval { json, file } => commands::eval(&commands::open_for_answers(&config)?.boot.engine, &file, json),
        Command::New { title, id, system } => commands::new(&config.paths.knowledge, &system, id.as_deref(), &title),
        Command::Stats { json } => commands::stats(&config, json),
        Command::Gaps { json } => commands::gaps(&config, json),
        Command::Weak { json } => commands::weak(&config, json),
        Command::History { json } => commands::history(&config, json),
        Command::Rollback { revision } => commands::rollback(&config, &revision),
        Command::Backup { file } => commands::backup(&config, &file),
        Command::Restore { file } => commands::restore(&config, &file),
        Command::Schema => {
            println!("{}", wenzheng::knowledge::topic_schema());
            Ok(())
        }
    }
}

/// The file, the environment, then what was typed.
fn configure(args: &Args) -> Result<Config, Failure> {
    let named = args.config != Path::new("config.toml");
    let mut config = config::read(&args.config, named).map_err(|error| Failure::usage(error.to_string()))?;
    if let Some(dir) = &args.knowledge {
        config.paths.knowledge.clone_from(dir);
    }
    if let Some(dir) = &args.data {
        config.paths.data.clone_from(dir);
    }
    Ok(config)
}

/// Logs go to stderr, those of this program at the level asked for, those of libraries only from warnings up. The
/// commands that answer are quiet unless asked.
fn log(args: &Args, config: &Config) -> Outcome {
    const LEVELS: [&str; 5] = ["error", "warn", "info", "debug", "trace"];
    if !LEVELS.contains(&config.log.level.as_str()) {
        return Err(Failure::usage(format!("log.level 是“{}”，应为 {} 之一", config.log.level, LEVELS.join("、"))));
    }
    let serving = matches!(args.command, None | Some(Command::Serve | Command::Playground { .. }));
    let level = match (args.quiet, args.verbose) {
        (true, _) => "error",
        (false, 0) if !serving => "warn",
        (false, 0) => config.log.level.as_str(),
        (false, 1) => "debug",
        (false, _) => "trace",
    };
    let filter = EnvFilter::try_new(format!("warn,wenzheng={level}")).unwrap_or_else(|_| EnvFilter::new("warn,wenzheng=info"));
    let to_terminal = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    match config.log.format.as_str() {
        "json" => lines.json().flatten_event(true).init(),
        "text" => lines.with_ansi(to_terminal).init(),
        other => return Err(Failure::usage(format!("log.format 是“{other}”，应为 text 或 json"))),
    }
    Ok(())
}
