//! The chat page and its assets.
use std::sync::Arc;

use axum::Router;

use super::hub::Hub;

/// The page's routes.
pub(crate) fn routes() -> Router<Arc<Hub>> {
    Router::new()
}
