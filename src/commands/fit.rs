//! `wenzheng fit`: what people were heard to say becomes the weights of triage's second reader.

use super::failure::{Failure, Outcome};
use super::opening::engine_of_files;
use crate::engine::{Settings, learn};
use crate::knowledge::READER_FILE;
use std::path::Path;

/// Runs the command: reads the folder, fits, writes the weights into it, and says how well they do on sentences kept aside.
///
/// # Errors
/// A folder that does not load, or a file that cannot be written.
pub fn fit(dir: &Path, settings: Settings) -> Outcome {
    let engine = engine_of_files(dir, settings, "fit")?;
    let fitted = learn(&engine);
    let path = dir.join(READER_FILE);
    std::fs::write(&path, fitted.weights.written())
        .map_err(|error| Failure::usage(format!("{} 写不进去：{error}；检查权限和磁盘空间", path.display())))?;
    let [emergencies, others, known] = fitted.counts;
    let percent = |share: f32| format!("{:.1} %", share * 100.0);
    println!("学了 {emergencies} 句急症、{others} 句不是急症的话，和知识里的 {known} 句");
    println!("三折交叉验证：急症认出 {}，不是急症的误报 {}", percent(fitted.recall), percent(fitted.heard_alarms));
    println!("文章的问法误报 {}；{} 个权重写进 {}", percent(fitted.question_alarms), fitted.weights.features.len(), path.display());
    println!("接着运行 wenzheng check");
    Ok(())
}
