//! What buttons carry: a letter, a colon, an id. At most 64 bytes, stable over restarts and releases.

use super::bot::Bot;
use super::carry::Carry;
use super::deliver::log;
use super::desk::Act;
use super::groups::fit_for_the_place;
use super::trail::Trail;
use super::update::Pressed;
use crate::answer::{self, Answer, Asker, LadderLine, RungKind, compose_article};
use crate::engine::Engine;
use crate::knowledge::Audience;
use crate::search::Understood;
use crate::text::Script;

/// A button's meaning.
#[derive(Debug, Clone, PartialEq)]
pub enum Press {
    /// An article, as a new message, and the way one came.
    Article(String, Trail),
    /// Back to an article, in the same message.
    Return(String, Trail),
    /// An article for somebody, in the same message.
    For(Audience, String),
    /// The line of a topic's care ladder after the one that is not true; without it the first.
    Ladder(String, Option<LadderLine>),
    /// A line of a topic's care ladder is true.
    LadderEnds(String, LadderLine),
    /// A topic's articles.
    Topic(String),
    /// An article's sources.
    Sources(String, Trail),
    /// A topic's self care.
    SelfCare(String),
    /// A vote on an article.
    Vote {
        /// The article.
        id: String,
        /// Which way.
        helpful: bool,
    },
    /// A region was chosen.
    Region(String),
    /// The body systems.
    Browse,
    /// A body system's topics, from the nth on.
    System(String, usize),
    /// The departments, from the nth on.
    Departments(usize),
    /// A department's topics, from the nth on.
    Department(usize, usize),
    /// An example of /start.
    Example(usize),
    /// None of the choices.
    NoneOfThese,
    /// Why an article did not help: the nth reason.
    Reason(usize, String),
    /// A button of the desk.
    Desk(Act),
    /// Something to take along.
    Carry(Carry),
}

impl Press {
    /// Reads what a button carries; anything that no button of ours carries is none.
    pub fn read(data: &str) -> Option<Self> {
        let (kind, rest) = data.split_once(':')?;
        let id = || (!rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic())).then(|| rest.to_owned());
        let way = || {
            let (id, way) = Trail::split(rest)?;
            (!id.is_empty() && id.bytes().all(|b| b.is_ascii_graphic())).then(|| (id.to_owned(), way))
        };
        let line = || rest.rsplit_once(':').and_then(|(id, line)| Some((id.to_owned(), LadderLine::read(line)?)));
        let number = |text: &str| text.parse::<u16>().ok().map(usize::from);
        match kind {
            "a" => way().map(|(id, way)| Self::Article(id, way)),
            "r" => way().map(|(id, way)| Self::Return(id, way)),
            "t" => id().map(Self::Topic),
            "s" => way().map(|(id, way)| Self::Sources(id, way)),
            "f" => rest.split_once(':').and_then(|(who, id)| Some(Self::For(answer::people_by_letter(who)?, id.to_owned()))),
            "l" if rest.contains(':') => line().map(|(id, line)| Self::Ladder(id, Some(line))),
            "l" => id().map(|id| Self::Ladder(id, None)),
            "h" => line().map(|(id, line)| Self::LadderEnds(id, line)),
            "c" => id().map(Self::SelfCare),
            "u" => id().map(|id| Self::Vote { id, helpful: true }),
            "d" => id().map(|id| Self::Vote { id, helpful: false }),
            "g" => id().map(Self::Region),
            "b" if rest.is_empty() => Some(Self::Browse),
            "n" if rest.is_empty() => Some(Self::NoneOfThese),
            "p" if rest.is_empty() => Some(Self::Departments(0)),
            "p" => number(rest).map(Self::Departments),
            "desk" => Act::read(rest).map(Self::Desk),
            "w" => rest.split_once(':').and_then(|(nth, id)| Some(Self::Reason(number(nth)?, id.to_owned()))),
            "e" => number(rest).map(Self::Example),
            "y" => rest.rsplit_once(':').and_then(|(id, first)| Some(Self::System(id.to_owned(), number(first)?))),
            "k" => rest.split_once(':').and_then(|(nth, first)| Some(Self::Department(number(nth)?, number(first)?))),
            _ => Carry::read(kind, rest).map(Self::Carry),
        }
    }
}

