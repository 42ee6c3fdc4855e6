//! Answers as Telegram messages: sent, or put in place of others.

use super::api::{CallError, Text};
use super::bot::Bot;
use super::update::Said;
use crate::answer::{Answer, simple};
use crate::render::{Button, Entity, EntityKind, Outgoing};
use crate::text::Script;
use teloxide::types::{CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, MessageEntityKind};

impl Bot {
    /// Sends an answer; gives the ids of its messages.
    pub(super) async fn say(&self, chat: i64, answer: &Answer, script: Script, reply_to: Option<i32>) -> Vec<i32> {
        let urgent = matches!(answer, Answer::Card(_));
        let mut ids = Vec::new();
        for message in self.rendered(answer, script) {
            match self.api.send(chat, self.in_terms(message), reply_to.filter(|_| ids.is_empty()), urgent).await {
                Ok(id) => ids.push(id),
                Err(error) => {
                    self.metrics.unsent();
                    log(&error);
                    break;
                }
            }
        }
        ids
    }

    /// Puts an answer in place of earlier messages: the first are edited, those left over deleted, those lacking sent.
    pub(super) async fn replace(&self, chat: i64, earlier: &[i32], answer: &Answer, script: Script) -> Vec<i32> {
        let messages = self.rendered(answer, script);
        let mut ids = Vec::new();
        for (nth, message) in messages.into_iter().enumerate() {
            let message = self.in_terms(message);
            let edited = match earlier.get(nth) {
                Some(&id) => self.api.edit(chat, id, message.clone()).await.map(|()| id),
                None => self.api.send(chat, message.clone(), None, false).await,
            };
            match edited {
                Ok(id) => ids.push(id),
                // What cannot be edited any more is said anew.
                Err(CallError::Refused { .. }) => ids.extend(self.api.send(chat, message, None, false).await.map_err(|e| log(&e)).ok()),
                Err(error) => log(&error),
            }
        }
        for &left_over in earlier.iter().skip(ids.len().max(1)) {
            if let Err(error) = self.api.delete(chat, left_over).await {
                log(&error);
            }
        }
        ids
    }

    /// An answer as messages, in the reader's script and words.
    pub(super) fn rendered(&self, answer: &Answer, script: Script) -> Vec<Outgoing> {
        self.renderer.render(answer, script, &self.engine().terms)
    }

    /// A message in the Bot API's terms.
    pub(super) fn in_terms(&self, message: Outgoing) -> Text {
        text(message, &self.me.username)
    }

    /// Says one of the bot's own sentences in reply to a message.
    pub(super) async fn notice(&self, said: &Said, sentence: &str) {
        let asker = self.asker(said.chat).await;
        let script = self.script(&asker, false, &said.language);
        let answer = simple(&self.engine().knowledge, sentence);
        self.say(said.chat, &answer, script, reply_target(said)).await;
    }
}

/// In a group an answer shows what it answers.
pub(super) fn reply_target(said: &Said) -> Option<i32> {
    (!said.private).then_some(said.message_id)
}

/// What could not be sent is logged by its reason, never by its text.
pub(super) fn log(error: &CallError) {
    match error {
        CallError::Unreachable => tracing::debug!("{error}"),
        _ => tracing::warn!("发送失败：{error}"),
    }
}

/// A message in the Bot API's terms; `name` is the bot's, for links to it.
fn text(message: Outgoing, name: &str) -> Text {
    let row = |row: &Vec<Button>| row.iter().map(|one| button(one, name)).collect();
    let rows: Vec<Vec<InlineKeyboardButton>> = message.buttons.iter().map(row).collect();
    Text {
        entities: message.rich.entities.iter().map(entity).collect(),
        text: message.rich.text,
        keyboard: (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows)),
    }
}

fn button(button: &Button, name: &str) -> InlineKeyboardButton {
    if let Some(copied) = &button.copy {
        return InlineKeyboardButton::copy_text_button(&button.text, CopyTextButton { text: copied.clone() });
    }
    let open = button.open.as_ref().map(|start| format!("https://t.me/{name}?start={start}"));
    let share = button.share.as_ref().map(|start| format!("https://t.me/share/url?url=https://t.me/{name}?start={start}"));
    match open.or(share).and_then(|url| url.parse().ok()) {
        Some(url) => InlineKeyboardButton::url(&button.text, url),
        None => InlineKeyboardButton::callback(&button.text, &button.data),
    }
}

fn entity(entity: &Entity) -> MessageEntity {
    let kind = match entity.kind {
        EntityKind::Bold => MessageEntityKind::Bold,
        EntityKind::Italic => MessageEntityKind::Italic,
        EntityKind::Blockquote => MessageEntityKind::Blockquote,
        EntityKind::ExpandableBlockquote => MessageEntityKind::ExpandableBlockquote,
        EntityKind::Pre => MessageEntityKind::Pre { language: None },
    };
    MessageEntity::new(kind, entity.offset, entity.length)
}
