//! Earlier revisions and what was done; going back; articles withdrawn and put back.

use super::super::bot::Bot;
use super::act::Act;
use crate::answer::fill;
use crate::knowledge::DeskPhrases;
use crate::reload::{ReloadError, deeds};
use crate::store::RevisionInfo;
use chrono::{Local, TimeZone};
use std::sync::Arc;

/// Deeds that are shown.
const DEEDS: usize = 10;
/// Characters of a digest that are shown.
const SHORT: usize = 12;

impl Bot {
    /// Runs work of the keeper off the async threads.
    async fn kept<T: Send + 'static>(
        &self,
        work: impl FnOnce(&crate::reload::Keeper) -> Result<T, ReloadError> + Send + 'static,
    ) -> Result<T, String> {
        let keeper = Arc::clone(&self.keeper);
        match tokio::task::spawn_blocking(move || work(&keeper)).await {
            Ok(outcome) => outcome.map_err(|error| error.to_string()),
            Err(_) => Err(self.words().broke),
        }
    }

    /// The revisions that are kept and what was done last.
    pub(super) async fn history(&self, chat: i64) {
        let words = self.words();
        let revisions = match self.kept(crate::reload::Keeper::revisions).await {
            Ok(revisions) => revisions,
            Err(error) => return self.tell(chat, &error, Vec::new()).await,
        };
        let mut lines = Vec::new();
        if revisions.is_empty() {
            lines.push(words.history_nothing.clone());
        } else {
            lines.push(words.history.clone());
            lines.extend(revisions.iter().map(|info| line(&words, info)));
        }
        let done = self.stored(|store| deeds(store, DEEDS)).await.unwrap_or_default();
        if !done.is_empty() {
            lines.push(String::new());
            lines.push(words.history_deeds.clone());
        }
        for deed in done {
            let places = [("时间", when(deed.at)), ("谁", deed.who.to_string()), ("做了", deed.what), ("结果", deed.outcome)];
            lines.push(fill(&words.history_deed, &places.each_ref().map(|(name, value)| (*name, value.as_str()))));
        }
        self.tell(chat, &lines.join("\n"), Vec::new()).await;
    }

    /// Asks which revision to go back to.
    pub(super) async fn offer_rollback(&self, chat: i64) {
        let words = self.words();
        let revisions = match self.kept(crate::reload::Keeper::revisions).await {
            Ok(revisions) => revisions,
            Err(error) => return self.tell(chat, &error, Vec::new()).await,
        };
        let earlier: Vec<_> = revisions.iter().filter(|info| !info.live).collect();
        if earlier.is_empty() {
            return self.tell(chat, &words.rollback_nothing, Vec::new()).await;
        }
        let button = |info: &&RevisionInfo| {
            let label = fill(&words.button_rollback, &[("时间", &when(info.published)), ("摘要", short(&info.digest))]);
            (label, Act::Rollback(short(&info.digest).to_owned()))
        };
        let text = std::iter::once(words.rollback.clone()).chain(revisions.iter().map(|info| line(&words, info)));
        self.tell(chat, &text.collect::<Vec<_>>().join("\n"), earlier.iter().map(button).collect()).await;
    }

    /// Goes back, and says what that changed.
    pub(super) async fn roll_back(&self, chat: i64, person: i64, name: &str) {
        let words = self.words();
        let wanted = name.to_owned();
        let text = match self.kept(move |keeper| keeper.rollback(&wanted)).await {
            Ok(report) => {
                self.end_previews();
                fill(&words.rolled_back, &[("变化", &report.lines().join("\n"))])
            }
            Err(error) => fill(&words.not_rolled_back, &[("错误", &error)]),
        };
        self.audit(person, &format!("退回 {name}"), &text.lines().take(2).collect::<Vec<_>>().join(" ")).await;
        self.tell(chat, &text, Vec::new()).await;
    }

    /// Takes an article out of all answers; without an id, says how and which are out.
    pub(super) async fn withdraw(&self, chat: i64, person: i64, id: &str) {
        let words = self.words();
        if id.is_empty() {
            let engine = self.engine();
            let example = engine.knowledge.places().next().map(|at| engine.knowledge.id_of(at)).unwrap_or_default();
            let mut text = fill(&words.withdraw_how, &[("例子", &example)]);
            let out = self.kept(crate::reload::Keeper::withdrawn_ids).await.unwrap_or_default();
            if !out.is_empty() {
                text = format!("{text}\n\n{}", fill(&words.withdrawn_list, &[("清单", &out.join("\n"))]));
            }
            return self.tell(chat, &text, Vec::new()).await;
        }
        let wanted = id.to_owned();
        let text = match self.kept(move |keeper| keeper.withdraw(&wanted)).await {
            Ok(title) => {
                self.end_previews();
                fill(&words.withdrawn, &[("题目", &title), ("编号", id)])
            }
            Err(error) => fill(&words.not_withdrawn, &[("错误", &error)]),
        };
        self.audit(person, &format!("撤下 {}", shown(id)), &text).await;
        self.tell(chat, &text, Vec::new()).await;
    }

    /// Puts a withdrawn article back.
    pub(super) async fn put_back(&self, chat: i64, person: i64, id: &str) {
        let words = self.words();
        if id.is_empty() {
            return self.tell(chat, &words.put_back_how, Vec::new()).await;
        }
        let wanted = id.to_owned();
        let text = match self.kept(move |keeper| keeper.put_back(&wanted)).await {
            Ok(()) => fill(&words.put_back, &[("编号", id)]),
            Err(error) => fill(&words.not_put_back, &[("错误", &error)]),
        };
        self.audit(person, &format!("放回 {}", shown(id)), &text).await;
        self.tell(chat, &text, Vec::new()).await;
    }
}

fn line(words: &DeskPhrases, info: &RevisionInfo) -> String {
    let live = if info.live { words.history_live.as_str() } else { "" };
    let places = [("时间", &*when(info.published)), ("摘要", short(&info.digest)), ("说明", &info.note), ("现用", live)];
    fill(&words.history_line, &places)
}

fn short(digest: &str) -> &str {
    digest.get(..SHORT).unwrap_or(digest)
}

/// An id as it may stand in the log: what is none is not repeated.
fn shown(id: &str) -> &str {
    if id.len() <= 64 && id.is_ascii() { id } else { "?" }
}

fn when(seconds: u64) -> String {
    let at = i64::try_from(seconds).ok().and_then(|seconds| Local.timestamp_opt(seconds, 0).single());
    at.map_or_else(String::new, |at| at.format("%m-%d %H:%M").to_string())
}
