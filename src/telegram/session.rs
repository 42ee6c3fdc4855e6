//! What is remembered of a chat, in memory only and for a quarter of an hour.

use crate::answer::Answer;
use crate::engine::{Before, Engine, TOGETHER, Talk, Trace};
use crate::knowledge::Audience;
use crate::search::Understood;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a chat is remembered.
const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// How long messages in a row count together for triage.
const IN_A_ROW: Duration = Duration::from_secs(3 * 60);
/// Questions whose answers can follow an edit.
const EDITABLE: usize = 8;
/// How often the stale ones are swept out.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// What is remembered of a chat.
#[derive(Debug)]
struct Session {
    last: Instant,
    recent: VecDeque<(Instant, String)>,
    carded: bool,
    answers: VecDeque<(i32, Vec<i32>)>,
    trace: Option<Trace>,
    about: Option<String>,
    talk: Talk,
}

/// All chats.
#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    chats: HashMap<i64, Session>,
    swept: Option<Instant>,
}

impl Remembered {
    /// Forgets the chats whose time is over.
    fn sweep(&mut self, now: Instant) {
        if self.swept.is_none_or(|swept| now.duration_since(swept) >= SWEEP_EVERY) {
            self.chats.retain(|_, session| now.duration_since(session.last) < LIFETIME);
            self.swept = Some(now);
        }
    }
}

impl Sessions {
    fn with<T>(&self, chat: i64, act: impl FnOnce(&mut Session) -> T) -> T {
        let now = Instant::now();
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.sweep(now);
        let session = remembered.chats.entry(chat).or_insert_with(|| Session::new(now));
        if now.duration_since(session.last) >= LIFETIME {
            *session = Session::new(now);
        }
        session.last = now;
        act(session)
    }

    /// Notes a message and gives what came before it.
    pub(super) fn before(&self, chat: i64, text: &str) -> Before {
        self.with(chat, |session| {
            let now = Instant::now();
            session.recent.retain(|(at, _)| now.duration_since(*at) < IN_A_ROW);
            let messages = session.recent.iter().map(|(_, text)| text.clone()).collect();
            session.recent.push_back((now, text.to_owned()));
            if session.recent.len() > TOGETHER {
                session.recent.pop_front();
            }
            Before { messages, carded: session.carded, talk: session.talk.clone() }
        })
    }

    /// A card was shown: messages before it do not count again, and what follows may be about it.
    pub(super) fn carded(&self, chat: i64) {
        self.with(chat, |session| {
            session.recent.clear();
            session.carded = true;
            session.talk = Talk::default();
        });
    }

    /// Notes what is talked about now.
    pub(super) fn talks(&self, chat: i64, talk: Talk) {
        self.with(chat, |session| session.talk = talk);
    }

    /// Notes what a button showed, and for whom: one may go on about it.
    pub(super) fn shows(&self, engine: &Engine, chat: i64, answer: &Answer, who: Audience) {
        let understood = Understood { audience: who, ..Understood::default() };
        self.with(chat, |session| session.talk = session.talk.after(&engine.knowledge, answer, &understood));
    }

    /// The topic that is talked about.
    pub(super) fn topic(&self, chat: i64) -> Option<String> {
        self.with(chat, |session| session.talk.topic.clone())
    }

    /// Notes which messages answered a question.
    pub(super) fn answered(&self, chat: i64, question: i32, answers: Vec<i32>, trace: Trace) {
        self.with(chat, |session| {
            session.answers.retain(|(id, _)| *id != question);
            session.answers.push_back((question, answers));
            if session.answers.len() > EDITABLE {
                session.answers.pop_front();
            }
            session.trace = Some(trace);
        });
    }

    /// Notes what the last question was about, as topic and side; none where it was answered.
    pub(super) fn set_about(&self, chat: i64, about: Option<String>) {
        self.with(chat, |session| session.about = about);
    }

    /// What the last question was about, said once.
    pub(super) fn about(&self, chat: i64) -> Option<String> {
        self.with(chat, |session| session.about.take())
    }

    /// The messages that answered a question.
    pub(super) fn answers(&self, chat: i64, question: i32) -> Vec<i32> {
        let found = |session: &mut Session| session.answers.iter().find(|(id, _)| *id == question).map(|(_, answers)| answers.clone());
        self.with(chat, found).unwrap_or_default()
    }

    /// The trace of the last answer.
    pub(super) fn trace(&self, chat: i64) -> Option<Trace> {
        self.with(chat, |session| session.trace.clone())
    }

    /// Forgets the chats whose time is over, also while nobody writes.
    pub(super) fn sweep(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).sweep(Instant::now());
    }

    /// Forgets a chat; whether anything was held.
    pub(super) fn forget(&self, chat: i64) -> bool {
        let removed = self.0.lock().unwrap_or_else(PoisonError::into_inner).chats.remove(&chat);
        removed.is_some_and(|session| session.trace.is_some() || !session.recent.is_empty() || !session.talk.is_empty())
    }
}

impl Session {
    fn new(now: Instant) -> Self {
        Self {
            last: now,
            recent: VecDeque::new(),
            carded: false,
            answers: VecDeque::new(),
            trace: None,
            about: None,
            talk: Talk::default(),
        }
    }
}
