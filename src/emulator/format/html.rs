//! `parse_mode` HTML into text and entities, with the real server's complaints.

use serde_json::Value;

use super::entity::{Entity, Formatted};
use super::html_values::{link_target, numeric_reference};

const TAGS: &[(&str, &str)] = &[
    ("b", "bold"),
    ("strong", "bold"),
    ("i", "italic"),
    ("em", "italic"),
    ("u", "underline"),
    ("ins", "underline"),
    ("s", "strikethrough"),
    ("strike", "strikethrough"),
    ("del", "strikethrough"),
    ("tg-spoiler", "spoiler"),
    ("span", "spoiler"),
    ("code", "code"),
    ("pre", "pre"),
    ("a", "text_link"),
    ("tg-emoji", "custom_emoji"),
    ("blockquote", "blockquote"),
];

/// Parses HTML as the Bot API understands it; `Err` is the sentence after "can't parse entities: ".
pub(crate) fn parse_html(source: &str) -> Result<Formatted, String> {
    let mut parser = Parser { source, at: 0, text: String::new(), units: 0, open: Vec::new(), done: Vec::new() };
    parser.run()?;
    if let Some(tag) = parser.open.last() {
        return Err(format!("Can't find end tag corresponding to start tag \"{}\"", tag.name));
    }
    let mut formatted = Formatted { text: parser.text, entities: parser.done };
    formatted.arrange();
    join_code_blocks(&mut formatted.entities);
    Ok(formatted)
}

struct Open {
    name: String,
    kind: &'static str,
    /// Where the tag's text begins, in units and in bytes of the result.
    units: usize,
    bytes: usize,
    attributes: Vec<(String, String)>,
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    text: String,
    units: usize,
    open: Vec<Open>,
    done: Vec<Entity>,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(c) = self.peek() {
            match c {
                '<' if self.source.get(self.at + 1..).is_some_and(|rest| rest.starts_with('/')) => {
                    self.end_tag()?;
                }
                '<' => self.start_tag()?,
                '&' => {
                    let decoded = self.character_reference();
                    self.push(decoded);
                }
                other => {
                    self.at += other.len_utf8();
                    self.push(other);
                }
            }
        }
        Ok(())
    }

    fn peek(&self) -> Option<char> {
        self.source.get(self.at..)?.chars().next()
    }

    fn push(&mut self, c: char) {
        self.text.push(c);
        self.units += c.len_utf16();
    }

    fn skip_spaces(&mut self) {
        self.take_while(|c| c.is_ascii_whitespace());
    }

    fn take_while(&mut self, accept: impl Fn(char) -> bool) -> String {
        let rest = self.source.get(self.at..).unwrap_or_default();
        let end = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default().to_owned()
    }

    /// `&lt; &gt; &amp; &quot; &#39; &#x27;`; anything else stays as written.
    fn character_reference(&mut self) -> char {
        let rest = self.source.get(self.at..).unwrap_or_default();
        let known = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')];
        if let Some((name, c)) = known.into_iter().find(|(name, _)| rest.starts_with(name)) {
            self.at += name.len();
            return c;
        }
        if let Some((c, length)) = numeric_reference(rest) {
            self.at += length;
            return c;
        }
        self.at += 1;
        '&'
    }

    fn start_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 1;
        let name = self.take_while(|c| !c.is_ascii_whitespace() && c != '>').to_ascii_lowercase();
        let unclosed = || format!("Unclosed start tag at byte offset {begin}");
        if self.peek().is_none() {
            return Err(unclosed());
        }
        let Some((_, kind)) = TAGS.iter().find(|(tag, _)| *tag == name) else {
            return Err(format!("Unsupported start tag \"{name}\" at byte offset {begin}"));
        };
        let mut attributes = Vec::new();
        loop {
            self.skip_spaces();
            match self.peek() {
                None => return Err(unclosed()),
                Some('>') => break,
                Some(_) => attributes.push(self.attribute(&name, begin)?),
            }
        }
        self.at += 1;
        if name == "span" && !attributes.iter().any(|(key, value)| key == "class" && value == "tg-spoiler") {
            return Err(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"));
        }
        self.open.push(Open { name, kind, units: self.units, bytes: self.text.len(), attributes });
        Ok(())
    }

    fn attribute(&mut self, tag: &str, begin: usize) -> Result<(String, String), String> {
        let key = self.take_while(|c| !c.is_ascii_whitespace() && c != '=' && c != '>').to_ascii_lowercase();
        if key.is_empty() {
            return Err(format!("Empty attribute name in the tag \"{tag}\" at byte offset {begin}"));
        }
        self.skip_spaces();
        if self.peek() != Some('=') {
            return Ok((key, String::new()));
        }
        self.at += 1;
        self.skip_spaces();
        let value = match self.peek() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote, begin)?,
            _ => self.take_while(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-'),
        };
        Ok((key, value))
    }

    fn quoted(&mut self, quote: char, begin: usize) -> Result<String, String> {
        self.at += 1;
        let mut value = String::new();
        loop {
            match self.peek() {
                None => return Err(format!("Unclosed start tag at byte offset {begin}")),
                Some(c) if c == quote => {
                    self.at += 1;
                    return Ok(value);
                }
                Some('&') => value.push(self.character_reference()),
                Some(c) => {
                    self.at += c.len_utf8();
                    value.push(c);
                }
            }
        }
    }

    fn end_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 2;
        let name = self.take_while(|c| !c.is_ascii_whitespace() && c != '>').to_ascii_lowercase();
        self.skip_spaces();
        if self.peek() != Some('>') {
            return Err(format!("Unclosed end tag at byte offset {begin}"));
        }
        self.at += 1;
        let Some(open) = self.open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {begin}"));
        };
        if !name.is_empty() && name != open.name {
            let expected = open.name;
            return Err(format!("Unmatched end tag at byte offset {begin}, expected \"</{expected}>\", found \"</{name}>\""));
        }
        if self.units > open.units {
            self.close(&open);
        }
        Ok(())
    }

    fn close(&mut self, open: &Open) {
        let get = |key: &str| open.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        let mut entity = Entity::plain(open.kind, open.units, self.units - open.units);
        match open.kind {
            "text_link" => {
                let inner = self.text.get(open.bytes..).unwrap_or_default();
                let url = get("href").filter(|href| !href.is_empty()).unwrap_or(inner).to_owned();
                match link_target(&url) {
                    Some(extra) => add(&mut entity, extra),
                    None => return,
                }
            }
            "custom_emoji" => add(&mut entity, ("custom_emoji_id", get("emoji-id").unwrap_or_default().into())),
            "blockquote" if get("expandable").is_some() => {
                "expandable_blockquote".clone_into(&mut entity.kind);
            }
            "code" => {
                if let Some(language) = get("class").and_then(|class| class.strip_prefix("language-")) {
                    add(&mut entity, ("language", language.into()));
                }
            }
            _ => {}
        }
        self.done.push(entity);
    }
}

