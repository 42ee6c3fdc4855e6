//! How a command ends.

/// Why a command could not do its work: one readable block for stderr.
#[derive(Debug)]
pub struct Failure {
    /// What, where, and what to do next.
    pub message: String,
    /// 1: the answer is "no". 2: wrong usage or configuration.
    pub code: u8,
}

impl Failure {
    /// Wrong usage, configuration or surroundings.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 2 }
    }

    /// The work was done and the answer is "no".
    pub fn no(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }
}

/// A command's result.
pub type Outcome = Result<(), Failure>;
