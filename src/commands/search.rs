//! `wenzheng search`: retrieval alone.

use super::failure::{Failure, Outcome};
use crate::engine::Engine;
use serde_json::json;
use std::io::{BufWriter, Read, Write};
use std::time::Instant;

/// One query a line from stdin.
///
/// # Errors
/// Stdin or stdout broke.
pub fn search(engine: &Engine, k: usize, as_json: bool) -> Outcome {
    let mut queries = Vec::new();
    std::io::stdin().lock().read_to_end(&mut queries).map_err(|error| Failure::usage(format!("读不到输入：{error}")))?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let lines = String::from_utf8_lossy(&queries);
    let written = lines.lines().try_for_each(|query| write_hits(&mut out, engine, query, k, as_json)).and_then(|()| out.flush());
    written.map_err(|error| Failure::usage(format!("写不到标准输出：{error}")))
}

fn write_hits(out: &mut impl Write, engine: &Engine, query: &str, k: usize, as_json: bool) -> std::io::Result<()> {
    let start = Instant::now();
    let matched = engine.search(query, k);
    let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    let knowledge = &engine.knowledge;
    let hits = matched.hits.iter().map(|hit| (knowledge.id_of(hit.at), knowledge.article_at(hit.at).title.as_str(), hit.score));
    if as_json {
        let hits: Vec<_> = hits.map(|(id, title, score)| json!({"id": id, "title": title, "score": score})).collect();
        return writeln!(out, "{}", json!({"query": query, "hits": hits, "micros": micros}));
    }
    writeln!(out, "{query}（{micros} 微秒）")?;
    for (id, title, score) in hits {
        writeln!(out, "  {score:.3}  {title}  [{id}]")?;
    }
    Ok(())
}
