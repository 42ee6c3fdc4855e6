//! Serving: connect, set the menu, poll or listen, and at the end finish what is in flight.

use super::api::{Api, CallError, Me};
use super::bot::{Bot, Observer};
use super::commands::Command;
use super::dispatcher::Dispatcher;
use super::remind::remind_in_time;
use super::settings::{AdminSettings, Settings};
use super::{polling, webhook};
use crate::reload::Keeper;
use crate::store::Store;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// Why serving ended before it was told to.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The Bot API said no.
    #[error("{0}")]
    Call(#[from] CallError),
    /// The client could not be set up.
    #[error("{0}")]
    Client(String),
    /// The address for the webhook is taken or wrong.
    #[error("无法监听 {0}：{1}；检查 telegram.webhook.listen")]
    Listen(String, std::io::Error),
    /// The address for /metrics is taken or wrong.
    #[error("{0}")]
    Metrics(#[from] crate::metrics::ListenError),
    /// The webhook's secret is missing or has other characters.
    #[error("telegram.webhook.secret 应为 1 到 256 个字母、数字、_ 或 -")]
    Secret,
}

/// Serves until `stop` becomes true, then finishes what is in flight and acknowledges it.
///
/// # Errors
/// A wrong token, a webhook that cannot be set up.
pub async fn serve(
    token: &str,
    settings: &Settings,
    admins: &AdminSettings,
    keeper: Arc<Keeper>,
    store: Option<Store>,
    observer: Option<Observer>,
    mut stop: watch::Receiver<bool>,
) -> Result<(), ServeError> {
    let api = Api::new(token, settings).map_err(ServeError::Client)?;
    let Some(me) = connect(&api, &mut stop).await? else { return Ok(()) };
    tracing::info!("已连上 Telegram：@{}", me.username);
    let bot = Arc::new(Bot::new(api, me, keeper, store, settings, admins).observed(observer));
    bot.metrics.set_articles(bot.engine().knowledge.places().count());
    set_menus(&bot).await;
    let listening = match admins.metrics.as_str() {
        "" => None,
        address => {
            let (bound, task) = crate::metrics::listen(address, Arc::clone(&bot.metrics)).await?;
            tracing::info!("http://{bound}/metrics 和 /healthz");
            Some(task)
        }
    };
    let forgetting = tokio::spawn(each_minute(Arc::clone(&bot), admins.digest, stop.clone()));
    let (end_reminders, ended) = watch::channel(false);
    let mut reminding = tokio::spawn(remind_in_time(Arc::clone(&bot), ended));
    let (dispatcher, drained) = Dispatcher::new(Arc::clone(&bot));
    let dispatcher = Arc::new(dispatcher);
    let served = run(&bot, &dispatcher, settings, stop, drained).await;
    // It ends by itself, in the middle of nothing, so that the store is free when this returns.
    if served.is_err() {
        forgetting.abort();
    }
    drop(forgetting.await);
    listening.inspect(tokio::task::JoinHandle::abort);
    end_reminders.send_replace(true);
    // A reminder that is being sent is sent and removed, so that it does not come twice.
    if tokio::time::timeout(Duration::from_secs(settings.drain_seconds), &mut reminding).await.is_err() {
        reminding.abort();
    }
    served
}

/// What somebody wrote is forgotten after its time, also while nobody writes; the digest is sent when it is due.
async fn each_minute(bot: Arc<Bot>, digest: bool, mut stop: watch::Receiver<bool>) {
    loop {
        if digest {
            bot.digest_if_due().await;
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(60)) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        bot.sessions.sweep();
        bot.metrics.set_articles(bot.engine().knowledge.places().count());
    }
}

async fn run(
    bot: &Arc<Bot>,
    dispatcher: &Arc<Dispatcher>,
    settings: &Settings,
    stop: watch::Receiver<bool>,
    drained: mpsc::Receiver<()>,
) -> Result<(), ServeError> {
    if settings.webhook.url.is_empty() {
        let offset = polling::poll(bot, dispatcher, settings.poll_seconds.min(50), stop).await?;
        drain(dispatcher, drained, settings.drain_seconds).await;
        polling::acknowledge(bot, offset).await;
    } else {
        webhook::listen(bot, Arc::clone(dispatcher), &settings.webhook, stop).await?;
        drain(dispatcher, drained, settings.drain_seconds).await;
    }
    Ok(())
}

/// Asks who we are until the network is there; none if told to stop first.
async fn connect(api: &Api, stop: &mut watch::Receiver<bool>) -> Result<Option<Me>, CallError> {
    let mut wait = Duration::from_millis(500);
    loop {
        if *stop.borrow() {
            return Ok(None);
        }
        match api.me().await {
            Ok(me) => return Ok(Some(me)),
            Err(error @ (CallError::Network(_) | CallError::TooMany(_))) => {
                tracing::warn!("{error}；{} 秒后再试", wait.as_secs_f32());
            }
            Err(error) => return Err(error),
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stop.changed() => {}
        }
        wait = (wait * 2).min(Duration::from_secs(30));
    }
}

/// The menu is a comfort: where it cannot be set the bot serves all the same.
async fn set_menus(bot: &Bot) {
    let everybody = bot.api.set_commands(Command::menu(None), None).await;
    if let Err(error) = everybody {
        tracing::warn!("菜单没有设好：{error}");
    }
    for (person, role) in bot.roles.people() {
        if let Err(error) = bot.api.set_commands(Command::menu(Some(role)), Some(person)).await {
            tracing::debug!("管理员菜单没有设好（还没有和机器人说过话？）：{error}");
        }
    }
}

/// Waits for the answers in flight.
async fn drain(dispatcher: &Dispatcher, mut drained: mpsc::Receiver<()>, seconds: u64) {
    dispatcher.close();
    if tokio::time::timeout(Duration::from_secs(seconds), drained.recv()).await.is_err() {
        tracing::warn!("有回答 {seconds} 秒内没有发完，不再等");
    }
}
