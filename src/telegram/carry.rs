//! The buttons of what people take along: telling causes apart, the visit card, a reminder, a report, where to go.

use super::bot::Bot;
use super::deliver::reply_target;
use super::desk::Role;
use super::groups::{ask_in_private, is_private};
use super::press::{Effect, article};
use super::remind::REMINDERS;
use super::update::{Pressed, Said};
use crate::answer::{self, Answer, Asker, fill};
use crate::engine::Engine;
use crate::knowledge::{CarryPhrases, Knowledge};
use crate::store::Held;

/// Where the store keeps which articles somebody reported.
const REPORTS: &str = "report";
/// Where the store keeps how answers are wanted.
pub(super) const ANSWERS: &str = "answers";

/// What such a button means.
#[derive(Debug, Clone, PartialEq)]
pub enum Carry {
    /// The ways to take an article along.
    Menu(String),
    /// An article's causes, with what is ticked.
    Apart(String, String),
    /// An article's visit card, with what is tapped.
    Visit(String, String),
    /// A reminder of an article.
    Remind(String),
    /// An article is wrong, and why.
    Report(String, Option<usize>),
    /// The whole of a short answer.
    Whole(String),
    /// Where to go for a topic.
    Where(String),
    /// Every department of the directory.
    Departments,
    /// The cities with a department.
    Cities(usize),
    /// A city's places with a department, from the nth on.
    Places(usize, usize, usize),
    /// The nearest places (degrees north and east) with a department.
    Near(f64, f64, usize),
}

impl Carry {
    /// Reads what a button carries, split at its first colon.
    pub fn read(kind: &str, rest: &str) -> Option<Self> {
        let id = |id: &str| (!id.is_empty() && id.bytes().all(|b| b.is_ascii_graphic())).then(|| id.to_owned());
        let with_state = || rest.rsplit_once(':').and_then(|(id_of, state)| Some((id(id_of)?, id(state)?)));
        let number = |text: &str| text.parse::<u16>().ok().map(usize::from);
        match kind {
            "ca" => id(rest).map(Self::Menu),
            "ws" => with_state().map(|(id, state)| Self::Apart(id, state)),
            "vc" => with_state().map(|(id, state)| Self::Visit(id, state)),
            "re" => id(rest).map(Self::Remind),
            "er" => with_state().map(|(id, state)| Self::Report(id, number(&state))),
            "fu" => id(rest).map(Self::Whole),
            "wh" => id(rest).map(Self::Where),
            "wa" if rest.is_empty() => Some(Self::Departments),
            "wd" => number(rest).map(Self::Cities),
            "wc" => {
                let mut numbers = rest.split(':').map(number);
                let places = Self::Places(numbers.next()??, numbers.next()??, numbers.next()??);
                numbers.next().is_none().then_some(places)
            }
            "wl" => {
                let (at, department) = rest.split_once(':')?;
                let (north, east) = at.split_once(',')?;
                let degrees = |text: &str| text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= 180.0);
                Some(Self::Near(degrees(north)?, degrees(east)?, number(department)?))
            }
            _ => None,
        }
    }

    /// The article it is about.
    fn article(&self) -> Option<&str> {
        match self {
            Self::Menu(id) | Self::Apart(id, _) | Self::Visit(id, _) | Self::Remind(id) | Self::Report(id, _) | Self::Whole(id) => Some(id),
            Self::Where(_) | Self::Departments | Self::Cities(_) | Self::Places(..) | Self::Near(..) => None,
        }
    }
}

impl Bot {
    /// What a press of such a button leads to.
    pub(super) async fn carry(&self, engine: &Engine, carry: &Carry, pressed: &Pressed, asker: &Asker) -> Effect {
        let knowledge = &engine.knowledge;
        let chat = pressed.chat.unwrap_or(pressed.person);
        let gone = || Effect::Note(knowledge.phrases.bad_button.clone());
        let turn = |answer: Option<Answer>| answer.map_or_else(gone, Effect::Turn);
        let at = carry.article().and_then(|id| knowledge.find(id));
        // A group's id is negative.
        let (private, about_one) = (chat > 0, matches!(carry, Carry::Visit(..) | Carry::Remind(_)));
        if !private && (about_one || at.is_some_and(|at| is_private(knowledge, at))) {
            return Effect::Say(ask_in_private(knowledge));
        }
        match carry {
            Carry::Menu(_) => turn(at.map(|at| answer::carry(knowledge, at, private))),
            Carry::Apart(_, state) => turn(at.and_then(|at| answer::apart(knowledge, at, state))),
            Carry::Visit(_, state) => turn(at.map(|at| answer::visit(knowledge, at, state))),
            Carry::Remind(id) if at.is_some() => Effect::Note(self.remind(engine, id, chat).await),
            Carry::Remind(_) => gone(),
            Carry::Report(_, None) => turn(at.map(|at| answer::report_reasons(knowledge, at))),
            Carry::Report(id, Some(reason)) => Effect::Note(self.report(engine, id, *reason, pressed.person).await),
            Carry::Whole(id) => Effect::Turn(article(engine, id, &Asker { short: false, ..asker.clone() })),
            Carry::Where(topic) => turn(answer::where_to_go(knowledge, topic)),
            Carry::Departments => Effect::Turn(answer::all_departments(knowledge)),
            Carry::Cities(department) => turn(answer::cities(knowledge, *department)),
            Carry::Places(department, city, first) => turn(answer::places_in(knowledge, *department, *city, *first)),
            Carry::Near(north, east, department) => Effect::Turn(answer::nearest(knowledge, *north, *east, Some(*department))),
        }
    }