/// What a press leads to.
pub(super) enum Effect {
    /// A new message.
    Say(Answer),
    /// Another text in the same message.
    Turn(Answer),
    /// A short note.
    Note(String),
}

impl Bot {
    /// Answers a pressed button. The press itself is always answered, so that no clock keeps turning.
    pub(super) async fn press(&self, pressed: &Pressed) {
        let read = Press::read(&pressed.data);
        if let Some(Press::Desk(act)) = &read {
            return self.act(act, pressed).await;
        }
        let chat = pressed.chat.unwrap_or(pressed.person);
        let (engine, preview) = self.engine_for(pressed.person, chat > 0);
        let asker = self.asker(chat).await;
        let script = self.script(&asker, false, "");
        let effect = match read {
            Some(press) => self.effect(&engine, &press, pressed, &asker).await,
            None => Effect::Note(engine.knowledge.phrases.bad_button.clone()),
        };
        // A group's id is negative.
        let effect = match effect {
            Effect::Say(answer) | Effect::Turn(answer) if chat < 0 && answer.is_private() => {
                Effect::Say(fit_for_the_place(&engine, false, answer))
            }
            Effect::Turn(answer) => Effect::Turn(self.marked(preview, fit_for_the_place(&engine, chat > 0, answer))),
            Effect::Say(answer) => {
                let answer = fit_for_the_place(&engine, chat > 0, answer);
                self.count_view(&answer);
                Effect::Say(self.marked(preview, answer))
            }
            note @ Effect::Note(_) => note,
        };
        if let (Effect::Say(answer) | Effect::Turn(answer), true) = (&effect, chat > 0) {
            let who = match Press::read(&pressed.data) {
                Some(Press::For(who, _)) => who,
                _ => Audience::Any,
            };
            self.sessions.shows(&engine, chat, answer, who);
        }
        let note = match &effect {
            Effect::Note(note) => Some(self.renderer.sentence(note, script)),
            Effect::Say(_) | Effect::Turn(_) => None,
        };
        if let Err(error) = self.api.answer_press(&pressed.id, note.as_deref()).await {
            log(&error);
        }
        let script = self.script(&self.asker(chat).await, false, "");
        let against = matches!(&effect, Effect::Note(note) if *note == engine.knowledge.phrases.vote_thanks);
        if against
            && chat > 0
            && let Some(Press::Vote { id, helpful: false }) = Press::read(&pressed.data)
        {
            let answer = answer::vote_reasons(&engine.knowledge, &id);
            self.say(chat, &answer, script, None).await;
        }
        match effect {
            Effect::Say(answer) => drop(self.say(chat, &answer, script, None).await),
            Effect::Turn(answer) => self.turn(pressed, chat, &answer, script).await,
            Effect::Note(_) => {}
        }
    }

    async fn turn(&self, pressed: &Pressed, chat: i64, answer: &Answer, script: Script) {
        match pressed.message_id.filter(|_| pressed.editable) {
            Some(message) => drop(self.replace(chat, &[message], answer, script).await),
            None => drop(self.say(chat, answer, script, None).await),
        }
    }

