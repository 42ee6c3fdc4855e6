//! `wenzheng serve` and `wenzheng playground`.

use super::failure::{Failure, Outcome};
use super::opening::{Opened, engine_settings, open, open_store};
use crate::config::Config;
use crate::emulator::Emulator;
use crate::engine::{Live, Trace};
use crate::reload::{Keeper, watch};
use crate::store::{Store, StoreError};
use crate::telegram::{self, Observer};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch as signal;

/// People of the playground.
const ORDINARY: i64 = 1001;
/// May use admin commands.
const ADMIN: i64 = 1002;
/// How often counters are written and the store is tidied.
const TIDY_EVERY: Duration = Duration::from_secs(60);
/// How long the folder must rest before changed files are reloaded: editors save several files in a row.
const SETTLE: Duration = Duration::from_secs(2);

/// Serves Telegram; without a token says so and opens the playground.
///
/// # Errors
/// A wrong token, a store in use, a port that is taken.
pub fn serve(config: &Config) -> Outcome {
    let Some(token) = config.token().map_err(|error| Failure::usage(error.to_string()))? else {
        eprintln!("没有设置 TELOXIDE_TOKEN，打开本机的游乐场。要接上 Telegram，请先向 @BotFather 取得令牌。");
        return playground(config);
    };
    run(async {
        let stop = stop_signal();
        let opened = open(config, store_or_memory(config)?)?;
        // On the heap: it holds all that is in flight.
        Box::pin(serve_until_stopped(config, &token, opened, None, stop)).await
    })
}

/// A Telegram on this machine, with the real bot talking to it over HTTP.
///
/// # Errors
/// A port that is taken, a store in use.
pub fn playground(config: &Config) -> Outcome {
    run(async {
        let stop = stop_signal();
        let opened = open(config, store_or_memory(config)?)?;
        let address = ([127, 0, 0, 1], config.playground.port).into();
        let emulator = Emulator::start(address).await.map_err(|error| {
            Failure::usage(format!("游乐场打不开端口 {}：{error}。换一个：wenzheng playground --port 8090", config.playground.port))
        })?;
        emulator.introduce(ORDINARY, "普通用户", "person");
        emulator.introduce(ADMIN, "管理员", "admin");
        println!("游乐场：在浏览器里打开 {} （Ctrl-C 结束）", emulator.url());
        let shown = emulator.clone();
        let observer: Observer = Arc::new(move |chat, trace: &Trace| shown.set_trace(chat, serde_json::json!(trace)));
        let mut config = config.clone();
        config.telegram.api_url = emulator.url();
        config.telegram.webhook.url.clear();
        config.admin.ids.push(ADMIN);
        let token = emulator.token().to_owned();
        let served = Box::pin(serve_until_stopped(&config, &token, opened, Some(observer), stop)).await;
        emulator.stop().await;
        served
    })
}

/// A store that another instance has is an error; one that cannot be written costs memory, not answers.
fn store_or_memory(config: &Config) -> Result<Option<Store>, Failure> {
    match Store::open(&config.paths.data, &config.store) {
        Ok(store) => Ok(Some(store)),
        Err(error @ (StoreError::ReadOnly { .. } | StoreError::NoPermission { .. } | StoreError::DiskFull { .. })) => {
            tracing::error!("{error} 先不用存储：照常回答，但评价、地区和浏览次数不会保存。");
            Ok(None)
        }
        Err(_) => open_store(config).map(Some),
    }
}

