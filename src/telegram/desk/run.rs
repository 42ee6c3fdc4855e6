//! Commands and buttons of the desk: who may, then what.

use super::super::api::Text;
use super::super::bot::Bot;
use super::super::commands::Command;
use super::super::deliver::log;
use super::super::update::{Pressed, Said};
use super::act::Act;
use super::role::{Role, least_role};
use crate::answer::{Answer, simple};
use crate::knowledge::DeskPhrases;
use crate::reload::note_deed;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

/// Longest message of the desk, in characters.
const LONGEST: usize = 3_500;

impl Bot {
    /// Runs a command of the desk; an answer only where it is refused. A forwarded command is not the forwarder's word.
    pub(in crate::telegram) async fn desk(&self, said: &Said, command: &Command, name: &str) -> Option<Answer> {
        if said.forwarded || !self.may(said.person, least_role(name)?) {
            tracing::warn!(person = said.person, command = name, forwarded = said.forwarded, "编辑台：没有权限，已拒绝");
            self.metrics.refused();
            let knowledge = &self.engine().knowledge;
            return Some(simple(knowledge, &knowledge.phrases.admins_only));
        }
        if !said.private {
            let knowledge = &self.engine().knowledge;
            return Some(simple(knowledge, &knowledge.phrases.ask_in_private));
        }
        let (chat, person) = (said.chat, said.person);
        match command {
            Command::Reload => self.propose(chat, person, Vec::new()).await,
            Command::Rollback => self.offer_rollback(chat).await,
            Command::Preview => self.switch_preview(chat, person).await,
            Command::Withdraw(id) => self.withdraw(chat, person, id.trim()).await,
            Command::Putback(id) => self.put_back(chat, person, id.trim()).await,
            Command::History => self.history(chat).await,
            Command::Gaps => self.gaps(chat).await,
            Command::Weak => self.weak(chat).await,
            Command::Stats => self.figures(chat).await,
            Command::Backup => self.back_up(chat, person).await,
            Command::Restore(file) => self.restore(chat, person, file.trim()).await,
            _ => {}
        }
        None
    }

    /// Does what a button of the desk says, if whoever pressed it may.
    pub(in crate::telegram) async fn act(&self, act: &Act, pressed: &Pressed) {
        let allowed = self.may(pressed.person, act.role());
        if !allowed {
            self.metrics.refused();
            tracing::warn!(person = pressed.person, ?act, "编辑台：没有权限，已拒绝");
        }
        let refusal = (!allowed).then(|| self.engine().knowledge.phrases.admins_only.clone());
        if let Err(error) = self.api.answer_press(&pressed.id, refusal.as_deref()).await {
            log(&error);
        }
        if !allowed {
            return;
        }
        let (chat, person) = (pressed.chat.unwrap_or(pressed.person), pressed.person);
        match act {
            Act::Publish(token) => self.publish(chat, person, pressed.message_id, token).await,
            Act::Discard(token) => self.discard(chat, person, pressed.message_id, token).await,
            Act::Preview => self.switch_preview(chat, person).await,
            Act::Rollback(name) => self.roll_back(chat, person, name).await,
            Act::Scaffold(name) => self.scaffold(chat, person, name).await,
        }
    }

    pub(super) fn may(&self, person: i64, least: Role) -> bool {
        self.roles.of(person) >= Some(least)
    }

    /// What the desk says.
    pub(super) fn words(&self) -> DeskPhrases {
        self.engine().knowledge.desk.clone()
    }

    /// Says something at the desk, with buttons.
    pub(super) async fn tell(&self, chat: i64, text: &str, buttons: Vec<(String, Act)>) {
        if let Err(error) = self.api.send(chat, self.plain(text, buttons), None, false).await {
            log(&error);
        }
    }

    /// Says something that will change; gives the message.
    pub(super) async fn begin(&self, chat: i64, text: &str) -> Option<i32> {
        self.api.send(chat, self.plain(text, Vec::new()), None, false).await.map_err(|error| log(&error)).ok()
    }

    /// Puts another text in a message of the desk.
    pub(super) async fn show(&self, chat: i64, message: i32, text: &str, buttons: Vec<(String, Act)>) {
        if let Err(error) = self.api.edit(chat, message, self.plain(text, buttons)).await {
            log(&error);
        }
    }

    fn plain(&self, text: &str, buttons: Vec<(String, Act)>) -> Text {
        let mut short: String = text.chars().take(LONGEST).collect();
        if text.chars().count() > LONGEST {
            short.push('\n');
            short.push_str(&self.engine().knowledge.desk.cut_short);
        }
        let rows = buttons.into_iter().map(|(label, act)| vec![InlineKeyboardButton::callback(label, act.data())]);
        let rows: Vec<_> = rows.collect();
        Text { text: short, entities: Vec::new(), keyboard: (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows)) }
    }

    /// Writes down who did what and what came of it.
    pub(super) async fn audit(&self, who: i64, what: &str, outcome: &str) {
        let first = outcome.lines().next().unwrap_or_default().to_owned();
        tracing::info!(who, "编辑台：{what}：{first}");
        let what = what.to_owned();
        self.stored(move |store| note_deed(store, who, &what, &first)).await;
    }
}
