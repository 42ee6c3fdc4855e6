//! A small reader of `multipart/form-data`, for bodies that are wholly in memory.

/// One part of the form.
#[derive(Debug)]
pub(crate) struct Part {
    /// The name of the form field.
    pub(crate) field: String,
    /// The file name, when the part is a file.
    pub(crate) file_name: Option<String>,
    /// The media type, if told.
    pub(crate) mime: Option<String>,
    /// The content.
    pub(crate) bytes: Vec<u8>,
}

/// Cuts a body into its parts.
pub(crate) fn parts(content_type: &str, body: &[u8]) -> Result<Vec<Part>, String> {
    let boundary = attribute(content_type, "boundary").ok_or("multipart body without a boundary")?;
    let fence = format!("--{boundary}").into_bytes();
    let mut found = Vec::new();
    let mut rest = after(body, &fence).ok_or("multipart body without its first boundary")?;
    while !rest.starts_with(b"--") {
        let end = position(rest, &fence).ok_or("multipart body is cut short")?;
        let (inner, next) = rest.split_at(end);
        found.push(part(inner)?);
        rest = next.get(fence.len()..).unwrap_or_default();
    }
    Ok(found)
}

fn part(raw: &[u8]) -> Result<Part, String> {
    let raw = raw.strip_prefix(b"\r\n").unwrap_or(raw);
    let raw = raw.strip_suffix(b"\r\n").unwrap_or(raw);
    let content = after(raw, b"\r\n\r\n").ok_or("multipart part without an empty line")?;
    let head = String::from_utf8_lossy(raw.get(..raw.len() - content.len()).unwrap_or_default()).into_owned();
    let disposition = header(&head, "content-disposition").unwrap_or_default();
    Ok(Part {
        field: attribute(&disposition, "name").ok_or("multipart part without a name")?,
        file_name: attribute(&disposition, "filename"),
        mime: header(&head, "content-type"),
        bytes: content.to_vec(),
    })
}

fn header(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

fn attribute(line: &str, name: &str) -> Option<String> {
    line.split(';').find_map(|piece| {
        let (key, value) = piece.trim().split_once('=')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim_matches('"').to_owned())
    })
}

fn position(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn after<'a>(haystack: &'a [u8], needle: &[u8]) -> Option<&'a [u8]> {
    haystack.get(position(haystack, needle)? + needle.len()..)
}
