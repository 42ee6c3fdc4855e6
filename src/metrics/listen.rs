//! /metrics and /healthz on a local port.

use super::counted::Metrics;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, serve};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Why there is no listening.
#[derive(Debug, thiserror::Error)]
#[error("无法在 {0} 提供 /metrics：{1}；检查 admin.metrics")]
pub struct ListenError(String, std::io::Error);

/// Answers on an address until the task is aborted; gives the address, whose port is a free one where 0 was asked for.
///
/// # Errors
/// An address that is none or taken.
pub async fn listen(address: &str, metrics: Arc<Metrics>) -> Result<(SocketAddr, JoinHandle<()>), ListenError> {
    let wrap = |error| ListenError(address.to_owned(), error);
    let listener = TcpListener::bind(address).await.map_err(wrap)?;
    let bound = listener.local_addr().map_err(wrap)?;
    let router = Router::new().route("/metrics", get(figures)).route("/healthz", get(health)).with_state(metrics);
    let task = tokio::spawn(async move {
        if let Err(error) = serve(listener, router).await {
            tracing::error!("/metrics 停了：{error}");
        }
    });
    Ok((bound, task))
}

async fn figures(State(metrics): State<Arc<Metrics>>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], metrics.text()).into_response()
}

async fn health(State(metrics): State<Arc<Metrics>>) -> Response {
    match metrics.healthy() {
        Ok(()) => "ok\n".into_response(),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")).into_response(),
    }
}
