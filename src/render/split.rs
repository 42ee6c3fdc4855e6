//! Splitting at Telegram's limits, at natural places, with the entities kept right.

use super::rich::{Entity, Rich, utf16_len};

/// Longest message, in UTF-16 code units (Bot API: 4096 characters after entity parsing).
pub const MAX_TEXT: usize = 4096;
/// Most entities of a message.
pub const MAX_ENTITIES: usize = 100;

/// The parts of a text, each within the limits. A part ends at a paragraph, else at a line, a sentence, or between
/// two characters; entities that span a cut go on in the next part.
pub fn split(rich: &Rich, longest: usize) -> Vec<Rich> {
    let mut parts = Vec::new();
    let mut start = 0;
    while start < rich.text.len() {
        let rest = &rich.text[start..];
        let length = if utf16_len(rest) <= longest { rest.len() } else { cut(rest, longest) };
        parts.push(part(rich, start, start + length));
        start += length;
        start += rich.text[start..].len() - rich.text[start..].trim_start_matches('\n').len();
    }
    parts.into_iter().filter(|part| !part.text.trim().is_empty()).collect()
}

/// Bytes of the longest good beginning.
fn cut(text: &str, longest: usize) -> usize {
    let mut units = 0;
    let fits = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > longest
    });
    let end = fits.map_or(text.len(), |(at, _)| at);
    let window = &text[..end];
    let late = |at: &usize| *at > end / 2;
    let paragraph = window.rfind("\n\n").filter(late);
    let line = || window.rfind('\n').filter(late);
    let sentence = || window.rfind(['。', '！', '？']).map(|at| at + '。'.len_utf8()).filter(late);
    paragraph.or_else(line).or_else(sentence).unwrap_or(end).max(1)
}

fn part(rich: &Rich, start: usize, end: usize) -> Rich {
    let text = rich.text[start..end].trim_end().to_owned();
    let from = utf16_len(&rich.text[..start]);
    let to = from + utf16_len(&text);
    let inside = rich.entities.iter().filter_map(|entity| {
        let offset = entity.offset.max(from);
        let stop = (entity.offset + entity.length).min(to);
        (offset < stop).then(|| Entity { kind: entity.kind, offset: offset - from, length: stop - offset })
    });
    Rich { text, entities: inside.take(MAX_ENTITIES).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::EntityKind;

    #[test]
    fn a_text_is_cut_at_a_paragraph_and_its_entity_goes_on() {
        let mut rich = Rich::default();
        rich.push_as(EntityKind::Bold, &format!("{}\n\n{}", "甲".repeat(6), "乙".repeat(6)));
        let parts = split(&rich, 10);
        let lengths: Vec<_> = parts.iter().map(|p| (p.text.as_str(), p.entities[0].offset, p.entities[0].length)).collect();
        assert_eq!(lengths, [("甲甲甲甲甲甲", 0, 6), ("乙乙乙乙乙乙", 0, 6)]);
    }

    proptest::proptest! {
        #[test]
        fn every_part_fits_and_nothing_is_lost(text in "(\\PC|\n|。|😀|面){0,300}", longest in 2_usize..50) {
            let mut rich = Rich::default();
            rich.push_as(EntityKind::ExpandableBlockquote, &text);
            let parts = split(&rich, longest);
            for part in &parts {
                proptest::prop_assert!(utf16_len(&part.text) <= longest);
                for entity in &part.entities {
                    proptest::prop_assert!(entity.offset + entity.length <= utf16_len(&part.text));
                }
            }
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let joined: String = parts.iter().map(|part| bare(&part.text)).collect();
            proptest::prop_assert_eq!(joined, bare(&text));
        }
    }
}
