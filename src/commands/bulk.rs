//! `wenzheng import` and `wenzheng export`.

use super::failure::{Failure, Outcome};
use super::opening::{open, open_for_answers, open_store};
use crate::cli::{bytes_bar, count_bar};
use crate::config::Config;
use crate::knowledge::{FlatArticle, Knowledge, read_flat, to_flat};
use crate::reload;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

/// Imports articles, all or nothing.
///
/// # Errors
/// A line that is no article, a store in use, an id that a topic file already has.
pub fn import(config: &Config, path: &Path, replace: bool) -> Outcome {
    let store = open_store(config)?;
    let opened = open(config, Some(store.clone()))?;
    let articles = read(path)?;
    let base = &opened.boot.engine.knowledge;
    refuse_taken(base, &articles)?;
    let bar = count_bar(Some(articles.len() as u64), "写入");
    let count = reload::import(&store, &base.without_imported(), articles, replace, |done| bar.set(done));
    drop(bar);
    let count = count.map_err(|error| Failure::usage(format!("没有导入：{error}")))?;
    eprintln!("导入了 {count} 篇。正在运行的机器人要重新启动才会用上。");
    Ok(())
}

fn read(path: &Path) -> Result<Vec<FlatArticle>, Failure> {
    let wrong = |error: crate::knowledge::FlatError| Failure::usage(format!("{}：{error}", path.display()));
    if path == Path::new("-") {
        return read_flat(std::io::stdin().lock(), |_| ()).map_err(wrong);
    }
    let file = File::open(path).map_err(|error| Failure::usage(format!("读不到 {}：{error}", path.display())))?;
    let bar = bytes_bar(file.metadata().ok().map(|metadata| metadata.len()), "读取");
    read_flat(BufReader::new(file), |bytes| bar.advance(bytes)).map_err(wrong)
}

fn refuse_taken(base: &Knowledge, articles: &[FlatArticle]) -> Outcome {
    let files = base.without_imported();
    match articles.iter().find(|article| files.find(&article.id).is_some()) {
        Some(taken) => Err(Failure::usage(format!("id “{}”已经是知识文件里的文章；换一个 id，目前什么都没有导入", taken.id))),
        None => Ok(()),
    }
}

/// Writes every live article.
///
/// # Errors
/// A file that cannot be written.
pub fn export(config: &Config, path: &Path) -> Outcome {
    let opened = open_for_answers(config)?;
    let knowledge = &opened.boot.engine.knowledge;
    let failed = |error: std::io::Error| Failure::usage(format!("写不了 {}：{error}", path.display()));
    if path == Path::new("-") {
        return write(knowledge, std::io::stdout().lock()).map(drop).map_err(failed);
    }
    let partial = path.with_extension("partial");
    let written = File::create(&partial).and_then(|file| write(knowledge, file)).map_err(failed)?;
    std::fs::rename(&partial, path).map_err(failed)?;
    eprintln!("导出了 {written} 篇到 {}", path.display());
    Ok(())
}

fn write(knowledge: &Knowledge, to: impl Write) -> std::io::Result<usize> {
    let mut out = BufWriter::new(to);
    let mut written = 0;
    for at in knowledge.places() {
        serde_json::to_writer(&mut out, &to_flat(knowledge, at))?;
        out.write_all(b"\n")?;
        written += 1;
    }
    out.flush()?;
    Ok(written)
}
