//! What a message is made of, for the second reader: runs of one to three characters of a clause, how clauses begin and
//! end, and the word lists that hold one of its words. Digits count as one digit; what is denied counts as another thing.

use super::compile::ListId;
use super::scan::Word;
use crate::text::Analyzed;

/// A feature as a number: what kind it is in the top bits, then up to three characters of twenty bits or a list.
pub(super) type Gram = u64;

const PLAIN: u64 = 0;
const DENIED: u64 = 1;
const BEGIN: u64 = 2;
const END: u64 = 3;
const LIST: u64 = 4;
const DENIED_LIST: u64 = 5;

/// Marks in the written form of a feature.
const MARKS: [(u64, &str); 3] = [(DENIED, "!"), (BEGIN, "^"), (END, "$")];
/// Marks of word lists in the written form.
const LIST_MARKS: [(u64, &str); 2] = [(LIST, "词表："), (DENIED_LIST, "否定词表：")];

/// The features of one character's place in the text.
pub(super) struct Place {
    /// Byte of the normalised text.
    pub(super) at: usize,
    /// Its clause.
    pub(super) clause: usize,
}

fn pack(kind: u64, chars: &[char]) -> Gram {
    chars.iter().fold(0, |key, &c| key << 20 | u64::from(c as u32 & 0xF_FFFF)) | kind << 60
}

fn of_list(kind: u64, list: ListId) -> Gram {
    kind << 60 | u64::from(list)
}

/// A feature from its written form; `list` knows the lists by name.
pub(super) fn read(written: &str, list: impl FnOnce(&str) -> Option<ListId>) -> Option<Gram> {
    if let Some((kind, name)) = LIST_MARKS.iter().find_map(|(kind, mark)| Some((*kind, written.strip_prefix(mark)?))) {
        return list(name).map(|list| of_list(kind, list));
    }
    let marked = MARKS.iter().find_map(|(kind, mark)| Some((*kind, written.strip_prefix(mark)?)));
    let (kind, chars) = marked.unwrap_or((PLAIN, written));
    let chars: Vec<char> = chars.chars().collect();
    (1..=3).contains(&chars.len()).then(|| pack(kind, &chars))
}

/// The written form of a feature.
pub(super) fn written(gram: Gram, list: impl FnOnce(ListId) -> Option<String>) -> Option<String> {
    let kind = gram >> 60;
    if let Some((_, mark)) = LIST_MARKS.iter().find(|(of, _)| *of == kind) {
        return list(gram as ListId).map(|name| format!("{mark}{name}"));
    }
    let chars = [40, 20, 0].map(|shift| (gram >> shift & 0xF_FFFF) as u32);
    let text: String = chars.into_iter().filter(|&c| c > 0).filter_map(char::from_u32).collect();
    let mark = MARKS.iter().find(|(of, _)| *of == kind).map_or("", |(_, mark)| mark);
    Some(format!("{mark}{text}"))
}

/// Shows the features of every place of the text. Of the words only those of lists that have a name count.
pub(super) fn visit(analyzed: &Analyzed, words: &[Word], named: &[bool], mut visitor: impl FnMut(&Place, &mut dyn Iterator<Item = Gram>)) {
    let named = words.iter().filter(|word| named.get(word.list as usize).copied().unwrap_or(false));
    let mut by_start: Vec<(usize, ListId)> = named.map(|word| (word.start, word.list)).collect();
    by_start.sort_unstable();
    by_start.dedup();
    let (mut next_word, mut next_denied) = (0, 0);
    let (mut starts, mut chars): (Vec<usize>, Vec<char>) = (Vec::new(), Vec::new());
    for (clause, stretch) in analyzed.clauses.iter().enumerate() {
        starts.clear();
        chars.clear();
        // Greetings and thanks are no part of what is told: with or without them it reads the same.
        let told = analyzed.content.iter().skip(analyzed.content.partition_point(|piece| piece.end <= stretch.span.start));
        for piece in told.take_while(|piece| piece.start < stretch.span.end) {
            let piece = piece.start.max(stretch.span.start)..piece.end.min(stretch.span.end);
            for (byte, c) in analyzed.text()[piece.clone()].char_indices() {
                starts.push(piece.start + byte);
                chars.push(if c.is_ascii_digit() { '0' } else { c });
            }
        }
        for (nth, &at) in starts.iter().enumerate() {
            while analyzed.denied.get(next_denied).is_some_and(|span| span.end <= at) {
                next_denied += 1;
            }
            let denied = analyzed.denied.get(next_denied).is_some_and(|span| span.start <= at);
            let (kind, list_kind) = if denied { (DENIED, DENIED_LIST) } else { (PLAIN, LIST) };
            let rest = &chars[nth..];
            let runs = (1..=rest.len().min(3)).map(|length| pack(kind, &rest[..length]));
            let begin = (nth == 0 && rest.len() > 1).then(|| pack(BEGIN, &rest[..2]));
            let end = (rest.len() == 2).then(|| pack(END, rest));
            let first = next_word + by_start[next_word..].partition_point(|(start, _)| *start < at);
            let past = first + by_start[first..].iter().take_while(|(start, _)| *start == at).count();
            next_word = past;
            let lists = by_start[first..past].iter().map(|(_, list)| of_list(list_kind, *list));
            visitor(&Place { at, clause }, &mut runs.chain(begin).chain(end).chain(lists));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_reads_back_as_written() {
        for form in ["痛", "胸口", "胸口痛", "!痛", "^我妈", "怎么$", "0度", "a痛"] {
            let mark_last = form.strip_suffix('$').map(|rest| format!("${rest}"));
            let form = mark_last.as_deref().unwrap_or(form);
            let gram = read(form, |_| None).expect("a feature");
            assert_eq!(written(gram, |_| None).as_deref(), Some(form));
        }
        assert_eq!(read("词表：突然", |name| (name == "突然").then_some(7)), Some(of_list(LIST, 7)));
        assert_eq!(written(of_list(DENIED_LIST, 7), |list| (list == 7).then(|| "突然".to_owned())).as_deref(), Some("否定词表：突然"));
        assert_eq!(read("四个字了", |_| None), None);
        assert_eq!(read("", |_| None), None);
    }
}
