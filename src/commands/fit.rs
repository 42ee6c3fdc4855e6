//! `wenzheng fit`: what people were heard to say becomes the weights of triage's second reader; what they asked becomes those of
//! the ranking.

use super::eval::read_set;
use super::failure::{Failure, Outcome};
use super::opening::engine_of_files;
use crate::engine::{Corpus, Engine, Settings, learn, learn_ranking};
use crate::knowledge::{Asked, Knowledge, RANKING_FILE, READER_FILE, Topic, load_safety_net, read_flat};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// What `wenzheng fit` is told.
pub struct FitOrder<'a> {
    /// The knowledge folder.
    pub dir: &'a Path,
    /// Corpora of imported articles, each with its labelled queries, for the columns of imported articles.
    pub corpora: &'a [PathBuf],
    /// Asked questions that are only measured.
    pub aside: Option<&'a Path>,
    /// Only the ranking, not triage's reader.
    pub ranking_only: bool,
}

/// Runs the command: reads the folder, fits, writes the weights into it, and says how well they do on sentences kept aside.
///
/// # Errors
/// A folder that does not load, a corpus that cannot be read, or a file that cannot be written.
pub fn fit(order: &FitOrder<'_>, settings: Settings) -> Outcome {
    let engine = engine_of_files(order.dir, settings, "fit")?;
    if !order.ranking_only {
        fit_reader(order.dir, &engine)?;
    }
    fit_ranking(order, &engine, settings)?;
    println!("接着运行 wenzheng check");
    Ok(())
}

fn write(dir: &Path, name: &str, text: &str) -> Outcome {
    let path = dir.join(name);
    std::fs::write(&path, text).map_err(|error| Failure::usage(format!("{} 写不进去：{error}；检查权限和磁盘空间", path.display())))
}

fn percent(share: f32) -> String {
    format!("{:.1} %", share * 100.0)
}

fn fit_reader(dir: &Path, engine: &Engine) -> Outcome {
    let fitted = learn(engine);
    write(dir, READER_FILE, &fitted.weights.written())?;
    let [emergencies, others, asked, known] = fitted.counts;
    println!("学了 {emergencies} 句急症、{others} 句不是急症的话、{asked} 句问句，和知识里的 {known} 句");
    println!("三折交叉验证：急症认出 {}，不是急症的误报 {}", percent(fitted.recall), percent(fitted.heard_alarms));
    println!("别人的问句误报 {}", percent(fitted.asked_alarms));
    println!("文章的问法误报 {}；{} 个权重写进 {READER_FILE}", percent(fitted.question_alarms), fitted.weights.features.len());
    Ok(())
}

fn fit_ranking(order: &FitOrder<'_>, engine: &Engine, settings: Settings) -> Outcome {
    let corpora = order.corpora.iter().map(|prefix| read_corpus(prefix, settings)).collect::<Result<Vec<_>, _>>()?;
    let aside = order.aside.map_or_else(|| Ok(Vec::new()), read_asked)?;
    let (weights, ranked) = learn_ranking(engine, &corpora, &aside);
    write(order.dir, RANKING_FILE, &weights.written())?;
    println!("排序学了 {} 句问过的话和 {} 个外来语料；权重写进 {RANKING_FILE}", engine.knowledge.asked.len(), corpora.len());
    if ranked.questions > 0 {
        let share = |part: usize, whole: usize| percent(part as f32 / whole.max(1) as f32);
        let (first, sure) = (share(ranked.first, ranked.questions), share(ranked.sure, ranked.questions));
        println!("没学过的 {} 问：对的排第一 {first}，而且有把握 {sure}", ranked.questions);
        println!("没学过、答不了的 {} 问：误以为有把握 {}", ranked.unanswerable, share(ranked.fooled, ranked.unanswerable));
    }
    Ok(())
}

fn read_asked(path: &Path) -> Result<Vec<Asked>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::usage(format!("读不到 {}：{error}", path.display())))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let read = |line: &str| {
        Asked::read(line).ok_or_else(|| Failure::usage(format!("{}：一行应是“文章的 id 或 -、制表符、问句”：{line}", path.display())))
    };
    lines.map(read).collect()
}

/// Reads `PREFIX.corpus.jsonl` and `PREFIX.dev.jsonl`.
fn read_corpus(prefix: &Path, settings: Settings) -> Result<Corpus, Failure> {
    let named = |ending: &str| PathBuf::from(format!("{}.{ending}.jsonl", prefix.display()));
    let unread = |path: &Path, error: &dyn std::fmt::Display| Failure::usage(format!("读不到 {}：{error}", path.display()));
    let path = named("corpus");
    let file = File::open(&path).map_err(|error| unread(&path, &error))?;
    let articles = read_flat(BufReader::new(file), |_| ()).map_err(|error| unread(&path, &error))?;
    let mut knowledge: Knowledge = load_safety_net().knowledge;
    knowledge.topics = articles.into_iter().map(Topic::from).collect();
    knowledge.index_ids();
    let engine = Engine::new(knowledge, settings).map_err(|error| Failure::no(error.to_string()))?;
    let queries = read_set(&named("dev"))?;
    let not = queries.iter().map(|query| query.not().and_then(|id| engine.knowledge.find(id))).collect();
    let asked = queries.into_iter().map(|query| Asked { articles: query.relevant, text: query.query }).collect();
    Ok(Corpus { engine, asked, not })
}
