//! A question: triage, search, answer, send.

use super::bot::Bot;
use super::deliver::reply_target;
use super::groups::fit_for_the_place;
use super::limiter::Pace;
use super::trail::Trail;
use super::update::Said;
use crate::answer::{Answer, Asker};
use crate::engine::{Before, Engine, Replied};
use std::time::Instant;

impl Bot {
    /// Answers a question. An edited one is answered where it was answered before.
    pub(super) async fn question(&self, said: &Said, text: &str) {
        let began = Instant::now();
        let (engine, preview) = self.engine_for(said.person, said.private);
        if text.trim().is_empty() {
            return self.notice(said, &engine.knowledge.phrases.empty).await;
        }
        let asker = self.asker(said.chat).await;
        let replied = self.reply_to(&engine, said, text, &asker);
        let emergency = matches!(replied.answer, Answer::Card(_));
        if !emergency && !self.may_answer(said).await {
            return;
        }
        let answer = self.marked(preview, fit_for_the_place(&engine, said.private, replied.answer.clone()));
        let answer = Trail::default().under(&engine.knowledge, answer);
        if !preview {
            self.note_gap(&replied, said.person).await;
        }
        let script = self.script(&asker, replied.traditional, &said.language);
        let earlier = if said.edited { self.sessions.answers(said.chat, said.message_id) } else { Vec::new() };
        // An emergency is said anew: a message that changes silently may not be seen.
        let sent = if earlier.is_empty() || emergency {
            self.say(said.chat, &answer, script, reply_target(said)).await
        } else {
            self.replace(said.chat, &earlier, &answer, script).await
        };
        if preview {
            self.sessions.answered(said.chat, said.message_id, sent, replied.trace.clone());
        } else {
            self.note(said, &replied, sent);
            self.count_answer(&format!("{:?}", replied.kind()).to_lowercase(), began.elapsed());
        }
    }

    /// The answer to the message, or to the last few together if only together they are an emergency.
    fn reply_to(&self, engine: &Engine, said: &Said, text: &str, asker: &Asker) -> Replied {
        // In a group the messages before may be somebody else's.
        let before = if said.private { self.sessions.before(said.chat, text) } else { Before::default() };
        let replied = engine.answer_after(&before, text, asker);
        if matches!(replied.answer, Answer::Card(_)) {
            self.sessions.carded(said.chat);
        } else if said.private {
            self.sessions.talks(said.chat, replied.talk.clone());
        }
        replied
    }

    /// Slows down somebody who sends very many messages.
    async fn may_answer(&self, said: &Said) -> bool {
        match self.limiter.take(said.person) {
            Pace::Fine => true,
            Pace::TooFast => {
                self.notice(said, &self.engine().knowledge.phrases.slow_down).await;
                false
            }
            Pace::StillTooFast => false,
        }
    }

    /// Counts, without the text.
    fn note(&self, said: &Said, replied: &Replied, sent: Vec<i32>) {
        if let Some(observer) = &self.observer {
            observer(said.chat, &replied.trace);
        }
        self.count("asked", &format!("{:?}", replied.kind()).to_lowercase());
        self.count_view(&replied.answer);
        self.sessions.set_about(said.chat, replied.about(&self.engine().knowledge));
        self.sessions.answered(said.chat, said.message_id, sent, replied.trace.clone());
    }
    /// Counts an article that is shown.
    pub(super) fn count_view(&self, answer: &Answer) {
        if let Answer::Article(article) = answer {
            self.count("views", &article.id);
        }
    }
}
