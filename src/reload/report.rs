//! What a reload changed.

use crate::answer::{Answer, Asker};
use crate::engine::Engine;
use crate::knowledge::{Date, Fault, Severity};
use std::collections::BTreeMap;

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
            ..Self::default()
        }
    }

    /// The report in words, line by line.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("+{} ~{} -{}，排演 {} 句", self.added.len(), self.changed.len(), self.removed.len(), self.tried)];
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

/// The golden questions of the old knowledge are its titles and asks.
fn flips(old: &Engine, new: &Engine) -> Vec<Flip> {
    let asker = Asker { region: None, today: Date::today() };
    let answered = |engine: &Engine, question: &str| match engine.answer(question, &asker).answer {
        Answer::Article(article) => article.id,
        other => format!("{:?}", other.kind()),
    };
    let questions = old.knowledge.places().flat_map(|at| {
        let article = old.knowledge.article_at(at);
        std::iter::once(&article.title).chain(&article.asks)
    });
    let flip = |question: &String| {
        let (before, after) = (answered(old, question), answered(new, question));
        (before != after).then(|| Flip { question: question.clone(), before, after })
    };
    questions.filter_map(flip).collect()
}
