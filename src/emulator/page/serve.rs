//! Serves the page's files, which are part of the program.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::routing::get;

use super::super::hub::Hub;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

const ASSETS: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("index.html")),
    ("/style.css", CSS, include_str!("style.css")),
    ("/app.js", JS, include_str!("app.js")),
    ("/api.js", JS, include_str!("api.js")),
    ("/text.js", JS, include_str!("text.js")),
    ("/chat.js", JS, include_str!("chat.js")),
    ("/composer.js", JS, include_str!("composer.js")),
    ("/icon.svg", "image/svg+xml", include_str!("icon.svg")),
];

/// Only this server, nothing inline, no frames, no forms.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// One address for each file.
pub(crate) fn routes() -> Router<Arc<Hub>> {
    let mut router = Router::new();
    for (path, kind, body) in ASSETS.iter().copied() {
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::CACHE_CONTROL, "no-cache"),
        ];
        router = router.route(path, get(move || async move { (headers, body) }));
    }
    router
}
