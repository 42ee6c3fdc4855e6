//! Backups while the bot runs, and putting one back.

use super::super::bot::Bot;
use crate::answer::fill;
use crate::store::{BackupSummary, Store};
use std::path::Path;
use std::sync::Arc;

/// What a backup's name ends with.
const ENDING: &str = ".bak";

impl Bot {
    /// Writes a backup into the folder for backups.
    pub(super) async fn back_up(&self, chat: i64, person: i64) {
        let words = self.words();
        let folder = self.backups.clone();
        let name = format!("{}{ENDING}", chrono::Local::now().format("%Y-%m-%d-%H%M%S"));
        let path = folder.join(&name);
        let text = match self.long(move |store| store.backup_into(&folder, &name)).await {
            Some(Ok(summary)) => told(&words.backup_done, &path.display().to_string(), &summary),
            Some(Err(error)) => fill(&words.backup_failed, &[("错误", &error.to_string())]),
            None => words.no_store.clone(),
        };
        self.audit(person, "备份", &text).await;
        self.tell(chat, &text, Vec::new()).await;
    }

    /// Puts a backup in place of all that is there and answers from it; without a name, says which there are.
    pub(super) async fn restore(&self, chat: i64, person: i64, name: &str) {
        let words = self.words();
        let there = backups(&self.backups);
        // Only a name that the folder itself gave: none leads elsewhere.
        let Some(name) = there.iter().find(|there| *there == name).cloned() else {
            let text = fill(&words.restore_how, &[("清单", &there.join("\n"))]);
            return self.tell(chat, &text, Vec::new()).await;
        };
        let (path, keeper) = (self.backups.join(&name), Arc::clone(&self.keeper));
        let restored = self.long(move |store| {
            let summary = store.restore(&path, |_| ()).map_err(|error| error.to_string())?;
            keeper.take_up().map_err(|error| error.to_string())?;
            Ok::<_, String>(summary)
        });
        let text = match restored.await {
            Some(Ok(summary)) => told(&words.restored, &name, &summary),
            Some(Err(error)) => fill(&words.restore_failed, &[("错误", &error)]),
            None => words.no_store.clone(),
        };
        self.end_previews();
        self.audit(person, &format!("恢复 {name}"), &text).await;
        self.tell(chat, &text, Vec::new()).await;
    }

    /// Work of the store that may take as long as it takes; none without a store, or where the work broke.
    async fn long<T: Send + 'static>(&self, work: impl FnOnce(&Store) -> T + Send + 'static) -> Option<T> {
        let store = self.store.clone()?;
        tokio::task::spawn_blocking(move || work(&store)).await.ok()
    }
}

/// The names of the backups, newest first.
fn backups(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(ENDING));
    names.sort_unstable_by(|a, b| b.cmp(a));
    names.truncate(20);
    names
}

fn told(phrase: &str, name: &str, summary: &BackupSummary) -> String {
    let (entries, bytes) = (summary.entries.to_string(), summary.bytes.to_string());
    fill(phrase, &[("文件", name), ("项", &entries), ("字节", &bytes), ("摘要", &summary.digest)])
}
