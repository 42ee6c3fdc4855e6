//! Sentences of what people take along (`carry.…` in `knowledge/phrases.toml`).

use serde::{Deserialize, Serialize};

/// Sentences around the visit card, the reminder, telling causes apart, finding a place, short answers, inline mode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarryPhrases {
    /// Button under an article to all of this.
    pub button: String,
    /// Heading of what the button opens; `{题目}`.
    pub heading: String,

    /// Button: tell the causes apart.
    pub apart: String,
    /// Heading over the causes; `{题目}`.
    pub apart_heading: String,
    /// How ticking works, and that it is no diagnosis.
    pub apart_how: String,
    /// Behind a cause with ticked signs; `{几}`.
    pub apart_count: String,
    /// A ticked sign on a button; `{表现}`.
    pub ticked: String,
    /// A sign that is not ticked; `{表现}`.
    pub unticked: String,

    /// Button and heading: the visit card.
    pub visit: String,
    /// Asks how long it has been.
    pub visit_ask: String,
    /// How long it may have been, at most nine, to tap.
    pub durations: Vec<String>,
    /// Leaves open how long it has been.
    pub duration_skip: String,
    /// How to copy the card and to add signs.
    pub visit_how: String,
    /// The card; `{主题}` `{部位}` `{多久}` `{伴随}` `{问题}` `{科室}`.
    pub visit_card: String,
    /// Stands where nothing was chosen, to be filled in by hand.
    pub visit_blank: String,
    /// Button that copies the card.
    pub visit_copy: String,
    /// Questions to a doctor that fit everything; at least three.
    pub questions: Vec<String>,

    /// Button: remind me.
    pub remind: String,
    /// After that; `{小时}`.
    pub remind_set: String,
    /// Where somebody has many reminders already.
    pub remind_many: String,
    /// Where reminders cannot be kept.
    pub remind_failed: String,
    /// The reminder; `{题目}`.
    pub reminder: String,
    /// The reminder of a private matter, which is not named.
    pub reminder_private: String,
    /// Button from a reminder or a report to the article.
    pub reminder_open: String,

    /// Button: send it to others.
    pub share: String,

    /// Button: the article is wrong.
    pub report: String,
    /// Asks what is wrong; `{题目}`.
    pub report_ask: String,
    /// What may be wrong, to tap.
    pub report_reasons: Vec<String>,
    /// After a report.
    pub report_thanks: String,
    /// After a second one on the same article.
    pub report_again: String,
    /// Where it cannot be passed on.
    pub report_failed: String,
    /// To an editor; `{题目}` `{编号}` `{理由}`.
    pub report_to_editor: String,

    /// Button and heading: where to go.
    pub find: String,
    /// Where the directory has nothing.
    pub find_nothing: String,
    /// Asks for the department.
    pub find_department: String,
    /// Asks for the city; `{科室}`.
    pub find_city: String,
    /// That a location can be sent instead, and what becomes of it.
    pub find_location: String,
    /// Button: the other departments.
    pub find_all: String,
    /// Heading of a list; `{城市}` `{科室}`.
    pub find_in: String,
    /// Heading of the nearest.
    pub find_near: String,
    /// That the list is ordered by name.
    pub find_by_name: String,
    /// That the list is ordered by distance.
    pub find_by_distance: String,
    /// How far it is; `{公里}`.
    pub find_distance: String,
    /// A doctor; `{姓名}` `{科室}` `{时间}`.
    pub find_doctor: String,
    /// Where a place's entry comes from; `{来源}` `{日期}`.
    pub find_source: String,

    /// Button from a short answer to the whole.
    pub whole: String,
    /// /short, switched on.
    pub short_on: String,
    /// /short, switched off.
    pub short_off: String,

    /// Before the danger signs of a card in another chat; `{急救电话}`.
    pub inline_flags: String,
    /// Button of such a card.
    pub inline_open: String,
    /// Button over the results of inline mode, which opens the private chat.
    pub inline_button: String,

    /// Under an article that a machine turned into Traditional script.
    pub converted: String,

    /// In a group: button to the private chat.
    pub open_private: String,

    /// Names of what /forget removed: short answers, reminders, reports (`{几}`).
    pub held_short: String,
    /// See `held_short`.
    pub held_reminders: String,
    /// See `held_short`.
    pub held_reports: String,
}
