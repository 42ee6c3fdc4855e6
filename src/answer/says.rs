//! The closed list of things we can say.

use crate::knowledge::{Level, Sensitivity};

/// Something to say. Renderers match it without `_`, so that a new kind cannot be forgotten.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// An emergency or crisis card.
    Card(CardView),
    /// An article.
    Article(Box<ArticleView>),
    /// Close candidates.
    Choices(ChoicesView),
    /// An honest no, with ways on.
    Decline(ChoicesView),
    /// A greeting, thanks, and the like; or a pointer to who can help.
    Notice(Notice),
    /// A page of the bot itself.
    Page(PageView),
}

/// What an answer is, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An article
    Answer,
    /// Close candidates as buttons
    Choices,
    /// An emergency card first
    Emergency,
    /// Self-harm, or danger to or from others
    Crisis,
    /// Outside its knowledge or its task
    Decline,
    /// Greeting, thanks, goodbye, what can you do
    Smalltalk,
}

impl Answer {
    /// What it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Card(card) if card.level == Level::Crisis => Kind::Crisis,
            Self::Card(_) => Kind::Emergency,
            Self::Article(_) => Kind::Answer,
            Self::Choices(_) => Kind::Choices,
            Self::Decline(_) => Kind::Decline,
            Self::Notice(notice) if notice.declines => Kind::Decline,
            Self::Notice(_) | Self::Page(_) => Kind::Smalltalk,
        }
    }

    /// Whether it should not be read by others in a group.
    pub fn is_private(&self) -> bool {
        matches!(self, Self::Article(article) if article.sensitivity != Sensitivity::None)
    }
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Comes back as callback data: at most 64 bytes.
    Callback(String),
    /// Copies this text.
    Copy(String),
    /// Opens the private chat with the bot, with this start parameter (1 to 64 of A-Z, a-z, 0-9, _ and -).
    Open(String),
    /// Sends others the link that [`Action::Open`] would open.
    Share(String),
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// What it does.
    pub action: Action,
}

impl Link {
    /// A button that comes back as callback data.
    pub fn callback(label: impl Into<String>, data: impl Into<String>) -> Self {
        Self { label: label.into(), action: Action::Callback(data.into()) }
    }

    /// What it sends back; none for a button that does something else.
    pub fn data(&self) -> Option<&str> {
        match &self.action {
            Action::Callback(data) => Some(data),
            Action::Copy(_) | Action::Open(_) | Action::Share(_) => None,
        }
    }

    /// The id of the article that it leads to.
    pub fn article(&self) -> Option<&str> {
        match &self.action {
            Action::Callback(data) => data.strip_prefix("a:"),
            Action::Copy(_) | Action::Open(_) | Action::Share(_) => None,
        }
    }
}

/// An emergency or crisis card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardView {
    /// What has to be done.
    pub level: Level,
    /// The rule that fired.
    pub rule: String,
    /// The one call to action, beginning with its urgency in words.
    pub action: String,
    /// One sentence on why.
    pub why: String,
    /// Heading over the steps; may be empty.
    pub steps_heading: String,
    /// What to do while waiting, at most five.
    pub steps: Vec<String>,
    /// Help lines, as they are shown.
    pub help_lines: Vec<String>,
    /// One short last line.
    pub disclaimer: String,
    /// Copy buttons, regions to choose, a topic to read afterwards.
    pub links: Vec<Link>,
}

/// An article as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleView {
    /// Its id.
    pub id: String,
    /// The stored question, or how it is introduced when search is less sure.
    pub heading: String,
    /// What is still talked about, where the question did not say it; may be empty.
    pub talk: String,
    /// What is said to people it was not written for; may be empty.
    pub caution: String,
    /// Answers the question by itself.
    pub summary: String,
    /// What the order of the points means.
    pub order: String,
    /// Numbered on display.
    pub points: Vec<PointView>,
    /// Heading over the care ladder.
    pub ladder_heading: String,
    /// The care ladder, most urgent first; empty in imported articles.
    pub ladder: Vec<Rung>,
    /// Which clinic to register with.
    pub departments: String,
    /// Review state and dates.
    pub review: Vec<String>,
    /// What is said of it where a machine turned it into another script.
    pub converted: String,
    /// The disclaimer.
    pub disclaimer: String,
    /// Related questions.
    pub related: Vec<Link>,
    /// Sources, self care, votes.
    pub tools: Vec<Link>,
    /// Whether it is talked about in private only.
    pub sensitivity: Sensitivity,
}

/// A numbered point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointView {
    /// Its heading, with the mark of a dangerous one.
    pub heading: String,
    /// Labelled lines; the label may be empty.
    pub lines: Vec<(String, String)>,
}

/// A rung of the care ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// What to do.
    pub label: String,
    /// When.
    pub lines: Vec<String>,
}

/// Candidates to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoicesView {
    /// What was understood.
    pub text: Vec<String>,
    /// The candidates, and the ways on.
    pub links: Vec<Link>,
    /// The disclaimer.
    pub disclaimer: String,
}

/// A short fixed reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What is said.
    pub text: String,
    /// The disclaimer.
    pub disclaimer: String,
    /// Whether it turns a request down.
    pub declines: bool,
    /// Ways on.
    pub links: Vec<Link>,
}

/// A page of the bot itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageView {
    /// First line, may be empty.
    pub heading: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// A text to copy, shown so that a tap copies it; may be empty.
    pub block: String,
    /// Buttons.
    pub links: Vec<Link>,
    /// The disclaimer.
    pub disclaimer: String,
}
