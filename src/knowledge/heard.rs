//! What people were heard to say, and what the second reader learned from it (`knowledge/red_flags/*.tsv`).

use serde::{Deserialize, Serialize};

/// A message as people type them, and the red flag it should raise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The red flag; none where the message is no emergency.
    pub rule: Option<String>,
    /// The message.
    pub text: String,
}

/// Weights of the second reader. Fitted by `wenzheng fit`, never written by hand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReaderWeights {
    /// What a message begins with.
    pub bias: f32,
    /// What a fired red flag adds.
    pub fired: f32,
    /// Least score of an alarm.
    pub threshold: f32,
    /// Features by their written form.
    pub features: Vec<(String, f32)>,
}

/// Names of the three lines that are no feature.
const BIAS: &str = "=起点";
const FIRED: &str = "=红旗已响";
const THRESHOLD: &str = "=门槛";

impl Heard {
    /// Reads one line: the red flag's id or `-`, a tab, the message.
    pub fn read(line: &str) -> Option<Self> {
        let (rule, text) = line.split_once('\t')?;
        let (rule, text) = (rule.trim(), text.trim());
        let good = !rule.is_empty() && !text.is_empty();
        good.then(|| Self { rule: (rule != "-").then(|| rule.to_owned()), text: text.to_owned() })
    }
}

impl ReaderWeights {
    /// Takes one line: a feature, a tab, its weight. False where it is none.
    pub fn take(&mut self, line: &str) -> bool {
        let Some((name, weight)) = line.split_once('\t') else { return false };
        let Some(weight) = weight.trim().parse::<f32>().ok().filter(|weight| weight.is_finite()) else { return false };
        match name {
            BIAS => self.bias = weight,
            FIRED => self.fired = weight,
            THRESHOLD => self.threshold = weight,
            _ => self.features.push((name.to_owned(), weight)),
        }
        !name.is_empty()
    }

    /// The file that [`ReaderWeights::take`] reads.
    pub fn written(&self) -> String {
        let mut file = String::from("# 第二读者的权重：由 wenzheng fit 写成，不要手改。写法见 docs/red-flags.md。\n");
        for (name, weight) in [(BIAS, self.bias), (FIRED, self.fired), (THRESHOLD, self.threshold)] {
            file.push_str(&format!("{name}\t{weight:.2}\n"));
        }
        for (name, weight) in &self.features {
            file.push_str(&format!("{name}\t{weight:.2}\n"));
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_read_back_as_written() {
        let weights =
            ReaderWeights { bias: -2.0, fired: 4.5, threshold: 1.25, features: vec![("胸口".into(), 0.5), ("!痛".into(), -0.25)] };
        let mut read = ReaderWeights::default();
        assert!(weights.written().lines().skip(1).all(|line| read.take(line)));
        assert_eq!(read, weights);
        assert!(!read.take("胸口 0.5"));
        assert!(!read.take("胸口\tNaN"));
    }

    #[test]
    fn a_heard_line_names_its_red_flag_or_none() {
        assert_eq!(Heard::read("stroke\t嘴歪了").and_then(|heard| heard.rule), Some("stroke".into()));
        assert_eq!(Heard::read("-\t笑死我了").map(|heard| heard.rule), Some(None));
        assert_eq!(Heard::read("笑死我了"), None);
    }
}
