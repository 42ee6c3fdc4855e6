//! Causes that can be told apart: the signs of each, to tick. Ticking puts in another order, it never takes away, and
//! what is dangerous stays on top. What is ticked stands in the buttons themselves.

use super::fill::fill;
use super::page::page;
use super::says::{Answer, Link};
use crate::knowledge::{Article, ArticleAt, Knowledge};

/// Most signs of an article that can be ticked: what a `u32` holds.
const MOST: usize = 32;
/// Characters of an article's version that a button carries, so that ticks on another text are dropped.
const VERSION: usize = 2;

/// A sign of a cause, word for word.
pub(super) struct Sign<'a> {
    cause: usize,
    pub(super) text: &'a str,
}

/// The signs that can be ticked; what speaks against a cause (如果……就不太像) can only be read.
pub(super) fn signs(article: &Article) -> Vec<Sign<'_>> {
    let mut found = Vec::new();
    for (cause, point) in article.points.iter().enumerate() {
        let parts = point.signs.as_deref().unwrap_or_default().split(['。', '；']).map(str::trim);
        found.extend(parts.filter(|part| !part.is_empty() && !part.contains("如果")).map(|text| Sign { cause, text }));
    }
    found.truncate(MOST);
    found
}

/// Which signs are ticked, as a button carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ticks {
    version: String,
    mask: u32,
}

impl Ticks {
    /// Reads what a button carries; ticks on another version of the article are none.
    pub(super) fn read(knowledge: &Knowledge, at: ArticleAt, state: &str) -> Self {
        let version: String = knowledge.version_of(at).chars().take(VERSION).collect();
        let mask = state.strip_prefix(version.as_str()).and_then(|mask| u32::from_str_radix(mask, 16).ok());
        Self { mask: mask.unwrap_or_default(), version }
    }

    pub(super) fn has(&self, sign: usize) -> bool {
        u32::try_from(sign).ok().and_then(|sign| self.mask.checked_shr(sign)).is_some_and(|rest| rest & 1 == 1)
    }

    /// What a button carries.
    pub(super) fn state(&self) -> String {
        format!("{}{:x}", self.version, self.mask)
    }

    /// With this sign the other way.
    pub(super) fn turned(&self, sign: usize) -> Self {
        let bit = u32::try_from(sign).ok().and_then(|sign| 1_u32.checked_shl(sign)).unwrap_or_default();
        Self { version: self.version.clone(), mask: self.mask ^ bit }
    }

    /// A sign as a button that turns it; `data` makes of a state what the button carries.
    pub(super) fn link(&self, knowledge: &Knowledge, nth: usize, sign: &Sign<'_>, data: impl Fn(String) -> String) -> Link {
        let phrases = &knowledge.phrases.carry;
        let label = if self.has(nth) { &phrases.ticked } else { &phrases.unticked };
        Link::callback(fill(label, &[("表现", sign.text)]), data(self.turned(nth).state()))
    }
}

/// The causes of an article and their signs. None where it has nothing to tick.
pub fn apart(knowledge: &Knowledge, at: ArticleAt, state: &str) -> Option<Answer> {
    let (article, phrases) = (knowledge.article_at(at), &knowledge.phrases);
    let signs = signs(article);
    if signs.is_empty() {
        return None;
    }
    let (id, ticks) = (knowledge.id_of(at), Ticks::read(knowledge, at, state));
    let mut text = vec![phrases.carry.apart_how.clone()];
    text.extend(in_order(article, &signs, &ticks).into_iter().map(|cause| cause_text(knowledge, article, cause, &signs, &ticks)));
    let mut links: Vec<Link> =
        signs.iter().enumerate().map(|(nth, sign)| ticks.link(knowledge, nth, sign, |state| format!("ws:{id}:{state}"))).collect();
    links.push(Link::callback(&phrases.carry.visit, format!("vc:{id}:x{}", ticks.state())));
    links.push(Link::callback(&phrases.button_back, format!("r:{id}")));
    let heading = fill(&phrases.carry.apart_heading, &[("题目", &article.title)]);
    Some(page(knowledge, &heading, text, links))
}

/// The causes: dangerous ones first, as the article has them; then those with more ticks.
fn in_order(article: &Article, signs: &[Sign<'_>], ticks: &Ticks) -> Vec<usize> {
    let mut causes: Vec<usize> = (0..article.points.len()).collect();
    causes.sort_by_key(|&cause| if article.points[cause].danger { (false, 0) } else { (true, usize::MAX - count(cause, signs, ticks)) });
    causes
}

fn count(cause: usize, signs: &[Sign<'_>], ticks: &Ticks) -> usize {
    signs.iter().enumerate().filter(|(nth, sign)| sign.cause == cause && ticks.has(*nth)).count()
}

fn cause_text(knowledge: &Knowledge, article: &Article, cause: usize, signs: &[Sign<'_>], ticks: &Ticks) -> String {
    let (point, phrases) = (&article.points[cause], &knowledge.phrases);
    let mark = if point.danger { phrases.danger_mark.as_str() } else { "" };
    let ticked = match count(cause, signs, ticks) {
        0 => String::new(),
        some => fill(&phrases.carry.apart_count, &[("几", &some.to_string())]),
    };
    let mut lines = vec![format!("{}{mark}{ticked}", point.heading)];
    lines.extend(point.signs.iter().map(|signs| format!("{}：{signs}", phrases.label_signs)));
    // Whoever has a sign of something dangerous reads here when to go, without another tap.
    let when = point.when.iter().filter(|_| point.danger);
    lines.extend(when.map(|when| format!("{}：{when}", phrases.label_when)));
    lines.join("\n")
}
