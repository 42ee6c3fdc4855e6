//! The HTTP side: which path goes where, tokens, faults, envelopes, downloads.

use std::sync::Arc;
use std::time::SystemTime;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::calls::Call;
use super::faults::Fault;
use super::hub::Hub;
use super::methods::{find, get_updates};
use super::params::{Params, percent_decode};
use super::refusal::{Refusal, Reply};
use super::wire::Cord;
use super::{page, sim};

/// The whole server: the Bot API, the control interface and the page.
pub(crate) fn router(hub: Arc<Hub>) -> Router {
    Router::new().merge(page::routes()).merge(sim::routes()).fallback(bot_api).layer(DefaultBodyLimit::max(64 << 20)).with_state(hub)
}

/// `/bot<token>/<method>` and `/file/bot<token>/<path>`.
async fn bot_api(State(hub): State<Arc<Hub>>, ConnectInfo(cord): ConnectInfo<Cord>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let path = percent_decode(&uri.path().replace('+', "%2B"));
    if let Some((token, file)) = path.strip_prefix("/file/bot").and_then(|rest| rest.split_once('/')) {
        return download(&hub, token, file);
    }
    let Some((token, name)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')) else {
        return refused(&Refusal::new(404, "Not Found"));
    };
    if token != hub.token {
        return refused(&Refusal::new(401, "Unauthorized"));
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match Params::read(uri.query().unwrap_or_default(), kind, &body) {
        Ok(params) => suffer(&hub, &cord, name.trim_end_matches('/'), params).await,
        Err(what) => refused(&Refusal::bad(&what)),
    }
}

/// Lets the call meet the fault that is on order for it, if any.
async fn suffer(hub: &Hub, cord: &Cord, name: &str, params: Params) -> Response {
    let Some(fault) = hub.faults.strike(name) else {
        return perform(hub, name, params).await;
    };
    let status = match &fault {
        Fault::Slow(time) => {
            tokio::time::sleep(*time).await;
            return perform(hub, name, params).await;
        }
        Fault::Lost => {
            let answer = perform(hub, name, params).await;
            cord.cut();
            return answer;
        }
        Fault::Status { code, .. } | Fault::Body { code, .. } => *code,
        Fault::TooMany { .. } => 429,
        Fault::BadGateway => 502,
        Fault::Hang | Fault::Reset => 0,
    };
    note(hub, find(name).map_or(name, |(proper, _)| proper), params, status);
    match fault {
        Fault::Status { code, description } => refused(&Refusal::new(code, description)),
        Fault::TooMany { retry_after } => refused(&Refusal::too_many(retry_after)),
        Fault::BadGateway => html_502(),
        Fault::Body { code, body } => (status_of(code), body).into_response(),
        _ => {
            if fault == Fault::Hang {
                hub.stopped().await;
            }
            cord.cut();
            ().into_response()
        }
    }
}

/// Does the call and notes it.
async fn perform(hub: &Hub, name: &str, mut params: Params) -> Response {
    let (proper, reply) = if name.eq_ignore_ascii_case("getUpdates") {
        ("getUpdates", get_updates(hub, &params).await)
    } else {
        match find(name) {
            Some((proper, method)) => (proper, hub.with(|world| method(world, &mut params))),
            None => (name, Err(Refusal::new(404, "Not Found: method not found"))),
        }
    };
    note(hub, proper, params, reply.as_ref().map_or_else(|refusal| refusal.code, |_| 200));
    answered(reply)
}

fn note(hub: &Hub, method: &str, params: Params, status: u16) {
    let call = Call { method: method.to_owned(), params: Value::Object(params.values), at: SystemTime::now(), status };
    hub.with(|world| {
        let keep = world.keep;
        world.calls.add(call, keep);
    });
}

fn answered(reply: Reply) -> Response {
    match reply {
        Ok(result) => axum::Json(json!({ "ok": true, "result": result })).into_response(),
        Err(refusal) => refused(&refusal),
    }
}

fn refused(refusal: &Refusal) -> Response {
    let mut response = (status_of(refusal.code), axum::Json(refusal.envelope())).into_response();
    if let Some(seconds) = refusal.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

fn html_502() -> Response {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n\
        <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    (StatusCode::BAD_GATEWAY, [(header::CONTENT_TYPE, "text/html")], page).into_response()
}

fn status_of(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn download(hub: &Hub, token: &str, path: &str) -> Response {
    if token != hub.token {
        return refused(&Refusal::new(401, "Unauthorized"));
    }
    let found = hub.with(|world| world.files.at_path(path).map(|file| (file.mime.clone(), Arc::clone(&file.bytes))));
    match found {
        Some((mime, bytes)) => ([(header::CONTENT_TYPE, mime)], bytes.to_vec()).into_response(),
        None => refused(&Refusal::new(404, "Not Found")),
    }
}
