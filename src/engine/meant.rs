//! What a message means that leaves out what the talk knows: the whole question, with its topic and whom it is about.

use super::conductor::{CANDIDATES, Engine, Replied};
use super::follow::Told;
use super::talk::{Talk, special};
use super::turns::Said;
use crate::answer::{Answer, Asker, Kind, compose, compose_article, fill};
use crate::knowledge::{ArticleAt, Audience, Facet, Point};
use crate::search::{Hit, Matched, Understood};
use crate::text::Analyzed;
use crate::triage::Assessment;
use std::ops::Range;

/// Score from which an article of another topic, found without its name, is more than a few words in common.
const ANOTHER_QUESTION: f32 = 0.4;

/// Characters beyond sides, people and plain words from which a message may tell of something else.
const STORY: usize = 3;

/// How likely a side must be to count as asked by a message of plain words, where no list of wordings says so.
const LIKELY_SIDE: f32 = 0.7;

/// A question as it is meant.
pub(super) struct Meant {
    topic: usize,
    text: String,
}

/// A message in a talk, read as what it leaves out needs.
pub(super) struct Heard<'a> {
    talk: &'a Talk,
    alone: &'a Replied,
    said: &'a Said,
    /// What is left of the message without the words that tie it to the talk.
    rest: Analyzed,
    understood: Understood,
    /// What it says beyond sides, people and plain words.
    left_over: Vec<Range<usize>>,
}

impl<'a> Heard<'a> {
    pub(super) fn new(engine: &Engine, talk: &'a Talk, alone: &'a Replied, said: &'a Said) -> Self {
        let analyzed = engine.analyzer.analyze(&said.rest);
        let (corrected, understood) = engine.search.understand(&engine.analyzer, &analyzed);
        let rest = corrected.unwrap_or(analyzed);
        let left_over = engine.turns.left_over(rest.text(), &understood.explained);
        Self { talk, alone, said, rest, understood, left_over }
    }

    /// The whole question, if the message leaves out what the talk knows.
    pub(super) fn meant(&self, engine: &Engine) -> Option<Meant> {
        let small_talk = self.alone.matched.reply.is_some() && !self.said.corrects;
        if small_talk || self.alone.matched.hits.first().is_some_and(Hit::is_exact) {
            return None;
        }
        match self.named() {
            Some(topic) => self.of_another(engine, topic),
            None => self.of_the_same(engine),
        }
    }

    /// The topic that the message itself names.
    fn named(&self) -> Option<usize> {
        let slip = self.understood.nearly();
        let trusted = !slip || (self.understood.audience == Audience::Any && self.alone.kind() != Kind::Decline);
        self.understood.topics().last().filter(|_| trusted)
    }

    /// 那失眠呢: the same side of another topic. 不对，我说的是面瘫怎么治: what is put right, alone.
    fn of_another(&self, engine: &Engine, topic: usize) -> Option<Meant> {
        let ties = self.said.tied || self.said.corrects;
        let asks = !self.understood.facets.is_empty();
        let who = self.who();
        if asks || !self.left_over.is_empty() {
            // A question of its own; only whom it is about may still come from the talk.
            let puts_right = self.said.corrects && asks;
            let carries = ties && who != Audience::Any && self.understood.audience == Audience::Any;
            let text = format!("{}{}", if carries { engine.who_name(who) } else { "" }, self.rest.text());
            return (puts_right || carries).then_some(Meant { topic, text });
        }
        let side = engine.side_label(self.talk.side?)?;
        ties.then(|| Meant { topic, text: engine.whole(topic, self.who(), side) })
    }

