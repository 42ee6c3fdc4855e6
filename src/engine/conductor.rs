//! The conductor: a question's way through the stages, in the order of ARCHITECTURE.md.

use super::before::Before;
use super::talk::Talk;
use super::trace::Trace;
use super::turns::Turns;
use crate::answer::{Answer, Asker, Kind, compose, compose_card, compose_follow_up};
use crate::knowledge::{Facet, Knowledge};
use crate::search::{self, FEATURE_NAMES, Matched, Search};
use crate::text::{Analyzed, Analyzer, Terms};
use crate::triage::{self, Assessment, Triage};

/// Candidates that search gives to an answer.
pub(super) const CANDIDATES: usize = 10;

/// What the engine can be told.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// When search is sure.
    pub search: search::Settings,
}

/// Everything that answers questions over one knowledge.
pub struct Engine {
    /// The knowledge.
    pub knowledge: Knowledge,
    /// Words that differ by region.
    pub terms: Terms,
    pub(super) analyzer: Analyzer,
    pub(super) triage: Triage,
    pub(super) search: Search,
    pub(super) turns: Turns,
    pub(super) settings: Settings,
}

/// Why an engine could not be built. The knowledge's checks passed, but the parts do not fit together.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The word lists.
    #[error("词表有错：{0}")]
    Lexicon(#[from] crate::text::LexiconError),
    /// The red flags, every fault at once.
    #[error("红旗有错：{}", .0.iter().map(|e| format!("{}：{}", e.rule, e.message)).collect::<Vec<_>>().join("；"))]
    RedFlags(Vec<crate::triage::CompileError>),
    /// The index.
    #[error("{0}")]
    Search(#[from] search::SearchError),
}

/// An answer and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Replied {
    /// What is said.
    pub answer: Answer,
    /// What search found; empty where triage answered.
    pub matched: Matched,
    /// The red flag that fired.
    pub rule: Option<String>,
    /// Whether the question is in Traditional script.
    pub traditional: bool,
    /// What each stage found.
    pub trace: Trace,
    /// What is talked about once this is said.
    pub talk: Talk,
}

impl Engine {
    /// Builds everything from a checked knowledge.
    ///
    /// # Errors
    /// What does not fit together.
    pub fn new(knowledge: Knowledge, settings: Settings) -> Result<Self, EngineError> {
        let mut lexicon = knowledge.lexicon.clone();
        lexicon.template.extend(Search::template_words(&knowledge).cloned());
        shield_symptoms(&mut lexicon.denial, &knowledge);
        let names = knowledge.topics.iter().flat_map(|topic| std::iter::once(&topic.name).chain(&topic.also));
        let said = knowledge.synonyms.iter().map(|(said, _)| said);
        let analyzer = Analyzer::new(&lexicon, names.chain(said).map(String::as_str))?;
        // The two never import each other, so neither waits for the other.
        let (triage, search) = std::thread::scope(|threads| {
            let triage = threads.spawn(|| Triage::new(&knowledge, &analyzer));
            let search = Search::new(&knowledge, &analyzer);
            (triage.join().unwrap_or_else(|_| Triage::new(&knowledge, &analyzer)), search)
        });
        let (triage, search) = (triage.map_err(EngineError::RedFlags)?, search?);
        let turns = Turns::new(&knowledge.dialogue, &analyzer);
        Ok(Self { terms: Terms::new(&knowledge.terms), knowledge, analyzer, triage, search, turns, settings })
    }

    /// Answers a question: analyse, triage, search, compose.
    pub fn answer(&self, question: &str, asker: &Asker) -> Replied {
        let mut trace = Trace::default();
        let analyzed = trace.stage("分析", || self.analyzer.analyze(question), tell_analyzed);
        let assessment = trace.stage("分诊", || self.triage.assess(&analyzed), |found| tell_assessment(found, &analyzed));
        let cleared = match assessment {
            Assessment::Clear(cleared) => cleared,
            Assessment::Alarm(alarm) => return self.raise(&alarm, asker, analyzed.traditional(), trace),
        };
        let matched = trace.stage("检索", || self.search.search(&self.analyzer, &analyzed, CANDIDATES), |found| self.tell_matched(found));
        let settings = &self.settings.search;
        let run = || compose(cleared, &self.knowledge, &matched, settings, asker);
        let answer = trace.stage("作答", run, |answer| format!("{:?}（档位 {:?}）", answer.kind(), settings.band(&matched)));
        let talk = Talk::default().after(&self.knowledge, &answer, &matched.understood);
        Replied { answer, matched, rule: None, traditional: analyzed.traditional(), trace, talk }
    }

    /// Answers a question that follows others: where only together they are an emergency, that comes first; what is said to
    /// a card is answered in kind; and what leaves out what is talked about is about that.
    pub fn answer_after(&self, before: &Before, question: &str, asker: &Asker) -> Replied {
        let replied = self.answer(question, asker);
        if matches!(replied.answer, Answer::Card(_)) {
            return replied;
        }
        if !before.messages.is_empty() {
            let together = before.messages.iter().map(String::as_str).chain([question]).collect::<Vec<_>>().join("\n");
            let joined = self.answer(&together, asker);
            if matches!(joined.answer, Answer::Card(_)) {
                return Replied { traditional: replied.traditional, ..joined };
            }
        }
        if before.carded
            && let Some(answer) = self.follow_up(question, asker)
        {
            return Replied { answer, matched: Matched::default(), talk: before.talk.clone(), ..replied };
        }
        self.in_talk(&before.talk, replied, question, asker)
    }

