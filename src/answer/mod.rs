//! Answers: the closed list of things the bot can say, and composing them. Every medical sentence is taken from the
//! knowledge as it stands; nothing is made up, merged or rephrased. Knows no medium.

mod apart;
mod article;
mod brief;
mod card;
mod carry;
mod choices;
mod compose;
mod fill;
mod ladder;
mod page;
mod people;
mod places;
mod says;
mod visit;

pub use apart::apart;
pub use article::compose_article;
pub use brief::{PLAIN_START, inline_card, shortlist, start_parameter};
pub use card::{compose_card, compose_follow_up};
pub use carry::{carry, reminder, report_reasons, report_to_editor};
pub use choices::{compose_sides, none_of_these, vote_reasons};
pub use compose::Asker;
pub use compose::compose;
pub use fill::fill;
pub use ladder::{LadderLine, RungKind, ladder_ends, ladder_line};
pub use page::{browse, department, departments, hot, region_menu, retired, self_care, simple, sources, start, system, topic_page, why};
pub use people::{article_for, people_by_letter};
pub use places::{all_departments, cities, nearest, places_in, where_to_go};
pub use says::{Action, Answer, ArticleView, CardView, ChoicesView, Kind, Link, Notice, PageView, PointView, Rung};
pub use visit::visit;
