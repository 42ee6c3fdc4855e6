//! What the desk's buttons carry.

use super::role::Role;

/// A button of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Release the candidate of this name.
    Publish(String),
    /// Drop it.
    Discard(String),
    /// See it, or see what is live again.
    Preview,
    /// Back to the revision whose digest begins so.
    Rollback(String),
    /// A file to fill in for the gap of this name.
    Scaffold(String),
}

impl Act {
    /// Reads what follows `desk:`; anything that no button of ours carries is none.
    pub fn read(data: &str) -> Option<Self> {
        let (kind, name) = data.split_once(':')?;
        let name = || (!name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())).then(|| name.to_owned());
        match kind {
            "publish" => name().map(Self::Publish),
            "discard" => name().map(Self::Discard),
            "preview" => Some(Self::Preview),
            "rollback" => name().map(Self::Rollback),
            "scaffold" => name().map(Self::Scaffold),
            _ => None,
        }
    }

    /// As a button carries it.
    pub fn data(&self) -> String {
        match self {
            Self::Publish(name) => format!("desk:publish:{name}"),
            Self::Discard(name) => format!("desk:discard:{name}"),
            Self::Preview => "desk:preview:".to_owned(),
            Self::Rollback(name) => format!("desk:rollback:{name}"),
            Self::Scaffold(name) => format!("desk:scaffold:{name}"),
        }
    }

    /// The least role it needs.
    pub(super) fn role(&self) -> Role {
        match self {
            Self::Preview | Self::Scaffold(_) => Role::Reviewer,
            Self::Publish(_) | Self::Discard(_) | Self::Rollback(_) => Role::Editor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_button_carries_is_read_back_and_forged_data_means_nothing() {
        for act in [Act::Publish("a1".into()), Act::Discard("b2".into()), Act::Preview, Act::Rollback("c3".into())] {
            assert_eq!(Act::read(act.data().trim_start_matches("desk:")), Some(act));
        }
        for forged in ["", "publish", "publish:", "publish:a b", "erase:a1", "rollback:../x"] {
            assert_eq!(Act::read(forged), None, "{forged}");
        }
    }
}
