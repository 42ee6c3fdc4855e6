//! The bot: one update in, messages out.

use super::api::{Api, Me};
use super::carry::ANSWERS;
use super::desk::{Previews, Roles};
use super::limiter::Limiter;
use super::remind::Reminders;
use super::session::Sessions;
use super::settings::{AdminSettings, Settings};
use super::update::{Incoming, Kind, Said};
use crate::answer::Asker;
use crate::engine::{Engine, Trace};
use crate::knowledge::Date;
use crate::metrics::Metrics;
use crate::reload::Keeper;
use crate::render::Renderer;
use crate::store::Store;
use crate::text::Script;
use crate::triage::Assessment;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Told the trace of every answer; the playground shows it.
pub type Observer = Arc<dyn Fn(i64, &Trace) + Send + Sync>;

/// Everything an update needs.
pub struct Bot {
    pub(super) api: Api,
    pub(super) me: Me,
    pub(super) keeper: Arc<Keeper>,
    pub(super) store: Option<Store>,
    pub(super) renderer: Renderer,
    pub(super) sessions: Sessions,
    pub(super) limiter: Limiter,
    pub(super) metrics: Arc<Metrics>,
    pub(super) roles: Roles,
    pub(super) previews: Previews,
    pub(super) backups: PathBuf,
    pub(super) reminders: Reminders,
    pub(super) observer: Option<Observer>,
    /// Longest wait for the store's word on a person before an answer goes on without it.
    pub(super) store_patience: Duration,
}

impl Bot {
    /// A bot that serves what the keeper keeps live.
    pub fn new(api: Api, me: Me, keeper: Arc<Keeper>, store: Option<Store>, settings: &Settings, admins: &AdminSettings) -> Self {
        Self {
            limiter: Limiter::new(settings.burst, settings.per_minute),
            reminders: Reminders::new(settings.remind_hours),
            api,
            me,
            keeper,
            store,
            renderer: Renderer::default(),
            sessions: Sessions::default(),
            metrics: Arc::default(),
            roles: Roles::new(admins),
            previews: Previews::default(),
            backups: admins.backups.clone(),
            observer: None,
            store_patience: Duration::from_secs(2),
        }
    }

    /// Tells every trace to an observer.
    #[must_use]
    pub fn observed(mut self, observer: Option<Observer>) -> Self {
        self.observer = observer;
        self
    }

    pub(super) fn engine(&self) -> Arc<Engine> {
        self.keeper.live().engine()
    }

    /// Handles one update. Never fails: what could not be sent is logged without the text.
    pub(super) async fn handle(&self, update: Incoming) {
        self.metrics.update();
        match update.kind {
            Kind::Message(said) => self.message(&said).await,
            Kind::Press(pressed) => self.press(&pressed).await,
            Kind::Inline(asked) => self.inline(&asked).await,
            Kind::Other => {}
        }
    }

    async fn message(&self, said: &Said) {
        if said.service || !self.is_addressed(said) {
            return;
        }
        let alarms = |text: &String| matches!(self.engine().assess(text), Assessment::Alarm(_));
        if self.brings_file(said) && !said.text.as_ref().is_some_and(alarms) {
            return self.received(said).await;
        }
        let Some(text) = said.text.as_deref().map(|text| self.without_mention(text)) else {
            if let Some(place) = said.location {
                return self.near(said, place).await;
            }
            let phrases = &self.engine().knowledge.phrases;
            return self.notice(said, &phrases.text_only).await;
        };
        match text.trim_start().strip_prefix('/') {
            Some(command) => self.command(said, command).await,
            None => self.question(said, &text).await,
        }
    }

    /// In a group only commands, replies to us and messages that name us are for us.
    fn is_addressed(&self, said: &Said) -> bool {
        if said.private || said.reply_to == Some(self.me.id) {
            return true;
        }
        let Some(text) = said.text.as_deref() else { return false };
        let mention = format!("@{}", self.me.username).to_lowercase();
        let lower = text.to_lowercase();
        let command = lower.split_whitespace().next().filter(|word| word.starts_with('/'));
        match command.and_then(|word| word.split_once('@')) {
            Some((_, name)) => format!("@{name}") == mention,
            None => command.is_some() || lower.contains(&mention),
        }
    }

    fn without_mention(&self, text: &str) -> String {
        let mention = format!("@{}", self.me.username).to_ascii_lowercase();
        // ASCII case folding keeps every byte where it is.
        match text.to_ascii_lowercase().find(&mention) {
            Some(at) => format!("{}{}", &text[..at], &text[at + mention.len()..]),
            None => text.to_owned(),
        }
    }

    /// Whether an update is an emergency, which waits behind nothing.
    pub(super) fn is_urgent(&self, update: &Incoming) -> bool {
        let Kind::Message(said) = &update.kind else { return false };
        let text = said.text.as_deref().filter(|_| self.is_addressed(said) && !said.service);
        text.is_some_and(|text| !text.starts_with('/') && matches!(self.engine().assess(text), Assessment::Alarm(_)))
    }

    /// Who asks, as far as it matters for an answer.
    pub(super) async fn asker(&self, chat: i64) -> Asker {
        let kept = self.stored(move |store| {
            let person = store.person(chat);
            Ok((person.get::<String>("region", "id")?, person.get::<bool>(ANSWERS, "short")?))
        });
        let (region, short) = kept.await.unwrap_or_default();
        Asker { short: short.unwrap_or_default(), ..Asker::new(region, Date::today()) }
    }

    /// The script to answer in: the region's, else the one the question was written in.
    pub(super) fn script(&self, asker: &Asker, traditional: bool, language: &str) -> Script {
        let engine = self.engine();
        match asker.region.as_deref().and_then(|id| engine.knowledge.region(id)) {
            Some(region) => region.script,
            None if language.starts_with("zh-hk") => Script::HongKong,
            None if language.starts_with("zh-mo") => Script::Macau,
            None if traditional || language.starts_with("zh-hant") || language.starts_with("zh-tw") => Script::Taiwan,
            None => Script::Simplified,
        }
    }

    /// Asks the store off the async threads; none where there is no store, it failed, or it takes too long.
    pub(super) async fn stored<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Store) -> Result<T, crate::store::StoreError> + Send + 'static,
    ) -> Option<T> {
        let store = self.store.clone()?;
        let asked = tokio::task::spawn_blocking(move || ask(&store));
        match tokio::time::timeout(self.store_patience, asked).await {
            Ok(Ok(Ok(value))) => Some(value),
            Ok(Ok(Err(error))) => {
                self.metrics.store_error();
                tracing::warn!("存储出错：{error}");
                None
            }
            Ok(Err(_)) | Err(_) => {
                self.metrics.store_error();
                tracing::warn!("存储没有及时回应");
                None
            }
        }
    }

    /// Counts without waiting; a counter that cannot be kept is not worth an answer.
    pub(super) fn count(&self, namespace: &str, key: &str) {
        if let Some(store) = &self.store
            && let Err(error) = store.add(namespace, key, 1)
        {
            tracing::debug!("计数没有记下：{error}");
        }
    }

    /// Says that something went wrong, so that nobody is left without a word.
    pub(super) async fn apologize(&self, chat: i64) {
        let answer = crate::answer::simple(&self.engine().knowledge, &self.engine().knowledge.phrases.failed);
        self.say(chat, &answer, Script::Simplified, None).await;
    }
}
