//! What a question is about: which topics it names, which side of them it asks, about whom.

use super::nearly::{Corrected, Nearly};
use super::side::{SideReader, Sides};
use super::spotter::Spotter;
use crate::knowledge::{Audience, Facet, Knowledge};
use crate::text::{Analyzed, Analyzer};
use aho_corasick::BuildError;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// A topic named in the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the normalised text.
    pub span: Range<usize>,
    /// Indexes of the topics that go by this name.
    pub topics: Vec<usize>,
    /// Whether the asker says that it is not there.
    pub denied: bool,
    /// Whether it is written with a wrong character.
    pub nearly: bool,
}

/// What a question is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Understood {
    /// Topics named, in order; of nested names only the longest (面瘫倒错, not 面瘫).
    pub mentions: Vec<Mention>,
    /// Sides asked for, without repeats, in order.
    pub facets: Vec<Facet>,
    /// How likely each side is the one that is asked, by all of its words.
    pub sides: Sides,
    /// About whom.
    pub audience: Audience,
    /// Parts of the body named outside the topics' names, as bytes of the normalised text.
    pub sites: Vec<Range<usize>>,
    /// Stretches that say one of the above or only frame the question.
    pub explained: Vec<Range<usize>>,
}

impl Understood {
    /// Topics that count: those not denied, or all if every one is.
    pub fn topics(&self) -> impl Iterator<Item = usize> + '_ {
        let all_denied = self.mentions.iter().all(|mention| mention.denied);
        let counting = self.mentions.iter().filter(move |mention| all_denied || !mention.denied);
        counting.flat_map(|mention| mention.topics.iter().copied())
    }

    /// Whether no topic is named without a slip.
    pub fn nearly(&self) -> bool {
        !self.mentions.is_empty() && self.mentions.iter().all(|mention| mention.nearly)
    }

    /// Whether the question names this topic.
    pub fn names(&self, topic: usize) -> bool {
        self.topics().any(|named| named == topic)
    }
}

/// Strength of a wording: a weak one (怎么了) yields to any other.
#[derive(Clone, Copy, PartialEq)]
enum Strength {
    Strong,
    Weak,
}

/// Reads what questions are about.
pub(super) struct Understanding {
    topics: Spotter<usize>,
    nearly: Nearly,
    sides: SideReader,
    facets: Spotter<(Facet, Strength)>,
    audiences: Spotter<Audience>,
    sites: Spotter<()>,
    /// The topic that is meant when a topic is named about a group: 发烧 of a child is 小孩发烧.
    variants: Vec<(usize, Audience, usize)>,
}

impl Understanding {
    /// `used` are the words of titles and asks, each with how often it is used.
    pub(super) fn new(knowledge: &Knowledge, analyzer: &Analyzer, used: &BTreeMap<String, u32>) -> Result<Self, BuildError> {
        let fold = |word: &str| analyzer.normalize(word);
        let audiences = Spotter::new(
            knowledge.audiences.iter().flat_map(|words| words.cues.iter().map(|cue| (fold(cue), words.audience)).collect::<Vec<_>>()),
        )?;
        let names: Vec<(String, usize)> = topic_names(knowledge).into_iter().map(|(name, topic)| (fold(name), topic)).collect();
        let own_names: usize = knowledge.topics.iter().map(|topic| 1 + topic.also.len()).sum();
        let topics = Spotter::new(names.iter().cloned())?;
        let questions = knowledge.places().filter_map(|at| Some((knowledge.article_at(at), knowledge.article_at(at).facet?)));
        let questions =
            questions.flat_map(|(article, facet)| std::iter::once(&article.title).chain(&article.asks).map(move |ask| (ask, facet)));
        let facet_of = |id: &String| knowledge.find(id).and_then(|at| knowledge.article_at(at).facet);
        let asked = knowledge.asked.iter().filter_map(|asked| Some((&asked.text, asked.articles.first().and_then(facet_of)?)));
        let questions = questions.chain(asked);
        let without_names = |ask: &String| {
            let text = fold(ask);
            let spans: Vec<_> = topics.find(&text).map(|found| found.span).collect();
            without(&text, spans.iter())
        };
        Ok(Self {
            sides: SideReader::new(questions.map(|(ask, facet)| (without_names(ask), facet))),
            variants: variants(knowledge, &names, &audiences),
            nearly: Nearly::new(
                names.iter().take(own_names).map(|(name, _)| name.as_str()),
                names.iter().skip(own_names).map(|(name, _)| name.as_str()),
                used,
                analyzer.sounds().clone(),
            ),
            topics,
            facets: Spotter::new(knowledge.facets.iter().flat_map(|words| {
                let strong = words.cues.iter().map(|cue| (fold(cue), (words.facet, Strength::Strong)));
                let weak = words.weak_cues.iter().map(|cue| (fold(cue), (words.facet, Strength::Weak)));
                strong.chain(weak).collect::<Vec<_>>()
            }))?,
            sites: Spotter::new(knowledge.sites.iter().map(|site| (fold(site), ())))?,
            audiences,
        })
    }

    /// The question with its slips put right; nothing where there is none. `seen` says whether any text has two characters side by side.
    pub(super) fn correct(&self, analyzed: &Analyzed, seen: &dyn Fn(&str) -> bool) -> Option<Corrected> {
        self.nearly.correct(analyzed, &self.mentions(analyzed), seen)
    }

