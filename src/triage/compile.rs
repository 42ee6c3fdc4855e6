//! Red flags as written, turned into one automaton and tables of numbers.

use super::alike::Alike;
use super::context::CompiledContext;
use super::grams;
use super::pattern::{self, PartKind};
use super::reader::Reader;
use crate::knowledge::{Condition, Knowledge, Level, Near, Rule};
use crate::text::Analyzer;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, HashMap};

/// What is wrong with a red flag as written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CompileError {
    /// The rule, empty for the shared vocabulary and the contexts.
    pub rule: String,
    /// What is wrong.
    pub message: String,
}

pub(super) type ListId = u32;
pub(super) type ConceptId = u32;

/// A part of a compiled pattern.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) kind: StepKind,
    pub(super) gap: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum StepKind {
    List(ListId),
    Number(f64, f64),
}

/// A compiled pattern of a concept.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) concept: ConceptId,
    pub(super) steps: Vec<Step>,
}

/// A rule with its concepts as numbers.
pub(super) struct CompiledRule {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) card: String,
    pub(super) level: Level,
    /// Contexts that do not turn it off, a bit each.
    pub(super) keep_on: u64,
    pub(super) conditions: Vec<CompiledCondition>,
}

/// A condition with its concepts as numbers.
pub(super) struct CompiledCondition {
    pub(super) all: Vec<ConceptId>,
    pub(super) any: Vec<ConceptId>,
    pub(super) at_least: usize,
    pub(super) none: Vec<ConceptId>,
    pub(super) near: Near,
}

/// Everything triage looks for.
pub(super) struct Compiled {
    pub(super) automaton: AhoCorasick,
    /// The lists that hold each word of the automaton.
    pub(super) lists_of_word: Vec<Vec<ListId>>,
    /// The words as they sound.
    pub(super) sounds: AhoCorasick,
    /// The words of each sound, with their lists.
    pub(super) words_of_sound: Vec<Vec<(String, Vec<ListId>)>>,
    pub(super) forms: Vec<Form>,
    /// The forms that begin with each list.
    pub(super) forms_by_first: Vec<Vec<u32>>,
    /// The forms that begin with a number.
    pub(super) forms_by_number: Vec<u32>,
    pub(super) contexts: Vec<CompiledContext>,
    pub(super) rules: Vec<CompiledRule>,
    pub(super) concept_count: usize,
    /// Named lists, as `list` for shared ones and `rule/list` for a rule's own.
    pub(super) lists: HashMap<String, ListId>,
    /// Which lists have a name.
    pub(super) named: Vec<bool>,
    /// The second reader; none where it was never fitted.
    pub(super) reader: Option<Reader>,
    /// Sentences whose red flag is known.
    pub(super) alike: Alike,
}

/// Every word that the red flags look for, in lists and in patterns.
pub fn words(knowledge: &Knowledge) -> Vec<String> {
    let shared = &knowledge.vocabulary;
    let lists = shared.words.values().chain(knowledge.rules.iter().flat_map(|rule| rule.words.values()));
    let concepts = shared.concepts.values().chain(knowledge.rules.iter().flat_map(|rule| rule.concepts.values()));
    let spoken = concepts.flatten().filter_map(|written| pattern::parse(written).ok()).flatten();
    let literals = spoken.filter_map(|part| match part.kind {
        PartKind::Any(words) => Some(words),
        PartKind::List(_) | PartKind::Number(..) => None,
    });
    lists.flatten().cloned().chain(literals.flatten()).collect()
}

/// Collects names while compiling.
struct Compiler<'a> {
    analyzer: &'a Analyzer,
    knowledge: &'a Knowledge,
    words: BTreeMap<String, Vec<ListId>>,
    lists: HashMap<String, ListId>,
    list_count: ListId,
    concepts: HashMap<String, ConceptId>,
    concept_count: ConceptId,
    forms: Vec<Form>,
    errors: Vec<CompileError>,
}

