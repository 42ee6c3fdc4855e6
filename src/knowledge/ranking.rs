//! What the ranking learned (`knowledge/ranking.tsv`), and the questions it learned from (`knowledge/asked.tsv`).

use serde::{Deserialize, Serialize};

/// A question as people type it, and the articles that answer it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Ids of the articles; none where the knowledge has no answer.
    pub articles: Vec<String>,
    /// The question.
    pub text: String,
}

/// Kinds of questions that have weights of their own, in the order of the columns.
pub const WEIGHT_COLUMNS: [&str; 4] = ["导入的短问", "导入的长问", "说了主题", "没说主题"];

/// Kinds of lists that are judged by weights of their own, in the order of the columns.
pub const LIST_COLUMNS: [&str; 2] = ["主题的文章", "导入的文章"];

/// Weights of the ranking. Fitted by `wenzheng fit`, never written by hand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RankingWeights {
    /// Features by name, each with a weight for every kind of question.
    pub features: Vec<(String, [f32; WEIGHT_COLUMNS.len()])>,
    /// Characters and pairs of characters that people use much, each with what it counts for where the question and a title
    /// have it, where only the question has it, and where only the title has it. For imported articles.
    pub terms: Vec<(String, [f32; 3])>,
    /// What tells whether the first of a list is the answer, by name.
    pub lists: Vec<(String, [f32; LIST_COLUMNS.len()])>,
}

impl Asked {
    /// Reads one line: the articles' ids parted by commas or `-`, a tab, the question.
    pub fn read(line: &str) -> Option<Self> {
        let (ids, text) = line.split_once('\t')?;
        let (ids, text) = (ids.trim(), text.trim());
        let articles = ids.split(',').filter(|id| *id != "-").map(str::to_owned).collect();
        (!ids.is_empty() && !text.is_empty()).then(|| Self { articles, text: text.to_owned() })
    }
}

impl RankingWeights {
    /// Takes one line: a feature's name and its four weights, a term and its three, or a property of the list and its two, parted by tabs. False where it is none.
    pub fn take(&mut self, line: &str) -> bool {
        let mut parts = line.split('\t');
        let Some(name) = parts.next().filter(|name| !name.is_empty()) else { return false };
        let weights = parts.map(|part| part.trim().parse::<f32>().ok().filter(|weight| weight.is_finite()));
        let Some(weights) = weights.collect::<Option<Vec<f32>>>() else { return false };
        match weights[..] {
            [short, long, named, unnamed] => self.features.push((name.to_owned(), [short, long, named, unnamed])),
            [topics, imported] => self.lists.push((name.to_owned(), [topics, imported])),
            [both, asked, told] => self.terms.push((name.to_owned(), [both, asked, told])),
            _ => return false,
        }
        true
    }

    /// The file that [`RankingWeights::take`] reads.
    pub fn written(&self) -> String {
        let mut file = format!(
            "# 排序的权重：由 wenzheng fit 写成，不要手改。各栏：{}；判断有没有把握：{}。\n",
            WEIGHT_COLUMNS.join("、"),
            LIST_COLUMNS.join("、")
        );
        for (name, weights) in &self.features {
            file.push_str(name);
            for weight in weights {
                file.push_str(&format!("\t{weight:.3}"));
            }
            file.push('\n');
        }
        for (name, [topics, imported]) in &self.lists {
            file.push_str(&format!("{name}\t{topics:.3}\t{imported:.3}\n"));
        }
        for (term, [both, asked, told]) in &self.terms {
            file.push_str(&format!("{term}\t{both:.3}\t{asked:.3}\t{told:.3}\n"));
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_read_back_as_written() {
        let weights = RankingWeights {
            features: vec![("问句的词".into(), [1.0, -0.5, 0.25, 0.0])],
            terms: vec![("吗".into(), [0.5, 0.0, -0.25])],
            lists: vec![("第一名的分".into(), [1.0, 0.5])],
        };
        let mut read = RankingWeights::default();
        assert!(weights.written().lines().skip(1).all(|line| read.take(line)));
        assert_eq!(read, weights);
        assert!(!read.take("问句的词\t1"));
        assert!(!read.take("问句的词\t1\t2\t3\tNaN"));
    }

    #[test]
    fn an_asked_line_names_its_articles_or_none() {
        assert_eq!(Asked::read("a/cause,b/cause\t头痛").map(|asked| asked.articles.len()), Some(2));
        assert_eq!(Asked::read("-\t天气怎么样").map(|asked| asked.articles.len()), Some(0));
        assert_eq!(Asked::read("天气怎么样"), None);
    }
}
