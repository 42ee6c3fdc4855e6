//! Chinese numerals as Arabic ones, where they count something: 三十八度五 is 38.5度, 两个月 is 2个月,
//! 三叉神经 and 十二指肠 stay words.

/// What a numeral may be followed by for it to be read as a number.
const UNITS: &[&str] = &[
    "个", "天", "日", "周", "星期", "礼拜", "岁", "月", "年", "小时", "钟头", "分钟", "秒", "度", "次", "瓶", "粒", "片", "颗", "斤",
    "公斤", "千克", "米", "楼", "层", "口", "杯", "盒", "板", "毫升", "多",
];

fn digit(c: char) -> Option<f64> {
    "零一二三四五六七八九"
        .chars()
        .position(|d| d == c)
        .or(match c {
            '〇' => Some(0),
            '两' => Some(2),
            _ => None,
        })
        .map(|value| u32::try_from(value).map_or(0.0, f64::from))
}

fn scale(c: char) -> Option<f64> {
    match c {
        '十' => Some(10.0),
        '百' => Some(100.0),
        '千' => Some(1000.0),
        _ => None,
    }
}

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || scale(c).is_some()
}

/// The value of a run of numerals without 点, or nothing if it holds no digit and no 十 (百 and 千 alone are words).
fn value(run: &[char]) -> Option<f64> {
    if !run.iter().any(|&c| digit(c).is_some() || c == '十') {
        return None;
    }
    // 两三天, 二三十: about so many, no number.
    if let [first, second, rest @ ..] = run
        && let (Some(first), Some(second)) = (digit(*first), digit(*second))
        && (second - first - 1.0).abs() < f64::EPSILON
        && rest.iter().all(|&c| scale(c).is_some())
    {
        return None;
    }
    if run.iter().all(|&c| digit(c).is_some()) {
        return run.iter().try_fold(0.0, |sum, &c| Some(sum * 10.0 + digit(c)?));
    }
    let (mut total, mut pending, mut last_scale) = (0.0, None, 0.0);
    for &c in run {
        if let Some(d) = digit(c) {
            pending = Some(d);
        } else if let Some(s) = scale(c) {
            total += pending.take().unwrap_or(1.0) * s;
            last_scale = s;
        }
    }
    // 一百二 is 120: a digit that follows a scale of a hundred or more directly counts tens of it.
    let tail = pending.unwrap_or(0.0);
    let elided = last_scale >= 100.0 && !run.contains(&'零') && pending.is_some();
    Some(total + if elided { tail * last_scale / 10.0 } else { tail })
}

/// Folds numerals in a text that is already NFKC and Simplified.
pub(super) fn fold(text: &str) -> String {
    if !text.chars().any(is_numeral) && !text.contains('度') {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|&&c| is_numeral(c)).count();
        if run == 0 {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let fraction = fraction_len(&chars[at + run..]);
        let end = at + run + fraction;
        match value(&chars[at..at + run]) {
            Some(number) if counts_something(&chars, at, end, run + fraction) => {
                out.push_str(&format!("{number}"));
                push_fraction(&mut out, &chars[at + run..end]);
            }
            _ => out.extend(&chars[at..end]),
        }
        at = end;
    }
    join_degrees(&out)
}

/// Length of 点五 in 三十八点五: the point and the digits after it.
fn fraction_len(rest: &[char]) -> usize {
    if rest.first() != Some(&'点') {
        return 0;
    }
    match rest[1..].iter().take_while(|&&c| digit(c).is_some()).count() {
        0 => 0,
        digits => digits + 1,
    }
}

fn push_fraction(out: &mut String, fraction: &[char]) {
    if fraction.is_empty() {
        return;
    }
    out.push('.');
    for d in fraction.iter().filter_map(|&c| digit(c)) {
        out.push_str(&format!("{d}"));
    }
}

fn counts_something(chars: &[char], start: usize, end: usize, length: usize) -> bool {
    let followed = UNITS.iter().any(|unit| chars[end..].iter().copied().take(unit.chars().count()).eq(unit.chars()));
    let at_the_end = chars.get(end).is_none_or(|c| !c.is_alphabetic());
    let after_degrees = start > 0 && chars[start - 1] == '度' && start > 1 && chars[start - 2].is_alphanumeric();
    followed || (length >= 2 && at_the_end) || after_degrees
}

/// 38度5 and 38度 5 are 38.5度: the way temperatures are said.
fn join_degrees(text: &str) -> String {
    let Some(at) = text.find('度') else { return text.to_owned() };
    let (before, after) = (&text[..at], &text[at + '度'.len_utf8()..]);
    let digit_before = before.ends_with(|c: char| c.is_ascii_digit());
    let mut following = after.chars();
    let (first, second) = (following.next(), following.next());
    let single = first.is_some_and(|c| c.is_ascii_digit()) && !second.is_some_and(|c| c.is_ascii_digit() || c == '.');
    let half = first == Some('半');
    if digit_before && (single || half) {
        let tenth = if half { '5' } else { first.unwrap_or('0') };
        let rest = &after[first.map_or(0, char::len_utf8)..];
        return format!("{before}.{tenth}度{}", join_degrees(rest));
    }
    format!("{before}度{}", join_degrees(after))
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn numerals_that_count_become_digits() {
        assert_eq!(fold("三十八度五"), "38.5度");
        assert_eq!(fold("38度5"), "38.5度");
        assert_eq!(fold("烧到三十九度半了"), "烧到39.5度了");
        assert_eq!(fold("两个月大"), "2个月大");
        assert_eq!(fold("血压一百八"), "血压180");
        assert_eq!(fold("一百二十天"), "120天");
        assert_eq!(fold("体温四十点二"), "体温40.2");
    }

    #[test]
    fn numerals_inside_words_stay() {
        for word in ["三叉神经痛", "十二指肠溃疡", "四肢无力", "一直咳", "千万不要", "五十肩", "十分难受", "两三分钟", "二三十岁"]
        {
            assert_eq!(fold(word), word);
        }
    }
}
