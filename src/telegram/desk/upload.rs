//! Topic files that an editor sends as a document.

use super::super::bot::Bot;
use super::super::update::{Document, Said};
use super::role::Role;
use crate::answer::fill;
use crate::reload::{LARGEST_FILE, LARGEST_PARCEL, unpack};
use std::sync::Arc;

impl Bot {
    /// Whether a message brings a file that the desk takes from this person.
    pub(in crate::telegram) fn brings_file(&self, said: &Said) -> bool {
        let named = |document: &Document| [".toml", ".zip"].iter().any(|end| document.name.to_ascii_lowercase().ends_with(end));
        said.private && !said.forwarded && said.document.as_ref().is_some_and(named) && self.may(said.person, Role::Editor)
    }

    /// Checks and rehearses what was sent; it comes back with its faults, or as a candidate to preview and release.
    pub(in crate::telegram) async fn received(&self, said: &Said) {
        let Some(document) = &said.document else { return };
        let words = self.words();
        let largest = if document.name.to_ascii_lowercase().ends_with(".zip") { LARGEST_PARCEL } else { LARGEST_FILE };
        let kilobytes = |bytes: u64| (bytes / 1024).to_string();
        if document.size > largest {
            let places = [("最大", &*kilobytes(LARGEST_FILE)), ("最大包", &kilobytes(LARGEST_PARCEL))];
            return self.tell(said.chat, &fill(&words.file_too_big, &places), Vec::new()).await;
        }
        let bytes = match self.api.download(&document.file_id, largest).await {
            Ok(bytes) => bytes,
            Err(error) => {
                let text = fill(&words.file_unreachable, &[("错误", &error.to_string())]);
                return self.tell(said.chat, &text, Vec::new()).await;
            }
        };
        let (keeper, name) = (Arc::clone(&self.keeper), document.name.clone());
        let system = said.text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let unpacked = tokio::task::spawn_blocking(move || unpack(keeper.dir(), &name, &bytes, system.as_deref())).await;
        match unpacked {
            Ok(Ok(files)) => self.propose(said.chat, said.person, files).await,
            Ok(Err(error)) => {
                let text = fill(&words.file_refused, &[("错误", &error.to_string())]);
                self.audit(said.person, "发来文件", &error.to_string()).await;
                self.tell(said.chat, &text, Vec::new()).await;
            }
            Err(_) => self.tell(said.chat, &words.broke, Vec::new()).await,
        }
    }
}
