//! What no text of ours may say: diagnoses, doses, reassurance, cures, means of harm .

use regex::Regex;
use std::sync::LazyLock;

/// One thing that no text may say.
struct Ban {
    pattern: &'static str,
    reason: &'static str,
}

const BANS: &[Ban] = &[
    Ban { pattern: "你得了|你患了|你患上了|说明你是|说明你得|你这是.{0,6}病", reason: "这是下诊断" },
    Ban {
        pattern: r"\d+(\.\d+)?\s*(毫克|mg|毫升|ml|片|粒|支|IU|单位)|每[日天][一二两三四1-4]次|[一1][日天][一二两三四1-4]次",
        reason: "这是剂量或用法",
    },
    Ban { pattern: "没事的|不用去医院|不必就医|不需要看医生|不用看医生", reason: "这是在安慰个人" },
    Ban { pattern: "根治|神药|偏方|祖传|包治|药到病除|治愈率", reason: "这是疗效保证或偏方" },
    Ban { pattern: "微信|加我|购买|下单|扫码|优惠", reason: "这是推销或导流" },
    Ban { pattern: "催吐|喝牛奶解毒|蛋清", reason: "中毒时这样做会伤人" },
    Ban { pattern: r"[%％]|百分之", reason: "百分比要有来源，请用：常见、较少见、少见、罕见但要紧" },
];

/// Longest sentence, in characters (docs/knowledge-format.md).
pub(super) const MAX_SENTENCE: usize = 40;

static COMPILED: LazyLock<Vec<(Regex, &'static str)>> =
    LazyLock::new(|| BANS.iter().filter_map(|ban| Regex::new(ban.pattern).ok().map(|regex| (regex, ban.reason))).collect());

/// Why a text may not be sent, if so: what was found and the reason.
pub(super) fn banned(text: &str) -> Option<(String, &'static str)> {
    COMPILED.iter().find_map(|(regex, reason)| Some((regex.find(text)?.as_str().to_owned(), *reason)))
}

/// The first sentence that is too long to be read easily.
pub(super) fn long_sentence(text: &str) -> Option<&str> {
    text.split(['。', '！', '？', '；', '!', '?', ';', '\n']).find(|sentence| sentence.chars().count() > MAX_SENTENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ban_is_a_pattern_that_compiles() {
        assert_eq!(COMPILED.len(), BANS.len());
    }

    #[test]
    fn diagnoses_doses_and_promises_are_found() {
        for text in ["说明你是面瘫", "每次吃 2 片", "每日三次", "没事的，放心", "可以根治", "加我微信", "可以催吐", "九成%"]
        {
            assert!(banned(text).is_some(), "{text}");
        }
        assert!(banned("医生多用面部康复训练，两周内去看").is_none());
    }
}
