//! Who may do what at the desk, by numeric id.

use super::super::settings::AdminSettings;
use std::collections::BTreeMap;

/// A role; each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::telegram) enum Role {
    /// Looks at candidates, gaps and figures, and may withdraw an article.
    Reviewer,
    /// Releases, goes back, sends files.
    Editor,
    /// Backups, and everything else.
    Owner,
}

/// The roles of people.
#[derive(Debug, Default)]
pub(in crate::telegram) struct Roles(BTreeMap<i64, Role>);

impl Roles {
    pub(in crate::telegram) fn new(settings: &AdminSettings) -> Self {
        let of = |ids: &[i64], role: Role| ids.iter().map(|id| (*id, role)).collect::<Vec<_>>();
        // The highest role of somebody who is named twice comes last, and stays.
        let roles = [of(&settings.reviewers, Role::Reviewer), of(&settings.editors, Role::Editor), of(&settings.ids, Role::Owner)];
        Self(roles.into_iter().flatten().collect())
    }

    /// Somebody's role; most people have none.
    pub(in crate::telegram) fn of(&self, person: i64) -> Option<Role> {
        self.0.get(&person).copied()
    }

    /// Everybody with a role, by id.
    pub(in crate::telegram) fn people(&self) -> impl Iterator<Item = (i64, Role)> + '_ {
        self.0.iter().map(|(id, role)| (*id, *role))
    }
}

/// The least role that a command of the desk needs; none where everybody may.
pub(in crate::telegram) fn least_role(command: &str) -> Option<Role> {
    match command.trim_start_matches('/') {
        "preview" | "withdraw" | "history" | "gaps" | "weak" | "stats" => Some(Role::Reviewer),
        "reload" | "rollback" | "putback" => Some(Role::Editor),
        "backup" | "restore" => Some(Role::Owner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_role_counts_and_strangers_have_none() {
        let settings = AdminSettings { ids: vec![1], editors: vec![1, 2], reviewers: vec![2, 3], ..AdminSettings::default() };
        let roles = Roles::new(&settings);
        let of = |id| roles.of(id);
        assert_eq!([of(1), of(2), of(3), of(4)], [Some(Role::Owner), Some(Role::Editor), Some(Role::Reviewer), None]);
    }
}
