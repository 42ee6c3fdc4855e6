//! getFile.

use serde_json::Value;

use super::super::files::DOWNLOAD_LIMIT;
use super::super::params::Params;
use super::super::refusal::{Refusal, Reply};
use super::super::world::World;

/// `getFile`: at most 20 MB.
pub(super) fn get_file(world: &mut World, params: &mut Params) -> Reply {
    let id = params.filled("file_id").ok_or_else(|| Refusal::bad("file_id is empty"))?;
    let file = world.files.get(&id).ok_or_else(|| Refusal::bad("wrong file_id or the file is temporarily unavailable"))?;
    if file.size > DOWNLOAD_LIMIT {
        return Err(Refusal::bad("file is too big"));
    }
    let mut value = world.files.describe(&id);
    value["file_path"] = Value::String(file.path.clone());
    Ok(value)
}
