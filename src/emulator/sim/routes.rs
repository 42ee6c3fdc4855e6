//! Which address does what.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::super::hub::Hub;
use super::{acts, order, stream, views};

/// All addresses under `/sim/`.
pub(crate) fn routes() -> Router<Arc<Hub>> {
    Router::new()
        .route("/sim/say", post(acts::say))
        .route("/sim/edit", post(acts::edit))
        .route("/sim/press", post(acts::press))
        .route("/sim/photo", post(acts::photo))
        .route("/sim/voice", post(acts::voice))
        .route("/sim/sticker", post(acts::sticker))
        .route("/sim/document", post(acts::document))
        .route("/sim/react", post(acts::react))
        .route("/sim/block", post(acts::block))
        .route("/sim/clear", post(acts::clear))
        .route("/sim/inline", post(acts::inline))
        .route("/sim/choose", post(acts::choose))
        .route("/sim/raw", post(acts::raw))
        .route("/sim/clock", post(acts::clock))
        .route("/sim/faults", get(order::pending).post(order::add).delete(order::clear))
        .route("/sim/history", get(views::history))
        .route("/sim/persons", get(views::persons))
        .route("/sim/commands", get(views::commands))
        .route("/sim/trace", get(views::trace))
        .route("/sim/calls", get(views::calls))
        .route("/sim/file", get(views::file))
        .route("/sim/events", get(stream::events))
}
