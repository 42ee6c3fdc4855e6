//! `reply_markup`: what the real server would refuse.

use serde_json::Value;

use super::super::params::Params;
use super::super::refusal::Refusal;

/// Reads and checks `reply_markup`. Only an inline keyboard is given back; the others belong to the person's client.
pub(super) fn inline_keyboard(params: &Params) -> Result<Option<Value>, Refusal> {
    let given = params.values.get("reply_markup").is_some_and(|value| !value.is_null() && value.as_str() != Some(""));
    if !given {
        return Ok(None);
    }
    let Some(markup @ Value::Object(_)) = params.json("reply_markup") else {
        return Err(Refusal::bad("object expected as reply markup"));
    };
    let Some(rows) = markup.get("inline_keyboard") else {
        return Ok(None);
    };
    let rows = rows.as_array().ok_or_else(|| Refusal::bad("field \"inline_keyboard\" must be of type Array"))?;
    let mut count = 0;
    for row in rows {
        let row = row.as_array().ok_or_else(|| Refusal::bad("inline keyboard row must be an Array"))?;
        count += row.len();
        if row.len() > 8 || count > 100 {
            return Err(Refusal::bad("reply markup is too long"));
        }
        for button in row {
            check(button)?;
        }
    }
    // A keyboard without any button takes the keyboard away.
    Ok((count > 0).then_some(markup))
}

fn check(button: &Value) -> Result<(), Refusal> {
    const KINDS: [&str; 9] = [
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "pay",
    ];
    let text = |pointer: &str| button.pointer(pointer).and_then(Value::as_str);
    if text("/text").is_none_or(str::is_empty) {
        return Err(Refusal::bad("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard"));
    }
    if KINDS.iter().filter(|kind| button.get(**kind).is_some()).count() != 1 {
        return Err(Refusal::bad("can't parse inline keyboard button: exactly one optional field must be used"));
    }
    if text("/callback_data").is_some_and(|data| data.is_empty() || data.len() > 64) {
        return Err(Refusal::bad("BUTTON_DATA_INVALID"));
    }
    if button.get("copy_text").is_some() && text("/copy_text/text").is_none_or(|copy| !(1..=256).contains(&copy.chars().count())) {
        return Err(Refusal::bad("BUTTON_COPY_TEXT_INVALID"));
    }
    if text("/url").is_some_and(|url| !is_link(url)) {
        return Err(Refusal::bad(&format!("inline keyboard button URL '{}' is invalid: Wrong HTTP URL", text("/url").unwrap_or_default())));
    }
    if button.get("web_app").is_some() && text("/web_app/url").is_none_or(|url| !url.starts_with("https://")) {
        return Err(Refusal::bad("inline keyboard button Web App URL is invalid: Only HTTPS links are allowed"));
    }
    Ok(())
}

fn is_link(url: &str) -> bool {
    let rest = ["http://", "https://", "tg://", "tonsite://"].iter().find_map(|scheme| url.strip_prefix(scheme)).unwrap_or(url);
    !rest.is_empty() && !rest.contains(char::is_whitespace) && (rest.contains('.') || url.starts_with("tg://"))
}
