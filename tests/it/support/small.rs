//! A small knowledge of its own (tests/fixtures/knowledge), with the shipped word lists and phrases, in a folder that
//! a test may change.

use super::shipped;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A knowledge folder that is gone with the test.
pub struct Small {
    folder: TempDir,
}

impl Small {
    /// A fresh copy.
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        // The shipped lists first, so that a new phrase or list does not have to be added here too.
        copy(&shipped::folder(), folder.path(), Path::is_file);
        copy(&shipped::root().join("tests/fixtures/knowledge"), folder.path(), |_| true);
        fs::write(folder.path().join("phrases.toml"), phrases()).expect("phrases.toml");
        Self { folder }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A file of it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Writes a file.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.file(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        fs::write(path, bytes).expect("the file");
    }

    /// Puts other words in place of the first words like them, which must stand in the file.
    pub fn change(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.file(name)).expect("the file");
        assert!(text.contains(from), "{name} holds {from}");
        self.write(name, text.replacen(from, to, 1));
    }

    /// Puts words at the end of a file.
    pub fn append(&self, name: &str, more: &str) {
        let text = fs::read_to_string(self.file(name)).expect("the file");
        self.write(name, text + more);
    }

    /// Ends a file before words that must stand in it.
    pub fn cut(&self, name: &str, before: &str) {
        let text = fs::read_to_string(self.file(name)).expect("the file");
        let (kept, _) = text.split_once(before).unwrap_or_else(|| panic!("{name} holds {before}"));
        self.write(name, kept);
    }

    /// Takes every topic away.
    pub fn without_topics(self) -> Self {
        fs::remove_dir_all(self.file("topics")).expect("topics");
        self.change("phrases.toml", "examples = [\"耳朵痒怎么办\"]", "examples = []");
        self
    }
}

/// The shipped phrases; the examples of /start are questions that the small knowledge can answer.
fn phrases() -> String {
    let shipped = fs::read_to_string(shipped::folder().join("phrases.toml")).expect("phrases.toml");
    let lines = shipped.lines().map(|line| if line.starts_with("examples = ") { "examples = [\"耳朵痒怎么办\"]" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

fn copy(from: &Path, to: &Path, wanted: fn(&Path) -> bool) {
    for entry in fs::read_dir(from).expect("a folder").flatten().filter(|entry| wanted(&entry.path())) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target, wanted);
        } else {
            fs::copy(entry.path(), target).expect("a file");
        }
    }
}