    /// The topics that are named.
    fn mentions(&self, analyzed: &Analyzed) -> Vec<Mention> {
        let inside_a_word = |span: &Range<usize>| {
            let longer = |word: &Range<usize>| word.start <= span.start && span.end <= word.end && word != span;
            analyzed.terms.iter().any(|term| longer(&term.span))
        };
        // 前列腺 in 前列腺癌 is another thing; so is 胃炎 in 肠胃炎.
        let found = self.topics.find(analyzed.text()).filter(|found| !inside_a_word(&found.span));
        let mention = |span: Range<usize>, topics: &[usize]| {
            let denied = analyzed.is_denied(&span);
            Mention { span, topics: topics.to_vec(), denied, nearly: false }
        };
        found.map(|found| mention(found.span, found.meanings)).collect()
    }

    /// Reads a question. `corrected` are stretches in which a slip was put right.
    pub(super) fn read(&self, analyzed: &Analyzed, corrected: &[Range<usize>]) -> Understood {
        let text = analyzed.text();
        let mut understood =
            Understood { explained: analyzed.template.clone(), mentions: self.mentions(analyzed), ..Understood::default() };
        for mention in &mut understood.mentions {
            mention.nearly = corrected.iter().any(|span| span.start < mention.span.end && mention.span.start < span.end);
            understood.explained.push(mention.span.clone());
        }
        understood.sides = self.sides(analyzed, &understood, None);
        self.read_facets(text, &mut understood);
        for found in self.audiences.find(text) {
            understood.explained.push(found.span.clone());
            let audience = found.meanings.first().copied().unwrap_or_default();
            understood.audience = more_special(understood.audience, audience);
        }
        let named =
            |span: &Range<usize>| understood.mentions.iter().any(|mention| mention.span.start < span.end && span.start < mention.span.end);
        understood.sites = self.sites.find(text).map(|found| found.span).filter(|span| !named(span)).collect();
        self.prefer_variants(&mut understood);
        understood.explained.sort_unstable_by_key(|span| (span.start, span.end));
        understood
    }

    /// Where a topic has an own one for the group that is asked about, that one is meant.
    fn prefer_variants(&self, understood: &mut Understood) {
        for mention in &mut understood.mentions {
            let own = |topic: &usize| {
                let fits = |(base, audience, _): &&(usize, Audience, usize)| base == topic && audience.covers(understood.audience);
                self.variants.iter().find(fits).map(|(_, _, variant)| *variant)
            };
            if understood.audience != Audience::Any
                && let Some(variant) = mention.topics.iter().find_map(own)
            {
                mention.topics = vec![variant];
            }
        }
    }

    /// How likely each side is; `own` is the side of a question of the knowledge itself, see [`SideReader::read`].
    pub(super) fn sides(&self, analyzed: &Analyzed, understood: &Understood, own: Option<Facet>) -> Sides {
        self.sides.read(&without(analyzed.text(), understood.mentions.iter().map(|mention| &mention.span)), own)
    }

    fn read_facets(&self, text: &str, understood: &mut Understood) {
        let found: Vec<_> = self.facets.find(text).collect();
        let any_strong = found.iter().any(|found| found.meanings.iter().any(|(_, strength)| *strength == Strength::Strong));
        for found in found {
            understood.explained.push(found.span.clone());
            for &(facet, strength) in found.meanings {
                let counts = strength == Strength::Strong || !any_strong;
                if counts && !understood.facets.contains(&facet) {
                    understood.facets.push(facet);
                }
            }
        }
    }
}

/// A text with breaks in place of some of its stretches.
fn without<'s>(text: &str, spans: impl Iterator<Item = &'s Range<usize>>) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut start = 0;
    for span in spans.filter(|span| span.start <= span.end) {
        rest.push_str(text.get(start..span.start).unwrap_or_default());
        rest.push(' ');
        start = span.end.max(start);
    }
    rest.push_str(text.get(start..).unwrap_or_default());
    rest
}

/// Every name of every topic, and the other words that mean one.
fn topic_names(knowledge: &Knowledge) -> Vec<(&str, usize)> {
    let mut names: Vec<(&str, usize)> = Vec::new();
    for (nth, topic) in knowledge.topics.iter().enumerate() {
        names.extend(std::iter::once(&topic.name).chain(&topic.also).map(|name| (name.as_str(), nth)));
    }
    let mut meant: HashMap<&str, Vec<usize>> = HashMap::new();
    for &(name, topic) in &names {
        meant.entry(name).or_default().push(topic);
    }
    for (said, word) in &knowledge.synonyms {
        names.extend(meant.get(word.as_str()).into_iter().flatten().map(|&topic| (said.as_str(), topic)));
    }
    names
}

/// Topics for a group whose name, without the group, is another topic's: (that topic, the group, the topic for it).
fn variants(knowledge: &Knowledge, names: &[(String, usize)], audiences: &Spotter<Audience>) -> Vec<(usize, Audience, usize)> {
    let names: HashMap<&str, usize> = names.iter().map(|(name, topic)| (name.as_str(), *topic)).collect();
    let mut variants = Vec::new();
    for (&name, &topic) in &names {
        let audience = knowledge.topics[topic].audience;
        let bare = audiences.find(name).fold(name.to_owned(), |bare, found| bare.replace(&name[found.span], ""));
        let base = names.get(bare.trim_start_matches('的')).copied().filter(|base| *base != topic);
        if let Some(base) = base.filter(|_| !audience.covers(Audience::Any)) {
            variants.push((base, audience, topic));
        }
    }
    variants.sort_unstable();
    variants.dedup();
    variants
}

/// Of two groups the one that needs more care.
fn more_special(one: Audience, other: Audience) -> Audience {
    let care = |audience| match audience {
        Audience::Any => 0,
        Audience::Adult => 1,
        Audience::Elderly => 2,
        Audience::Child => 3,
        Audience::Infant => 4,
        Audience::Pregnant => 5,
    };
    if care(other) > care(one) { other } else { one }
}
