//! The parameters of one call, from whichever body they came: JSON, urlencoded, query string or multipart.
//!
//! Numbers may arrive as strings and objects as JSON-serialised strings; the readers here accept both.

use serde_json::{Map, Value, json};

use super::multipart;

/// A file that came with the call.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    /// The name of the form field.
    pub(crate) field: String,
    /// The file's own name.
    pub(crate) name: String,
    /// Its media type, if told.
    pub(crate) mime: Option<String>,
    /// Its content.
    pub(crate) bytes: Vec<u8>,
}

/// All parameters of one call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params {
    /// Name to value, as it came.
    pub(crate) values: Map<String, Value>,
    /// The files, for multipart bodies.
    pub(crate) uploads: Vec<Upload>,
}

impl Params {
    /// Reads query string and body; `Err` says what is wrong with the body.
    pub(crate) fn read(query: &str, content_type: &str, body: &[u8]) -> Result<Self, String> {
        let mut params = Self::default();
        params.add_pairs(query);
        let lowered = content_type.to_ascii_lowercase();
        if lowered.starts_with("application/json") {
            params.add_json(body)?;
        } else if lowered.starts_with("application/x-www-form-urlencoded") {
            params.add_pairs(&String::from_utf8_lossy(body));
        } else if lowered.starts_with("multipart/form-data") {
            params.add_parts(content_type, body)?;
        }
        Ok(params)
    }

    fn add_json(&mut self, body: &[u8]) -> Result<(), String> {
        if body.is_empty() {
            return Ok(());
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(map)) => self.values.extend(map),
            Ok(_) => return Err("can't parse the body: an object is expected".into()),
            Err(error) => return Err(format!("can't parse the body: {error}")),
        }
        Ok(())
    }

    fn add_pairs(&mut self, text: &str) {
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.values.insert(percent_decode(key), Value::String(percent_decode(value)));
        }
    }

    fn add_parts(&mut self, content_type: &str, body: &[u8]) -> Result<(), String> {
        for part in multipart::parts(content_type, body)? {
            if let Some(name) = part.file_name {
                let note = json!({ "file_name": name, "size": part.bytes.len() });
                self.values.insert(part.field.clone(), note);
                self.uploads.push(Upload { field: part.field, name, mime: part.mime, bytes: part.bytes });
            } else {
                let text = String::from_utf8_lossy(&part.bytes).into_owned();
                self.values.insert(part.field, Value::String(text));
            }
        }
        Ok(())
    }

    /// A string; numbers and booleans are written out.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        match self.values.get(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    /// A string that is neither absent nor empty.
    pub(crate) fn filled(&self, key: &str) -> Option<String> {
        self.text(key).filter(|text| !text.is_empty())
    }

    /// An integer, written as a number or as a string.
    pub(crate) fn int(&self, key: &str) -> Option<i64> {
        int_of(self.values.get(key)?)
    }

    /// A boolean; absent is false.
    pub(crate) fn flag(&self, key: &str) -> bool {
        match self.values.get(key) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => {
                matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "1")
            }
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    /// An object or array, given as such or as a JSON-serialised string.
    pub(crate) fn json(&self, key: &str) -> Option<Value> {
        match self.values.get(key)? {
            Value::Null => None,
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => serde_json::from_str(text).ok(),
            other => Some(other.clone()),
        }
    }

    /// An array; absent or of another kind is empty.
    pub(crate) fn list(&self, key: &str) -> Vec<Value> {
        match self.json(key) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        }
    }

    /// Takes the uploaded file of a form field.
    pub(crate) fn take_upload(&mut self, field: &str) -> Option<Upload> {
        let at = self.uploads.iter().position(|upload| upload.field == field)?;
        Some(self.uploads.swap_remove(at))
    }
}

/// An integer in either of its two spellings.
pub(crate) fn int_of(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Undoes urlencoding: `+` is a space, `%E7` a byte; what is not valid stays as it is.
pub(crate) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%').then(|| hex_pair(bytes.get(at + 1..at + 3))).flatten();
        match (escaped, byte) {
            (Some(value), _) => {
                out.push(value);
                at += 2;
            }
            (None, b'+') => out.push(b' '),
            (None, other) => out.push(other),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn hex_pair(pair: Option<&[u8]>) -> Option<u8> {
    let digits = std::str::from_utf8(pair?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_kind_of_body() {
        let json = Params::read("a=1", "application/json", br#"{"b":2,"c":{"d":3}}"#).unwrap();
        assert_eq!((json.int("a"), json.int("b")), (Some(1), Some(2)));
        assert_eq!(json.json("c").unwrap()["d"], 3);
        let form = Params::read("", "application/x-www-form-urlencoded", b"text=%E5%A4%B4+a&list=%5B1%5D").unwrap();
        assert_eq!(form.text("text").unwrap(), "头 a");
        assert_eq!(form.list("list").len(), 1);
        assert!(Params::read("", "application/json", b"[1").is_err());
    }

    #[test]
    fn reads_files_from_multipart() {
        let body = b"--X\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n\
            --X\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--X--\r\n";
        let mut params = Params::read("", "multipart/form-data; boundary=X", body).unwrap();
        assert_eq!(params.int("chat_id"), Some(7));
        let upload = params.take_upload("photo").unwrap();
        assert_eq!((upload.name.as_str(), upload.bytes.as_slice()), ("a.png", b"\x89PNG".as_slice()));
    }
}
