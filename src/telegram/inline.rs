//! Inline mode: `@bot words` in any chat. Articles as cards; what is an emergency gets its card alone; what nothing
//! matches gets nothing.

use super::api::InlineCard;
use super::bot::Bot;
use super::deliver::log;
use super::update::Asked;
use crate::answer::{self, Answer, Asker};
use crate::engine::Engine;
use crate::knowledge::ArticleAt;
use crate::text::Script;

/// Most results of an answer (Bot API).
const MOST: usize = 50;
/// How long Telegram may keep the results of a query, in seconds. They depend on the asker's region, so for them alone.
const CACHE_SECONDS: u32 = 300;
/// Characters of a summary under a result's title.
const DESCRIPTION: usize = 60;

impl Bot {
    /// Answers an inline query.
    pub(super) async fn inline(&self, asked: &Asked) {
        let engine = self.engine();
        let asker = Asker { short: false, ..self.asker(asked.person).await };
        let text = asked.query.trim();
        let (cards, script) = if text.is_empty() {
            (Vec::new(), self.script(&asker, false, &asked.language))
        } else {
            let replied = engine.answer(text, &asker);
            let script = self.script(&asker, replied.traditional, &asked.language);
            (self.cards(&engine, &replied.answer, &asker, script), script)
        };
        let urgent = cards.iter().any(|card| card.urgent);
        let seconds = if urgent { 0 } else { CACHE_SECONDS };
        let button = self.renderer.sentence(&engine.knowledge.phrases.carry.inline_button, script);
        if let Err(error) = self.api.answer_inline(&asked.id, cards, seconds, (&button, answer::PLAIN_START)).await {
            log(&error);
        }
    }

    fn cards(&self, engine: &Engine, answer: &Answer, asker: &Asker, script: Script) -> Vec<InlineCard> {
        if let Answer::Card(card) = answer {
            return self.card(format!("!{}", card.rule), &card.action, &card.why, answer, script).into_iter().collect();
        }
        let shortlist = answer::shortlist(&engine.knowledge, answer).into_iter().take(MOST);
        shortlist.filter_map(|at| self.article_card(engine, at, asker, script)).collect()
    }

    fn article_card(&self, engine: &Engine, at: ArticleAt, asker: &Asker, script: Script) -> Option<InlineCard> {
        let knowledge = &engine.knowledge;
        let article = knowledge.article_at(at);
        let description: String = article.summary.chars().take(DESCRIPTION).collect();
        let card = answer::inline_card(knowledge, at, asker);
        self.card(knowledge.id_of(at), &article.title, &description, &card, script)
    }

    fn card(&self, id: String, title: &str, description: &str, answer: &Answer, script: Script) -> Option<InlineCard> {
        let mut message = self.rendered(answer, script).into_iter().next()?;
        // In another chat a button can only open or copy something: its press would not be about that chat.
        for row in &mut message.buttons {
            row.retain(|button| button.data.is_empty());
        }
        message.buttons.retain(|row| !row.is_empty());
        Some(InlineCard {
            id,
            title: self.renderer.sentence(title, script),
            description: self.renderer.sentence(description, script),
            message: self.in_terms(message),
            urgent: matches!(answer, Answer::Card(_)),
        })
    }
}
