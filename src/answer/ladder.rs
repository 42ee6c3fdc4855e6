//! The care ladder, a line at a time: the first that is true ends it. Nothing is inferred, nothing is kept.

use super::card::Numbers;
use super::compose::Asker;
use super::fill::fill;
use super::says::{Answer, Link, PageView};
use crate::knowledge::{Care, Knowledge, Phrases, Topic};

/// A rung of the ladder, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RungKind {
    /// Call the emergency number now
    CallNow,
    /// Go today
    Today,
    /// Make an appointment within days
    Days,
    /// Watch at home
    Home,
}

/// A line of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LadderLine {
    /// Its rung.
    pub rung: RungKind,
    /// Its number on the rung, from 0.
    pub nth: usize,
}

impl RungKind {
    const ALL: [Self; 4] = [Self::CallNow, Self::Today, Self::Days, Self::Home];

    /// Its letter in a button.
    const fn letter(self) -> char {
        match self {
            Self::CallNow => 'c',
            Self::Today => 't',
            Self::Days => 'd',
            Self::Home => 'h',
        }
    }

    fn lines(self, care: &Care) -> &[String] {
        match self {
            Self::CallNow => &care.call_now,
            Self::Today => &care.today,
            Self::Days => &care.days,
            Self::Home => &care.home,
        }
    }

    fn label(self, phrases: &Phrases) -> &str {
        match self {
            Self::CallNow => &phrases.rung_call_now,
            Self::Today => &phrases.rung_today,
            Self::Days => &phrases.rung_days,
            Self::Home => &phrases.rung_home,
        }
    }
}

impl LadderLine {
    /// Reads what a button carries: the rung's letter and a number.
    pub fn read(text: &str) -> Option<Self> {
        let letter = text.chars().next()?;
        let rung = RungKind::ALL.into_iter().find(|rung| rung.letter() == letter)?;
        let nth = text.get(1..)?.parse::<u8>().ok()?;
        Some(Self { rung, nth: usize::from(nth) })
    }

    fn written(self) -> String {
        format!("{}{}", self.rung.letter(), self.nth)
    }
}

/// Every line of a topic's ladder, in order.
fn lines(care: &Care) -> Vec<(LadderLine, &str)> {
    let of_rung = |rung: RungKind| rung.lines(care).iter().enumerate().map(move |(nth, text)| (LadderLine { rung, nth }, text.as_str()));
    RungKind::ALL.into_iter().flat_map(of_rung).collect()
}

/// One line and 有 / 没有; without a line the first. Past the last: what to do where none is true. None where there is no
/// such topic or it has no ladder.
pub fn ladder_line(knowledge: &Knowledge, id: &str, after: Option<LadderLine>) -> Option<Answer> {
    let (topic, phrases) = (knowledge.topic(id)?, &knowledge.phrases);
    let lines = lines(&topic.care);
    let order = |line: LadderLine| (RungKind::ALL.iter().position(|rung| *rung == line.rung), line.nth);
    // By order and not by number, so that an old button goes on at the right rung after the file changed.
    let next = match after {
        None => Some(0),
        Some(after) => lines.iter().position(|(line, _)| order(*line) > order(after)),
    };
    let total = lines.len().to_string();
    let Some((nth, (line, text))) = next.and_then(|next| Some((next, lines.get(next)?))) else {
        return (total != "0").then(|| view(knowledge, topic, "", vec![phrases.ladder_none.clone()], vec![]));
    };
    let step = fill(&phrases.ladder_step, &[("第几", &(nth + 1).to_string()), ("几条", &total)]);
    let links = vec![
        Link::callback(&phrases.button_yes, format!("h:{id}:{}", line.written())),
        Link::callback(&phrases.button_no, format!("l:{id}:{}", line.written())),
    ];
    let heading = fill(&phrases.ladder_heading, &[("主题", &topic.name)]);
    Some(view(knowledge, topic, &heading, vec![format!("{step}\n{text}"), phrases.ladder_ask.clone()], links))
}

/// What a line that is true comes to. An old button keeps its rung, also where its line is gone.
pub fn ladder_ends(knowledge: &Knowledge, id: &str, line: LadderLine, asker: &Asker) -> Option<Answer> {
    let (topic, phrases) = (knowledge.topic(id)?, &knowledge.phrases);
    let urgent = line.rung == RungKind::CallNow;
    let heading = format!("{}{}", if urgent { phrases.urgent.as_str() } else { "" }, line.rung.label(phrases));
    let mut text: Vec<String> = line.rung.lines(&topic.care).get(line.nth).cloned().into_iter().collect();
    if urgent {
        text.push(Numbers::of(knowledge, asker).insert(&phrases.ladder_call));
    } else {
        text.push(phrases.ladder_sooner.clone());
        text.push(fill(&phrases.departments, &[("科室", &topic.departments.join("、"))]));
    }
    Some(view(knowledge, topic, &heading, text, Vec::new()))
}

fn view(knowledge: &Knowledge, topic: &Topic, heading: &str, text: Vec<String>, mut links: Vec<Link>) -> Answer {
    links.push(Link::callback(&topic.name, format!("t:{}", topic.id)));
    let disclaimer = knowledge.phrases.disclaimer.clone();
    Answer::Page(PageView { heading: heading.to_owned(), text, block: String::new(), links, disclaimer })
}
