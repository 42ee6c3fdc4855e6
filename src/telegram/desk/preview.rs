//! Who sees the candidate instead of what is live.

use super::super::bot::Bot;
use crate::answer::Answer;
use crate::engine::Engine;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Who sees the candidate; in memory only.
#[derive(Debug, Default)]
pub(in crate::telegram) struct Previews(Mutex<HashSet<i64>>);

impl Previews {
    fn people(&self) -> MutexGuard<'_, HashSet<i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bot {
    /// The engine that answers somebody, and whether it is a preview: only for people of the desk, only in private.
    pub(in crate::telegram) fn engine_for(&self, person: i64, private: bool) -> (Arc<Engine>, bool) {
        let previews = private && self.previews.people().contains(&person);
        match self.keeper.candidate().filter(|_| previews) {
            Some(candidate) => (Arc::clone(&candidate.engine), true),
            None => (self.engine(), false),
        }
    }

    /// Marks an answer of a candidate, so that nobody takes it for what is live.
    pub(in crate::telegram) fn marked(&self, preview: bool, mut answer: Answer) -> Answer {
        if !preview {
            return answer;
        }
        let mark = self.engine().knowledge.desk.preview_mark.clone();
        let place = match &mut answer {
            Answer::Card(card) => &mut card.action,
            Answer::Article(article) => &mut article.heading,
            Answer::Choices(choices) | Answer::Decline(choices) => match choices.text.first_mut() {
                Some(first) => first,
                None => return answer,
            },
            Answer::Notice(notice) => &mut notice.text,
            Answer::Page(page) => &mut page.heading,
        };
        place.insert_str(0, &mark);
        answer
    }

    /// Switches the preview for somebody and says so.
    pub(super) async fn switch_preview(&self, chat: i64, person: i64) {
        let words = self.words();
        let said = if self.keeper.candidate().is_none() {
            self.previews.people().remove(&person);
            &words.preview_nothing
        } else if self.previews.people().remove(&person) {
            &words.preview_off
        } else {
            self.previews.people().insert(person);
            &words.preview_on
        };
        self.tell(chat, said, Vec::new()).await;
    }

    /// Nobody previews any more: the candidate is gone.
    pub(super) fn end_previews(&self) {
        self.previews.people().clear();
    }
}
