//! Values inside HTML: where links lead, characters by number.

use serde_json::Value;

/// A link becomes a `url`, a `tg://user?id=` a mention, and nonsense nothing at all.
pub(super) fn link_target(url: &str) -> Option<(&'static str, Value)> {
    if let Some(id) = url.strip_prefix("tg://user?id=") {
        let id: i64 = id.parse().ok()?;
        return Some(("user", serde_json::json!({ "id": id, "is_bot": false, "first_name": "" })));
    }
    let has_scheme = ["http://", "https://", "tg://", "mailto:", "tel:"].iter().any(|scheme| url.starts_with(scheme));
    let has_host = url.contains('.') && !url.contains(char::is_whitespace);
    match (has_scheme, has_host) {
        (true, _) => Some(("url", url.into())),
        (false, true) => Some(("url", format!("http://{url}").into())),
        (false, false) => None,
    }
}

/// `&#20013;` or `&#x4e2d;` at the beginning of a text: the character, and how many bytes it took.
pub(super) fn numeric_reference(rest: &str) -> Option<(char, usize)> {
    let end = rest.find(';').filter(|end| *end <= 10)?;
    let body = rest.get(..end)?.strip_prefix("&#")?;
    let code = match body.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => body.parse().ok()?,
    };
    let c = char::from_u32(code).filter(|c| *c != '\0')?;
    Some((c, end + 1))
}
