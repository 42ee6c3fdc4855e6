//! The pusher: sends waiting updates to the webhook, a chat's one after the other, and tries again after failures.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use super::super::hub::Hub;
use super::super::methods::find;
use super::super::params::Params;
use super::super::world::World;
use super::hook::{Lane, Webhook};
use super::post::{Answer, post};

const FIRST_DELAY: Duration = Duration::from_secs(1);
const LONGEST_DELAY: Duration = Duration::from_mins(1);

/// One update on its way.
struct Parcel {
    id: i64,
    lane: i64,
    url: String,
    host: String,
    path: String,
    secret: Option<String>,
    body: String,
}

/// Pushes updates until the emulator stops.
pub(crate) async fn push_updates(hub: Arc<Hub>) {
    loop {
        let mut rung = std::pin::pin!(hub.updates.notified());
        rung.as_mut().enable();
        let (parcels, wake) = hub.with(|world| (take(world), next_wake(world)));
        for parcel in parcels {
            tokio::spawn(deliver(Arc::clone(&hub), parcel));
        }
        let wake = wake.unwrap_or_else(|| Instant::now() + Duration::from_hours(1));
        tokio::select! {
            () = rung => {}
            () = sleep_until(wake) => {}
            () = hub.stopped() => return,
        }
    }
}

/// The updates that may go now; their lanes become busy.
fn take(world: &mut World) -> Vec<Parcel> {
    let now_seconds = world.now();
    let Some(hook) = &mut world.webhook else {
        return Vec::new();
    };
    world.updates.expire(now_seconds);
    let now = Instant::now();
    let mut room = hook.max_connections.saturating_sub(hook.lanes.values().filter(|lane| lane.busy).count());
    let mut passed = HashSet::new();
    let mut parcels = Vec::new();
    for queued in world.updates.iter() {
        if room == 0 {
            break;
        }
        if !passed.insert(queued.lane) || !may_go(hook, queued.lane, now) {
            continue;
        }
        room -= 1;
        parcels.push(Parcel {
            id: queued.id,
            lane: queued.lane,
            url: hook.url.clone(),
            host: hook.host.clone(),
            path: hook.path.clone(),
            secret: hook.secret.clone(),
            body: queued.body.to_string(),
        });
    }
    parcels
}

fn may_go(hook: &mut Webhook, lane: i64, now: Instant) -> bool {
    let lane = hook.lanes.entry(lane).or_insert(Lane { busy: false, not_before: None, delay: FIRST_DELAY });
    if lane.busy || lane.not_before.is_some_and(|moment| moment > now) {
        return false;
    }
    lane.busy = true;
    true
}

fn next_wake(world: &World) -> Option<Instant> {
    world.webhook.as_ref()?.lanes.values().filter(|lane| !lane.busy).filter_map(|lane| lane.not_before).min()
}

async fn deliver(hub: Arc<Hub>, parcel: Parcel) {
    let sent = post(&parcel.host, &parcel.path, parcel.secret.as_deref(), &parcel.body).await;
    let outcome = match sent {
        Ok(answer) if (200..300).contains(&answer.status) => Ok(answer),
        Ok(answer) => Err((format!("Wrong response from the webhook: {}", answer.status), answer.retry_after)),
        Err(error) => Err((format!("Connection failed: {error}"), None)),
    };
    let accepted = outcome.is_ok();
    let order = hub.with(|world| settle(world, &parcel, outcome));
    hub.updates.notify_waiters();
    if let (true, Some(order)) = (accepted, order) {
        carry_out(&hub, order);
    }
}

/// Frees the lane; takes an accepted update out of the queue, and gives the call its answer may contain.
fn settle(world: &mut World, parcel: &Parcel, outcome: Result<Answer, (String, Option<u64>)>) -> Option<Value> {
    let now = world.now();
    let hook = world.webhook.as_mut().filter(|hook| hook.url == parcel.url)?;
    match outcome {
        Ok(answer) => {
            hook.lanes.remove(&parcel.lane);
            world.updates.remove(parcel.id);
            serde_json::from_str(&answer.body).ok()
        }
        Err((message, retry_after)) => {
            hook.last_error = Some((now, message));
            if let Some(lane) = hook.lanes.get_mut(&parcel.lane) {
                let wait = retry_after.map_or(lane.delay, |seconds| Duration::from_secs(seconds.min(3600)));
                lane.busy = false;
                lane.not_before = Some(Instant::now() + wait);
                lane.delay = (lane.delay * 2).min(LONGEST_DELAY);
            }
            None
        }
    }
}

/// A webhook may answer with a call: `{"method": "sendMessage", ...}`. Its result is lost, as on the real server.
fn carry_out(hub: &Hub, order: Value) {
    let Value::Object(values) = order else { return };
    let name = values.get("method").and_then(Value::as_str).unwrap_or_default().to_owned();
    let barred =
        name.to_ascii_lowercase().starts_with("get") || ["setWebhook", "deleteWebhook", "close", "logOut"].contains(&name.as_str());
    let Some((_, method)) = find(&name).filter(|_| !barred) else {
        return;
    };
    let mut params = Params { values, uploads: Vec::new() };
    if let Err(refusal) = hub.with(|world| method(world, &mut params)) {
        tracing::warn!(description = refusal.description, "emulator: a call in a webhook's answer was refused");
    }
}
