//! Traditional and Simplified script: folding for search, conversion for display.

use ferrous_opencc::{OpenCC, config::BuiltinConfig};

/// The script a reader reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum Script {
    /// 简体
    #[default]
    Simplified,
    /// 繁體, with the character forms of Taiwan
    Taiwan,
    /// 繁體, with the character forms of Hong Kong
    HongKong,
    /// 繁體 with the same forms, and words of its own
    Macau,
}

/// Character pairs that search treats as one although OpenCC keeps them apart: both sides are folded, so
/// this can only bring forms of one word together.
const EXTRA_FOLDS: &[(char, char)] = &[
    ('著', '着'),
    ('痲', '麻'),
    ('痺', '痹'),
    ('妳', '你'),
    ('裏', '里'),
    ('裡', '里'),
    ('祇', '只'),
    ('乾', '干'),
    ('瞓', '瞓'),
    ('癥', '症'),
    ('綫', '线'),
    ('啲', '啲'),
];

/// First and last code point that the folding table covers (CJK extension A to the unified block).
const TABLE: std::ops::RangeInclusive<char> = '\u{3400}'..='\u{9fff}';

/// Folds characters to Simplified, one by one, so that offsets stay comparable.
pub(super) struct SimplifiedTable(Vec<char>);

impl SimplifiedTable {
    /// Builds the table from OpenCC's own dictionaries. Where OpenCC cannot be set up (it is embedded, so
    /// this cannot happen short of a broken build) characters stay as they are.
    pub(super) fn new() -> Self {
        let mut table: Vec<char> = TABLE.collect();
        if let Ok(opencc) = OpenCC::from_config(BuiltinConfig::T2s) {
            let mut buffer = [0; 4];
            for entry in &mut table {
                let converted = opencc.convert(entry.encode_utf8(&mut buffer));
                *entry = converted.chars().next().unwrap_or(*entry);
            }
        }
        let mut table = Self(table);
        for &(from, to) in EXTRA_FOLDS {
            table.set(from, to);
        }
        table
    }

    fn set(&mut self, from: char, to: char) {
        let index = from as usize - *TABLE.start() as usize;
        if let Some(slot) = self.0.get_mut(index) {
            *slot = to;
        }
    }

    /// The Simplified form of a character, or the character itself.
    pub(super) fn fold(&self, c: char) -> char {
        if !TABLE.contains(&c) {
            return c;
        }
        self.0.get(c as usize - *TABLE.start() as usize).copied().unwrap_or(c)
    }
}

/// Turns the knowledge's Simplified text into the reader's script.
pub struct ScriptConverter {
    taiwan: Option<OpenCC>,
    hong_kong: Option<OpenCC>,
}

impl Default for ScriptConverter {
    fn default() -> Self {
        Self { taiwan: OpenCC::from_config(BuiltinConfig::S2tw).ok(), hong_kong: OpenCC::from_config(BuiltinConfig::S2hk).ok() }
    }
}

impl ScriptConverter {
    /// The text in the given script. OpenCC converts by longest phrase, so 头发 and 发烧 get different 發.
    pub fn convert(&self, text: &str, script: Script) -> String {
        let converter = match script {
            Script::Simplified => None,
            Script::Taiwan => self.taiwan.as_ref(),
            Script::HongKong | Script::Macau => self.hong_kong.as_ref(),
        };
        converter.map_or_else(|| text.to_owned(), |opencc| opencc.convert(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_characters_fold_to_simplified() {
        let table = SimplifiedTable::new();
        let folded: String = "面癱倒錯現象怎麼回事".chars().map(|c| table.fold(c)).collect();
        assert_eq!(folded, "面瘫倒错现象怎么回事");
    }

    #[test]
    fn every_extra_fold_is_in_the_table() {
        let table = SimplifiedTable::new();
        assert!(EXTRA_FOLDS.iter().all(|&(from, to)| table.fold(from) == to));
    }

    #[test]
    fn hair_and_fever_get_their_own_traditional_character() {
        let converter = ScriptConverter::default();
        assert_eq!(converter.convert("头发和发烧", Script::Taiwan), "頭髮和發燒");
        assert_eq!(converter.convert("里面", Script::HongKong), "裏面");
    }
}
