//! What the program learns from: triage's second reader from every sentence of the knowledge that is known to be an emergency
//! or not, the ranking from every question whose article is known.

use super::conductor::Engine;
use crate::knowledge::{ArticleAt, Asked, Knowledge, RankingWeights};
use crate::search::{self, Lesson, Ranked};
use crate::triage::{Example, Fitted, Origin, fit};

/// Fits the second reader to the heard messages, the examples of the red flags, the questions of the articles, small talk, and what
/// was asked by people who looked for an article.
pub fn learn(engine: &Engine) -> Fitted {
    let knowledge = &engine.knowledge;
    let heard = knowledge.heard.iter().map(|heard| Example { text: &heard.text, alarm: heard.rule.is_some(), origin: Origin::Heard });
    let asked = knowledge.asked.iter().map(|asked| Example { text: &asked.text, alarm: false, origin: Origin::Asked });
    let rules = knowledge.rules.iter().flat_map(|rule| alarms(&rule.examples).chain(calm(&rule.counter_examples)));
    let flags = knowledge.topics.iter().flat_map(|topic| &topic.red_flags).flat_map(|flag| alarms(&flag.examples));
    let articles = knowledge.places().map(|at| knowledge.article_at(at));
    let questions = articles.flat_map(|article| calm([&article.title]).chain(calm(&article.asks)).chain(calm(&article.not_asks)));
    let replies = knowledge.replies.iter().flat_map(|reply| calm(&reply.examples).chain(calm(&reply.counter_examples)));
    let examples: Vec<Example> = heard.chain(asked).chain(rules).chain(flags).chain(questions).chain(replies).collect();
    fit(&engine.triage, &engine.analyzer, &examples)
}

fn alarms<'a>(texts: impl IntoIterator<Item = &'a String>) -> impl Iterator<Item = Example<'a>> {
    texts.into_iter().map(|text| Example { text, alarm: true, origin: Origin::Promised })
}

fn calm<'a>(texts: impl IntoIterator<Item = &'a String>) -> impl Iterator<Item = Example<'a>> {
    texts.into_iter().map(|text| Example { text, alarm: false, origin: Origin::Promised })
}

/// Of the knowledge's own questions one in so many is learned from: they are many and alike.
const OWN_EVERY: usize = 4;
/// What one of them counts for beside a question that was really asked.
const OWN_WEIGHT: f32 = 0.3;

/// Questions of a corpus of imported articles, each with those that answer it.
pub struct Corpus {
    /// An engine over the corpus.
    pub engine: Engine,
    /// Its questions.
    pub asked: Vec<Asked>,
    /// For each question an article that is the question itself, if there is one.
    pub not: Vec<Option<ArticleAt>>,
}

impl Corpus {
    fn lessons(&self) -> Vec<Lesson<'_>> {
        let labelled = self.asked.iter().zip(&self.not);
        labelled.filter_map(|(asked, not)| Some(Lesson { not: *not, ..lesson(&self.engine.knowledge, asked)? })).collect()
    }
}

/// Fits the ranking to the questions that were asked, to the articles' own, and to those of other corpora. `aside` are asked
/// questions that are only measured.
pub fn learn_ranking(engine: &Engine, corpora: &[Corpus], aside: &[Asked]) -> (RankingWeights, Ranked) {
    let knowledge = &engine.knowledge;
    let mut lessons: Vec<Lesson> = knowledge.asked.iter().filter_map(|asked| lesson(knowledge, asked)).collect();
    for (nth, at) in knowledge.places().enumerate() {
        let article = knowledge.article_at(at);
        let own = |text| Lesson {
            text,
            right: vec![at],
            not: None,
            own: Some(at),
            unnamed: false,
            wrong: None,
            hidden: None,
            weight: OWN_WEIGHT,
        };
        lessons.extend(article.asks.iter().skip(nth % OWN_EVERY).step_by(OWN_EVERY).map(|text| own(text)));
        // One question of each article as if its topic had no name, and one as if there were no such topic.
        let hidden = article.asks.get((nth + 1) % article.asks.len().max(1));
        lessons.extend(hidden.map(|text| Lesson { right: Vec::new(), hidden: Some(at.topic), ..own(text) }));
        let refused = |text| Lesson { right: Vec::new(), own: None, wrong: Some(at), ..own(text) };
        lessons.extend(article.not_asks.iter().map(|text| refused(text)));
        lessons.extend(article.asks.get(nth % article.asks.len().max(1)).map(|text| Lesson { unnamed: true, ..own(text) }));
    }
    let mut all = vec![(&engine.search, &engine.analyzer, lessons)];
    all.extend(corpora.iter().map(|corpus| (&corpus.engine.search, &corpus.engine.analyzer, corpus.lessons())));
    let aside: Vec<Lesson> = aside.iter().filter_map(|asked| lesson(knowledge, asked)).collect();
    search::fit(&all, &knowledge.ranking, &aside)
}

/// What a question teaches; nothing where its articles are gone, which is not the same as that none answers it.
fn lesson<'a>(knowledge: &Knowledge, asked: &'a Asked) -> Option<Lesson<'a>> {
    let right: Vec<ArticleAt> = asked.articles.iter().filter_map(|id| knowledge.find(id)).collect();
    let known = asked.articles.is_empty() || !right.is_empty();
    known.then(|| Lesson { text: &asked.text, right, not: None, own: None, unnamed: false, wrong: None, hidden: None, weight: 1.0 })
}
