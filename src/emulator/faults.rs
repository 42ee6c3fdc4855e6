//! Faults on order: what the next calls of a method will suffer, and what happens to the next updates.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

/// One kind of trouble.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// An error envelope with this status and description; the call is not done.
    Status {
        /// The HTTP status and `error_code`.
        code: u16,
        /// The description, complete with its beginning.
        description: String,
    },
    /// 429 with `retry_after` seconds, in the body and as a header; the call is not done.
    TooMany {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// 502 with an HTML page, as a proxy writes it; the call is not done.
    BadGateway,
    /// Any status with any body, sent as `text/plain`; the call is not done.
    Body {
        /// The HTTP status.
        code: u16,
        /// The body, byte for byte.
        body: String,
    },
    /// No answer ever; the connection stays open.
    Hang,
    /// The connection is dropped without an answer; the call is not done.
    Reset,
    /// The call is done, but its answer is lost: the connection is dropped.
    Lost,
    /// The call is done after this time.
    Slow(Duration),
}

#[derive(Debug)]
struct Plan {
    method: String,
    left: Option<u32>,
    chance: f64,
    fault: Fault,
}

#[derive(Debug, Default)]
struct Orders {
    plans: Vec<Plan>,
    duplicates: u32,
    reversals: u32,
    real_limits: bool,
    dice: u64,
}

/// The order book of faults. Methods are named as in the Bot API, in any case; `"*"` is every method.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Orders>);

impl Faults {
    /// The next `times` calls of `method` suffer `fault`. Orders of one method are worked off in turn.
    pub fn next(&self, method: &str, times: u32, fault: Fault) {
        self.plan(method, Some(times), 1.0, fault);
    }

    /// Every call of `method` suffers `fault`, until [`Faults::clear`].
    pub fn always(&self, method: &str, fault: Fault) {
        self.plan(method, None, 1.0, fault);
    }

    /// A call of `method` suffers `fault` with this probability (0 to 1); the dice fall the same in every run.
    pub fn sometimes(&self, method: &str, chance: f64, fault: Fault) {
        self.plan(method, None, chance, fault);
    }

    /// The next `updates` updates are each delivered twice, with the same `update_id`.
    pub fn duplicate_updates(&self, updates: u32) {
        self.orders().duplicates += updates;
    }

    /// The next `batches` non-empty answers to getUpdates have their updates in the wrong order.
    pub fn reverse_updates(&self, batches: u32) {
        self.orders().reversals += batches;
    }

    /// Telegram's known limits (one message a second and chat with a small burst, 20 a minute in a group), as 429.
    pub fn real_limits(&self, on: bool) {
        self.orders().real_limits = on;
    }

    /// Forgets all orders.
    pub fn clear(&self) {
        *self.orders() = Orders::default();
    }

    /// What is still on order, as JSON.
    pub fn pending(&self) -> Value {
        let orders = self.orders();
        let plans: Vec<Value> = orders
            .plans
            .iter()
            .map(|plan| json!({ "method": plan.method, "left": plan.left, "chance": plan.chance, "fault": format!("{:?}", plan.fault) }))
            .collect();
        json!({ "faults": plans, "duplicates": orders.duplicates, "reversals": orders.reversals, "real_limits": orders.real_limits })
    }

    /// The fault the call that is just coming in has to suffer, if any.
    pub(crate) fn strike(&self, method: &str) -> Option<Fault> {
        let mut orders = self.orders();
        let at = (0..orders.plans.len()).find(|at| orders.falls_on(*at, method))?;
        let plan = orders.plans.get_mut(at)?;
        let fault = plan.fault.clone();
        if let Some(left) = &mut plan.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                orders.plans.remove(at);
            }
        }
        Some(fault)
    }

    /// Whether the update that is just being queued is to be queued twice.
    pub(crate) fn take_duplicate(&self) -> bool {
        take_one(&mut self.orders().duplicates)
    }

    /// Whether the batch that is just being handed out is to be turned round.
    pub(crate) fn take_reversal(&self) -> bool {
        take_one(&mut self.orders().reversals)
    }

    /// Whether the real limits are on.
    pub(crate) fn limits_are_real(&self) -> bool {
        self.orders().real_limits
    }

    fn plan(&self, method: &str, left: Option<u32>, chance: f64, fault: Fault) {
        if left != Some(0) {
            self.orders().plans.push(Plan { method: method.to_ascii_lowercase(), left, chance, fault });
        }
    }

    fn orders(&self) -> MutexGuard<'_, Orders> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Orders {
    fn falls_on(&mut self, at: usize, method: &str) -> bool {
        let Some(plan) = self.plans.get(at) else {
            return false;
        };
        let named = plan.method == "*" || plan.method.eq_ignore_ascii_case(method);
        let chance = plan.chance;
        named && (chance >= 1.0 || self.roll() < chance)
    }

    /// A number from 0 to 1 (xorshift from a fixed seed).
    fn roll(&mut self) -> f64 {
        let mut x = if self.dice == 0 { 0x9E37_79B9_7F4A_7C15 } else { self.dice };
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.dice = x;
        let top = u32::try_from(x >> 32).unwrap_or(u32::MAX);
        f64::from(top) / f64::from(u32::MAX)
    }
}

fn take_one(count: &mut u32) -> bool {
    let any = *count > 0;
    *count = count.saturating_sub(1);
    any
}

impl Fault {
    /// Reads an order from the control interface: `{"kind": "too_many", "retry_after": 3}` and the like.
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        let number = |key: &str| value.get(key).and_then(Value::as_u64);
        let code = || number("code").and_then(|code| u16::try_from(code).ok()).unwrap_or(500);
        let text = |key: &str, default: &str| value.get(key).and_then(Value::as_str).unwrap_or(default).to_owned();
        Some(match value.get("kind")?.as_str()? {
            "status" => Self::Status { code: code(), description: text("description", "Internal Server Error") },
            "too_many" => Self::TooMany { retry_after: number("retry_after").unwrap_or(1) },
            "bad_gateway" => Self::BadGateway,
            "body" => Self::Body { code: code(), body: text("body", "") },
            "hang" => Self::Hang,
            "reset" => Self::Reset,
            "lost" => Self::Lost,
            "slow" => Self::Slow(Duration::from_millis(number("millis").unwrap_or(1000))),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_worked_off_in_turn() {
        let faults = Faults::default();
        faults.next("sendMessage", 1, Fault::BadGateway);
        faults.next("*", 1, Fault::Reset);
        assert_eq!(faults.strike("SendMessage"), Some(Fault::BadGateway));
        assert_eq!(faults.strike("getMe"), Some(Fault::Reset));
        assert_eq!(faults.strike("sendMessage"), None);
    }

    #[test]
    fn chance_is_roughly_kept() {
        let faults = Faults::default();
        faults.sometimes("x", 0.25, Fault::Hang);
        let struck = (0..1000).filter(|_| faults.strike("x").is_some()).count();
        assert!((150..350).contains(&struck), "{struck}");
    }
}
