//! A message in a talk: what was talked about is its topic where it names none. A scoped default, never a guess: a topic that
//! the message names always wins, and what asks for no side and says no word of the topic is answered as if nobody had talked.

use super::conductor::{Engine, Replied};
use super::meant::Heard;
use super::talk::Talk;
use super::turns::{Said, Turn};
use crate::answer::{Answer, Asker, Kind, compose_article, compose_sides, none_of_these, simple};
use crate::knowledge::ArticleAt;
use crate::search::{Matched, Understood};

/// What a message in a talk comes to.
pub(super) struct Told {
    /// How it was read, for /why.
    pub(super) why: String,
    /// What search found for it.
    pub(super) matched: Matched,
    /// What is said.
    pub(super) answer: Answer,
    /// What is talked about then.
    pub(super) talk: Talk,
}

impl Engine {
    /// The answer to a message in a talk, given the answer it would get alone, which triage has let pass.
    pub(super) fn in_talk(&self, talk: &Talk, alone: Replied, question: &str, asker: &Asker) -> Replied {
        if talk.is_empty() {
            return alone;
        }
        let told = match self.turns.read(self.analyzer.analyze(question).text()) {
            Turn::Back => self.back(talk, asker),
            Turn::Pick(nth) => self.pick(talk, nth, asker),
            Turn::NoneOfThese => self.none_of_these(talk),
            Turn::More => self.more(talk),
            Turn::Said(said) => self.said(talk, &alone, &said, question, asker),
        };
        let Some(Told { why, matched, answer, talk }) = told else {
            let talk = talk.after(&self.knowledge, &alone.answer, &alone.matched.understood);
            return Replied { talk, ..alone };
        };
        let mut trace = alone.trace;
        trace.stage("接着聊", || (), |()| why);
        Replied { answer, matched, rule: None, traditional: alone.traditional, trace, talk }
    }

    fn back(&self, talk: &Talk, asker: &Asker) -> Option<Told> {
        // From choices one goes back to the article that is above them.
        let above = usize::from(talk.offered.is_empty());
        let kept = talk.shown.len().checked_sub(above)?;
        let shown = talk.shown.get(..kept).unwrap_or_default().to_vec();
        let Some(at) = shown.last().and_then(|id| self.knowledge.find(id)) else {
            let answer = simple(&self.knowledge, &self.knowledge.phrases.back_nothing);
            return Some(Told { why: "前面没有文章".to_owned(), matched: Matched::default(), answer, talk: talk.clone() });
        };
        let before = Talk { shown, offered: Vec::new(), ..talk.clone() };
        Some(self.show(&before, at, "回到上一篇", asker))
    }

    fn pick(&self, talk: &Talk, nth: Option<usize>, asker: &Asker) -> Option<Told> {
        let id = match nth {
            Some(nth) => talk.offered.get(nth.checked_sub(1)?),
            None => talk.offered.last(),
        };
        Some(self.show(talk, self.knowledge.find(id?)?, "从候选里选", asker))
    }

    fn none_of_these(&self, talk: &Talk) -> Option<Told> {
        let after = Talk { offered: Vec::new(), ..talk.clone() };
        let answer = Answer::Choices(none_of_these(&self.knowledge));
        (!talk.offered.is_empty()).then(|| Told { why: "候选都不是".to_owned(), matched: Matched::default(), answer, talk: after })
    }

    /// The sides of the topic, to choose from.
    pub(super) fn more(&self, talk: &Talk) -> Option<Told> {
        let id = talk.topic.as_deref()?;
        let choices = compose_sides(&self.knowledge, id)?;
        let understood = Understood { audience: talk.who, ..Understood::default() };
        let answer = Answer::Choices(choices);
        let talk = Talk { side: talk.side, ..talk.after(&self.knowledge, &answer, &understood) };
        let why = format!("还在聊 {id}：列出它的各个方面");
        Some(Told { why, matched: Matched::default(), answer, talk })
    }

    fn show(&self, talk: &Talk, at: ArticleAt, why: &str, asker: &Asker) -> Told {
        let understood = Understood { audience: talk.who, ..Understood::default() };
        let view = compose_article(&self.knowledge, at, true, &understood, asker);
        let why = format!("{why}：{}", view.id);
        let talk = talk.showing(&self.knowledge, &view.id, talk.who);
        Told { why, matched: Matched::default(), answer: Answer::Article(Box::new(view)), talk }
    }

    /// A message that is neither of these turns: it may leave out what the talk knows.
    fn said(&self, talk: &Talk, alone: &Replied, said: &Said, question: &str, asker: &Asker) -> Option<Told> {
        if said.corrects && said.rest.is_empty() {
            return self.more(talk);
        }
        let heard = Heard::new(self, talk, alone, said);
        if let Some(meant) = heard.meant(self) {
            return self.answer_meant(talk, &meant, question, asker);
        }
        let unanswered = matches!(alone.kind(), Kind::Decline | Kind::Choices) && alone.matched.reply.is_none();
        let picked = heard.picked(self).filter(|_| unanswered)?;
        Some(self.show(talk, picked, "从候选里按字选", asker))
    }
}
