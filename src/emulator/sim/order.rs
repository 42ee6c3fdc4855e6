//! Ordering faults: `GET`, `POST` and `DELETE /sim/faults`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::super::faults::Fault;
use super::super::hub::Hub;

/// What is on order.
pub(super) async fn pending(State(hub): State<Arc<Hub>>) -> Json<Value> {
    Json(hub.faults.pending())
}

/// Forgets all orders.
pub(super) async fn clear(State(hub): State<Arc<Hub>>) -> Json<Value> {
    hub.faults.clear();
    Json(hub.faults.pending())
}

/// Adds an order: `{"method": "sendMessage", "kind": "too_many", "retry_after": 3, "times": 2}`; `times` missing is
/// once, 0 is always; `chance` makes it a matter of luck. Or `{"duplicates": 3}`, `{"reversals": 1}`,
/// `{"real_limits": true}`.
pub(super) async fn add(State(hub): State<Arc<Hub>>, Json(order): Json<Value>) -> (StatusCode, Json<Value>) {
    let number = |key: &str| order.get(key).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    let mut understood = false;
    if let Some(updates) = number("duplicates") {
        hub.faults.duplicate_updates(updates);
        understood = true;
    }
    if let Some(batches) = number("reversals") {
        hub.faults.reverse_updates(batches);
        understood = true;
    }
    if let Some(on) = order.get("real_limits").and_then(Value::as_bool) {
        hub.faults.real_limits(on);
        understood = true;
    }
    if let Some(fault) = Fault::from_value(&order) {
        let method = order.get("method").and_then(Value::as_str).unwrap_or("*");
        match (order.get("chance").and_then(Value::as_f64), number("times")) {
            (Some(chance), _) => hub.faults.sometimes(method, chance, fault),
            (None, Some(0)) => hub.faults.always(method, fault),
            (None, times) => hub.faults.next(method, times.unwrap_or(1), fault),
        }
        understood = true;
    }
    if understood {
        return (StatusCode::OK, Json(hub.faults.pending()));
    }
    (StatusCode::BAD_REQUEST, Json(json!({ "ok": false, "description": "no known kind of fault" })))
}
