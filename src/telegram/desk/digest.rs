//! Once a week, for owners who switched it on: what people did not find, and what did not help.

use super::super::bot::Bot;
use super::gaps::week;
use super::role::Role;

/// Where the store keeps the week of the last one.
const NAMESPACE: &str = "digest";
const WEEK: &str = "week";

impl Bot {
    /// Sends the digest if a week has gone by since the last; the first week only begins the count.
    pub(in crate::telegram) async fn digest_if_due(&self) {
        let this = week();
        let last = self.stored(|store| store.setting::<u32>(NAMESPACE, WEEK)).await;
        let Some(last) = last.filter(|last| *last != Some(this)) else { return };
        // Written first: a digest that is lost is better than one that comes twice.
        let noted = self.stored(move |store| store.put_setting(NAMESPACE, WEEK, &this)).await;
        if last.is_none() || noted.is_none() {
            return;
        }
        let words = self.words();
        for (owner, _) in self.roles.people().filter(|(_, role)| *role == Role::Owner) {
            self.tell(owner, &words.digest, Vec::new()).await;
            self.gaps(owner).await;
            self.weak(owner).await;
        }
    }
}
