//! Each kind of answer as messages.

use super::message::{Button, Outgoing};
use super::rich::{EntityKind, Rich};
use super::split::{MAX_TEXT, split};
use crate::answer::{Action, Answer, ArticleView, CardView, ChoicesView, Link, Notice, PageView, PointView};
use crate::text::{Script, ScriptConverter, Terms};

/// Longest label of a button, in characters; what is longer ends in an ellipsis.
const MAX_LABEL: usize = 60;

/// Turns answers into messages in the reader's script.
#[derive(Default)]
pub struct Renderer {
    scripts: ScriptConverter,
}

impl Renderer {
    /// The messages of an answer, in the words of the script's region; the buttons are under the last one.
    pub fn render(&self, answer: &Answer, script: Script, terms: &Terms) -> Vec<Outgoing> {
        let page = Page { scripts: &self.scripts, terms, script, rich: Rich::default() };
        match answer {
            Answer::Card(card) => page.card(card),
            Answer::Article(article) => page.article(article),
            Answer::Choices(choices) | Answer::Decline(choices) => page.choices(choices),
            Answer::Notice(notice) => page.notice(notice),
            Answer::Page(view) => page.page(view),
        }
    }

    /// One sentence in the reader's script, for toasts and the like.
    pub fn sentence(&self, text: &str, script: Script) -> String {
        self.scripts.convert(text, script)
    }
}

/// A message being written.
struct Page<'r> {
    scripts: &'r ScriptConverter,
    terms: &'r Terms,
    script: Script,
    rich: Rich,
}

impl Page<'_> {
    fn own(&self, text: &str) -> String {
        self.scripts.convert(&self.terms.put(text, self.script), self.script)
    }

    fn text(&mut self, text: &str) -> &mut Self {
        let text = self.own(text);
        self.rich.push(&text);
        self
    }

    fn text_as(&mut self, kind: EntityKind, text: &str) -> &mut Self {
        let text = self.own(text);
        self.rich.push_as(kind, &text);
        self
    }

    /// A paragraph of its own, if there is anything to say.
    fn paragraph(&mut self, text: &str) -> &mut Self {
        if !text.is_empty() {
            self.gap();
            self.text(text);
        }
        self
    }

    fn gap(&mut self) {
        if !self.rich.text.is_empty() {
            self.rich.push("\n\n");
        }
    }

    fn card(mut self, card: &CardView) -> Vec<Outgoing> {
        self.text_as(EntityKind::Bold, &card.action);
        self.paragraph(&card.why);
        self.paragraph(&card.steps_heading);
        for (step, nth) in card.steps.iter().zip(1..) {
            let lead = if nth == 1 && card.steps_heading.is_empty() { "\n\n" } else { "\n" };
            self.text(&format!("{lead}{nth}. {step}"));
        }
        self.paragraph(&card.help_lines.join("\n"));
        self.paragraph(&card.disclaimer);
        self.finish(rows(&card.links))
    }

    fn article(mut self, article: &ArticleView) -> Vec<Outgoing> {
        self.text_as(EntityKind::Bold, &article.heading);
        if !article.talk.is_empty() {
            self.text("\n");
            self.text_as(EntityKind::Italic, &article.talk);
        }
        if !article.caution.is_empty() {
            self.gap();
            self.text_as(EntityKind::Bold, &article.caution);
        }
        self.paragraph(&article.summary);
        self.paragraph(&article.order);
        for (point, nth) in article.points.iter().zip(1..) {
            self.point(point, nth);
        }
        self.ladder(article);
        self.paragraph(&article.departments);
        self.gap();
        let converted = (self.script != Script::Simplified).then_some(&article.converted);
        let review: Vec<&str> = article.review.iter().chain(converted).map(String::as_str).collect();
        self.text_as(EntityKind::Italic, &review.join("\n"));
        self.paragraph(&article.disclaimer);
        let mut buttons = rows(&article.related);
        buttons.extend(tool_rows(&article.tools));
        self.finish(buttons)
    }

    fn point(&mut self, point: &PointView, nth: usize) {
        let lead = if nth == 1 && self.rich.text.is_empty() { "" } else { "\n" };
        self.text(lead);
        self.text_as(EntityKind::Bold, &format!("{nth}. {}", point.heading));
        let lines = point.lines.iter().map(|(label, text)| if label.is_empty() { text.clone() } else { format!("{label}：{text}") });
        self.text("\n");
        self.text_as(EntityKind::ExpandableBlockquote, &lines.collect::<Vec<_>>().join("\n"));
    }

    fn ladder(&mut self, article: &ArticleView) {
        if article.ladder.is_empty() {
            return;
        }
        self.gap();
        self.text_as(EntityKind::Bold, &article.ladder_heading);
        let rungs = article.ladder.iter().map(|rung| format!("{}：{}", rung.label, rung.lines.join("")));
        self.text("\n");
        self.text_as(EntityKind::ExpandableBlockquote, &rungs.collect::<Vec<_>>().join("\n"));
    }

    fn choices(mut self, choices: &ChoicesView) -> Vec<Outgoing> {
        for text in &choices.text {
            self.paragraph(text);
        }
        self.paragraph(&choices.disclaimer);
        self.finish(rows(&choices.links))
    }

    fn notice(mut self, notice: &Notice) -> Vec<Outgoing> {
        self.paragraph(&notice.text);
        self.paragraph(&notice.disclaimer);
        self.finish(rows(&notice.links))
    }

    fn page(mut self, view: &PageView) -> Vec<Outgoing> {
        if !view.heading.is_empty() {
            self.text_as(EntityKind::Bold, &view.heading);
        }
        for text in &view.text {
            self.paragraph(text);
        }
        if !view.block.is_empty() {
            self.gap();
            self.text_as(EntityKind::Pre, &view.block);
        }
        self.paragraph(&view.disclaimer);
        self.finish(rows(&view.links))
    }

    fn finish(self, buttons: Vec<Vec<Button>>) -> Vec<Outgoing> {
        let labelled = buttons
            .into_iter()
            .map(|row| row.into_iter().map(|button| Button { text: label(&self.own(&button.text)), ..button }).collect());
        let labelled: Vec<Vec<Button>> = labelled.collect();
        let mut messages: Vec<Outgoing> =
            split(&self.rich, MAX_TEXT).into_iter().map(|rich| Outgoing { rich, buttons: Vec::new() }).collect();
        if let Some(last) = messages.last_mut() {
            last.buttons = labelled;
        }
        messages
    }
}

fn label(text: &str) -> String {
    if text.chars().count() <= MAX_LABEL {
        return text.to_owned();
    }
    text.chars().take(MAX_LABEL - 1).chain(['…']).collect()
}

fn button(link: &Link) -> Button {
    let text = link.label.clone();
    match &link.action {
        Action::Callback(data) => Button { text, data: data.clone(), ..Button::default() },
        Action::Copy(copied) => Button { text, copy: Some(copied.clone()), ..Button::default() },
        Action::Open(start) => Button { text, open: Some(start.clone()), ..Button::default() },
        Action::Share(start) => Button { text, share: Some(start.clone()), ..Button::default() },
    }
}

/// One button a row: long titles are read whole, and in order aloud.
fn rows(links: &[Link]) -> Vec<Vec<Button>> {
    links.iter().map(|link| vec![button(link)]).collect()
}

/// Short tools, two a row.
fn tool_rows(links: &[Link]) -> Vec<Vec<Button>> {
    links.chunks(2).map(|pair| pair.iter().map(button).collect()).collect()
}
