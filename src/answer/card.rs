//! Emergency and crisis cards.

use super::compose::Asker;
use super::fill::fill;
use super::says::{Action, CardView, Link, Notice};
use crate::knowledge::{Card, HelpLine, Knowledge, Level, Region, Reply};
use crate::triage::Fired;

/// What is said where a card is missing (the checks forbid it, a broken folder does not).
const NO_CARD: &str = "情况可能很急，请立即拨打{急救电话}，或马上去最近的医院急诊。";

/// The card of a red flag, for the asker's region.
pub fn compose_card(knowledge: &Knowledge, fired: &Fired, asker: &Asker) -> CardView {
    let phrases = &knowledge.phrases;
    let numbers = Numbers::of(knowledge, asker);
    let card = knowledge.card(&fired.card);
    let action = card.map_or(NO_CARD, |card| card.action.as_str());
    let urgent = if fired.level == Level::Crisis { "" } else { phrases.urgent.as_str() };
    CardView {
        level: fired.level,
        rule: fired.rule.clone(),
        action: format!("{urgent}{}", numbers.insert(action)),
        why: card.map(|card| card.why.clone()).unwrap_or_default(),
        steps_heading: card.map(|card| card.steps_heading.clone()).unwrap_or_default(),
        steps: card.map(|card| card.steps.iter().map(|step| numbers.insert(step)).collect()).unwrap_or_default(),
        help_lines: card.map(|card| help_lines(knowledge, card, asker)).unwrap_or_default(),
        disclaimer: phrases.card_disclaimer.clone(),
        links: links(knowledge, card, asker),
    }
}

/// What is answered to somebody who writes after a card: short, with the number again, and nothing that leads away.
pub fn compose_follow_up(knowledge: &Knowledge, reply: &Reply, asker: &Asker) -> Notice {
    let text = Numbers::of(knowledge, asker).insert(&reply.text);
    let disclaimer = knowledge.phrases.card_disclaimer.clone();
    Notice { text, disclaimer, declines: false, links: links(knowledge, None, asker) }
}

/// The numbers of the asker's region, as they stand in a sentence.
pub(super) struct Numbers {
    ambulance: String,
    police: String,
}

impl Numbers {
    pub(super) fn of(knowledge: &Knowledge, asker: &Asker) -> Self {
        let phrases = &knowledge.phrases;
        let region = asker.region.as_deref().and_then(|id| knowledge.region(id));
        let ambulance = match region {
            Some(region) => region.ambulance_on(asker.today).unwrap_or(&phrases.ambulance_elsewhere).to_owned(),
            None => match all_numbers(knowledge, asker) {
                none if none.is_empty() => phrases.ambulance_elsewhere.clone(),
                numbers => fill(&phrases.ambulance_unknown, &[("号码", &numbers)]),
            },
        };
        let police = region.and_then(|region| region.police_on(asker.today)).unwrap_or(&phrases.police_elsewhere);
        Self { ambulance, police: police.to_owned() }
    }

    /// A sentence with the numbers in their places.
    pub(super) fn insert(&self, sentence: &str) -> String {
        sentence.replace(Card::AMBULANCE, &self.ambulance).replace(Card::POLICE, &self.police)
    }
}

/// Every region's ambulance number in one short line.
fn all_numbers(knowledge: &Knowledge, asker: &Asker) -> String {
    let known = |region: &Region| region.ambulance_on(asker.today).map(|number| format!("{} {number}", region.name));
    knowledge.regions.iter().filter_map(known).collect::<Vec<_>>().join("，")
}

/// The card's help lines; for somebody whose region is known also its way to call help without speaking.
fn help_lines(knowledge: &Knowledge, card: &Card, asker: &Asker) -> Vec<String> {
    let mut shown = lines_for(knowledge, &card.help_lines, asker);
    if asker.region.is_some() {
        shown.extend(lines_for(knowledge, HelpLine::DEAF_TEXT, asker));
    }
    shown
}

fn lines_for(knowledge: &Knowledge, purpose: &str, asker: &Asker) -> Vec<String> {
    if purpose.is_empty() {
        return Vec::new();
    }
    let here = |region: &&Region| asker.region.as_ref().is_none_or(|id| *id == region.id);
    let lines =
        knowledge.regions.iter().filter(here).flat_map(|region| region.help_lines_on(purpose, asker.today).map(move |line| (region, line)));
    let shown = lines.map(|(region, line)| {
        let name = if asker.region.is_some() { line.name.clone() } else { format!("{}{}", region.name, line.name) };
        let hours = if line.hours.is_empty() { String::new() } else { format!("（{}）", line.hours) };
        fill(&knowledge.phrases.help_line, &[("名称", &name), ("号码", &line.number), ("时间", &hours)])
    });
    shown.collect()
}

fn links(knowledge: &Knowledge, card: Option<&Card>, asker: &Asker) -> Vec<Link> {
    let phrases = &knowledge.phrases;
    let region = asker.region.as_deref().and_then(|id| knowledge.region(id));
    let copy = |number: &str| Link { label: fill(&phrases.copy_number, &[("号码", number)]), action: Action::Copy(number.to_owned()) };
    let mut links: Vec<Link> = region.and_then(|region| region.ambulance_on(asker.today)).map(copy).into_iter().collect();
    if let (Some(region), Some(card)) = (region, card.filter(|card| !card.help_lines.is_empty())) {
        links.extend(region.help_lines_on(&card.help_lines, asker.today).map(|line| copy(&line.number)));
    }
    if region.is_none() {
        links.extend(knowledge.regions.iter().map(|region| Link::callback(&region.name, format!("g:{}", region.id))));
    }
    if let Some(topic) = card.and_then(|card| knowledge.topic(&card.topic)) {
        let label = fill(&phrases.read_about, &[("主题", &topic.name)]);
        links.push(Link::callback(label, format!("t:{}", topic.id)));
    }
    links
}
