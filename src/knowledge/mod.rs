//! Knowledge: the files that editors write, as types; loading them; the table of checks. Knows nothing of
//! questions, Telegram or the store.

mod audience;
mod card;
mod carry_phrases;
mod checks;
mod date;
mod desk;
mod dialogue;
mod facet;
mod fault;
mod flat;
mod heard;
mod lint;
mod load;
mod people;
mod phrases;
mod place;
mod ranking;
mod red_flag;
mod region;
mod reply;
mod schema;
mod source;
mod topic;
mod whole;

pub use audience::{Audience, AudienceWords};
pub use card::Card;
pub use carry_phrases::CarryPhrases;
pub use checks::{Check, check_names};
pub use date::Date;
pub use desk::DeskPhrases;
pub use dialogue::{Dialogue, TurnKind, TurnWords};
pub use facet::{Facet, FacetWords};
pub use fault::{Fault, Faults, Severity};
pub use flat::{FlatArticle, FlatError, read_flat, to_flat};
pub use heard::{Heard, ReaderWeights};
pub use load::{HEARD_FILE, Loaded, NewFile, RANKING_FILE, READER_FILE, files_digest, load, load_safety_net, load_with};
pub use phrases::Phrases;
pub use place::{Doctor, Place};
pub use ranking::{Asked, LIST_COLUMNS, RankingWeights, WEIGHT_COLUMNS};
pub use red_flag::{Condition, Context, Level, Near, Rule, Scope, Vocabulary};
pub use region::{HelpLine, Region, RegionId};
pub use reply::{Reply, ReplyKind};
pub use schema::topic_schema;
pub use source::Source;
pub use topic::{
    Article, Care, CareLevel, NotTrue, Order, Point, RedFlag, Reference, ReferenceKind, Related, Review, SelfCare, Sensitivity, Topic,
};
pub use whole::{ArticleAt, Knowledge, Retired};
