//! The verdict.

use super::compile::{self, CompileError, Compiled, CompiledCondition, CompiledRule, ConceptId};
use super::context;
use super::scan::{self, ConceptHit, Marks, Scanned, Word};
use crate::knowledge::{Knowledge, Level, Near};
use crate::text::{Analyzed, Analyzer};
use std::ops::Range;

/// The gate. Built once for a knowledge.
pub struct Triage(pub(super) Compiled);

/// What triage found.
#[derive(Debug)]
pub enum Assessment {
    /// No red flag.
    Clear(Cleared),
    /// At least one.
    Alarm(Alarm),
}

/// The token that says "no emergency". Only triage can make one, and composing an ordinary answer needs one.
#[derive(Debug)]
pub struct Cleared(());

/// The red flags that fired, the most urgent first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// At least one.
    pub fired: Vec<Fired>,
}

impl Alarm {
    /// The most urgent red flag.
    pub fn first(&self) -> Option<&Fired> {
        self.fired.first()
    }
}

/// A red flag that fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fired {
    /// The rule's id.
    pub rule: String,
    /// Its name, for editors.
    pub name: String,
    /// The card to show.
    pub card: String,
    /// What has to be done.
    pub level: Level,
    /// Where in the normalised text its concepts stand, or the window that the second reader alarms at.
    pub evidence: Vec<Range<usize>>,
    /// The known sentence that the message is most like, where no rule fired but the second reader alarms.
    pub alike: Option<String>,
}

impl Triage {
    /// Compiles the knowledge's red flags.
    ///
    /// # Errors
    /// Every fault at once: unknown names, broken patterns.
    pub fn new(knowledge: &Knowledge, analyzer: &Analyzer) -> Result<Self, Vec<CompileError>> {
        compile::compile(knowledge, analyzer).map(Self)
    }

    /// Assesses a text. Total: every text has a verdict.
    pub fn assess(&self, analyzed: &Analyzed) -> Assessment {
        let Scanned { words, mut hits } = scan::scan(&self.0, analyzed);
        let mut fired: Vec<Fired> = self.firing(analyzed, &mut hits).collect();
        fired.sort_by_key(|fired| std::cmp::Reverse(fired.level));
        if let Some(reader) = &self.0.reader {
            let reading = reader.read(analyzed, &words, &self.0.named, !fired.is_empty());
            if !reader.alarms(&reading) {
                fired.clear();
            } else if fired.is_empty() {
                fired.extend(self.most_alike(analyzed, reading.window));
            }
        }
        if fired.is_empty() { Assessment::Clear(Cleared(())) } else { Assessment::Alarm(Alarm { fired }) }
    }

    /// What the rules alone find: the words of the text, and a rule that fires.
    pub(super) fn by_rules(&self, analyzed: &Analyzed) -> (Vec<Word>, Option<Fired>) {
        let Scanned { words, mut hits } = scan::scan(&self.0, analyzed);
        let fired = self.firing(analyzed, &mut hits).next();
        (words, fired)
    }

    fn firing<'a>(&'a self, analyzed: &'a Analyzed, hits: &'a mut Vec<ConceptHit>) -> impl Iterator<Item = Fired> + 'a {
        context::apply(&self.0, analyzed, hits);
        hits.retain(|hit| !hit.denied);
        let mut there = Marks::new(self.0.concept_count);
        for hit in hits.iter() {
            there.set(hit.concept);
        }
        self.0.rules.iter().filter_map(move |rule| Self::fire(rule, &there, hits, analyzed))
    }

    /// The red flag whose known sentences a window is most like.
    fn most_alike(&self, analyzed: &Analyzed, window: Range<usize>) -> Option<Fired> {
        let likeness = self.0.alike.find(&analyzed.text()[window.clone()])?;
        let alike = Some(likeness.sentence.to_owned());
        self.0.rules.get(likeness.rule).map(|rule| Fired { alike, ..Self::told(rule, vec![window]) })
    }

    fn told(rule: &CompiledRule, evidence: Vec<Range<usize>>) -> Fired {
        let (id, name, card) = (rule.id.clone(), rule.name.clone(), rule.card.clone());
        Fired { rule: id, name, card, level: rule.level, evidence, alike: None }
    }

    /// How many concepts and rules are compiled in, for the operators.
    pub fn size(&self) -> (usize, usize) {
        (self.0.concept_count, self.0.rules.len())
    }

    fn fire(rule: &CompiledRule, there: &Marks, hits: &[ConceptHit], analyzed: &Analyzed) -> Option<Fired> {
        // What a condition needs is looked up before anything is compared: hardly any can hold.
        let can_hold = |condition: &&CompiledCondition| {
            let any = condition.any.iter().filter(|&&concept| there.has(concept)).count();
            any >= condition.at_least && condition.all.iter().all(|&concept| there.has(concept))
        };
        let evidence = rule.conditions.iter().filter(can_hold).find_map(|condition| holds(condition, rule.keep_on, hits, analyzed))?;
        Some(Self::told(rule, evidence))
    }
}

/// Where the parts of a condition stand, if it holds.
fn holds(condition: &CompiledCondition, keep_on: u64, hits: &[ConceptHit], analyzed: &Analyzed) -> Option<Vec<Range<usize>>> {
    let on = |concept: ConceptId| context::of_concept(hits, concept).iter().filter(move |hit| hit.off & !keep_on == 0);
    if condition.none.iter().any(|&concept| on(concept).any(|hit| !hit.by_ear)) {
        return None;
    }
    let unit = |hit: &ConceptHit| match condition.near {
        Near::Message => 0,
        Near::Sentence => analyzed.clauses.get(hit.clause).map_or(0, |clause| clause.sentence),
        Near::Clause => hit.clause,
    };
    let lead = condition.all.first().map_or(condition.any.as_slice(), std::slice::from_ref);
    let mut units: Vec<usize> = lead.iter().flat_map(|&concept| on(concept)).map(unit).collect();
    units.dedup();
    units.into_iter().find_map(|place| {
        let there = |concept: ConceptId| on(concept).find(|hit| unit(hit) == place).map(|hit| hit.span.clone());
        let mut evidence = condition.all.iter().map(|&concept| there(concept)).collect::<Option<Vec<_>>>()?;
        let any: Vec<_> = condition.any.iter().filter_map(|&concept| there(concept)).collect();
        let enough = any.len() >= condition.at_least;
        evidence.extend(any);
        enough.then_some(evidence)
    })
}