fn add(entity: &mut Entity, (key, value): (&str, Value)) {
    if key == "user" {
        "text_mention".clone_into(&mut entity.kind);
    }
    entity.extra.insert(key.to_owned(), value);
}

/// `<pre><code class="language-x">` is one `pre` with a language; `code` inside `pre` is nothing of its own.
fn join_code_blocks(entities: &mut Vec<Entity>) {
    let codes: Vec<Entity> = entities.iter().filter(|entity| entity.kind == "code").cloned().collect();
    let mut swallowed = Vec::new();
    for pre in entities.iter_mut().filter(|entity| entity.kind == "pre") {
        for code in &codes {
            if !code.touches(pre) {
                continue;
            }
            if (code.offset, code.length) == (pre.offset, pre.length) {
                pre.extra.extend(code.extra.clone());
            }
            swallowed.push(code.clone());
        }
    }
    entities.retain(|entity| !swallowed.contains(entity));
    for code in entities.iter_mut().filter(|entity| entity.kind == "code") {
        code.extra.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<(String, usize, usize)> {
        let parsed = parse_html(source).unwrap();
        parsed.entities.into_iter().map(|e| (e.kind, e.offset, e.length)).collect()
    }

    #[test]
    fn tags_become_entities_by_utf16() {
        assert_eq!(kinds("🚑<b>头<i>痛</i></b>"), vec![("bold".into(), 2, 2), ("italic".into(), 3, 1)]);
        assert_eq!(kinds("<blockquote expandable>a\nb</blockquote>"), vec![("expandable_blockquote".into(), 0, 3)]);
        assert_eq!(kinds("<tg-spoiler>x</tg-spoiler><span class=\"tg-spoiler\">y</span>").len(), 2);
        assert_eq!(parse_html("a &lt;b&gt; &amp; &#x5934; &nbsp;").unwrap().text, "a <b> & 头 &nbsp;");
    }

    #[test]
    fn links_and_code_carry_their_fields() {
        let link = parse_html("<a href=\"https://a.cn/?a=1&amp;b=2\">x</a>").unwrap();
        assert_eq!(link.entities[0].extra["url"], "https://a.cn/?a=1&b=2");
        let code = parse_html("<pre><code class=\"language-toml\">a = 1</code></pre>").unwrap();
        assert_eq!((code.entities.len(), code.entities[0].extra["language"].as_str()), (1, Some("toml")));
        assert!(kinds("<a href=\"nonsense\">x</a>").is_empty());
    }

    #[test]
    fn complaints_are_the_servers_own() {
        let told = |source: &str| parse_html(source).unwrap_err();
        assert_eq!(told("a<x>"), "Unsupported start tag \"x\" at byte offset 1");
        assert_eq!(told("<b>a"), "Can't find end tag corresponding to start tag \"b\"");
        assert_eq!(told("<b>a</i>"), "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"");
        assert_eq!(told("体温</b>"), "Unexpected end tag at byte offset 6");
        assert_eq!(told("1 < 2"), "Unsupported start tag \"\" at byte offset 2");
        assert_eq!(told("1 <2"), "Unclosed start tag at byte offset 2");
    }
}
