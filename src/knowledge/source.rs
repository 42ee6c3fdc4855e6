//! A knowledge file as text, and the line on which a part of it stands.

use super::fault::Fault;
use std::path::{Path, PathBuf};
use toml_edit::{Document, Item};

/// Largest knowledge file that is read, in bytes. The longest topic shipped has about 40 KB, the weights of triage's second reader
/// 1 MB.
pub const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Where it lies.
    pub path: PathBuf,
    /// What it holds.
    pub text: String,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// A [`Fault`] in words: unreadable, too large, or not UTF-8 (with the line of the first bad byte).
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let fault = |message: String, advice: &str| Fault::error(path, 1, message, advice);
        let metadata = std::fs::metadata(path).map_err(|e| fault(format!("读不到文件：{e}"), "检查文件是否存在、权限是否允许"))?;
        if metadata.len() > MAX_FILE_BYTES {
            let [megabytes, most] = [metadata.len(), MAX_FILE_BYTES].map(|bytes| bytes / (1024 * 1024));
            return Err(fault(format!("文件有 {megabytes} MB，上限是 {most} MB"), "一个主题一个文件；检查是不是放错了文件"));
        }
        let bytes = std::fs::read(path).map_err(|e| fault(format!("读不到文件：{e}"), "检查文件权限"))?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self { path: path.to_owned(), text: text.trim_start_matches('\u{feff}').to_owned() }),
            Err(broken) => {
                let good = &broken.as_bytes()[..broken.utf8_error().valid_up_to()];
                let line = good.iter().filter(|&&b| b == b'\n').count() + 1;
                Err(Fault::error(path, line, "不是 UTF-8 编码".to_owned(), "用编辑器另存为 UTF-8"))
            }
        }
    }

    /// Parses the file.
    ///
    /// # Errors
    /// A [`Fault`] with the line and what the parser says (unknown key, missing part, wrong date).
    pub fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, Fault> {
        toml::from_str(&self.text).map_err(|error| {
            let line = error.span().map_or(1, |span| self.line_at(span.start));
            Fault::error(&self.path, line, in_words(error.message()), "对照 docs/knowledge-format.md 改正")
        })
    }

    /// The line (from 1) on which the value at `keys` stands; an index is written as a number. Where the path
    /// is not there, the line of its longest part that is.
    pub fn line_of(&self, keys: &[&str]) -> usize {
        let Ok(document) = Document::parse(self.text.as_str()) else { return 1 };
        let mut item: &Item = document.as_item();
        let mut line = 1;
        for key in keys {
            let next = key.parse::<usize>().map_or_else(|_| item.get(*key), |index| item.get(index));
            let Some(next) = next else { break };
            item = next;
            line = item.span().map_or(line, |span| self.line_at(span.start));
        }
        line
    }

    fn line_at(&self, byte: usize) -> usize {
        self.text.as_bytes().iter().take(byte).filter(|&&b| b == b'\n').count() + 1
    }
}

/// The parser's commonest messages in the editors' language.
fn in_words(message: &str) -> String {
    let first = message.lines().next().unwrap_or(message);
    if let Some(rest) = first.strip_prefix("unknown field ") {
        return format!("不认识的键 {}", rest.replace(", expected one of", "，可用的键：").replace(", expected", "，可用的键："));
    }
    if let Some(rest) = first.strip_prefix("missing field ") {
        return format!("缺少 {rest}");
    }
    if let Some(rest) = first.strip_prefix("unknown variant ") {
        return format!("不认识的取值 {}", rest.replace(", expected one of", "，可用的取值："));
    }
    if let Some(rest) = first.strip_prefix("duplicate key") {
        return format!("同一个键写了两次{rest}");
    }
    first.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source { path: "a.toml".into(), text: text.to_owned() }
    }

    #[test]
    fn the_line_of_a_value_inside_an_array_of_tables_is_found() {
        let source = source("id = 'a'\n[[articles]]\ntitle = 'x'\nasks = [\n 'one',\n 'two',\n]\n");
        assert_eq!(source.line_of(&["articles", "0", "asks", "1"]), 6);
        assert_eq!(source.line_of(&["articles", "0", "gone"]), 2);
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[expect(dead_code, reason = "only its shape is read")]
        struct Small {
            name: String,
        }
        let fault = source("name = 'a'\nnmae = 'b'\n").parse::<Small>().expect_err("nmae is no key");
        assert_eq!(fault.line, 2);
        assert!(fault.message.contains("不认识的键 `nmae`"), "{}", fault.message);
    }
}
