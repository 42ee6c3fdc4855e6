//! The checked whole.

use super::audience::{Audience, AudienceWords};
use super::card::Card;
use super::desk::DeskPhrases;
use super::dialogue::Dialogue;
use super::facet::{Facet, FacetWords};
use super::heard::{Heard, ReaderWeights};
use super::people;
use super::phrases::Phrases;
use super::place::Place;
use super::ranking::{Asked, RankingWeights};
use super::red_flag::{Context, Rule, Vocabulary};
use super::region::Region;
use super::reply::Reply;
use super::topic::{Article, Topic};
use crate::text::{Lexicon, RegionalTerm};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Everything the bot knows.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Knowledge {
    /// Topics, by id.
    pub topics: Vec<Topic>,
    /// Body systems in menu order, with the topics of each.
    pub systems: Vec<BodySystem>,
    /// Word lists of the text room.
    pub lexicon: Lexicon,
    /// How facets are asked for.
    pub facets: Vec<FacetWords>,
    /// How groups of people are named.
    pub audiences: Vec<AudienceWords>,
    /// Parts of the body.
    pub sites: Vec<String>,
    /// Other words for one thing, as (said, meant).
    pub synonyms: Vec<(String, String)>,
    /// Shared words and concepts of the red flags.
    pub vocabulary: Vocabulary,
    /// Contexts that turn an alarm off.
    pub contexts: Vec<Context>,
    /// Red flags.
    pub rules: Vec<Rule>,
    /// Messages as people type them, emergencies and others.
    pub heard: Vec<Heard>,
    /// What the second reader learned from them.
    pub reader: ReaderWeights,
    /// Questions as people type them, with the articles that answer them.
    pub asked: Vec<Asked>,
    /// What the ranking learned.
    pub ranking: RankingWeights,
    /// Cards.
    pub cards: Vec<Card>,
    /// Regions.
    pub regions: Vec<Region>,
    /// Fixed sentences of the bot itself.
    pub phrases: Phrases,
    /// What the desk says to editors.
    pub desk: DeskPhrases,
    /// Replies to what is not for articles.
    pub replies: Vec<Reply>,
    /// How a message goes on with what was talked about.
    pub dialogue: Dialogue,
    /// The operator's directory of places to go; empty where there is none.
    #[serde(default)]
    pub places: Vec<Place>,
    /// Words that differ by region.
    #[serde(default)]
    pub terms: Vec<RegionalTerm>,
    /// Articles that are gone.
    pub retired: Vec<Retired>,
    /// Digest of the files it was read from.
    pub digest: String,
    /// Where each article stands.
    #[serde(skip)]
    by_id: HashMap<String, ArticleAt>,
    /// Topics that are one thing for different people (发烧, 小孩发烧), each with the others.
    #[serde(skip)]
    variants: HashMap<usize, Vec<usize>>,
}

/// A body system: one folder of topics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodySystem {
    /// Name of the folder.
    pub id: String,
    /// Its name on a button.
    pub name: String,
    /// Ids of its topics.
    #[serde(default)]
    pub topics: Vec<String>,
}

/// An article that is gone (`knowledge/retired.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retired {
    /// The id it had.
    pub id: String,
    /// The article that replaces it; empty where none does.
    pub successor: String,
}

/// Where an article stands in [`Knowledge::topics`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleAt {
    /// Index of the topic.
    pub topic: usize,
    /// Index of the article in the topic.
    pub article: usize,
}

impl Knowledge {
    /// Makes articles findable by id; called once the topics are in place.
    pub fn index_ids(&mut self) {
        self.by_id = self.places().map(|at| (self.id_of(at), at)).collect();
        self.variants = people::variants(&self.topics, &self.audiences);
    }

    /// The topics that are this one for other people: 小孩发烧 of 发烧.
    pub fn variants_of(&self, topic: usize) -> impl Iterator<Item = usize> + '_ {
        self.variants.get(&topic).into_iter().flatten().copied()
    }

    /// Whether a topic has something of its own for a group of people.
    pub fn differs_by_people(&self, topic: usize) -> bool {
        let of_group = |of: &Topic| of.articles.iter().any(|article| article.audience.is_some());
        self.variants.contains_key(&topic) || self.topics.get(topic).is_some_and(of_group)
    }

    /// The knowledge of the files alone.
    #[must_use]
    pub fn without_imported(&self) -> Self {
        let mut files = self.clone();
        files.topics.retain(|topic| !topic.is_imported());
        files.index_ids();
        files
    }

    /// Every article's place, in order.
    pub fn places(&self) -> impl Iterator<Item = ArticleAt> + '_ {
        let articles = |(topic, of): (usize, &Topic)| (0..of.articles.len()).map(move |article| ArticleAt { topic, article });
        self.topics.iter().enumerate().flat_map(articles)
    }

    /// The place of an article.
    pub fn find(&self, id: &str) -> Option<ArticleAt> {
        self.by_id.get(id).copied()
    }

    /// The topic with an id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The topic of an article.
    pub fn topic_at(&self, at: ArticleAt) -> &Topic {
        &self.topics[at.topic]
    }

    /// An article.
    pub fn article_at(&self, at: ArticleAt) -> &Article {
        &self.topics[at.topic].articles[at.article]
    }

    /// An article's id: `topic/slug`; an imported article has its own.
    pub fn id_of(&self, at: ArticleAt) -> String {
        let (topic, slug) = (&self.topic_at(at).id, self.article_at(at).slug());
        if slug.is_empty() { topic.clone() } else { format!("{topic}/{slug}") }
    }

    /// Names an article's text: another text, another version.
    pub fn version_of(&self, at: ArticleAt) -> String {
        let text = format!("{:?}{:?}", self.article_at(at), self.topic_at(at).care);
        blake3::hash(text.as_bytes()).to_hex().chars().take(12).collect()
    }

    /// For whom an article was written.
    pub fn audience_of(&self, at: ArticleAt) -> Audience {
        self.article_at(at).audience.unwrap_or(self.topic_at(at).audience)
    }

    /// How a facet is named.
    pub fn facet_words(&self, facet: Facet) -> Option<&FacetWords> {
        self.facets.iter().find(|words| words.facet == facet)
    }

    /// How a group is named.
    pub fn audience_words(&self, audience: Audience) -> Option<&AudienceWords> {
        self.audiences.iter().find(|words| words.audience == audience)
    }

    /// A card.
    pub fn card(&self, id: &str) -> Option<&Card> {
        self.cards.iter().find(|card| card.id == id)
    }

    /// A region.
    pub fn region(&self, id: &str) -> Option<&Region> {
        self.regions.iter().find(|region| region.id == id)
    }

    /// What replaces a retired article, if it is known to be gone: `Some("")` where nothing does.
    pub fn successor(&self, id: &str) -> Option<&str> {
        self.retired.iter().find(|retired| retired.id == id).map(|retired| retired.successor.as_str())
    }
}
