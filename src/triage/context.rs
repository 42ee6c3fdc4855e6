//! Contexts that turn alarms off: figures of speech, past events, questions of study.

use super::compile::{Compiled, ConceptId};
use super::scan::ConceptHit;
use crate::knowledge::Scope;
use crate::text::Analyzed;

/// A context with its patterns as concepts.
pub(super) struct CompiledContext {
    pub(super) scope: Scope,
    pub(super) shows: ConceptId,
    pub(super) unless: ConceptId,
}

/// Hits of one concept; `hits` is sorted by concept.
pub(super) fn of_concept(hits: &[ConceptHit], concept: ConceptId) -> &[ConceptHit] {
    let start = hits.partition_point(|hit| hit.concept < concept);
    let length = hits[start..].partition_point(|hit| hit.concept == concept);
    &hits[start..start + length]
}

/// Marks every hit with the contexts that turn it off.
pub(super) fn apply(compiled: &Compiled, analyzed: &Analyzed, hits: &mut [ConceptHit]) {
    for (bit, context) in compiled.contexts.iter().enumerate().take(64) {
        let shows: Vec<ConceptHit> = of_concept(hits, context.shows).iter().filter(|hit| !hit.by_ear).cloned().collect();
        if shows.is_empty() || !of_concept(hits, context.unless).is_empty() {
            continue;
        }
        let reach = Reach::new(context.scope, &shows, analyzed);
        for hit in hits.iter_mut().filter(|hit| reach.holds(hit, analyzed)) {
            hit.off |= 1 << bit;
        }
    }
}

/// What a context covers, sorted for look-up.
enum Reach {
    Spans(Vec<(usize, usize)>),
    Clauses(Vec<usize>),
    Sentences(Vec<usize>),
    Everything,
}

impl Reach {
    fn new(scope: Scope, shows: &[ConceptHit], analyzed: &Analyzed) -> Self {
        match scope {
            Scope::Overlap => Self::Spans(shows.iter().map(|hit| (hit.span.start, hit.span.end)).collect()),
            Scope::Clause => Self::Clauses(shows.iter().map(|hit| hit.clause).collect()),
            Scope::Sentence => Self::Sentences(shows.iter().map(|hit| sentence(analyzed, hit)).collect()),
            Scope::Message => Self::Everything,
        }
    }

    fn holds(&self, hit: &ConceptHit, analyzed: &Analyzed) -> bool {
        match self {
            Self::Spans(spans) => {
                let before = spans.partition_point(|span| span.0 < hit.span.end);
                spans[..before].iter().rev().take(4).any(|span| span.1 > hit.span.start)
            }
            Self::Clauses(clauses) => clauses.binary_search(&hit.clause).is_ok(),
            Self::Sentences(sentences) => sentences.binary_search(&sentence(analyzed, hit)).is_ok(),
            Self::Everything => true,
        }
    }
}

fn sentence(analyzed: &Analyzed, hit: &ConceptHit) -> usize {
    analyzed.clauses.get(hit.clause).map_or(usize::MAX, |clause| clause.sentence)
}
