//! Sending pictures, files and voices.

use serde_json::{Map, Value, json};

use super::super::params::Params;
use super::super::refusal::{Refusal, Reply};
use super::super::world::World;
use super::sending::{caption_content, post};

const UPLOAD_LIMIT: usize = 50 << 20;

/// `sendPhoto`.
pub(super) fn send_photo(world: &mut World, params: &mut Params) -> Reply {
    let id = file_id(world, params, "photo", "photos", "image/jpeg")?;
    let mut size = world.files.describe(&id);
    size["width"] = 640.into();
    size["height"] = 480.into();
    finish(world, params, "photo", json!([size]))
}

/// `sendDocument`.
pub(super) fn send_document(world: &mut World, params: &mut Params) -> Reply {
    let id = file_id(world, params, "document", "documents", "application/octet-stream")?;
    let document = world.files.document(&id);
    finish(world, params, "document", document)
}

/// `sendAudio`.
pub(super) fn send_audio(world: &mut World, params: &mut Params) -> Reply {
    timed(world, params, "audio", "music", "audio/mpeg")
}

/// `sendVoice`.
pub(super) fn send_voice(world: &mut World, params: &mut Params) -> Reply {
    timed(world, params, "voice", "voice", "audio/ogg")
}

/// `sendVideo`.
pub(super) fn send_video(world: &mut World, params: &mut Params) -> Reply {
    timed(world, params, "video", "videos", "video/mp4")
}

/// `sendAnimation`.
pub(super) fn send_animation(world: &mut World, params: &mut Params) -> Reply {
    timed(world, params, "animation", "animations", "video/mp4")
}

/// `sendSticker`.
pub(super) fn send_sticker(world: &mut World, params: &mut Params) -> Reply {
    let id = file_id(world, params, "sticker", "stickers", "image/webp")?;
    let mut sticker = world.files.describe(&id);
    for (key, value) in [
        ("type", json!("regular")),
        ("width", json!(512)),
        ("height", json!(512)),
        ("is_animated", json!(false)),
        ("is_video", json!(false)),
    ] {
        sticker[key] = value;
    }
    finish(world, params, "sticker", sticker)
}

fn timed(world: &mut World, params: &mut Params, field: &str, folder: &str, mime: &str) -> Reply {
    let id = file_id(world, params, field, folder, mime)?;
    let mut media = world.files.document(&id);
    media["duration"] = params.int("duration").unwrap_or(1).into();
    if matches!(field, "video" | "animation") {
        media["width"] = 640.into();
        media["height"] = 480.into();
    }
    finish(world, params, field, media)
}

fn finish(world: &mut World, params: &Params, field: &str, media: Value) -> Reply {
    let mut content = Map::new();
    content.insert(field.to_owned(), media);
    content.extend(caption_content(params)?);
    post(world, params, content)
}

/// The file of a request: uploaded in the field itself, uploaded under `attach://name`, or known by its id.
fn file_id(world: &mut World, params: &mut Params, field: &str, folder: &str, mime: &str) -> Result<String, Refusal> {
    let named = params.filled(field).unwrap_or_default();
    let part = named.strip_prefix("attach://").unwrap_or(field).to_owned();
    if let Some(upload) = params.take_upload(&part) {
        if upload.bytes.is_empty() {
            return Err(Refusal::bad("file must be non-empty"));
        }
        if upload.bytes.len() > UPLOAD_LIMIT {
            return Err(Refusal::new(413, "Request Entity Too Large"));
        }
        let mime = upload.mime.unwrap_or_else(|| mime.to_owned());
        return Ok(world.files.add(folder, &upload.name, &mime, upload.bytes));
    }
    match named.as_str() {
        "" => Err(Refusal::bad(&format!("there is no {field} in the request"))),
        id if world.files.get(id).is_some() => Ok(named),
        url if url.starts_with("http") => Err(Refusal::bad("failed to get HTTP URL content")),
        _ => Err(Refusal::bad("wrong file identifier/HTTP URL specified")),
    }
}
