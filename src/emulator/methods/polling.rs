//! getUpdates: the one method that waits.

use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::super::hub::Hub;
use super::super::params::Params;
use super::super::refusal::{Refusal, Reply};
use super::super::world::World;

const LONGEST: i64 = 50;

/// `getUpdates`: confirms what is before the offset, then waits for something to give. A newer poll displaces this
/// one, and an active webhook forbids it.
pub(crate) async fn get_updates(hub: &Hub, params: &Params) -> Reply {
    let ticket = hub.with(|world| begin(world, params))?;
    hub.updates.notify_waiters();
    let seconds = params.int("timeout").unwrap_or(0).clamp(0, LONGEST);
    let deadline = Instant::now() + Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
    let limit = params.int("limit").filter(|limit| (1..=100).contains(limit)).unwrap_or(100);
    let limit = usize::try_from(limit).unwrap_or(100);
    loop {
        let mut rung = std::pin::pin!(hub.updates.notified());
        rung.as_mut().enable();
        let batch = hub.with(|world| batch(world, ticket, limit))?;
        if !batch.is_empty() || Instant::now() >= deadline {
            return Ok(Value::Array(batch));
        }
        tokio::select! {
            ended = timeout_at(deadline, rung) => if ended.is_err() { return Ok(Value::Array(Vec::new())) },
            () = hub.stopped() => return Err(Refusal::new(500, "Internal Server Error: restart")),
        }
    }
}

/// Takes the poll over, confirms, and gives the ticket that tells whether one is still the newest poll.
fn begin(world: &mut World, params: &Params) -> Result<u64, Refusal> {
    allowed(world)?;
    if let Some(Value::Array(list)) = params.json("allowed_updates") {
        world.updates.allow(&list);
    }
    world.updates.confirm(params.int("offset").unwrap_or(0));
    world.updates.poll += 1;
    Ok(world.updates.poll)
}

fn allowed(world: &World) -> Result<(), Refusal> {
    if world.webhook.is_some() {
        return Err(Refusal::conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        ));
    }
    Ok(())
}

fn batch(world: &mut World, ticket: u64, limit: usize) -> Result<Vec<Value>, Refusal> {
    allowed(world)?;
    if world.updates.poll != ticket {
        return Err(Refusal::conflict("terminated by other getUpdates request; make sure that only one bot instance is running"));
    }
    let now = world.now();
    world.updates.expire(now);
    let mut batch = world.updates.first(limit);
    if batch.len() > 1 && world.faults.take_reversal() {
        batch.reverse();
    }
    Ok(batch)
}
