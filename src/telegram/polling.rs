//! Long polling.

use super::api::CallError;
use super::bot::Bot;
use super::dispatcher::Dispatcher;
use super::serve::ServeError;
use super::update::Incoming;
use serde_json::Value;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// First and longest wait after an error.
const WAITS: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));

/// Polls until told to stop; gives the number after the last update taken.
pub(super) async fn poll(
    bot: &Arc<Bot>,
    dispatcher: &Dispatcher,
    seconds: u32,
    mut stop: watch::Receiver<bool>,
) -> Result<i64, ServeError> {
    bot.api.delete_webhook().await.map_err(ServeError::Call)?;
    let (mut offset, mut wait) = (0, WAITS.0);
    while !*stop.borrow() {
        let updates = tokio::select! {
            updates = bot.api.updates(offset, seconds) => updates,
            _ = stop.changed() => break,
        };
        match updates {
            Ok(updates) => {
                wait = WAITS.0;
                bot.metrics.polled();
                let begun = offset;
                let mut seen = HashSet::new();
                for update in updates {
                    let id = update.get("update_id").and_then(Value::as_i64).unwrap_or(-1);
                    if id >= begun && seen.insert(id) {
                        take(dispatcher, &update);
                    }
                    offset = offset.max(id + 1);
                }
            }
            Err(CallError::Unauthorized) => return Err(ServeError::Call(CallError::Unauthorized)),
            Err(error) => {
                tracing::warn!("收取消息失败，{} 毫秒后再试：{error}", wait.as_millis());
                tokio::select! {
                    () = tokio::time::sleep(asked_wait(&error).unwrap_or(wait)) => {}
                    _ = stop.changed() => break,
                }
                wait = (wait * 2).min(WAITS.1);
            }
        }
    }
    Ok(offset)
}

/// Hands an update on. One that cannot be read is skipped, not the rest.
fn take(dispatcher: &Dispatcher, update: &Value) {
    match Incoming::read(update) {
        Some(update) => drop(dispatcher.push(update)),
        None => tracing::warn!("跳过一条看不懂的更新"),
    }
}

fn asked_wait(error: &CallError) -> Option<Duration> {
    match error {
        CallError::TooMany(seconds) => Some(Duration::from_secs(*seconds)),
        _ => None,
    }
}

/// Tells Telegram what was handled, so that it is not sent again after a restart.
pub(super) async fn acknowledge(bot: &Bot, offset: i64) {
    if offset > 0
        && let Err(error) = bot.api.updates(offset, 0).await
    {
        tracing::warn!("最后一批消息没有确认，重启后可能重复收到：{error}");
    }
}
