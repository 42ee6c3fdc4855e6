//! `wenzheng ask`: answers as the bot would.

use super::failure::{Failure, Outcome};
use crate::answer::{Answer, Asker};
use crate::engine::{Before, Engine, Replied};
use crate::knowledge::{Date, RegionId};
use crate::render::{Button, Outgoing, Renderer};
use crate::text::Script;
use serde_json::{Value, json};
use std::io::{BufRead, IsTerminal, Write};
use std::time::Instant;

/// How the answers are wanted.
pub struct Wanted {
    /// One JSON object an answer.
    pub json: bool,
    /// With the trace.
    pub why: bool,
    /// The lines are one conversation, an empty line begins another.
    pub dialogue: bool,
    /// The asker's region.
    pub region: Option<RegionId>,
}

/// Answers the question, or every line of stdin, or a conversation on a terminal.
///
/// # Errors
/// Stdin or stdout broke.
pub fn ask(engine: &Engine, question: &[String], wanted: &Wanted) -> Outcome {
    if let Some(region) = wanted.region.as_deref().filter(|id| engine.knowledge.region(id).is_none()) {
        let known: Vec<&str> = engine.knowledge.regions.iter().map(|region| region.id.as_str()).collect();
        return Err(Failure::usage(format!("没有“{region}”这个地区；可用的有：{}", known.join("、"))));
    }
    let desk = Desk { engine, renderer: Renderer::default(), wanted };
    if !question.is_empty() {
        return desk.say(&question.join(" "), &Before::default()).map(drop);
    }
    let stdin = std::io::stdin();
    let prompt = stdin.is_terminal();
    if prompt {
        eprintln!("打字提问，回车发送；Ctrl-D 结束。");
    }
    let mut before = Before::default();
    for line in Lines::new(stdin.lock(), prompt) {
        let line = line.map_err(|error| Failure::usage(format!("读不到输入：{error}")))?;
        if !wanted.dialogue {
            desk.say(&line, &before)?;
        } else if line.trim().is_empty() {
            before = Before::default();
        } else {
            let replied = desk.say(&line, &before)?;
            before.note(line, &replied);
        }
    }
    Ok(())
}

/// Lines of a stream that may hold broken UTF-8.
struct Lines<R> {
    from: R,
    prompt: bool,
}

impl<R: BufRead> Lines<R> {
    fn new(from: R, prompt: bool) -> Self {
        Self { from, prompt }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = std::io::Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.prompt {
            eprint!("问> ");
        }
        let mut bytes = Vec::new();
        match self.from.read_until(b'\n', &mut bytes) {
            Ok(0) => None,
            Ok(_) => Some(Ok(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned())),
            Err(error) => Some(Err(error)),
        }
    }
}

struct Desk<'a> {
    engine: &'a Engine,
    renderer: Renderer,
    wanted: &'a Wanted,
}

impl Desk<'_> {
    fn say(&self, question: &str, before: &Before) -> Result<Replied, Failure> {
        let asker = Asker::new(self.wanted.region.clone(), Date::today());
        let start = Instant::now();
        let replied = self.engine.answer_after(before, question, &asker);
        let messages = self.renderer.render(&replied.answer, self.script(&replied), &self.engine.terms);
        let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        let mut out = std::io::stdout().lock();
        let written = if self.wanted.json {
            writeln!(out, "{}", self.as_json(question, &replied, &messages, micros))
        } else {
            self.write_plain(&mut out, &replied, &messages)
        };
        written.map_err(|error| Failure::usage(format!("写不到标准输出：{error}")))?;
        Ok(replied)
    }

    fn script(&self, replied: &Replied) -> Script {
        let region = self.wanted.region.as_deref().and_then(|id| self.engine.knowledge.region(id));
        match region {
            Some(region) => region.script,
            None if replied.traditional => Script::Taiwan,
            None => Script::Simplified,
        }
    }

    fn write_plain(&self, out: &mut impl Write, replied: &Replied, messages: &[Outgoing]) -> std::io::Result<()> {
        writeln!(out, "{}", plain(messages))?;
        for button in messages.iter().flat_map(|message| message.buttons.iter().flatten()) {
            writeln!(out, "  [{}]", button.text)?;
        }
        if self.wanted.why {
            for line in replied.trace.lines() {
                writeln!(out, "    {line}")?;
            }
        }
        writeln!(out)
    }

    fn as_json(&self, question: &str, replied: &Replied, messages: &[Outgoing], micros: u64) -> Value {
        let knowledge = &self.engine.knowledge;
        let article = match &replied.answer {
            Answer::Article(article) => knowledge.find(&article.id).map(|at| {
                let of = knowledge.article_at(at);
                json!({"id": article.id, "title": of.title, "facet": of.facet, "score": replied.matched.sure})
            }),
            _ => None,
        };
        let candidates = replied
            .matched
            .hits
            .iter()
            .map(|hit| json!({"id": knowledge.id_of(hit.at), "title": knowledge.article_at(hit.at).title, "score": hit.score}));
        let buttons: Vec<&Vec<Button>> = messages.iter().flat_map(|message| &message.buttons).collect();
        let mut object = json!({
            "question": question, "kind": replied.kind(), "article": article, "candidates": candidates.collect::<Vec<_>>(),
            "rule": replied.rule, "text": plain(messages), "buttons": buttons, "micros": micros,
        });
        if self.wanted.why {
            object["why"] = json!(replied.trace);
        }
        object
    }
}

/// The messages' text as one.
fn plain(messages: &[Outgoing]) -> String {
    messages.iter().map(|message| message.rich.text.as_str()).collect::<Vec<_>>().join("\n\n")
}
