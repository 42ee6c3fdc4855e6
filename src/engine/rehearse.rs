//! The rehearsal: every example in the knowledge must come out right before an engine goes live.

use super::before::Before;
use super::conductor::Engine;
use crate::answer::{Answer, Asker, compose_follow_up};
use crate::knowledge::{ArticleAt, Date, Fault, Loaded, Source};
use crate::triage::Assessment;
use std::path::Path;

/// What a rehearsal found.
#[derive(Debug, Default)]
pub struct Rehearsal {
    /// Sentences that were tried.
    pub tried: usize,
    /// Those that came out wrong.
    pub faults: Vec<Fault>,
}

/// Tries every ask, not_ask, red-flag example and reply example. `progress` is told after each topic and rule.
pub fn rehearse(engine: &Engine, loaded: &Loaded, mut progress: impl FnMut(usize)) -> Rehearsal {
    let mut rehearsal = Rehearsal::default();
    let asker = Asker::new(None, Date::today());
    for (nth, topic) in engine.knowledge.topics.iter().enumerate() {
        if let Some(source) = loaded.topic_files.get(&topic.id) {
            let mut stage = Stage { engine, source, asker: &asker, rehearsal: &mut rehearsal };
            stage.topic(nth);
        }
        progress(rehearsal.tried);
    }
    for rule in &engine.knowledge.rules {
        if let Some(source) = loaded.rule_files.get(&rule.id) {
            let mut stage = Stage { engine, source, asker: &asker, rehearsal: &mut rehearsal };
            stage.rule(rule);
        }
        progress(rehearsal.tried);
    }
    replies(engine, &asker, &mut rehearsal);
    turns(engine, &mut rehearsal);
    start_examples(engine, &asker, &mut rehearsal);
    rehearsal
}

struct Stage<'a> {
    engine: &'a Engine,
    source: &'a Source,
    asker: &'a Asker,
    rehearsal: &'a mut Rehearsal,
}

impl Stage<'_> {
    fn fault(&mut self, keys: &[&str], message: String, advice: &str) {
        let line = self.source.line_of(keys);
        self.rehearsal.faults.push(Fault::error(&self.source.path, line, message, advice));
    }

    fn topic(&mut self, nth: usize) {
        let engine = self.engine;
        let topic = &engine.knowledge.topics[nth];
        for (flag, at) in topic.red_flags.iter().zip(0..) {
            for (example, on) in flag.examples.iter().zip(0..) {
                self.must_alarm(example, &["red_flags", &at.to_string(), "examples", &on.to_string()]);
            }
        }
        for (article, at) in topic.articles.iter().zip(0..) {
            let place = ArticleAt { topic: nth, article: at };
            let at = at.to_string();
            self.must_find(&article.title, place, &["articles", &at, "title"]);
            for (ask, on) in article.asks.iter().zip(0..) {
                self.must_find(ask, place, &["articles", &at, "asks", &on.to_string()]);
            }
            for (ask, on) in article.not_asks.iter().zip(0..) {
                self.must_not_find(ask, place, &["articles", &at, "not_asks", &on.to_string()]);
            }
        }
    }

    fn rule(&mut self, rule: &crate::knowledge::Rule) {
        for (example, on) in rule.examples.iter().zip(0..) {
            self.must_alarm(example, &["examples", &on.to_string()]);
        }
        for (example, on) in rule.counter_examples.iter().zip(0..) {
            self.rehearsal.tried += 1;
            if let Assessment::Alarm(alarm) = self.engine.assess(example) {
                let fired = alarm.first().map(|fired| fired.rule.clone()).unwrap_or_default();
                let message = format!("反例“{example}”触发了 {fired}");
                self.fault(&["counter_examples", &on.to_string()], message, "收紧那条规则的组合，或加语境");
            }
        }
    }

    fn must_alarm(&mut self, example: &str, keys: &[&str]) {
        self.rehearsal.tried += 1;
        if matches!(self.engine.assess(example), Assessment::Clear(_)) {
            self.fault(keys, format!("例句“{example}”没有触发红旗"), "放宽词表或组合；不是急症就删掉这句");
        }
    }

    fn answered(&mut self, question: &str) -> (Option<ArticleAt>, String) {
        self.rehearsal.tried += 1;
        let replied = self.engine.answer(question, self.asker);
        match &replied.answer {
            Answer::Article(article) => (self.engine.knowledge.find(&article.id), article.id.clone()),
            _ => (None, replied.rule.map_or_else(|| format!("{:?}", replied.answer.kind()), |rule| format!("红旗 {rule}"))),
        }
    }

    fn must_find(&mut self, ask: &str, place: ArticleAt, keys: &[&str]) {
        let (found, got) = self.answered(ask);
        if found != Some(place) {
            self.fault(keys, format!("“{ask}”没有找到这篇，得到的是 {got}"), "换一种问法，或检查另一处是否也写了它");
        }
    }

    fn must_not_find(&mut self, ask: &str, place: ArticleAt, keys: &[&str]) {
        let (found, _) = self.answered(ask);
        if found == Some(place) {
            self.fault(keys, format!("“{ask}”不该找到这篇，却找到了"), "给该由谁答的文章补上这个问法，或改掉这句");
        }
    }
}

