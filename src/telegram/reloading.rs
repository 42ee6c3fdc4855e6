//! /reload in a chat: progress by editing one message.

use super::api::Text;
use super::bot::Bot;
use super::deliver::log;
use super::update::Said;
use crate::reload::Step;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Longest report, in characters: one message.
const LONGEST: usize = 3_500;
/// How often the message is edited.
const PACE: Duration = Duration::from_millis(1_200);

impl Bot {
    /// Reloads, and tells how far it is and what came of it.
    pub(super) async fn reload(&self, said: &Said) {
        let begun = self.api.send(said.chat, plain("正在载入知识……"), None, false).await;
        let Ok(message) = begun.map_err(|error| log(&error)) else { return };
        let (tell, mut told) = watch::channel(Step::Loading);
        let keeper = Arc::clone(&self.keeper);
        let mut work = tokio::task::spawn_blocking(move || {
            keeper.reload(|step| {
                tell.send_replace(step);
            })
        });
        let outcome = loop {
            tokio::select! {
                outcome = &mut work => break outcome,
                () = tokio::time::sleep(PACE) => {
                    let step = *told.borrow_and_update();
                    self.show(said.chat, message, in_words(step)).await;
                }
            }
        };
        let report = match outcome {
            Ok(Ok(report)) => format!("知识已更新。\n{}", report.lines().join("\n")),
            Ok(Err(error)) => format!("没有更新，旧的知识继续用。\n{error}"),
            Err(_) => "没有更新，旧的知识继续用：载入时出了意外，请看日志。".to_owned(),
        };
        tracing::info!(admin = said.person, "管理员重新载入：{}", report.lines().nth(1).unwrap_or_default());
        self.show(said.chat, message, report).await;
    }

    async fn show(&self, chat: i64, message: i32, report: String) {
        if let Err(error) = self.api.edit(chat, message, plain(&report)).await {
            log(&error);
        }
    }
}

fn plain(report: &str) -> Text {
    let mut text: String = report.chars().take(LONGEST).collect();
    if report.chars().count() > LONGEST {
        text.push_str("\n……其余请运行 wenzheng check 查看");
    }
    Text { text, ..Text::default() }
}

fn in_words(step: Step) -> String {
    match step {
        Step::Loading => "正在读取和检查文件……".to_owned(),
        Step::Building => "正在建立索引……".to_owned(),
        Step::Rehearsing(tried) => format!("正在排演例句……{tried} 句"),
        Step::Comparing => "正在与现用的知识比较……".to_owned(),
        Step::Keeping => "正在写入存储……".to_owned(),
    }
}