    async fn effect(&self, engine: &Engine, press: &Press, pressed: &Pressed, asker: &Asker) -> Effect {
        let knowledge = &engine.knowledge;
        let gone = || Effect::Note(knowledge.phrases.bad_button.clone());
        let turn = |answer: Option<Answer>| answer.map_or_else(gone, Effect::Turn);
        match press {
            Press::Article(id, way) => Effect::Say(way.under(knowledge, article(engine, id, asker))),
            Press::Return(id, way) => Effect::Turn(way.under(knowledge, article(engine, id, asker))),
            Press::For(who, id) => {
                let shown = knowledge.find(id).map(|at| answer::article_for(knowledge, at, *who, asker));
                turn(shown.map(|view| Trail::default().under(knowledge, Answer::Article(Box::new(view)))))
            }
            Press::Ladder(id, None) => answer::ladder_line(knowledge, id, None).map_or_else(gone, Effect::Say),
            Press::Ladder(id, after) => turn(answer::ladder_line(knowledge, id, *after)),
            Press::LadderEnds(id, line) => {
                if line.rung == RungKind::CallNow
                    && let Some(chat) = pressed.chat
                {
                    self.sessions.carded(chat);
                }
                turn(answer::ladder_ends(knowledge, id, *line, asker))
            }
            Press::Topic(id) => turn(answer::topic_page(knowledge, id)),
            Press::Sources(id, way) => turn(knowledge.find(id).map(|at| way.under(knowledge, answer::sources(knowledge, at)))),
            Press::SelfCare(id) => Effect::Say(answer::self_care(knowledge, id).unwrap_or_else(|| answer::browse(knowledge))),
            Press::Vote { id, helpful } => Effect::Note(self.vote(engine, id, *helpful, pressed.person).await),
            Press::Region(id) => {
                self.choose_region(engine, id, pressed.chat.unwrap_or(pressed.person)).await.map_or_else(gone, Effect::Say)
            }
            Press::Browse => Effect::Turn(answer::browse(knowledge)),
            Press::System(id, first) => turn(answer::system(knowledge, id, *first)),
            Press::Departments(first) => Effect::Turn(answer::departments(knowledge, *first)),
            Press::Department(nth, first) => turn(answer::department(knowledge, *nth, *first)),
            Press::NoneOfThese => {
                self.count("asked", "none_of_these");
                if let Some(about) = self.sessions.about(pressed.chat.unwrap_or(pressed.person)) {
                    self.count_gap(about, pressed.person).await;
                }
                Effect::Say(Answer::Choices(answer::none_of_these(knowledge)))
            }
            Press::Reason(nth, id) => {
                let taken = self.take_reason(*nth, id, pressed.person).await;
                let phrases = &knowledge.phrases;
                Effect::Turn(answer::simple(knowledge, if taken { &phrases.vote_thanks } else { &phrases.vote_again }))
            }
            // Taken before.
            Press::Desk(_) => gone(),
            Press::Carry(carry) => self.carry(engine, carry, pressed, asker).await,
            Press::Example(nth) => match knowledge.phrases.examples.get(*nth) {
                Some(question) => Effect::Say(Trail::default().under(knowledge, engine.answer(question, asker).answer)),
                None => gone(),
            },
        }
    }

    async fn vote(&self, engine: &Engine, id: &str, helpful: bool, person: i64) -> String {
        let phrases = &engine.knowledge.phrases;
        let Some(at) = engine.knowledge.find(id) else { return phrases.bad_button.clone() };
        let (article, version) = (id.to_owned(), engine.knowledge.version_of(at));
        match self.stored(move |store| store.person(person).vote(&article, &version, helpful)).await {
            Some(true) => phrases.vote_thanks.clone(),
            Some(false) => phrases.vote_again.clone(),
            None => phrases.vote_failed.clone(),
        }
    }
}

/// An article behind a button or a link, or what replaced it.
pub(super) fn article(engine: &Engine, id: &str, asker: &Asker) -> Answer {
    let knowledge = &engine.knowledge;
    match knowledge.find(id) {
        Some(at) => Answer::Article(Box::new(compose_article(knowledge, at, true, &Understood::default(), asker))),
        None => answer::retired(knowledge, id, asker),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forged_data_means_nothing() {
        for forged in ["", "a", "a:", "x:1", "e:-1", "e:99999999999", "y:x", "k:1", "p:p", "a:\u{4e2d}", "b:1"] {
            assert_eq!(Press::read(forged), None, "{forged}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_data_makes_it_panic(data in "\\PC{0,64}") {
            let _ = Press::read(&data);
        }
    }
}
