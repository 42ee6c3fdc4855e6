//! Webhook: Telegram pushes, we answer 200 when the update is handled, so that Telegram's own queue is the back-pressure.

use super::bot::Bot;
use super::dispatcher::Dispatcher;
use super::serve::ServeError;
use super::settings::WebhookSettings;
use super::update::Incoming;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Largest update that is read, in bytes. A message of 4,096 characters with 100 entities has about 30 KB.
const MAX_BODY: usize = 1024 * 1024;

struct Gate {
    dispatcher: Arc<Dispatcher>,
    secret: blake3::Hash,
}

/// Serves until told to stop.
pub(super) async fn listen(
    bot: &Arc<Bot>,
    dispatcher: Arc<Dispatcher>,
    settings: &WebhookSettings,
    mut stop: watch::Receiver<bool>,
) -> Result<(), ServeError> {
    check_secret(&settings.secret)?;
    let listener = TcpListener::bind(&settings.listen).await.map_err(|error| ServeError::Listen(settings.listen.clone(), error))?;
    bot.api.set_webhook(&settings.url, &settings.secret, settings.max_connections.clamp(1, 100)).await.map_err(ServeError::Call)?;
    let gate = Arc::new(Gate { dispatcher, secret: blake3::hash(settings.secret.as_bytes()) });
    let app = Router::new().fallback(post(receive)).layer(DefaultBodyLimit::max(MAX_BODY)).with_state(gate);
    let stopped = async move { drop(stop.wait_for(|stop| *stop).await) };
    let served = axum::serve(listener, app).with_graceful_shutdown(stopped).await;
    served.map_err(|error| ServeError::Listen(settings.listen.clone(), error))
}

fn check_secret(secret: &str) -> Result<(), ServeError> {
    let good = (1..=256).contains(&secret.len()) && secret.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if good { Ok(()) } else { Err(ServeError::Secret) }
}

async fn receive(State(gate): State<Arc<Gate>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let sent = headers.get("x-telegram-bot-api-secret-token").map(axum::http::HeaderValue::as_bytes).unwrap_or_default();
    // Hashes compare in constant time.
    if blake3::hash(sent) != gate.secret {
        return StatusCode::UNAUTHORIZED;
    }
    let update = serde_json::from_slice(&body).ok().and_then(|update| Incoming::read(&update));
    if let Some(update) = update {
        // An update nothing is to be done for is dropped untold, and that is an answer too.
        let _handled = gate.dispatcher.push(update).await;
    }
    StatusCode::OK
}