    /// A side, a person or a word of the topic that is talked about.
    fn of_the_same(&self, engine: &Engine) -> Option<Meant> {
        let topic = engine.topic_for(engine.topic_nth(self.talk.topic.as_deref()?)?, self.understood.audience);
        let asks = !self.understood.facets.is_empty();
        let somebody = self.understood.audience != Audience::Any || engine.turns.names_somebody(self.rest.text());
        let of_topic = !self.left_over.is_empty() && engine.speaks_of(topic, &self.rest, &self.left_over);
        let rest = self.rest.text();
        let nothing_else = self.left_over.is_empty();
        let text = if nothing_else && asks {
            rest.to_owned()
        } else if nothing_else && somebody {
            format!("{rest},{}", self.talk.side.and_then(|side| engine.side_label(side)).unwrap_or_default())
        } else if nothing_else && self.understood.sides.best() >= LIKELY_SIDE {
            rest.to_owned()
        } else if of_topic && !self.is_another_question() {
            let side = self.talk.side.filter(|_| !asks && self.said.tied).and_then(|side| engine.side_label(side));
            format!("{rest}{}", side.map(|side| format!(",{side}")).unwrap_or_default())
        } else {
            return None;
        };
        Some(Meant { topic, text: engine.whole(topic, self.who_unsaid(), &text) })
    }

    fn is_another_question(&self) -> bool {
        let first = self.alone.matched.hits.first();
        let said: usize = self.left_over.iter().map(|span| self.rest.text()[span.clone()].chars().count()).sum();
        let strong = first.is_some_and(|hit| hit.score >= ANOTHER_QUESTION && hit.shares_words());
        self.alone.kind() == Kind::Answer && strong && said >= STORY
    }

    /// About whom the message is: as it says, else as before.
    fn who(&self) -> Audience {
        if self.understood.audience == Audience::Any { self.talk.who } else { special(self.understood.audience) }
    }

    /// About whom it is, where it does not say so itself.
    fn who_unsaid(&self) -> Audience {
        if self.understood.audience == Audience::Any { self.talk.who } else { Audience::Any }
    }

    /// The one offered article whose title has what the message says.
    pub(super) fn picked(&self, engine: &Engine) -> Option<ArticleAt> {
        let words: Vec<&str> = self.left_over.iter().map(|span| &self.rest.text()[span.clone()]).collect();
        let sides = &self.understood.facets;
        if words.is_empty() && sides.is_empty() {
            return None;
        }
        let fits = |at: &ArticleAt| {
            let article = engine.knowledge.article_at(*at);
            let title = engine.analyzer.normalize(&article.title);
            words.iter().all(|word| title.contains(word)) && (sides.is_empty() || article.facet.is_some_and(|side| sides.contains(&side)))
        };
        let offered = self.talk.offered.iter().filter_map(|id| engine.knowledge.find(id)).filter(fits);
        let fitting: Vec<ArticleAt> = offered.collect();
        (fitting.len() == 1).then(|| fitting.first().copied()).flatten()
    }
}

impl Engine {
    /// The answer to the question as it is meant.
    pub(super) fn answer_meant(&self, talk: &Talk, meant: &Meant, question: &str, asker: &Asker) -> Option<Told> {
        let Assessment::Clear(cleared) = self.triage.assess(&self.analyzer.analyze(question)) else { return None };
        let mut matched = self.search.search(&self.analyzer, &self.analyzer.analyze(&meant.text), CANDIDATES);
        matched.reply = None;
        for mention in &mut matched.understood.mentions {
            if mention.topics.contains(&meant.topic) {
                mention.topics = vec![meant.topic];
            }
        }
        let topics: Vec<usize> = matched.understood.topics().collect();
        self.search.keep_topics(&mut matched, &topics);
        let mut answer = compose(cleared, &self.knowledge, &matched, &self.settings.search, asker);
        if let Some(at) = self.article_of_side(&matched).filter(|at| !self.shows_as_good(&answer, *at)) {
            answer = Answer::Article(Box::new(compose_article(&self.knowledge, at, true, &matched.understood, asker)));
        }
        let name = topics.last().map_or("", |topic| self.knowledge.topics[*topic].name.as_str());
        if let Answer::Article(article) = &mut answer {
            let who = self.who_name(special(matched.understood.audience));
            let about = if who.is_empty() || name.contains(who) { name.to_owned() } else { format!("{name}（{who}）") };
            article.talk = fill(&self.knowledge.phrases.still_talking, &[("主题", &about)]);
        }
        let why = format!("还在聊，当作“{}”来找；{}", meant.text, self.tell_matched(&matched));
        let talk = talk.after(&self.knowledge, &answer, &matched.understood);
        Some(Told { why, matched, answer, talk })
    }

