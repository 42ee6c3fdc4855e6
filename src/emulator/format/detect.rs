//! What Telegram finds by itself in a plain text: commands, mentions, hashtags, links, mail addresses, phone numbers.

use super::entity::{Entity, utf16_len};

/// Finds the entities of a plain text.
pub(crate) fn detect(text: &str) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut units = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let word_end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = rest.get(..word_end).unwrap_or_default();
        found.extend(in_word(word, units));
        let after = rest.get(word_end..).unwrap_or_default();
        let gap: usize = after.chars().take_while(|c| c.is_whitespace()).map(char::len_utf8).sum();
        units += utf16_len(rest.get(..word_end + gap).unwrap_or_default());
        rest = after.get(gap..).unwrap_or_default();
    }
    found
}

fn in_word(word: &str, at: usize) -> Option<Entity> {
    let (kind, bytes) = command(word)
        .map(|n| ("bot_command", n))
        .or_else(|| tagged(word, '@', 4).map(|n| ("mention", n)))
        .or_else(|| hashtag(word).map(|n| ("hashtag", n)))
        .or_else(|| link(word).map(|n| ("url", n)))
        .or_else(|| mail(word).map(|n| ("email", n)))
        .or_else(|| phone(word).map(|n| ("phone_number", n)))?;
    Some(Entity::plain(kind, at, utf16_len(word.get(..bytes)?)))
}

fn name_len(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count()
}

fn command(word: &str) -> Option<usize> {
    let name = name_len(word.strip_prefix('/')?);
    if name == 0 || name > 32 {
        return None;
    }
    let rest = word.get(1 + name..)?;
    match tagged(rest, '@', 3) {
        Some(address) => Some(1 + name + address),
        None => (!rest.starts_with(['/', '@'])).then_some(1 + name),
    }
}

fn tagged(word: &str, sign: char, least: usize) -> Option<usize> {
    let name = name_len(word.strip_prefix(sign)?);
    (least..=32).contains(&name).then_some(1 + name)
}

fn hashtag(word: &str) -> Option<usize> {
    let rest = word.strip_prefix('#')?;
    let bytes: usize = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum();
    let only_digits = rest.get(..bytes)?.bytes().all(|byte| byte.is_ascii_digit());
    (bytes > 0 && !only_digits).then_some(1 + bytes)
}

fn link(word: &str) -> Option<usize> {
    let lead = ["https://", "http://", "t.me/"].iter().find(|lead| word.starts_with(**lead))?;
    let bytes = word.bytes().take_while(u8::is_ascii_graphic).count();
    let bytes = word.get(..bytes)?.trim_end_matches(['.', ',', ')', ';', '!', '?']).len();
    (bytes > lead.len()).then_some(bytes)
}

fn mail(word: &str) -> Option<usize> {
    let (name, host) = word.split_once('@')?;
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-+".contains(&b));
    (plain(name) && plain(host) && host.contains('.')).then_some(word.len())
}

fn phone(word: &str) -> Option<usize> {
    let digits = word.strip_prefix('+')?.bytes().take_while(u8::is_ascii_digit).count();
    (8..=15).contains(&digits).then_some(1 + digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(String, usize, usize)> {
        detect(text).into_iter().map(|e| (e.kind, e.offset, e.length)).collect()
    }

    #[test]
    fn finds_commands_by_utf16() {
        assert_eq!(kinds("/start abc"), vec![("bot_command".into(), 0, 6)]);
        assert_eq!(kinds("🚑 /ask@some_bot 头痛"), vec![("bot_command".into(), 3, 13)]);
        assert_eq!(kinds("和/或"), vec![]);
    }

    #[test]
    fn finds_links_and_names() {
        assert_eq!(kinds("见 https://a.cn/b。 @wenzheng"), vec![("url".into(), 2, 14), ("mention".into(), 18, 9)]);
        assert_eq!(
            kinds("#头痛 a@b.cn +8613800138000 120"),
            vec![("hashtag".into(), 0, 3), ("email".into(), 4, 6), ("phone_number".into(), 11, 14)]
        );
    }
}
