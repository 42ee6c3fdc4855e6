//! `wenzheng new`: a topic file with every part to fill in.

use super::failure::{Failure, Outcome};
use crate::knowledge::Date;
use crate::text::romanize;
use std::path::Path;

/// The file, with places for the id, the name and the date.
const TEMPLATE: &str = include_str!("new_topic.toml");

/// Writes the file; an existing one is not touched.
///
/// # Errors
/// A wrong id, a file that is there already or cannot be written.
pub fn new(knowledge: &Path, system: &str, id: Option<&str>, title: &str) -> Outcome {
    let sounded = romanize(title);
    let id = id.unwrap_or(&sounded);
    let good = !id.is_empty() && id.len() <= 40 && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !good {
        return Err(Failure::usage(format!("id “{id}”写法不对：只用小写英文字母、数字和连字符，最多 40 个；用 --id 另给一个")));
    }
    let folder = knowledge.join("topics").join(system);
    let path = folder.join(format!("{id}.toml"));
    if path.exists() {
        return Err(Failure::usage(format!("{} 已经有了，没有动它；换一个 id", path.display())));
    }
    let today = Date::today();
    let next = today.0.checked_add_months(chrono::Months::new(12)).unwrap_or(today.0);
    let title: String = title.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).collect();
    let text = TEMPLATE
        .replace("__ID__", id)
        .replace("__NAME__", title.trim())
        .replace("__TODAY__", &today.to_string())
        .replace("__NEXT__", &next.to_string());
    let failed = |error: std::io::Error| Failure::usage(format!("写不了 {}：{error}", path.display()));
    std::fs::create_dir_all(&folder).map_err(failed)?;
    std::fs::write(&path, text).map_err(failed)?;
    println!("{}", path.display());
    eprintln!("填好以后运行 wenzheng check；写法见 docs/knowledge-format.md");
    Ok(())
}
