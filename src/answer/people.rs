//! Whom an article is read for: the buttons, and the article that fits.

use super::article::compose_article;
use super::compose::Asker;
use super::says::{ArticleView, Link};
use crate::knowledge::{ArticleAt, Audience, Knowledge};
use crate::search::Understood;

/// Whom one may ask for, with the letter in the button.
const PEOPLE: [(char, Audience); 4] = [('s', Audience::Any), ('e', Audience::Elderly), ('c', Audience::Child), ('p', Audience::Pregnant)];

/// The group that a button's letter stands for.
pub fn people_by_letter(letter: &str) -> Option<Audience> {
    PEOPLE.into_iter().find(|(known, _)| letter.chars().eq([*known])).map(|(_, who)| who)
}

/// Buttons for whom it is, where the topic has something of its own for one of them: only those that lead to something else
/// than what is shown to `reader`, and each thing once.
pub(super) fn people_links(knowledge: &Knowledge, at: ArticleAt, id: &str, reader: Audience) -> Vec<Link> {
    if !knowledge.differs_by_people(at.topic) {
        return Vec::new();
    }
    let phrases = &knowledge.phrases;
    let labels = [&phrases.button_for_self, &phrases.button_for_parents, &phrases.button_for_child, &phrases.button_for_pregnant];
    let shown = |at: ArticleAt, who: Audience| (at, if knowledge.audience_of(at).covers(who) { Audience::Any } else { who });
    let mut seen = vec![shown(at, reader)];
    let mut links = Vec::new();
    for ((letter, who), label) in PEOPLE.into_iter().zip(labels) {
        let leads_to = shown(place_for(knowledge, at, who), who);
        if !seen.contains(&leads_to) {
            seen.push(leads_to);
            links.push(Link::callback(label, format!("f:{letter}:{id}")));
        }
    }
    links
}

/// The article for somebody, which says so where it was not written for them.
pub fn article_for(knowledge: &Knowledge, at: ArticleAt, who: Audience, asker: &Asker) -> ArticleView {
    let understood = Understood { audience: who, ..Understood::default() };
    compose_article(knowledge, place_for(knowledge, at, who), true, &understood, asker)
}

/// The same side, written for somebody where there is such an article; else this one.
fn place_for(knowledge: &Knowledge, at: ArticleAt, who: Audience) -> ArticleAt {
    let side = knowledge.article_at(at).facet;
    let topics = std::iter::once(at.topic).chain(knowledge.variants_of(at.topic));
    let places = topics
        .filter_map(|topic| Some((topic, knowledge.topics.get(topic)?)))
        .flat_map(|(topic, of)| (0..of.articles.len()).map(move |article| ArticleAt { topic, article }));
    let places: Vec<ArticleAt> = places.filter(|place| knowledge.article_at(*place).facet == side).collect();
    let fits = |place: &ArticleAt| knowledge.audience_of(*place).covers(who);
    let own = |place: &ArticleAt| fits(place) && !knowledge.audience_of(*place).covers(Audience::Any);
    let mut own = places.iter().copied().filter(own);
    let same = || Some(at).filter(fits);
    let general = |place: &ArticleAt| knowledge.audience_of(*place).covers(Audience::Any);
    let any = |fitting: &dyn Fn(&ArticleAt) -> bool| places.iter().copied().find(|place| fitting(place));
    own.next().or_else(same).or_else(|| any(&fits)).or_else(|| Some(at).filter(general)).or_else(|| any(&general)).unwrap_or(at)
}
