//! Files, kept in memory: what people and the bot sent.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};

/// The largest file getFile gives out.
pub(crate) const DOWNLOAD_LIMIT: usize = 20 << 20;

/// A stored file.
#[derive(Debug, Clone)]
pub(crate) struct StoredFile {
    /// Its own name.
    pub(crate) name: String,
    /// Its media type.
    pub(crate) mime: String,
    /// The path below /file/bot<token>/.
    pub(crate) path: String,
    /// The size told to the bot; it may be larger than what is kept, for tests of the limit.
    pub(crate) size: usize,
    /// The content.
    pub(crate) bytes: Arc<Vec<u8>>,
}

/// All files by `file_id`.
#[derive(Debug, Default)]
pub(crate) struct Files {
    files: HashMap<String, StoredFile>,
}

impl Files {
    /// Stores a file and gives its `file_id`. `folder` is `photos`, `documents`...
    pub(crate) fn add(&mut self, folder: &str, name: &str, mime: &str, bytes: Vec<u8>) -> String {
        let number = self.files.len();
        let ending = name.rsplit_once('.').map_or("bin", |(_, ending)| ending);
        let file = StoredFile {
            name: name.to_owned(),
            mime: mime.to_owned(),
            path: format!("{folder}/file_{number}.{ending}"),
            size: bytes.len(),
            bytes: Arc::new(bytes),
        };
        let id = format!("EMU-{folder}-{number}");
        self.files.insert(id.clone(), file);
        id
    }

    /// The file of an id.
    pub(crate) fn get(&self, id: &str) -> Option<&StoredFile> {
        self.files.get(id)
    }

    /// Pretends that a file is larger than it is.
    pub(crate) fn pretend_size(&mut self, id: &str, size: usize) {
        if let Some(file) = self.files.get_mut(id) {
            file.size = size;
        }
    }

    /// The file at a download path.
    pub(crate) fn at_path(&self, path: &str) -> Option<&StoredFile> {
        self.files.values().find(|file| file.path == path)
    }

    /// The fields every kind of file object has.
    pub(crate) fn describe(&self, id: &str) -> Value {
        let size = self.get(id).map_or(0, |file| file.size);
        json!({ "file_id": id, "file_unique_id": format!("U{id}"), "file_size": size })
    }

    /// A document, with its name and type.
    pub(crate) fn document(&self, id: &str) -> Value {
        let mut value = self.describe(id);
        if let Some(file) = self.get(id) {
            value["file_name"] = file.name.clone().into();
            value["mime_type"] = file.mime.clone().into();
        }
        value
    }
}
