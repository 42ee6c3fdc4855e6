//! Server-sent events. Each answer holds what has happened and then ends; the browser comes back by itself with
//! `Last-Event-ID`, so that nothing is lost and the server keeps no open stream.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Instant, timeout_at};

use super::super::hub::Hub;

const HOLD: Duration = Duration::from_secs(20);

/// Where to go on.
#[derive(Debug, Deserialize)]
pub(super) struct Since {
    after: Option<u64>,
}

/// `/sim/events?after=`: waits at most 20 seconds for something newer.
pub(super) async fn events(State(hub): State<Arc<Hub>>, Query(since): Query<Since>, headers: HeaderMap) -> Response {
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    let body = gather(&hub, last.or(since.after)).await;
    let kind = [(header::CONTENT_TYPE, "text/event-stream; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (kind, body).into_response()
}

async fn gather(hub: &Hub, after: Option<u64>) -> String {
    let newest = hub.with(|world| world.events.watch());
    let after = after.unwrap_or(newest);
    if after > newest {
        // The page remembers another emulator's events: it must load everything again.
        return format!("retry: 20\nid: {newest}\ndata: {}\n\n", json!({ "type": "resync" }));
    }
    let deadline = Instant::now() + HOLD;
    loop {
        let mut rung = std::pin::pin!(hub.events.notified());
        rung.as_mut().enable();
        let events = hub.with(|world| world.events.after(after));
        if !events.is_empty() {
            let mut body = String::from("retry: 20\n");
            for (number, event) in events {
                // Writing to a String cannot fail.
                let _ = write!(body, "id: {number}\ndata: {event}\n\n");
            }
            return body;
        }
        tokio::select! {
            ended = timeout_at(deadline, rung) => if ended.is_err() { return "retry: 20\n: nothing\n\n".into() },
            () = hub.stopped() => return "retry: 2000\n: stopping\n\n".into(),
        }
    }
}