    /// The topic's article for the one side that is asked: the only one for those it is asked about, or the one that has no
    /// narrower name than the side's.
    fn article_of_side(&self, matched: &Matched) -> Option<ArticleAt> {
        let [side] = matched.understood.facets[..] else { return None };
        let topic = matched.understood.topics().last()?;
        let articles = self.knowledge.topics.get(topic)?.articles.iter().enumerate();
        let places = articles.filter(|(_, article)| article.facet == Some(side)).map(|(article, _)| ArticleAt { topic, article });
        let places: Vec<ArticleAt> = places.collect();
        let fitting = |at: &ArticleAt| self.knowledge.audience_of(*at).covers(matched.understood.audience);
        let own: Vec<ArticleAt> = places.iter().copied().filter(fitting).collect();
        match (&own[..], &places[..]) {
            ([at], _) | ([], [at]) => Some(*at),
            ([], _) => places.iter().copied().find(|at| self.knowledge.article_at(*at).slug() == side.slug()),
            _ => own.iter().copied().find(|at| self.knowledge.article_at(*at).slug() == side.slug()),
        }
    }

    /// Whether the answer shows an article of the same side and topic, for the same people.
    fn shows_as_good(&self, answer: &Answer, at: ArticleAt) -> bool {
        let Answer::Article(article) = answer else { return false };
        let what = |at: ArticleAt| (at.topic, self.knowledge.article_at(at).facet, self.knowledge.audience_of(at));
        self.knowledge.find(&article.id).is_some_and(|shown| what(shown) == what(at))
    }

    /// A question with its topic and whom it is about in front, or in place of what stands for the topic.
    fn whole(&self, topic: usize, who: Audience, rest: &str) -> String {
        let of = &self.knowledge.topics[topic];
        let name = format!("{}{}", if of.audience.covers(who) { "" } else { self.who_name(who) }, of.name);
        self.turns.named(rest, &name).unwrap_or_else(|| format!("{name},{}", rest.trim_start_matches(',')))
    }

    /// The topic for the people that are named: 腹泻 where 大人 is said of 小孩拉肚子.
    fn topic_for(&self, topic: usize, who: Audience) -> usize {
        let fits = |topic: &usize| self.knowledge.topics[*topic].audience.covers(who);
        if who == Audience::Any || fits(&topic) {
            return topic;
        }
        let general = |topic: &usize| self.knowledge.topics[*topic].audience.covers(Audience::Any);
        let variants = || self.knowledge.variants_of(topic);
        variants().find(fits).or_else(|| variants().find(general)).unwrap_or(topic)
    }

    fn topic_nth(&self, id: &str) -> Option<usize> {
        self.knowledge.topics.iter().position(|topic| topic.id == id)
    }

    fn who_name(&self, who: Audience) -> &str {
        self.knowledge.audience_words(special(who)).map_or("", |words| words.name.as_str())
    }

    fn side_label(&self, side: Facet) -> Option<&str> {
        self.knowledge.facet_words(side).map(|words| words.label.as_str())
    }

    /// Whether every word in the stretches stands in the topic's texts.
    fn speaks_of(&self, topic: usize, rest: &Analyzed, stretches: &[Range<usize>]) -> bool {
        let topic = &self.knowledge.topics[topic];
        let texts = topic.articles.iter().flat_map(|article| {
            let points = article.points.iter().flat_map(Point::texts);
            [article.title.as_str(), article.summary.as_str()].into_iter().chain(article.asks.iter().map(String::as_str)).chain(points)
        });
        let all = self.analyzer.normalize(&texts.collect::<Vec<_>>().join("\n"));
        let found = rest.terms.iter().filter(|term| all.contains(rest.term(term)));
        let spans: Vec<&Range<usize>> = found.map(|term| &term.span).collect();
        let known = |at: usize| spans.iter().any(|span| span.contains(&at));
        stretches.iter().all(|span| {
            let stretch = &rest.text()[span.clone()];
            all.contains(stretch) || stretch.char_indices().all(|(at, _)| known(span.start + at))
        })
    }
}
