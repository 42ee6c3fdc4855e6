//! The JSON Schema of a topic file, for completion in editors.

use super::topic::Topic;

/// The schema, as pretty JSON. `docs/topic.schema.json` is this text; a test holds them equal.
pub fn topic_schema() -> String {
    let schema = schemars::schema_for!(Topic);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
