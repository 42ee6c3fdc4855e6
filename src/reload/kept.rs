//! The knowledge as the store keeps it: a value a topic, the rest as one.

use crate::knowledge::{Knowledge, Topic};
use crate::store::{Revision, Store, StoreError};
use std::collections::HashMap;

/// Where the knowledge without its topics is kept in a revision.
const REST: &str = "knowledge";
/// Keys of topics that come from files begin so.
const FROM_FILE: &str = "t/";
/// Keys of imported articles begin so.
const IMPORTED: &str = "i/";

/// Why kept knowledge could not be read.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The revision holds no knowledge.
    #[error("存储里的这一版没有知识内容；请从知识文件重新载入")]
    Empty,
}

/// Publishes a knowledge and imported articles as one revision. `progress` is told how many topics are written.
///
/// # Errors
/// What the store refuses; the old revision is live as before.
pub fn keep(store: &Store, knowledge: &Knowledge, imported: &[Topic], mut progress: impl FnMut(u64)) -> Result<(), StoreError> {
    let mut draft = store.begin(&revision_digest(&knowledge.digest, imported))?;
    let from_files = knowledge.topics.iter().filter(|topic| !topic.is_imported()).map(|topic| (FROM_FILE, topic));
    for (done, (kind, topic)) in (1..).zip(from_files.chain(imported.iter().map(|topic| (IMPORTED, topic)))) {
        draft.put(&format!("{kind}{}", topic.id), topic)?;
        progress(done);
    }
    let mut rest = knowledge.clone();
    rest.topics.clear();
    draft.put_meta(REST, &rest)?;
    draft.publish(&format!("{} 个主题，{} 篇导入", knowledge.topics.len(), imported.len()))?;
    Ok(())
}

/// The name of a revision: its files' digest, and its imported articles' if there are any.
fn revision_digest(files: &str, imported: &[Topic]) -> String {
    if imported.is_empty() {
        return files.to_owned();
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(files.as_bytes());
    for topic in imported {
        hasher.update(topic.id.as_bytes());
        hasher.update(topic.articles.first().map_or("", |article| article.title.as_str()).as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// The imported articles of a revision.
///
/// # Errors
/// What the store refuses.
pub fn imported(revision: &Revision) -> Result<Vec<Topic>, StoreError> {
    let mut found = Vec::new();
    for entry in revision.iter::<Topic>() {
        let (key, topic) = entry?;
        if key.starts_with(IMPORTED) {
            found.push(topic);
        }
    }
    Ok(found)
}

/// The knowledge of a revision, imported articles included.
///
/// # Errors
/// What the store refuses, or a revision without knowledge.
pub fn read_kept(revision: &Revision) -> Result<Knowledge, KeptError> {
    let mut knowledge: Knowledge = revision.meta(REST)?.ok_or(KeptError::Empty)?;
    for entry in revision.iter::<Topic>() {
        let (_, topic) = entry?;
        knowledge.topics.push(topic);
    }
    in_the_order_of_files(&mut knowledge);
    knowledge.index_ids();
    Ok(knowledge)
}

/// Topics as loading their folder puts them, imported articles last: what is built from them, sums and ties, comes out the same
/// whether they were read from the files or from the store.
fn in_the_order_of_files(knowledge: &mut Knowledge) {
    let systems = knowledge.systems.iter().flat_map(|system| system.topics.iter().map(|topic| (topic.clone(), system.id.clone())));
    let systems: HashMap<String, String> = systems.collect();
    knowledge.topics.sort_by_cached_key(|topic| {
        let file = (!topic.is_imported()).then(|| (systems.get(&topic.id).cloned(), format!("{}.toml", topic.id)));
        (topic.is_imported(), file)
    });
}