/// Compiles the knowledge's red flags.
///
/// # Errors
/// Every fault at once.
pub(super) fn compile(knowledge: &Knowledge, analyzer: &Analyzer) -> Result<Compiled, Vec<CompileError>> {
    let mut compiler = Compiler {
        analyzer,
        knowledge,
        words: BTreeMap::new(),
        lists: HashMap::new(),
        list_count: 0,
        concepts: HashMap::new(),
        concept_count: 0,
        forms: Vec::new(),
        errors: Vec::new(),
    };
    for (name, patterns) in &knowledge.vocabulary.concepts {
        compiler.concept("", name, patterns);
    }
    let contexts = compiler.contexts();
    let rules = knowledge.rules.iter().map(|rule| compiler.rule(rule)).collect();
    compiler.finish(contexts, rules)
}

impl Compiler<'_> {
    fn fault(&mut self, rule: &str, message: String) {
        self.errors.push(CompileError { rule: rule.to_owned(), message });
    }

    fn contexts(&mut self) -> Vec<CompiledContext> {
        let knowledge = self.knowledge;
        if knowledge.contexts.len() > 64 {
            self.fault("", "语境超过 64 个，合并一些".into());
        }
        let compile = |context: &crate::knowledge::Context| CompiledContext {
            scope: context.scope,
            shows: self.concept("", &format!("语境：{}", context.name), &context.patterns),
            unless: self.concept("", &format!("语境例外：{}", context.name), &context.unless),
        };
        knowledge.contexts.iter().map(compile).collect()
    }

    fn rule(&mut self, rule: &Rule) -> CompiledRule {
        for (name, patterns) in &rule.concepts {
            self.concept(&rule.id, &format!("{}/{name}", rule.id), patterns);
        }
        let mut keep_on = 0;
        for name in &rule.keep_on {
            match self.knowledge.contexts.iter().position(|context| context.name == *name) {
                Some(at) => keep_on |= 1 << at.min(63),
                None => self.fault(&rule.id, format!("没有“{name}”这个语境")),
            }
        }
        CompiledRule {
            id: rule.id.clone(),
            name: rule.name.clone(),
            card: rule.card.clone(),
            level: rule.level,
            keep_on,
            conditions: rule.when.iter().map(|condition| self.condition(rule, condition)).collect(),
        }
    }

    fn condition(&mut self, rule: &Rule, condition: &Condition) -> CompiledCondition {
        if condition.all.is_empty() && condition.any.is_empty() {
            self.fault(&rule.id, "有一个 [[when]] 既没有 all 也没有 any".into());
        }
        let at_least = condition.at_least.unwrap_or(1);
        if at_least > condition.any.len() && !condition.any.is_empty() {
            self.fault(&rule.id, format!("at_least = {at_least}，但 any 只有 {} 项", condition.any.len()));
        }
        let mut ids = |names: &[String]| names.iter().filter_map(|name| self.named(rule, name)).collect::<Vec<_>>();
        CompiledCondition {
            all: ids(&condition.all),
            any: ids(&condition.any),
            at_least: if condition.any.is_empty() { 0 } else { at_least },
            none: ids(&condition.none),
            near: condition.near,
        }
    }

    /// A concept of the rule or of the vocabulary, a word list, or a pattern written on the spot.
    fn named(&mut self, rule: &Rule, name: &str) -> Option<ConceptId> {
        let own = format!("{}/{name}", rule.id);
        if let Some(&id) = self.concepts.get(&own).or_else(|| self.concepts.get(name)) {
            return Some(id);
        }
        if rule.words.contains_key(name) {
            return Some(self.concept(&rule.id, &own, &[format!("[{name}]")]));
        }
        if self.knowledge.vocabulary.words.contains_key(name) {
            return Some(self.concept("", name, &[format!("[{name}]")]));
        }
        if name.contains(['[', '(', '<', '…']) {
            return Some(self.concept(&rule.id, &format!("{}/={name}", rule.id), &[name.to_owned()]));
        }
        self.fault(&rule.id, format!("没有“{name}”这个概念或词表"));
        None
    }

    fn concept(&mut self, rule: &str, name: &str, patterns: &[String]) -> ConceptId {
        if let Some(&id) = self.concepts.get(name) {
            return id;
        }
        let id = self.concept_count;
        self.concept_count += 1;
        self.concepts.insert(name.to_owned(), id);
        for written in patterns {
            match pattern::parse(written) {
                Ok(parts) => {
                    let steps = parts.iter().filter_map(|part| {
                        let kind = match &part.kind {
                            PartKind::Number(low, high) => StepKind::Number(*low, *high),
                            PartKind::List(list) => StepKind::List(self.list(rule, list)?),
                            PartKind::Any(words) => StepKind::List(self.anonymous(words)),
                        };
                        Some(Step { kind, gap: part.gap })
                    });
                    let steps = steps.collect();
                    self.forms.push(Form { concept: id, steps });
                }
                Err(message) => self.fault(rule, message),
            }
        }
        id
    }

    /// A named list: the rule's own before the shared one.
    fn list(&mut self, rule: &str, name: &str) -> Option<ListId> {
        let own = self.knowledge.rules.iter().find(|r| r.id == rule).and_then(|r| r.words.get(name));
        let key = if own.is_some() { format!("{rule}/{name}") } else { name.to_owned() };
        if let Some(&id) = self.lists.get(&key) {
            return Some(id);
        }
        let Some(words) = own.or_else(|| self.knowledge.vocabulary.words.get(name)) else {
            self.fault(rule, format!("没有“{name}”这个词表"));
            return None;
        };
        let id = self.anonymous(words);
        self.lists.insert(key, id);
        Some(id)
    }

    fn anonymous(&mut self, words: &[String]) -> ListId {
        let id = self.list_count;
        self.list_count += 1;
        for word in words {
            let word = self.analyzer.normalize(word);
            if !word.is_empty() {
                self.words.entry(word).or_default().push(id);
            }
        }
        id
    }

    fn reader(&self) -> Option<Reader> {
        let fitted = &self.knowledge.reader;
        let list = |name: &str| self.lists.get(name).copied();
        let weights = fitted.features.iter().filter_map(|(name, weight)| Some((grams::read(name, list)?, *weight)));
        (!fitted.features.is_empty()).then(|| Reader {
            weights: weights.collect(),
            bias: fitted.bias,
            fired: fitted.fired,
            threshold: fitted.threshold,
        })
    }

    fn alike(&self) -> Alike {
        let rules = &self.knowledge.rules;
        let place = |id: &str| rules.iter().position(|rule| rule.id == id);
        let heard = self.knowledge.heard.iter().filter_map(|heard| Some((place(heard.rule.as_deref()?)?, &heard.text)));
        let examples = rules.iter().enumerate().flat_map(|(nth, rule)| rule.examples.iter().map(move |example| (nth, example)));
        Alike::new(examples.chain(heard).map(|(nth, text)| (nth, self.analyzer.normalize(text))))
    }

    fn finish(mut self, contexts: Vec<CompiledContext>, rules: Vec<CompiledRule>) -> Result<Compiled, Vec<CompileError>> {
        let mut by_sound: BTreeMap<String, Vec<(String, Vec<ListId>)>> = BTreeMap::new();
        for (word, lists) in &self.words {
            if let Some(sound) = self.analyzer.sounds().word(word) {
                by_sound.entry(sound).or_default().push((word.clone(), lists.clone()));
            }
        }
        let build = |words: &mut dyn Iterator<Item = &String>| AhoCorasick::builder().match_kind(MatchKind::Standard).build(words);
        let (automaton, sounds) = match (build(&mut self.words.keys()), build(&mut by_sound.keys())) {
            (Ok(automaton), Ok(sounds)) => (automaton, sounds),
            (Err(error), _) | (_, Err(error)) => {
                self.fault("", format!("红旗词表太大：{error}"));
                return Err(self.errors);
            }
        };
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        let (reader, alike) = (self.reader(), self.alike());
        let mut named = vec![false; self.list_count as usize];
        for &list in self.lists.values() {
            named[list as usize] = true;
        }
        let mut forms_by_first = vec![Vec::new(); self.list_count as usize];
        let mut forms_by_number = Vec::new();
        for (form, nth) in self.forms.iter().zip(0..) {
            match form.steps.first().map(|step| step.kind) {
                Some(StepKind::List(list)) => forms_by_first[list as usize].push(nth),
                Some(StepKind::Number(..)) => forms_by_number.push(nth),
                None => {}
            }
        }
        Ok(Compiled {
            automaton,
            sounds,
            words_of_sound: by_sound.into_values().collect(),
            lists_of_word: self.words.into_values().collect(),
            forms: self.forms,
            forms_by_first,
            forms_by_number,
            contexts,
            rules,
            concept_count: self.concept_count as usize,
            lists: self.lists,
            named,
            reader,
            alike,
        })
    }
}
