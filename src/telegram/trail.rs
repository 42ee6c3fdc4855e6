//! The way one came, in the buttons themselves: marks of the articles above, so that 返回 leads back several cards with
//! nothing stored, also after a restart.

use crate::answer::{Action, Answer, Link};
use crate::knowledge::Knowledge;

/// Cards that one can go back.
const DEEPEST: usize = 3;
/// Characters of a mark, six bits each: of a hundred thousand articles hardly two share one.
const MARK: usize = 5;
/// Most bytes of callback data (Bot API).
const LIMIT: usize = 64;
/// What marks are written with.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Marks of the articles above, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail(String);

impl Trail {
    /// Reads an id and the trail behind it. No id of an article holds a space.
    pub(super) fn split(text: &str) -> Option<(&str, Self)> {
        let Some((id, marks)) = text.split_once(' ') else { return Some((text, Self::default())) };
        let good = marks.len() <= DEEPEST * MARK && marks.len() % MARK == 0 && marks.bytes().all(|byte| LETTERS.contains(&byte));
        good.then(|| (id, Self(marks.to_owned())))
    }

    /// The way to what is opened from an article.
    fn then(&self, id: &str) -> Self {
        let marks = format!("{}{}", self.0, mark(id));
        Self(marks[marks.len().saturating_sub(DEEPEST * MARK)..].to_owned())
    }

    /// Callback data with as much of the way as fits.
    fn data(&self, kind: &str, id: &str) -> String {
        let room = LIMIT.saturating_sub(kind.len() + id.len() + 2) / MARK * MARK;
        match &self.0[self.0.len().saturating_sub(room)..] {
            "" => format!("{kind}:{id}"),
            marks => format!("{kind}:{id} {marks}"),
        }
    }

    /// The article one came from, and the way to it.
    fn parent(&self, knowledge: &Knowledge) -> Option<(String, Self)> {
        let before = self.0.len().checked_sub(MARK)?;
        let (way, last) = self.0.split_at(before);
        let id = knowledge.places().map(|at| knowledge.id_of(at)).find(|id| mark(id) == last)?;
        Some((id, Self(way.to_owned())))
    }

    /// An answer whose buttons know the way to it.
    pub(super) fn under(&self, knowledge: &Knowledge, answer: Answer) -> Answer {
        match answer {
            Answer::Article(mut article) => {
                let here = self.then(&article.id);
                article.related.iter_mut().for_each(|link| here.lengthen(link, &["a"]));
                article.tools.iter_mut().for_each(|link| self.lengthen(link, &["s"]));
                if let Some((id, way)) = self.parent(knowledge) {
                    article.tools.push(Link::callback(&knowledge.phrases.button_back, way.data("r", &id)));
                }
                Answer::Article(article)
            }
            Answer::Page(mut page) => {
                page.links.iter_mut().for_each(|link| self.lengthen(link, &["r"]));
                Answer::Page(page)
            }
            other => other,
        }
    }

    fn lengthen(&self, link: &mut Link, kinds: &[&str]) {
        let Action::Callback(data) = &mut link.action else { return };
        if let Some((kind, id)) = data.split_once(':').filter(|(kind, _)| kinds.contains(kind)) {
            *data = self.data(kind, id);
        }
    }
}

/// Five characters that stand for an id (FNV-1a, Fowler, Noll and Vo).
fn mark(id: &str) -> String {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let folded = hash ^ (hash >> 30);
    (0..MARK).map(|nth| char::from(LETTERS[(folded >> (6 * nth) & 63) as usize])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_steps_are_dropped_where_they_do_not_fit() {
        let long = "x".repeat(50);
        let trail = Trail::default().then("a").then("b").then("c").then("d");
        assert_eq!(trail.0, [mark("b"), mark("c"), mark("d")].concat());
        assert_eq!(trail.data("a", &long), format!("a:{long} {}", [mark("c"), mark("d")].concat()));
        assert_eq!(trail.data("a", &"x".repeat(60)), format!("a:{}", "x".repeat(60)));
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_again(ids in proptest::collection::vec("[!-~]{1,60}", 1..6)) {
            let trail = ids.iter().fold(Trail::default(), |trail, id| trail.then(id));
            let data = trail.data("a", &ids[0]);
            proptest::prop_assert!(data.len() <= LIMIT);
            let (id, read) = Trail::split(&data[2..]).expect("our own data");
            proptest::prop_assert!(id == ids[0] && trail.0.ends_with(&read.0));
        }
    }
}
