//! Promise: after a kill at any moment, all that was acknowledged is there, and the live revision is the old or the new.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::*;

const KILLS: u64 = 20;
const ARTICLES: usize = 60;

/// Not a promise but the one who is killed: works on the store whose folder it is told, and says what was acknowledged.
#[test]
#[ignore = "started by the test that kills it"]
fn victim() {
    let mut dir = String::new();
    std::io::stdin().read_line(&mut dir).unwrap();
    if dir.trim().is_empty() {
        return;
    }
    let store = Store::open(Path::new(dir.trim()), &Settings::default()).unwrap();
    println!("\nopen");
    let first: u64 = store.setting("rounds", "").unwrap().unwrap_or(0);
    for round in first + 1.. {
        println!("begin {round}");
        publish(&store, &round.to_string(), ARTICLES);
        println!("live {round}");
        for n in 0..5 {
            let id = round * 10 + n;
            // After a kill within a round some of them are there already.
            if store.person(id).vote("a", "v", n % 2 == 0).unwrap() {
                println!("vote {id}");
            }
        }
        store.add("views", "a", 1).unwrap();
        store.put_setting("rounds", "", &round).unwrap();
        println!("round {round}");
        match round % 8 {
            0 => store.compact().unwrap(),
            4 => {
                let backup = store.dir().join("backup");
                store.backup(&backup, |_| {}).unwrap();
                store.restore(&backup, |_| {}).unwrap();
            }
            _ => store.tidy().unwrap(),
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_and_no_revision_is_torn() {
    let folder = folder();
    let mut votes = Vec::new();
    let mut live = 0;
    for kill in 0..KILLS {
        let said = run_and_kill(folder.path());
        let numbers = |what: &str| -> Vec<u64> { said.iter().filter_map(|line| line.strip_prefix(what)?.parse().ok()).collect() };
        votes.extend(numbers("vote "));
        live = numbers("live ").last().copied().unwrap_or(live);
        let begun = numbers("begin ").last().copied().unwrap_or(0);
        let start = Instant::now();
        check(folder.path(), &votes, live, begun, numbers("round ").last().copied());
        println!("kill {kill}: {} votes, live {live}, checked in {:?}", votes.len(), start.elapsed());
    }
    assert!(votes.len() > 20, "the victim hardly worked");
}

fn check(dir: &Path, votes: &[u64], acknowledged: u64, begun: u64, round: Option<u64>) {
    let store = Store::open(dir, &Settings::default()).unwrap();
    let found = store.live().map_or(0, |live| {
        let articles: Vec<(String, Article)> = live.iter().collect::<Result<_, _>>().unwrap();
        assert_eq!(articles.len(), ARTICLES);
        assert!(articles.iter().enumerate().all(|(n, (_, found))| *found == article(n)));
        assert_eq!(live.meta::<String>("source").unwrap().as_deref(), Some(live.digest()));
        live.digest().parse().unwrap()
    });
    assert!(found == acknowledged || found == begun, "live is {found}, not {acknowledged} or {begun}");
    for vote in votes {
        assert!(!store.person(*vote).vote("a", "v", true).unwrap(), "vote {vote} is lost");
    }
    let tally = store.tally("a", "v").unwrap();
    let counted = usize::try_from(tally.helpful + tally.unhelpful).unwrap();
    assert!(counted >= votes.len() && counted <= votes.len() + usize::try_from(KILLS).unwrap());
    let rounds: u64 = store.setting("rounds", "").unwrap().unwrap_or(0);
    assert!(round.is_none_or(|round| rounds == round || rounds == round + 1));
    let folders = std::fs::read_dir(dir.join("revisions")).unwrap().count();
    assert_eq!(folders, store.revisions().unwrap().len());
}

/// Starts the victim, kills it with SIGKILL at a random moment, and returns the lines it said.
fn run_and_kill(dir: &Path) -> Vec<String> {
    let path = module_path!().split_once("::").unwrap().1;
    let mut victim = Command::new("/proc/self/exe")
        .args([&format!("{path}::victim"), "--exact", "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(victim.stdin.take().unwrap(), "{}", dir.display()).unwrap();
    let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "open"), "the victim could not open the store");
    let reader = thread::spawn(move || lines.collect::<Vec<_>>());
    thread::sleep(Duration::from_micros(RandomState::new().hash_one(0) % 700_000));
    victim.kill().unwrap();
    victim.wait().unwrap();
    reader.join().unwrap()
}