/// Serves with what was opened until `stop`.
///
/// # Errors
/// A wrong token, a webhook that cannot be set up.
pub async fn serve_until_stopped(
    config: &Config,
    token: &str,
    opened: Opened,
    observer: Option<Observer>,
    stop: signal::Receiver<bool>,
) -> Outcome {
    let Opened { store, boot } = opened;
    let live = Arc::new(Live::new(boot.engine));
    let keeper = Arc::new(Keeper::new(&config.paths.knowledge, store.clone(), engine_settings(config), live));
    let _watcher = if config.paths.watch { Some(reload_on_change(&keeper)?) } else { None };
    let _asked = reload_on_signal(&keeper);
    let tidying = store.clone().map(|store| tokio::spawn(tidy(store)));
    let served = telegram::serve(token, &config.telegram, &config.admin, keeper, store.clone(), observer, stop).await;
    if let Some(tidying) = tidying {
        tidying.abort();
    }
    if let Some(Err(error)) = store.map(|store| store.flush_counters()) {
        tracing::warn!("最后的计数没有写下：{error}");
    }
    served.map_err(|error| Failure::usage(error.to_string()))
}

async fn tidy(store: Store) {
    loop {
        tokio::time::sleep(TIDY_EVERY).await;
        let store = store.clone();
        let tidied = tokio::task::spawn_blocking(move || store.tidy()).await;
        if let Ok(Err(error)) = tidied {
            tracing::warn!("存储没有整理成：{error}");
        }
    }
}

/// Reloads when the folder has rested after a change.
fn reload_on_change(keeper: &Arc<Keeper>) -> Result<impl Drop + use<>, Failure> {
    let (changed, mut seen) = signal::channel(());
    let watcher = watch(keeper.dir(), move || changed.send_replace(())).map_err(|error| Failure::usage(error.to_string()))?;
    let keeper = Arc::clone(keeper);
    tokio::spawn(async move {
        while seen.changed().await.is_ok() {
            while tokio::time::timeout(SETTLE, seen.changed()).await.is_ok_and(|seen| seen.is_ok()) {}
            reload(&keeper, "知识文件有改动").await;
        }
    });
    Ok(watcher)
}

/// Reloads without being asked by anybody in the chat; the log tells what came of it.
async fn reload(keeper: &Arc<Keeper>, why: &str) {
    let keeper = Arc::clone(keeper);
    match tokio::task::spawn_blocking(move || keeper.reload(|_| ())).await {
        Ok(Ok(report)) => tracing::info!("{why}，已更新：{}", report.lines().join("；")),
        Ok(Err(error)) => tracing::warn!("{why}，但没有更新，旧的继续用：\n{error}"),
        Err(_) => tracing::error!("载入时出了意外，旧的知识继续用"),
    }
}

/// A task that ends with its handle.
struct Ending(tokio::task::JoinHandle<()>);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Reloads at SIGHUP.
#[cfg(unix)]
fn reload_on_signal(keeper: &Arc<Keeper>) -> Option<Ending> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut asked = signal(SignalKind::hangup()).ok()?;
    let keeper = Arc::clone(keeper);
    Some(Ending(tokio::spawn(async move {
        while asked.recv().await.is_some() {
            reload(&keeper, "收到 SIGHUP").await;
        }
    })))
}

#[cfg(not(unix))]
fn reload_on_signal(_keeper: &Arc<Keeper>) -> Option<Ending> {
    None
}

fn run(work: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| Failure::usage(format!("无法启动：{error}")))?.block_on(work)
}

/// Becomes true at SIGTERM or Ctrl-C. Listens from the moment it is called.
fn stop_signal() -> signal::Receiver<bool> {
    let (stop, stopped) = signal::channel(false);
    let asked = asked_to_stop();
    tokio::spawn(async move {
        asked.await;
        tracing::info!("收到停止信号，把正在回答的发完就退出");
        stop.send_replace(true);
        // Receivers keep the last value.
        stop.closed().await;
    });
    stopped
}

#[cfg(unix)]
fn asked_to_stop() -> impl Future<Output = ()> + Send {
    use tokio::signal::unix::{SignalKind, signal};
    let (terminate, interrupt) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async move {
        match (terminate, interrupt) {
            (Ok(mut terminate), Ok(mut interrupt)) => tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            },
            _ => drop(tokio::signal::ctrl_c().await),
        }
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    drop(tokio::signal::ctrl_c().await);
}