    /// What is said to a card that was just shown, answered in kind.
    fn follow_up(&self, question: &str, asker: &Asker) -> Option<Answer> {
        let said = self.search.follow_up(&self.analyzer.analyze(question));
        let reply = said.and_then(|nth| self.knowledge.replies.get(nth))?;
        Some(Answer::Notice(compose_follow_up(&self.knowledge, reply, asker)))
    }

    /// Retrieval alone: no triage, no threshold.
    pub fn search(&self, query: &str, limit: usize) -> Matched {
        self.search.search(&self.analyzer, &self.analyzer.analyze(query), limit)
    }

    /// Whether triage lets a text pass.
    pub fn assess(&self, text: &str) -> Assessment {
        self.triage.assess(&self.analyzer.analyze(text))
    }

    /// Concepts and rules of the gate, for operators.
    pub fn triage_size(&self) -> (usize, usize) {
        self.triage.size()
    }

    fn raise(&self, alarm: &crate::triage::Alarm, asker: &Asker, traditional: bool, mut trace: Trace) -> Replied {
        let card = |fired| Answer::Card(compose_card(&self.knowledge, fired, asker));
        let run = || alarm.first().map_or_else(|| crate::answer::simple(&self.knowledge, &self.knowledge.phrases.failed), card);
        let answer = trace.stage("作答", run, |answer| format!("{:?}", answer.kind()));
        let rule = alarm.first().map(|fired| fired.rule.clone());
        Replied { answer, matched: Matched::default(), rule, traditional, trace, talk: Talk::default() }
    }

    pub(super) fn tell_matched(&self, matched: &Matched) -> String {
        let topics = matched.understood.topics().map(|topic| self.knowledge.topics[topic].name.as_str()).collect::<Vec<_>>();
        let mut told = format!("主题 {topics:?}，方面 {:?}，人群 {:?}", matched.understood.facets, matched.understood.audience);
        if let Some(corrected) = &matched.corrected {
            told.push_str(&format!("，改正为“{corrected}”"));
        }
        told.push_str(&format!("，把握 {:.2}", matched.sure));
        for hit in matched.hits.iter().take(4) {
            let features = FEATURE_NAMES.iter().zip(hit.features.0).filter(|(_, value)| *value != 0.0);
            let features = features.map(|(name, value)| format!("{name} {value:.2}")).collect::<Vec<_>>().join("，");
            told.push_str(&format!("；{:.3} {}（{features}）", hit.score, self.knowledge.article_at(hit.at).title));
        }
        told
    }
}

impl Replied {
    /// What was looked for where choices were given, as topic and side: the named one, else that of the first choice.
    pub fn about(&self, knowledge: &Knowledge) -> Option<String> {
        let topic = self.matched.understood.topics().next().or_else(|| self.matched.hits.first().map(|hit| hit.at.topic));
        let topic = topic.and_then(|topic| knowledge.topics.get(topic)).filter(|_| self.kind() == Kind::Choices)?;
        let facet = self.matched.understood.facets.first().map_or("", |facet| facet.slug());
        Some(format!("{}/{facet}", topic.id))
    }

    /// What could not be answered, as topic and side, never as a sentence: a topic without the side that was asked, or a
    /// topic of which nothing was found.
    pub fn gap(&self, knowledge: &Knowledge) -> Option<String> {
        let topic = self.matched.understood.topics().next().and_then(|topic| knowledge.topics.get(topic))?;
        let has = |facet| topic.articles.iter().any(|article| article.facet == Some(facet));
        let missing = self.matched.understood.facets.iter().copied().find(|facet| !has(*facet));
        match self.kind() {
            Kind::Choices | Kind::Decline if missing.is_some() => Some(format!("{}/{}", topic.id, missing.map_or("", Facet::slug))),
            Kind::Decline => Some(format!("{}/", topic.id)),
            _ => None,
        }
    }

    /// What the answer is.
    pub fn kind(&self) -> Kind {
        self.answer.kind()
    }
}

fn tell_analyzed(analyzed: &Analyzed) -> String {
    let words: Vec<&str> = analyzed.terms.iter().filter(|term| !term.template).map(|term| analyzed.term(term)).collect();
    let denied: Vec<&str> = analyzed.denied.iter().map(|span| &analyzed.text()[span.clone()]).collect();
    let script = if analyzed.traditional() { "，繁体" } else { "" };
    format!("“{}”{script}；词 {words:?}；否定 {denied:?}", analyzed.text())
}

fn tell_assessment(assessment: &Assessment, analyzed: &Analyzed) -> String {
    match assessment {
        Assessment::Clear(_) => "没有红旗".to_owned(),
        Assessment::Alarm(alarm) => {
            let fired = alarm.fired.iter().map(|fired| {
                let evidence: Vec<&str> = fired.evidence.iter().map(|span| &analyzed.text()[span.clone()]).collect();
                let alike = fired.alike.as_ref().map_or_else(String::new, |sentence| format!("，像“{sentence}”"));
                format!("{}（{:?}）：{evidence:?}{alike}", fired.rule, fired.level)
            });
            fired.collect::<Vec<_>>().join("；")
        }
    }
}

/// A red-flag word that holds a denial cue (没力气, 叫不醒) denies nothing.
fn shield_symptoms(denial: &mut crate::text::DenialWords, knowledge: &Knowledge) {
    let cues: Vec<&String> = denial.clause.iter().chain(&denial.word).collect();
    let holds_cue = |word: &String| word.chars().count() > 1 && cues.iter().any(|cue| word.contains(cue.as_str()) && word != *cue);
    let shielded: Vec<String> = triage::words(knowledge).into_iter().filter(holds_cue).collect();
    denial.pseudo.extend(shielded);
}