fn replies(engine: &Engine, asker: &Asker, rehearsal: &mut Rehearsal) {
    let path = Path::new("knowledge/replies.toml");
    for reply in &engine.knowledge.replies {
        for pattern in &reply.patterns {
            if let Err(error) = regex::Regex::new(pattern) {
                rehearsal.faults.push(Fault::error(path, 1, format!("{}：正则“{pattern}”写错了：{error}", reply.id), "改正这条正则"));
            }
        }
        let before = Before { carded: reply.after_card, ..Before::default() };
        let said = |question: &str| match engine.answer_after(&before, question, asker).answer {
            Answer::Notice(notice) if reply.after_card => notice == compose_follow_up(&engine.knowledge, reply, asker),
            Answer::Notice(notice) => notice.text == reply.text,
            _ => false,
        };
        for (question, wanted) in reply.examples.iter().map(|q| (q, true)).chain(reply.counter_examples.iter().map(|q| (q, false))) {
            rehearsal.tried += 1;
            if said(question) != wanted {
                let verb = if wanted { "应该" } else { "不该" };
                rehearsal.faults.push(Fault::error(path, 1, format!("{}：“{question}”{verb}得到这条回复", reply.id), "调整 patterns"));
            }
        }
    }
}

/// Every pattern of a conversation compiles, and every message does what it stands as an example of.
fn turns(engine: &Engine, rehearsal: &mut Rehearsal) {
    let path = Path::new("knowledge/dialogue.toml");
    let dialogue = &engine.knowledge.dialogue;
    let lists = [&dialogue.leads, &dialogue.tails, &dialogue.stands_for].into_iter().flatten();
    for pattern in lists.chain(dialogue.turns.iter().flat_map(|turn| &turn.patterns)) {
        if let Err(error) = regex::Regex::new(pattern) {
            rehearsal.faults.push(Fault::error(path, 1, format!("正则“{pattern}”写错了：{error}"), "改正这条正则"));
        }
    }
    for turn in &dialogue.turns {
        let examples = turn.examples.iter().map(|said| (said, true)).chain(turn.counter_examples.iter().map(|said| (said, false)));
        for (said, wanted) in examples {
            rehearsal.tried += 1;
            let read = engine.turns.kind(&engine.analyzer.normalize(said));
            if (read == Some(turn.kind)) != wanted {
                let verb = if wanted { "应该" } else { "不该" };
                let message = format!("{:?}：“{said}”{verb}这样接，读成了 {read:?}", turn.kind);
                rehearsal.faults.push(Fault::error(path, 1, message, "调整 patterns"));
            }
        }
    }
}

fn start_examples(engine: &Engine, asker: &Asker, rehearsal: &mut Rehearsal) {
    for question in &engine.knowledge.phrases.examples {
        rehearsal.tried += 1;
        if !matches!(engine.answer(question, asker).answer, Answer::Article(_)) {
            let message = format!("示例问题“{question}”没有文章回答");
            rehearsal.faults.push(Fault::error(Path::new("knowledge/phrases.toml"), 1, message, "换一个能回答的例子"));
        }
    }
}
