//! What a reload changed.

use crate::answer::{Answer, Asker};
use crate::engine::Engine;
use crate::knowledge::{Asked, Date, Fault, Severity};
use crate::triage::Assessment;
use std::collections::{BTreeMap, HashSet};

/// What a reload changed.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Ids of articles that are new.
    pub added: Vec<String>,
    /// Ids of articles whose text changed.
    pub changed: Vec<String>,
    /// Ids of articles that are gone.
    pub removed: Vec<String>,
    /// Questions of the old knowledge that are now answered otherwise.
    pub flips: Vec<Flip>,
    /// Red flags that are gone, and sentences of people in an emergency that would not set one off any more.
    pub lost: Vec<String>,
    /// Sentences that were rehearsed.
    pub tried: usize,
    /// What somebody should look at.
    pub warnings: Vec<Fault>,
}

/// A question that is answered otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// The question.
    pub question: String,
    /// What answered it.
    pub before: String,
    /// What answers it now.
    pub after: String,
}

impl Report {
    /// Compares two engines.
    pub(super) fn compare(old: &Engine, new: &Engine) -> Self {
        let (before, after) = (texts(old), texts(new));
        let only = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
            one.keys().filter(|id| !other.contains_key(*id)).cloned().collect::<Vec<_>>()
        };
        let differs = |(id, text): (&String, &String)| (before.get(id)? != text).then(|| id.clone());
        Self {
            added: only(&after, &before),
            removed: only(&before, &after),
            changed: after.iter().filter_map(differs).collect(),
            flips: flips(old, new),
            lost: lost(old, new),
            ..Self::default()
        }
    }

    /// Whether nothing that people see is another.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty() && self.flips.is_empty() && self.lost.is_empty()
    }

    /// The report in words, line by line.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("+{} ~{} -{}，排演 {} 句", self.added.len(), self.changed.len(), self.removed.len(), self.tried)];
        lines.extend(self.lost.iter().map(|lost| format!("！{lost}")));
        let list = |mark: &str, ids: &[String]| ids.iter().map(|id| format!("{mark} {id}")).collect::<Vec<_>>();
        lines.extend(list("+", &self.added));
        lines.extend(list("~", &self.changed));
        lines.extend(list("-", &self.removed));
        lines.extend(self.flips.iter().map(|flip| format!("“{}”：{} → {}", flip.question, flip.before, flip.after)));
        lines.extend(self.warnings.iter().filter(|w| w.severity == Severity::Warning).map(ToString::to_string));
        lines
    }
}

fn texts(engine: &Engine) -> BTreeMap<String, String> {
    let knowledge = &engine.knowledge;
    knowledge.places().map(|at| (knowledge.id_of(at), knowledge.version_of(at))).collect()
}

/// Red flags of the old knowledge that are gone, and their examples that raise no alarm any more.
fn lost(old: &Engine, new: &Engine) -> Vec<String> {
    let there: HashSet<&str> = new.knowledge.rules.iter().map(|rule| rule.id.as_str()).collect();
    let gone = old.knowledge.rules.iter().filter(|rule| !there.contains(rule.id.as_str()));
    let mut lost: Vec<String> = gone.map(|rule| format!("红旗 {} 没有了", rule.id)).collect();
    let of_rules = old.knowledge.rules.iter().flat_map(|rule| &rule.examples);
    let of_topics = old.knowledge.topics.iter().flat_map(|topic| &topic.red_flags).flat_map(|flag| &flag.examples);
    let silent = |example: &&String| matches!(new.assess(example), Assessment::Clear(_));
    lost.extend(of_rules.chain(of_topics).filter(silent).map(|example| format!("“{example}”不再触发红旗")));
    lost
}

/// The golden questions of the old knowledge are its titles and asks, and the questions of `asked.tsv` that it can answer.
fn flips(old: &Engine, new: &Engine) -> Vec<Flip> {
    let asker = Asker::new(None, Date::today());
    let answered = |engine: &Engine, question: &str| match engine.answer(question, &asker).answer {
        Answer::Article(article) => article.id,
        other => format!("{:?}", other.kind()),
    };
    let questions = old.knowledge.places().flat_map(|at| {
        let article = old.knowledge.article_at(at);
        std::iter::once(&article.title).chain(&article.asks)
    });
    let known = |asked: &&Asked| asked.articles.iter().any(|id| old.knowledge.find(id).is_some());
    let questions = questions.chain(old.knowledge.asked.iter().filter(known).map(|asked| &asked.text));
    let flip = |question: &String| {
        let (before, after) = (answered(old, question), answered(new, question));
        (before != after).then(|| Flip { question: question.clone(), before, after })
    };
    questions.filter_map(flip).collect()
}
