//! `wenzheng safety`: SAFETY.md, from the red flags and the gold set as they are.

use super::failure::{Failure, Outcome};
use super::opening::engine_of_files;
use crate::engine::{Engine, Settings};
use crate::knowledge::Level;
use crate::triage::Assessment;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// A sentence of the gold set.
#[derive(Deserialize)]
struct Utterance {
    text: String,
    /// Of what is no emergency: ordinary or look_alike.
    #[serde(default)]
    kind: String,
    category: String,
    #[serde(default)]
    style: String,
    aside: bool,
}

/// How many of how many raised an alarm.
#[derive(Default, Clone, Copy)]
struct Count {
    all: usize,
    alarms: usize,
}

impl Count {
    fn add(&mut self, alarm: bool) {
        self.all += 1;
        self.alarms += usize::from(alarm);
    }

    fn told(self) -> String {
        if self.all == 0 {
            "—".to_owned()
        } else {
            format!("{:.1} %（{}/{}）", 100.0 * self.alarms as f32 / self.all as f32, self.alarms, self.all)
        }
    }
}

/// Seen while rules were written, and kept aside.
type Pair = [Count; 2];

/// Runs the command: SAFETY.md to stdout.
///
/// # Errors
/// A folder that does not load, or a gold set that cannot be read.
pub fn safety(dir: &Path, gold: &Path, settings: Settings) -> Outcome {
    let engine = engine_of_files(dir, settings, "safety")?;
    let emergencies = read(&gold.join("emergencies.jsonl"))?;
    let others = read(&gold.join("non_emergencies.jsonl"))?;
    print!("{}", report(&engine, &emergencies, &others));
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Utterance>, Failure> {
    let wrong = |what: &dyn std::fmt::Display| Failure::usage(format!("{}：{what}；用 --gold 指定标注集的文件夹", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
    text.lines().map(|line| serde_json::from_str(line).map_err(|error| wrong(&error))).collect()
}

fn report(engine: &Engine, emergencies: &[Utterance], others: &[Utterance]) -> String {
    let (mut by_category, mut by_style, mut whole): (BTreeMap<&str, Pair>, BTreeMap<&str, Pair>, Pair) = Default::default();
    let mut missed = Vec::new();
    for said in emergencies {
        let alarm = alarms(engine, &said.text);
        let part = usize::from(said.aside);
        by_category.entry(&said.category).or_default()[part].add(alarm);
        by_style.entry(&said.style).or_default()[part].add(alarm);
        whole[part].add(alarm);
        if !alarm {
            missed.push(said);
        }
    }
    let mut false_alarms: BTreeMap<String, Pair> = BTreeMap::new();
    for said in others {
        let fresh = if said.style == FRESH { "（fresh）" } else { "" };
        false_alarms.entry(format!("{}{fresh}", said.kind)).or_default()[usize::from(said.aside)].add(alarms(engine, &said.text));
    }
    let mut out = String::from(HEAD);
    let _ = writeln!(out, "- 知识摘要：`{}`", &engine.knowledge.digest.chars().take(16).collect::<String>());
    let rules = &engine.knowledge.rules;
    let of = |level: Level| rules.iter().filter(|rule| rule.level == level).count();
    let (call, room, crisis) = (of(Level::CallNow), of(Level::ErNow), of(Level::Crisis));
    let _ = writeln!(out, "- 红旗：{} 条（马上打急救电话 {call}，马上去急诊 {room}，自伤或人身危险 {crisis}）", rules.len());
    table(&mut out, "急症认出多少，按类别", "类别", &by_category);
    table(&mut out, "急症认出多少，按说法", "说法", &by_style);
    let _ = writeln!(out, "\n全部急症：写规则时看过的 {}，留着没看的 {}。", whole[0].told(), whole[1].told());
    table(&mut out, "误报多少（不是急症却报了警）", "哪一种", &false_alarms);
    out.push_str("\n## 漏掉的句子\n\n");
    for said in missed {
        let part = if said.aside { "没看的" } else { "看过的" };
        let _ = writeln!(out, "- {}，{part}：{}", said.category, said.text.replace('\n', " "));
    }
    out
}

fn alarms(engine: &Engine, text: &str) -> bool {
    matches!(engine.assess(text), Assessment::Alarm(_))
}

fn table<K: std::fmt::Display>(out: &mut String, title: &str, head: &str, rows: &BTreeMap<K, Pair>) {
    let _ = writeln!(out, "\n## {title}\n\n| {head} | 写规则时看过的 | 留着没看的 |\n|---|---|---|");
    for (name, [seen, aside]) in rows {
        let _ = writeln!(out, "| {name} | {} | {} |", seen.told(), aside.told());
    }
}

/// Style of the sentences that were written last, for which nothing was changed.
const FRESH: &str = "fresh";

/// What stands above the figures.
const HEAD: &str = "\
# 急症检查做得怎么样

这份文件由 `cargo run --release -- safety > SAFETY.md` 写成，测试会核对它和现在的规则一致。
没有临床医生审过这些规则。数字来自 `tests/gold`：句子是手写的，写的人没看过规则；`aside` 那部分不拿来学权重，写规则时也没看；
只有漏掉的句子在 2026-11-27 读过一次，随后照那些机制另写了几十句，所以这一部分略偏乐观（见 docs/benchmarks.md）。
说法 `stranger` 是另一个人写的，和其他句子都不同源。说法 `fresh` 是最后写的，写的人没看过仓库；量过以后规则和权重都没有再为它改动，
最接近真实的陌生人。

";
