//! What people did not find, and what did not help them.

use super::super::bot::Bot;
use super::act::Act;
use crate::answer::fill;
use crate::engine::Replied;
use crate::knowledge::{Date, DeskPhrases, Facet, Knowledge};
use chrono::Datelike;
use std::collections::BTreeMap;

/// A gap is shown once so many different people had it.
pub(super) const PEOPLE: u32 = 5;
/// Most lines of a list.
const MOST: usize = 20;
/// Most buttons under it.
const BUTTONS: usize = 5;
/// An article to fill in.
const TEMPLATE: &str = include_str!("new_article.toml");

/// This week's number, for the key that tells people apart and is thrown away with the week.
pub(super) fn week() -> u32 {
    let week = Date::today().0.iso_week();
    u32::try_from(week.year()).unwrap_or_default() * 100 + week.week()
}

/// A gap's name on a button.
fn token(gap: &str) -> String {
    blake3::hash(gap.as_bytes()).to_hex().chars().take(12).collect()
}

impl Bot {
    /// Counts what a question did not find, as topic and side. Never the question.
    pub(in crate::telegram) async fn note_gap(&self, replied: &Replied, person: i64) {
        if let Some(gap) = replied.gap(&self.engine().knowledge) {
            self.count_gap(gap, person).await;
        }
    }

    /// Counts that none of the choices was it.
    pub(in crate::telegram) async fn count_gap(&self, gap: String, person: i64) {
        self.stored(move |store| store.note_gap(&gap, person, week())).await;
    }

    /// What people did not find, the most frequent first, with a file to fill in for each of the first few.
    pub(super) async fn gaps(&self, chat: i64) {
        let words = self.words();
        let Some(gaps) = self.stored(|store| store.gaps(PEOPLE)).await else {
            return self.tell(chat, &words.no_store, Vec::new()).await;
        };
        let knowledge = &self.engine().knowledge;
        let people = PEOPLE.to_string();
        if gaps.is_empty() {
            return self.tell(chat, &fill(&words.gaps_nothing, &[("人数", &people)]), Vec::new()).await;
        }
        let mut lines = vec![fill(&words.gaps, &[("人数", &people)])];
        let mut buttons = Vec::new();
        for gap in gaps.iter().take(MOST) {
            let (topic, side) = names(knowledge, &words, &gap.name);
            let places = [("主题", topic.as_str()), ("方面", &side), ("次数", &gap.count.to_string())];
            lines.push(fill(&words.gaps_line, &places));
            if buttons.len() < BUTTONS {
                buttons.push((fill(&words.button_scaffold, &places), Act::Scaffold(token(&gap.name))));
            }
        }
        self.tell(chat, &lines.join("\n"), buttons).await;
    }

    /// Sends a file to fill in for a gap.
    pub(super) async fn scaffold(&self, chat: i64, person: i64, name: &str) {
        let words = self.words();
        let gaps = self.stored(|store| store.gaps(PEOPLE)).await.unwrap_or_default();
        let Some(gap) = gaps.into_iter().find(|gap| token(&gap.name) == name) else {
            return self.tell(chat, &words.gap_gone, Vec::new()).await;
        };
        let (topic, side) = names(&self.engine().knowledge, &words, &gap.name);
        let (id, facet) = gap.name.split_once('/').unwrap_or((&gap.name, ""));
        let facet = if facet.is_empty() { Facet::Cause.slug() } else { facet };
        let text = TEMPLATE.replace("__FACET__", facet).replace("__NAME__", &topic).replace("__SIDE__", &side);
        let caption = fill(&words.scaffold, &[("主题", &topic), ("方面", &side)]);
        let sent = self.api.send_file("document", chat, &format!("{id}-{facet}.toml"), text.into_bytes(), &caption).await;
        let outcome = sent.map_or_else(|error| error.to_string(), |()| caption);
        self.audit(person, &format!("草稿 {}", gap.name), &outcome).await;
    }

    /// Articles voted down, the worst first, with the reasons people chose.
    pub(super) async fn weak(&self, chat: i64) {
        let words = self.words();
        let read = self.stored(|store| Ok((store.tallies()?, store.counts("reasons")?))).await;
        let Some((mut tallies, reasons)) = read else {
            return self.tell(chat, &words.no_store, Vec::new()).await;
        };
        tallies.retain(|entry| entry.tally.unhelpful > 0);
        if tallies.is_empty() {
            return self.tell(chat, &words.weak_nothing, Vec::new()).await;
        }
        tallies.sort_by_key(|entry| std::cmp::Reverse(entry.tally.unhelpful));
        let engine = self.engine();
        let knowledge = &engine.knowledge;
        let mut why: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (key, count) in &reasons {
            if let Some((reason, article)) = key.split_once(' ') {
                let nth = reason.parse::<usize>().ok().and_then(|nth| knowledge.phrases.vote_reasons.get(nth));
                why.entry(article).or_default().extend(nth.map(|name| format!("{name} {count}")));
            }
        }
        let mut lines = vec![words.weak.clone()];
        for entry in tallies.iter().take(MOST) {
            let title = knowledge.find(&entry.article).map_or(entry.version.as_str(), |at| knowledge.article_at(at).title.as_str());
            let because = why.get(entry.article.as_str()).map_or_else(String::new, |why| format!("：{}", why.join("，")));
            let (up, down) = (entry.tally.helpful.to_string(), entry.tally.unhelpful.to_string());
            let places = [("没", down.as_str()), ("有", &up), ("题目", title), ("编号", &entry.article), ("原因", &because)];
            lines.push(fill(&words.weak_line, &places));
        }
        self.tell(chat, &lines.join("\n"), Vec::new()).await;
    }

    /// Takes a reason for a vote against an article: once a person and version. Where it may be wrong, editors are told.
    pub(in crate::telegram) async fn take_reason(&self, nth: usize, id: &str, person: i64) -> bool {
        let engine = self.engine();
        let knowledge = &engine.knowledge;
        let Some(at) = knowledge.find(id).filter(|_| nth < knowledge.phrases.vote_reasons.len()) else { return false };
        let (article, version) = (id.to_owned(), knowledge.version_of(at));
        let first = self.stored(move |store| {
            let person = store.person(person);
            let known: Option<String> = person.get("reasons", &article)?;
            if known.as_ref() == Some(&version) {
                return Ok(false);
            }
            person.put("reasons", &article, &version)?;
            store.add("reasons", &format!("{nth} {article}"), 1)?;
            Ok(true)
        });
        if first.await != Some(true) {
            return false;
        }
        if nth == WRONG {
            let places = [("题目", knowledge.article_at(at).title.as_str()), ("编号", id)];
            let text = fill(&knowledge.desk.report, &places);
            for (editor, role) in self.roles.people() {
                if role >= super::role::Role::Editor {
                    self.tell(editor, &text, Vec::new()).await;
                }
            }
        }
        true
    }
}

/// The reason that says that an article may be wrong: the first.
const WRONG: usize = 0;

/// A gap's topic and side, as people call them.
fn names(knowledge: &Knowledge, words: &DeskPhrases, gap: &str) -> (String, String) {
    let (topic, facet) = gap.split_once('/').unwrap_or((gap, ""));
    let name = knowledge.topic(topic).map_or(topic, |topic| topic.name.as_str());
    let side = Facet::ALL.into_iter().find(|of| of.slug() == facet).and_then(|of| knowledge.facet_words(of));
    (name.to_owned(), side.map_or_else(|| words.other_side.clone(), |words| words.name.clone()))
}
