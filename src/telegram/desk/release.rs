//! A release in two steps: the changes are shown, somebody says yes. Progress by editing one message.

use super::super::bot::Bot;
use super::act::Act;
use crate::answer::fill;
use crate::knowledge::{DeskPhrases, NewFile};
use crate::reload::{Candidate, ReloadError, Step};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often the message is edited.
const PACE: Duration = Duration::from_millis(1_200);

impl Bot {
    /// Loads, checks and rehearses; then shows what would change and asks.
    pub(super) async fn propose(&self, chat: i64, person: i64, files: Vec<NewFile>) {
        let words = self.words();
        let Some(message) = self.begin(chat, &words.begun).await else { return };
        self.end_previews();
        let sent = files.clone();
        let keeper = Arc::clone(&self.keeper);
        let outcome = self.with_progress(chat, message, move |tell| keeper.propose(files, tell)).await;
        let (text, buttons) = match outcome {
            Some(Ok(candidate)) => (proposal(&words, &candidate), buttons(&words, &candidate.token)),
            Some(Err(error)) if sent.is_empty() => (fill(&words.refused, &[("错误", &error.to_string())]), Vec::new()),
            Some(Err(error)) => (fill(&words.file_faults, &[("错误", &with_lines(&error, &sent))]), Vec::new()),
            None => (words.broke.clone(), Vec::new()),
        };
        let what = sent.iter().map(|file| file.path.display().to_string()).fold("载入".to_owned(), |what, file| format!("{what} {file}"));
        self.audit(person, &what, &text).await;
        self.show(chat, message, &text, buttons).await;
    }

    /// Releases the candidate.
    pub(super) async fn publish(&self, chat: i64, person: i64, message: Option<i32>, token: &str) {
        let words = self.words();
        let message = match message {
            Some(message) => message,
            None => match self.begin(chat, &words.begun).await {
                Some(message) => message,
                None => return,
            },
        };
        let (keeper, token) = (Arc::clone(&self.keeper), token.to_owned());
        let outcome = self.with_progress(chat, message, move |tell| keeper.publish(&token, tell)).await;
        let text = match outcome {
            Some(Ok(report)) => fill(&words.published, &[("变化", &report.lines().join("\n"))]),
            Some(Err(error)) => fill(&words.refused, &[("错误", &error.to_string())]),
            None => words.broke.clone(),
        };
        if self.keeper.candidate().is_none() {
            self.end_previews();
        }
        self.audit(person, "发布", &text.lines().take(2).collect::<Vec<_>>().join(" ")).await;
        self.show(chat, message, &text, Vec::new()).await;
    }

    /// Drops the candidate.
    pub(super) async fn discard(&self, chat: i64, person: i64, message: Option<i32>, token: &str) {
        let words = self.words();
        let dropped = self.keeper.discard(token);
        let text = if dropped { words.discarded.clone() } else { ReloadError::Gone.to_string() };
        if dropped {
            self.end_previews();
        }
        self.audit(person, "放弃", &text).await;
        match message {
            Some(message) => self.show(chat, message, &text, Vec::new()).await,
            None => self.tell(chat, &text, Vec::new()).await,
        }
    }

    /// Runs work off the async threads and tells in the message how far it is; none where it broke.
    async fn with_progress<T: Send + 'static>(
        &self,
        chat: i64,
        message: i32,
        work: impl FnOnce(&mut dyn FnMut(Step)) -> T + Send + 'static,
    ) -> Option<T> {
        let words = self.words();
        let (tell, mut told) = watch::channel(Step::Loading);
        let mut work = tokio::task::spawn_blocking(move || {
            work(&mut |step| {
                tell.send_replace(step);
            })
        });
        loop {
            tokio::select! {
                outcome = &mut work => return outcome.ok(),
                () = tokio::time::sleep(PACE) => {
                    let step = *told.borrow_and_update();
                    self.show(chat, message, &in_words(&words, step), Vec::new()).await;
                }
            }
        }
    }
}

fn proposal(words: &DeskPhrases, candidate: &Candidate) -> String {
    let report = &candidate.report;
    let head = if report.is_empty() { &words.no_change } else { &words.proposal };
    let mut text = fill(head, &[("变化", &report.lines().join("\n"))]);
    if !report.lost.is_empty() {
        text = format!("{}\n{text}", fill(&words.lost, &[("条数", &report.lost.len().to_string())]));
    }
    let files = candidate.files().collect::<Vec<_>>().join("、");
    if !files.is_empty() {
        text.push('\n');
        text.push_str(&fill(&words.proposal_file, &[("文件", &files)]));
    }
    text
}

fn buttons(words: &DeskPhrases, token: &str) -> Vec<(String, Act)> {
    vec![
        (words.button_publish.clone(), Act::Publish(token.to_owned())),
        (words.button_discard.clone(), Act::Discard(token.to_owned())),
        (words.button_preview.clone(), Act::Preview),
    ]
}

/// The faults, each with the line of the sent file it stands on.
fn with_lines(error: &ReloadError, sent: &[NewFile]) -> String {
    let ReloadError::Faults(faults) = error else { return error.to_string() };
    let mut told = Vec::new();
    for fault in faults.errors() {
        let file = sent.iter().find(|file| fault.path.ends_with(&file.path));
        let line = file.and_then(|file| file.text.lines().nth(fault.line.saturating_sub(1)));
        match (file, line) {
            (Some(file), Some(line)) => {
                let line: String = line.trim().chars().take(80).collect();
                told.push(format!("{} 第 {} 行：{}；{}\n  ┆ {line}", file.path.display(), fault.line, fault.message, fault.advice));
            }
            _ => told.push(fault.to_string()),
        }
    }
    told.join("\n")
}

fn in_words(words: &DeskPhrases, step: Step) -> String {
    match step {
        Step::Loading => words.step_loading.clone(),
        Step::Building => words.step_building.clone(),
        Step::Rehearsing(tried) => fill(&words.step_rehearsing, &[("句数", &tried.to_string())]),
        Step::Comparing => words.step_comparing.clone(),
        Step::Keeping => words.step_keeping.clone(),
    }
}
