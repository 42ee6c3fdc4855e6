//! The little language of patterns: `[胸部]…[痛]`, `血压…<200..300>`, `(突然|忽然)晕倒`.
//!
//! | written | means |
//! |---|---|
//! | `胸口痛` | these characters |
//! | `[胸部]` | any word of the list 胸部 |
//! | `(突然\|忽然)` | any of these |
//! | `<41..45>` | a number from 41 to 45 |
//! | `…` | up to eight characters of the same clause between the parts |

/// How much may stand where a pattern has `…`, in bytes: eight Chinese characters.
pub(super) const GAP_BYTES: usize = 24;

/// One part of a pattern and how much may stand before it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) kind: PartKind,
    /// Bytes that may stand between the part before and this one.
    pub(super) gap: usize,
}

/// What a part matches.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PartKind {
    /// One of these words.
    Any(Vec<String>),
    /// A word of a named list.
    List(String),
    /// A number in a range, both ends included.
    Number(f64, f64),
}

/// Reads a pattern.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn parse(pattern: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    let mut gap = 0;
    while let Some(first) = rest.chars().next() {
        if first == '…' {
            gap = GAP_BYTES;
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (kind, after) = match first {
            '[' => bracketed(rest, '[', ']').map(|(name, after)| (PartKind::List(name.to_owned()), after))?,
            '(' => bracketed(rest, '(', ')').and_then(|(inside, after)| Ok((alternatives(inside)?, after)))?,
            '<' => bracketed(rest, '<', '>').and_then(|(inside, after)| Ok((range(inside)?, after)))?,
            ']' | ')' | '>' => return Err(format!("“{pattern}”里多了一个“{first}”")),
            _ => {
                let end = rest.find(['[', '(', '<', '…', ']', ')', '>']).unwrap_or(rest.len());
                (PartKind::Any(vec![rest[..end].to_owned()]), &rest[end..])
            }
        };
        parts.push(Part { kind, gap });
        (gap, rest) = (0, after);
    }
    if parts.is_empty() || gap > 0 {
        return Err(format!("“{pattern}”不完整：“…”前后都要有内容"));
    }
    Ok(parts)
}

fn bracketed(text: &str, open: char, close: char) -> Result<(&str, &str), String> {
    let inside = &text[open.len_utf8()..];
    let end = inside.find(close).ok_or_else(|| format!("“{text}”缺少“{close}”"))?;
    if end == 0 {
        return Err(format!("“{text}”的括号里是空的"));
    }
    Ok((&inside[..end], &inside[end + close.len_utf8()..]))
}

fn alternatives(inside: &str) -> Result<PartKind, String> {
    let words: Vec<String> = inside.split('|').map(str::trim).map(str::to_owned).collect();
    if words.iter().any(String::is_empty) {
        return Err(format!("“({inside})”里有一项是空的"));
    }
    Ok(PartKind::Any(words))
}

fn range(inside: &str) -> Result<PartKind, String> {
    let wrong = || format!("“<{inside}>”应写成 <小..大>，例如 <41..45>");
    let (low, high) = inside.split_once("..").ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
    match (number(low), number(high)) {
        (Some(low), Some(high)) if low <= high => Ok(PartKind::Number(low, high)),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_read_as_written() {
        let parts = parse("[胸部]…(痛|疼)<40..41.5>度").expect("a good pattern");
        let kinds: Vec<_> = parts.iter().map(|part| (part.kind.clone(), part.gap > 0)).collect();
        let words = |list: &[&str]| PartKind::Any(list.iter().map(|&w| w.to_owned()).collect());
        assert_eq!(
            kinds,
            [
                (PartKind::List("胸部".into()), false),
                (words(&["痛", "疼"]), true),
                (PartKind::Number(40.0, 41.5), false),
                (words(&["度"]), false),
            ]
        );
    }

    #[test]
    fn broken_patterns_are_named() {
        for broken in ["", "…", "[胸部", "胸]", "(痛|)", "<5>", "<9..1>", "痛…"] {
            assert!(parse(broken).is_err(), "{broken}");
        }
    }
}
