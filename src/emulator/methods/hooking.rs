//! setWebhook, deleteWebhook, getWebhookInfo.

use serde_json::{Value, json};

use super::super::params::Params;
use super::super::refusal::{Refusal, Reply};
use super::super::webhook::Webhook;
use super::super::world::World;

/// `setWebhook`; an empty url deletes it. Plain HTTP to any port is accepted here, because all is local.
pub(super) fn set_webhook(world: &mut World, params: &mut Params) -> Reply {
    let Some(url) = params.filled("url") else {
        return delete_webhook(world, params);
    };
    let secret = params.filled("secret_token");
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if secret.as_ref().is_some_and(|secret| secret.len() > 256 || !secret.chars().all(fits)) {
        return Err(Refusal::bad("secret token contains unallowed characters"));
    }
    let most = params.int("max_connections").unwrap_or(40).clamp(1, 100);
    let hook = Webhook::new(&url, secret, usize::try_from(most).unwrap_or(40));
    world.webhook = Some(hook.ok_or_else(|| Refusal::bad("bad webhook: invalid webhook URL specified"))?);
    if params.values.contains_key("allowed_updates") {
        world.updates.allow(&params.list("allowed_updates"));
    }
    drop_pending(world, params);
    Ok(Value::Bool(true))
}

/// `deleteWebhook`.
#[expect(clippy::unnecessary_wraps, reason = "every method has the same signature")]
pub(super) fn delete_webhook(world: &mut World, params: &mut Params) -> Reply {
    world.webhook = None;
    drop_pending(world, params);
    Ok(Value::Bool(true))
}

fn drop_pending(world: &mut World, params: &Params) {
    if params.flag("drop_pending_updates") {
        world.updates.clear();
    }
    // Wakes the pusher, and a poll that is no longer allowed.
    world.updates.arrived += 1;
}

/// `getWebhookInfo`.
#[expect(clippy::unnecessary_wraps, reason = "every method has the same signature")]
pub(super) fn get_webhook_info(world: &mut World, _params: &mut Params) -> Reply {
    let mut info = json!({ "url": "", "has_custom_certificate": false, "pending_update_count": world.updates.len() });
    if let Some(hook) = &world.webhook {
        info["url"] = hook.url.clone().into();
        info["max_connections"] = hook.max_connections.into();
        info["ip_address"] = "127.0.0.1".into();
        if let Some((date, message)) = &hook.last_error {
            info["last_error_date"] = (*date).into();
            info["last_error_message"] = message.clone().into();
        }
    }
    if !world.updates.allowed().is_empty() {
        info["allowed_updates"] = world.updates.allowed().into();
    }
    Ok(info)
}
