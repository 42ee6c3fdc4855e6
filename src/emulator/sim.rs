//! The control interface.
use std::sync::Arc;

use axum::Router;

use super::hub::Hub;

/// The control interface's routes.
pub(crate) fn routes() -> Router<Arc<Hub>> {
    Router::new()
}
