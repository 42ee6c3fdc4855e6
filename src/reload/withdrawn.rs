//! Articles that were withdrawn: gone from answers within seconds, over every reload and restart, until put back. What the
//! store keeps of the knowledge stays whole.

use crate::engine::{Engine, EngineError, Settings};
use crate::knowledge::Knowledge;
use crate::store::{Store, StoreError};
use std::collections::BTreeSet;

/// Where the store keeps them: a value an id.
const NAMESPACE: &str = "withdrawn";

/// The ids that are withdrawn, in order.
///
/// # Errors
/// What the store refuses.
pub fn withdrawn(store: &Store) -> Result<BTreeSet<String>, StoreError> {
    Ok(store.settings::<bool>(NAMESPACE)?.into_iter().map(|(id, _)| id).collect())
}

/// Notes an id; durable when this returns.
pub(super) fn note(store: &Store, id: &str) -> Result<(), StoreError> {
    store.put_setting(NAMESPACE, id, &true)
}

/// Strikes an id off; whether it was there.
pub(super) fn strike(store: &Store, id: &str) -> Result<bool, StoreError> {
    store.remove_setting(NAMESPACE, id)
}

/// The knowledge without some articles. A topic that has none left stays: its red flags count as before.
pub(super) fn without(knowledge: &Knowledge, ids: &BTreeSet<String>) -> Knowledge {
    let mut rest = knowledge.clone();
    for topic in &mut rest.topics {
        let id = topic.id.clone();
        let name = |slug: &str| if slug.is_empty() { id.clone() } else { format!("{id}/{slug}") };
        topic.articles.retain(|article| !ids.contains(&name(article.slug())));
    }
    rest.topics.retain(|topic| !topic.articles.is_empty() || !topic.red_flags.is_empty());
    rest.index_ids();
    rest
}

/// An engine without the withdrawn articles, and the whole knowledge where that is another one.
pub(super) fn effective(engine: Engine, ids: &BTreeSet<String>, settings: Settings) -> Result<(Engine, Option<Knowledge>), EngineError> {
    if !ids.iter().any(|id| engine.knowledge.find(id).is_some()) {
        return Ok((engine, None));
    }
    let rest = Engine::new(without(&engine.knowledge, ids), settings)?;
    Ok((rest, Some(engine.knowledge)))
}
