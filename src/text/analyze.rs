//! From a question to its terms.

use super::clauses::{self, Clause};
use super::denial::DenialFinder;
use super::lexicon::{Lexicon, LexiconError};
use super::normalize::{Normalized, Normalizer};
use super::segment::Segmenter;
use super::sound::{Sounded, Sounds};
use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;

/// A word of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Bytes of the normalised text.
    pub span: Range<usize>,
    /// Whether it only frames the question (怎么回事, 现象) and carries no topic.
    pub template: bool,
    /// Whether the asker says that it is not there.
    pub denied: bool,
}

/// A question after every text step. All spans are bytes of [`Analyzed::text`].
#[derive(Debug, Clone, Default)]
pub struct Analyzed {
    normalized: Normalized,
    /// Its clauses, in order.
    pub clauses: Vec<Clause>,
    /// What the asker denies.
    pub denied: Vec<Range<usize>>,
    /// Stretches left for search: neither filler nor marks.
    pub content: Vec<Range<usize>>,
    /// Stretches that only frame the question.
    pub template: Vec<Range<usize>>,
    /// Words of the content, those inside longer ones included.
    pub terms: Vec<Term>,
    /// The text as it sounds.
    pub sounded: Sounded,
}

impl Analyzed {
    /// The normalised text.
    pub fn text(&self) -> &str {
        &self.normalized.text
    }

    /// Whether the asker writes Traditional script.
    pub fn traditional(&self) -> bool {
        self.normalized.traditional
    }

    /// The text of a term.
    pub fn term(&self, term: &Term) -> &str {
        &self.normalized.text[term.span.clone()]
    }

    /// The content without filler and marks, as one string.
    pub fn content_text(&self) -> String {
        self.content.iter().map(|span| &self.normalized.text[span.clone()]).collect()
    }

    /// Whether the character at a byte only frames the question.
    pub fn is_framed(&self, at: usize) -> bool {
        covers_start(&self.template, &(at..at))
    }

    /// Where the characters of words of more than one character begin: a character there is no slip of the keyboard.
    pub fn inside_words(&self) -> HashSet<usize> {
        let long = self.terms.iter().filter(|term| self.term(term).chars().nth(1).is_some());
        long.flat_map(|term| self.term(term).char_indices().map(|(at, _)| term.span.start + at)).collect()
    }

    /// Whether a denied stretch covers the beginning of a span. A word that begins before the stretch holds the cue
    /// itself (没力气 after 也没) and is a statement of its own.
    pub fn is_denied(&self, span: &Range<usize>) -> bool {
        covers_start(&self.denied, span)
    }
}

fn touches(spans: &[Range<usize>], span: &Range<usize>) -> bool {
    let first = spans.partition_point(|other| other.end <= span.start);
    spans.get(first).is_some_and(|other| other.start < span.end)
}

fn covers_start(spans: &[Range<usize>], span: &Range<usize>) -> bool {
    let first = spans.partition_point(|other| other.end <= span.start);
    spans.get(first).is_some_and(|other| other.start <= span.start)
}

/// Reads questions. Built once for a knowledge, shared by all threads.
pub struct Analyzer {
    normalizer: Normalizer,
    denial: DenialFinder,
    filler: Option<Regex>,
    frames: AhoCorasick,
    templates: usize,
    segmenter: Segmenter,
    sounds: Sounds,
}