    /// Passes a report on to the editors: the article and the reason, not who it was.
    async fn report(&self, engine: &Engine, id: &str, reason: usize, person: i64) -> String {
        let (knowledge, phrases) = (&engine.knowledge, &engine.knowledge.phrases);
        let told = knowledge.find(id).and_then(|at| answer::report_to_editor(knowledge, at, reason));
        let Some(told) = told else { return phrases.bad_button.clone() };
        let (article, version) = (id.to_owned(), knowledge.find(id).map(|at| knowledge.version_of(at)).unwrap_or_default());
        let first = self.stored(move |store| {
            let person = store.person(person);
            if person.get::<String>(REPORTS, &article)?.is_some_and(|of| of == version) {
                return Ok(false);
            }
            person.put(REPORTS, &article, &version).map(|()| true)
        });
        match first.await {
            Some(true) => {
                self.count("reports", &format!("{id} {reason}"));
                for (editor, _) in self.roles.people().filter(|(_, role)| *role >= Role::Editor) {
                    let script = self.script(&self.asker(editor).await, false, "");
                    self.say(editor, &told, script, None).await;
                }
                phrases.carry.report_thanks.clone()
            }
            Some(false) => phrases.carry.report_again.clone(),
            None => phrases.carry.report_failed.clone(),
        }
    }

    /// Switches short answers on or off for a chat; gives what is said to that.
    pub(super) async fn turn_short(&self, engine: &Engine, chat: i64) -> String {
        let phrases = &engine.knowledge.phrases;
        let turned = self.stored(move |store| {
            let person = store.person(chat);
            if person.remove(ANSWERS, "short")? {
                return Ok(false);
            }
            person.put(ANSWERS, "short", &true).map(|()| true)
        });
        match turned.await {
            Some(true) => phrases.carry.short_on.clone(),
            Some(false) => phrases.carry.short_off.clone(),
            None => phrases.failed.clone(),
        }
    }

    /// Answers a location with the nearest places.
    pub(super) async fn near(&self, said: &Said, (north, east): (f64, f64)) {
        let asker = self.asker(said.chat).await;
        let script = self.script(&asker, false, &said.language);
        let answer = answer::nearest(&self.engine().knowledge, north, east, None);
        self.say(said.chat, &answer, script, reply_target(said)).await;
    }
}

/// What of somebody's was held of this, in words.
pub(super) fn held_in_words(phrases: &CarryPhrases, held: &Held) -> Vec<String> {
    let count = |namespace: &str| held.values.get(namespace).copied().unwrap_or_default();
    let several = |phrase: &String, namespace: &str| {
        let count = count(namespace);
        (count > 0).then(|| fill(phrase, &[("几", &count.to_string())]))
    };
    let short = (count(ANSWERS) > 0).then(|| phrases.held_short.clone());
    let reminders = several(&phrases.held_reminders, REMINDERS);
    short.into_iter().chain(reminders).chain(several(&phrases.held_reports, REPORTS)).collect()
}

/// The start of a link to an article, as its id.
pub(super) fn linked(knowledge: &Knowledge, start: &str) -> String {
    // An id may hold two underscores of its own.
    if knowledge.find(start).is_some() { start.to_owned() } else { start.replace("__", "/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forged_data_means_nothing() {
        for forged in
            ["ca:", "ws:", "ws:x", "ws::0", "vc:\u{4e2d}:x", "wd:x", "wc:1:2", "wc:1:2:3:4", "wl:1,2", "wl:999,1:0", "wl:NaN,1:0", "zz:1"]
        {
            let (kind, rest) = forged.split_once(':').expect("a colon");
            assert_eq!(Carry::read(kind, rest), None, "{forged}");
        }
    }
}
