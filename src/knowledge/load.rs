//! Reads a knowledge folder into a [`Knowledge`], with every fault at once.

use super::audience::AudienceWords;
use super::card::Card;
use super::checks;
use super::desk::DeskPhrases;
use super::dialogue::Dialogue;
use super::facet::FacetWords;
use super::fault::{Fault, Faults};
use super::heard::{Heard, ReaderWeights};
use super::phrases::Phrases;
use super::place::{PLACES_FILE, Places};
use super::ranking::{Asked, RankingWeights};
use super::red_flag::{Context, Rule, Vocabulary};
use super::region::Region;
use super::reply::Reply;
use super::source::{MAX_FILE_BYTES, Source};
use super::topic::Topic;
use super::whole::{BodySystem, Knowledge, Retired};
use crate::text::{Lexicon, RegionalTerm};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What loading found.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The knowledge; it may go live only if `faults` pass.
    pub knowledge: Knowledge,
    /// Everything that is wrong.
    pub faults: Faults,
    /// The file of each topic, by id.
    pub topic_files: BTreeMap<String, Source>,
    /// The file of each red flag, by id.
    pub rule_files: BTreeMap<String, Source>,
    /// The directory of places, if there is one.
    pub place_file: Option<Source>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Lists {
    system: Vec<BodySystem>,
    facet: Vec<FacetWords>,
    audience: Vec<AudienceWords>,
    region: Vec<Region>,
    context: Vec<Context>,
    retired: Vec<Retired>,
    reply: Vec<Reply>,
    site: Vec<String>,
}

/// Messages as people type them.
pub const HEARD_FILE: &str = "red_flags/heard.tsv";
/// The weights that `wenzheng fit` writes.
pub const READER_FILE: &str = "red_flags/reader.tsv";

/// Questions as people type them.
const ASKED_FILE: &str = "asked.tsv";
/// The weights of the ranking that `wenzheng fit` writes.
pub const RANKING_FILE: &str = "ranking.tsv";

/// The files of a knowledge folder, by their path inside it.
type Files = BTreeMap<PathBuf, Source>;

/// What emergencies need, built into the program: word lists, red flags, cards, regions and phrases.
static SAFETY_NET: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/knowledge");

/// Reads and checks a folder. Never fails: a folder that cannot be read is a fault like any other.
pub fn load(dir: &Path) -> Loaded {
    let mut loaded = Loaded::default();
    if !dir.is_dir() {
        let advice = "用 --knowledge 指定知识文件夹，或在仓库根目录里运行";
        loaded.faults.0.push(Fault::error(dir, 1, "没有这个知识文件夹", advice));
        return loaded;
    }
    loaded.knowledge.digest = files_digest(dir);
    let files = loaded.read_folder(dir);
    loaded.assemble(&files, dir);
    checks::run(&mut loaded);
    loaded
}

/// A file that is not in the folder yet, or shall stand in place of one that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Where it belongs, below the knowledge folder.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// Reads and checks a folder as it would be with these files in it.
pub fn load_with(dir: &Path, new: &[NewFile]) -> Loaded {
    let mut loaded = Loaded::default();
    let mut hasher = blake3::Hasher::new();
    hasher.update(files_digest(dir).as_bytes());
    let mut files = loaded.read_folder(dir);
    for file in new {
        hasher.update(file.path.to_string_lossy().as_bytes());
        hasher.update(file.text.as_bytes());
        files.insert(file.path.clone(), Source { path: dir.join(&file.path), text: file.text.clone() });
    }
    loaded.knowledge.digest = hasher.finalize().to_hex().to_string();
    loaded.assemble(&files, dir);
    checks::run(&mut loaded);
    loaded
}

/// The emergencies' part of the knowledge as it was when the program was built: no topics. Used when a folder
/// cannot be loaded, so that emergencies are answered all the same.
pub fn load_safety_net() -> Loaded {
    let mut loaded = Loaded::default();
    let mut files = Files::new();
    let mut folders = vec![&SAFETY_NET];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs().filter(|dir| !dir.path().starts_with("topics")));
        for file in folder.files().filter(|file| is_knowledge(file.path())) {
            let text = file.contents_utf8().unwrap_or_default().to_owned();
            files.insert(file.path().to_owned(), Source { path: file.path().to_owned(), text });
        }
    }
    loaded.assemble(&files, Path::new("knowledge"));
    for card in &mut loaded.knowledge.cards {
        card.topic.clear();
    }
    loaded
}