impl Analyzer {
    /// `names` are the words of the knowledge: jieba keeps them whole and no template word is seen inside them.
    ///
    /// # Errors
    /// A filler pattern that is no regular expression, or lists beyond what an automaton can hold.
    pub fn new<'a>(lexicon: &'a Lexicon, names: impl IntoIterator<Item = &'a str>) -> Result<Self, LexiconError> {
        std::thread::scope(|threads| {
            // The dictionary loads while the word lists are folded.
            let dictionary = threads.spawn(Segmenter::load);
            Self::with_dictionary(lexicon, names, || dictionary.join().unwrap_or_else(|_| Segmenter::load()))
        })
    }

    fn with_dictionary<'a>(
        lexicon: &'a Lexicon,
        names: impl IntoIterator<Item = &'a str>,
        dictionary: impl FnOnce() -> Segmenter,
    ) -> Result<Self, LexiconError> {
        let normalizer = Normalizer::new(lexicon.emoji.iter().map(|(from, to)| (from.as_str(), to.as_str())));
        let fold = |words: &mut dyn Iterator<Item = &'a str>| -> Vec<String> {
            words.map(|word| normalizer.normalize(word).text).filter(|word| !word.is_empty()).collect()
        };
        let mut frames = fold(&mut lexicon.template.iter().map(String::as_str));
        let templates = frames.len();
        frames.extend(fold(&mut names.into_iter().chain(lexicon.words.iter().map(String::as_str))));
        Ok(Self {
            denial: DenialFinder::new(&lexicon.denial)?,
            filler: filler_regex(&lexicon.filler)?,
            sounds: Sounds::default(),
            segmenter: dictionary().with(frames[templates..].iter().map(String::as_str)),
            frames: AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&frames)?,
            templates,
            normalizer,
        })
    }

    /// The text after normalisation alone, for names and phrases of the knowledge.
    pub fn normalize(&self, text: &str) -> String {
        self.normalizer.normalize(text).text
    }

    /// How characters sound.
    pub fn sounds(&self) -> &Sounds {
        &self.sounds
    }

    /// Reads a question.
    pub fn analyze(&self, question: &str) -> Analyzed {
        let normalized = self.normalizer.normalize(question);
        let text = normalized.text.as_str();
        let clauses = clauses::split(text);
        let denied = self.denial.find(text, &clauses);
        let content = self.content(text);
        let template = self.template(text);
        let terms = self.terms(text, &content, &template, &denied);
        let sounded = self.sounds.text(text);
        Analyzed { normalized, clauses, denied, content, template, terms, sounded }
    }

    fn content(&self, text: &str) -> Vec<Range<usize>> {
        let mut kept = Vec::new();
        let mut start = 0;
        let filler = self.filler.iter().flat_map(|regex| regex.find_iter(text)).map(|found| found.range());
        for cut in filler.chain(std::iter::once(text.len()..text.len())) {
            push_words(text, start..cut.start, &mut kept);
            start = cut.end;
        }
        if kept.is_empty() {
            push_words(text, 0..text.len(), &mut kept);
        }
        kept
    }

    fn template(&self, text: &str) -> Vec<Range<usize>> {
        let found = self.frames.find_iter(text).filter(|found| found.pattern().as_usize() < self.templates);
        found.map(|found| found.range()).collect()
    }

    fn terms(&self, text: &str, content: &[Range<usize>], template: &[Range<usize>], denied: &[Range<usize>]) -> Vec<Term> {
        let words = content.iter().flat_map(|piece| {
            let cut = self.segmenter.cut(&text[piece.clone()]);
            cut.into_iter().map(move |word| piece.start + word.start..piece.start + word.end)
        });
        words
            .filter(|span| text[span.clone()].chars().any(char::is_alphanumeric))
            .map(|span| Term { template: touches(template, &span), denied: covers_start(denied, &span), span })
            .collect()
    }
}

fn filler_regex(patterns: &[String]) -> Result<Option<Regex>, LexiconError> {
    let compile = |pattern: &str| {
        Regex::new(pattern).map_err(|source| LexiconError::Filler { pattern: pattern.to_owned(), source: Box::new(source) })
    };
    for pattern in patterns {
        compile(pattern)?;
    }
    if patterns.is_empty() {
        return Ok(None);
    }
    compile(&patterns.iter().map(|p| format!("(?:{p})")).collect::<Vec<_>>().join("|")).map(Some)
}

/// The stretches of letters and digits in a span.
fn push_words(text: &str, span: Range<usize>, into: &mut Vec<Range<usize>>) {
    let mut start = span.start;
    let marks = text[span.clone()].char_indices().map(|(at, mark)| (span.start + at, mark));
    let marks = marks.filter(|&(at, mark)| mark == '、' || clauses::is_break(text, at, mark));
    for (at, mark) in marks.map(|(at, mark)| (at, mark.len_utf8())).chain([(span.end, 0)]) {
        if start < at {
            into.push(start..at);
        }
        start = at + mark;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyzer() -> Analyzer {
        let lexicon = Lexicon {
            filler: vec!["医生(您|你)好".into(), "请问(一下)?".into(), "谢谢".into()],
            template: vec!["怎么回事".into(), "现象".into(), "是".into()],
            ..Lexicon::default()
        };
        Analyzer::new(&lexicon, ["面瘫倒错", "面瘫"]).expect("a good lexicon")
    }

    #[test]
    fn politeness_leaves_no_trace_in_the_content() {
        let analyzer = analyzer();
        let plain = analyzer.analyze("面瘫倒错现象怎么回事");
        let polite = analyzer.analyze("医生您好,请问面瘫倒错现象怎么回事?谢谢");
        assert_eq!(plain.content_text(), polite.content_text());
    }

    #[test]
    fn template_words_are_marked() {
        let analyzed = analyzer().analyze("面瘫倒错现象是怎么回事");
        let topics: Vec<_> = analyzed.terms.iter().filter(|t| !t.template).map(|t| analyzed.term(t)).collect();
        assert!(topics.contains(&"面瘫倒错") && !topics.contains(&"现象"));
    }

    #[test]
    fn a_message_of_politeness_alone_keeps_its_words() {
        assert_eq!(analyzer().analyze("谢谢").content_text(), "谢谢");
    }
}
