//! What the page and scripts may look at.

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::calls::Call;
use super::super::hub::Hub;
use super::super::people::BOT_USERNAME;
use super::super::profile::scopes;
use super::super::world::World;

/// The query of most views.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct View {
    chat: i64,
    user: Option<i64>,
    method: Option<String>,
    last: Option<usize>,
    id: String,
}

/// `/sim/history?chat=`: the messages, and all else the page shows; `after` is where `/sim/events` goes on.
pub(super) async fn history(State(hub): State<Arc<Hub>>, Query(view): Query<View>) -> Json<Value> {
    Json(hub.with(|world| {
        let after = world.events.watch();
        let commands = commands_of(world, &view);
        let description = world.profile.texts.get(&("description".to_owned(), String::new())).cloned();
        let chat = world.chats.get(&view.chat);
        json!({
            "ok": chat.is_some(),
            "after": after,
            "messages": chat.map(|chat| chat.messages.values().cloned().collect::<Vec<_>>()).unwrap_or_default(),
            "blocked": chat.is_some_and(|chat| chat.blocked),
            "trace": chat.map_or(Value::Null, |chat| chat.trace.clone()),
            "commands": commands,
            "description": description,
        })
    }))
}

/// `/sim/persons`: the people the owner introduced, and the bot.
pub(super) async fn persons(State(hub): State<Arc<Hub>>) -> Json<Value> {
    Json(hub.with(|world| {
        let people = world.roster.iter().filter_map(|id| world.users.get(id));
        let people: Vec<Value> = people.map(|user| json!({ "id": user.id, "name": user.first_name, "role": user.role })).collect();
        json!({ "persons": people, "bot": { "name": "问症", "username": BOT_USERNAME } })
    }))
}

/// `/sim/commands?chat=&user=`: the menu this person sees.
pub(super) async fn commands(State(hub): State<Arc<Hub>>, Query(view): Query<View>) -> Json<Value> {
    Json(hub.with(|world| commands_of(world, &view)))
}

fn commands_of(world: &World, view: &View) -> Value {
    let user = view.user.unwrap_or(view.chat);
    let chat = world.chats.get(&view.chat);
    let private = chat.is_none_or(super::super::chat::Chat::is_private);
    let admin = chat.is_some_and(|chat| chat.admins.contains(&user));
    let language = world.users.get(&user).map_or("zh", |user| user.language.as_str());
    world.profile.commands_for(&scopes(view.chat, user, private, admin), language)
}

/// `/sim/trace?chat=`: how the last answer came about.
pub(super) async fn trace(State(hub): State<Arc<Hub>>, Query(view): Query<View>) -> Json<Value> {
    Json(hub.with(|world| world.chats.get(&view.chat).map_or(Value::Null, |chat| chat.trace.clone())))
}

/// `/sim/calls?method=&last=`: the log of the bot's calls.
pub(super) async fn calls(State(hub): State<Arc<Hub>>, Query(view): Query<View>) -> Json<Value> {
    let mut calls = hub.with(|world| world.calls.all());
    calls.retain(|call| view.method.as_ref().is_none_or(|method| call.method.eq_ignore_ascii_case(method)));
    let surplus = calls.len().saturating_sub(view.last.unwrap_or(usize::MAX));
    Json(calls.iter().skip(surplus).map(written).collect())
}

fn written(call: &Call) -> Value {
    let at = call.at.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    json!({ "method": call.method, "params": call.params, "at": u64::try_from(at).unwrap_or(u64::MAX), "status": call.status })
}

/// `/sim/file?id=`: a file for the page, which does not know the token. It can run nothing.
pub(super) async fn file(State(hub): State<Arc<Hub>>, Query(view): Query<View>) -> Response {
    let found = hub.with(|world| world.files.get(&view.id).map(|file| (file.mime.clone(), Arc::clone(&file.bytes))));
    let Some((mime, bytes)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, mime.as_str()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, bytes.to_vec()).into_response()
}