/// A digest of every file of the folder, names and contents; empty if the folder cannot be read.
pub fn files_digest(dir: &Path) -> String {
    let mut hasher = blake3::Hasher::new();
    for path in files_under(dir) {
        let name = path.strip_prefix(dir).unwrap_or(&path);
        hasher.update(name.to_string_lossy().as_bytes());
        hasher.update(&[0]);
        // What is too large to be read as knowledge is known by its size.
        let size = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
        hasher.update(&size.to_le_bytes());
        if size <= MAX_FILE_BYTES {
            hasher.update(&std::fs::read(&path).unwrap_or_default());
        }
    }
    hasher.finalize().to_hex().to_string()
}

fn is_knowledge(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml" || extension == "tsv")
}

/// Knowledge files below a folder, sorted, hidden ones and links left out.
fn files_under(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let Ok(kind) = entry.file_type() else { continue };
            if hidden || kind.is_symlink() {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
            } else if is_knowledge(&entry.path()) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

impl Loaded {
    fn read_folder(&mut self, dir: &Path) -> Files {
        let read = files_under(dir).into_iter().filter_map(|path| {
            let source = self.faults.keep(Source::read(&path))?;
            Some((path.strip_prefix(dir).unwrap_or(&path).to_owned(), source))
        });
        read.collect()
    }

    fn assemble(&mut self, files: &Files, dir: &Path) {
        for name in [
            "systems.toml",
            "facets.toml",
            "audiences.toml",
            "regions.toml",
            "retired.toml",
            "replies.toml",
            "sites.toml",
            "red_flags/contexts.toml",
        ] {
            if let Some(lists) = self.read::<Lists>(files, dir, name) {
                self.take(lists);
            }
        }
        self.knowledge.lexicon = self.read::<Lexicon>(files, dir, "lexicon.toml").unwrap_or_default();
        self.knowledge.phrases = self.read::<Phrases>(files, dir, "phrases.toml").unwrap_or_default();
        self.knowledge.desk = self.read::<DeskPhrases>(files, dir, "desk.toml").unwrap_or_default();
        self.knowledge.dialogue = self.read::<Dialogue>(files, dir, "dialogue.toml").unwrap_or_default();
        self.place_file = files.get(Path::new(PLACES_FILE)).cloned();
        if let Some(source) = &self.place_file {
            self.knowledge.places = self.faults.keep(source.parse::<Places>()).unwrap_or_default().place;
        }
        self.read_lines(files);
        for (path, source) in files {
            self.place(path, source);
        }
        self.knowledge.index_ids();
    }

    /// A file's folder says what it is.
    fn place(&mut self, path: &Path, source: &Source) {
        if path.starts_with("topics") {
            self.topic(source);
        } else if path.starts_with("cards") {
            let card = self.faults.keep(source.parse::<Card>());
            self.knowledge.cards.extend(card);
        } else if path.starts_with("red_flags/vocabulary") {
            if let Some(words) = self.faults.keep(source.parse::<Vocabulary>()) {
                self.merge_vocabulary(&source.path, words);
            }
        } else if path.starts_with("red_flags")
            && path.components().count() > 2
            && let Some(rule) = self.faults.keep(source.parse::<Rule>())
        {
            self.rule_files.insert(rule.id.clone(), source.clone());
            self.knowledge.rules.push(rule);
        }
    }

    fn take(&mut self, lists: Lists) {
        let knowledge = &mut self.knowledge;
        knowledge.systems.extend(lists.system);
        knowledge.facets.extend(lists.facet);
        knowledge.audiences.extend(lists.audience);
        knowledge.regions.extend(lists.region);
        knowledge.contexts.extend(lists.context);
        knowledge.retired.extend(lists.retired);
        knowledge.replies.extend(lists.reply);
        knowledge.sites.extend(lists.site);
    }

    fn merge_vocabulary(&mut self, path: &Path, more: Vocabulary) {
        let vocabulary = &mut self.knowledge.vocabulary;
        let twice = more.words.keys().filter(|name| vocabulary.words.contains_key(*name));
        let twice = twice.chain(more.concepts.keys().filter(|name| vocabulary.concepts.contains_key(*name)));
        for name in twice {
            let fault = Fault::error(path, 1, format!("“{name}”在别的词汇文件里已经有了"), "合并到一处，或换个名字");
            self.faults.0.push(fault);
        }
        vocabulary.words.extend(more.words);
        vocabulary.concepts.extend(more.concepts);
    }

    fn topic(&mut self, source: &Source) {
        let Some(topic) = self.faults.keep(source.parse::<Topic>()) else { return };
        if let Some(first) = self.topic_files.get(&topic.id) {
            let message = format!("主题 id “{}”已经在 {} 里用过", topic.id, first.path.display());
            let fault = Fault::error(&source.path, source.line_of(&["id"]), message, "换一个没用过的 id");
            self.faults.0.push(fault);
            return;
        }
        self.place_in_system(&source.path, &topic.id);
        self.topic_files.insert(topic.id.clone(), source.clone());
        self.knowledge.topics.push(topic);
    }

    fn place_in_system(&mut self, path: &Path, topic: &str) {
        let folder = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let folder = folder.unwrap_or_default();
        if let Some(system) = self.knowledge.systems.iter_mut().find(|system| system.id == folder) {
            system.topics.push(topic.to_owned());
        } else {
            let message = format!("文件夹“{folder}”不在 systems.toml 里");
            self.faults.0.push(Fault::error(path, 1, message, "在 knowledge/systems.toml 里加上这个身体系统"));
        }
    }

    /// One of the files that must be there.
    fn read<T: DeserializeOwned>(&mut self, files: &Files, dir: &Path, name: &str) -> Option<T> {
        match files.get(Path::new(name)) {
            Some(source) => self.faults.keep(source.parse()),
            None => {
                let fault = Fault::error(&dir.join(name), 1, "缺少这个文件", "从发布包或版本库里取回来");
                self.faults.0.push(fault);
                None
            }
        }
    }

    /// The files that are lines of columns. They may be missing.
    fn read_lines(&mut self, files: &Files) {
        let source = |name: &str| files.get(Path::new(name));
        if let Some(source) = source("synonyms.tsv") {
            let pair = |line: &str| {
                let (said, meant) = line.split_once('\t')?;
                let (said, meant) = (said.trim(), meant.trim());
                let good = !said.is_empty() && !meant.is_empty() && !meant.contains('\t');
                good.then(|| (said.to_owned(), meant.to_owned()))
            };
            self.knowledge.synonyms = self.lines(source, "一行应是“说法、制表符、意思”两栏", pair);
        }
        if let Some(source) = source("terms.tsv") {
            self.knowledge.terms = self.lines(source, "一行应是“简体、台湾、香港、澳门”四栏", RegionalTerm::read);
        }
        if let Some(source) = source(HEARD_FILE) {
            self.knowledge.heard = self.lines(source, "一行应是“红旗的 id 或 -、制表符、句子”两栏", Heard::read);
        }
        if let Some(source) = source(READER_FILE) {
            let mut weights = ReaderWeights::default();
            self.lines(source, "一行应是“特征、制表符、权重”；这个文件由 wenzheng fit 写成", |line| {
                weights.take(line).then_some(())
            });
            self.knowledge.reader = weights;
        }
        if let Some(source) = source(ASKED_FILE) {
            self.knowledge.asked = self.lines(source, "一行应是“文章的 id 或 -、制表符、问句”两栏", Asked::read);
        }
        let built_in = || SAFETY_NET.get_file(RANKING_FILE).and_then(|file| file.contents_utf8()).unwrap_or_default().to_owned();
        let ranking = source(RANKING_FILE).cloned().unwrap_or_else(|| Source { path: RANKING_FILE.into(), text: built_in() });
        let mut weights = RankingWeights::default();
        self.lines(
            &ranking,
            "一行应是“特征、制表符、四个权重”或“字词、制表符、三个权重”；这个文件由 wenzheng fit 写成",
            |line| weights.take(line).then_some(()),
        );
        self.knowledge.ranking = weights;
    }

    /// What the lines of a file say; empty ones and those that begin with `#` are left out.
    fn lines<T>(&mut self, source: &Source, wanted: &str, mut read: impl FnMut(&str) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        for (number, line) in source.text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match read(line) {
                Some(value) => found.push(value),
                None => self.faults.0.push(Fault::error(&source.path, number + 1, wanted, "用 Tab 键隔开两栏")),
            }
        }
        found
    }
}
