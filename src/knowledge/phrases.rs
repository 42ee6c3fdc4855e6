//! The bot's own fixed sentences (`knowledge/phrases.toml`). A missing or misspelt one is a fault.

use super::carry_phrases::CarryPhrases;
use serde::{Deserialize, Serialize};

/// Every sentence that is not part of an article or a card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// On every answer path.
    pub disclaimer: String,
    /// On an emergency card: one short line.
    pub card_disclaimer: String,
    /// First word of a card: urgency in words, not in colour.
    pub urgent: String,
    /// Stands for the ambulance number where the region is unknown; `{号码}` is the list of all regions.
    pub ambulance_unknown: String,
    /// Stands for the ambulance number where the region has none or it is stale.
    pub ambulance_elsewhere: String,
    /// Stands for the police number where there is none.
    pub police_elsewhere: String,
    /// On a card of somebody whose region is unknown.
    pub choose_region: String,
    /// Button that copies a number; `{号码}`.
    pub copy_number: String,
    /// Button from a card to a topic; `{主题}`.
    pub read_about: String,
    /// Before a help line; `{名称}` `{号码}` `{时间}`.
    pub help_line: String,

    /// Above an article when search is sure; `{题目}`.
    pub matched_sure: String,
    /// Above an article when search is fairly sure; `{题目}`.
    pub matched_fairly: String,
    /// Heading over the causes, by what their order means: frequency, seriousness, steps, none.
    pub order_frequency: String,
    /// See `order_frequency`.
    pub order_seriousness: String,
    /// See `order_frequency`.
    pub order_steps: String,
    /// See `order_frequency`.
    pub order_none: String,
    /// Behind the heading of a dangerous point.
    pub danger_mark: String,
    /// 是什么
    pub label_what: String,
    /// 像不像你
    pub label_signs: String,
    /// 一般怎么办
    pub label_usual: String,
    /// 什么时候去看
    pub label_when: String,
    /// Heading over the care ladder.
    pub ladder: String,
    /// Rungs of the ladder.
    pub rung_call_now: String,
    /// See `rung_call_now`.
    pub rung_today: String,
    /// See `rung_call_now`.
    pub rung_days: String,
    /// See `rung_call_now`.
    pub rung_home: String,
    /// Before the departments; `{科室}`.
    pub departments: String,
    /// Where no clinician has read the text.
    pub unreviewed: String,
    /// Where one has; `{审核}`.
    pub reviewed_by: String,
    /// Where a machine helped; joined to the line above.
    pub ai_assisted: String,
    /// `{日期}` `{下次}`
    pub review_dates: String,
    /// Where the next review is overdue.
    pub review_overdue: String,
    /// Heading of the sources; `{题目}`.
    pub sources: String,
    /// Where there are none.
    pub sources_none: String,
    /// Button to the sources.
    pub button_sources: String,
    /// Button: helpful.
    pub button_helpful: String,
    /// Button: not helpful.
    pub button_unhelpful: String,
    /// Button: more about the care of the topic.
    pub button_self_care: String,
    /// Button to the care ladder, a line at a time.
    pub button_ladder: String,
    /// Above a line of the ladder; `{主题}`.
    pub ladder_heading: String,
    /// Before a line; `{第几}` `{几条}`.
    pub ladder_step: String,
    /// After a line.
    pub ladder_ask: String,
    /// Button: the line is true.
    pub button_yes: String,
    /// Button: it is not.
    pub button_no: String,
    /// Where a line of the first rung is true; `{急救电话}`.
    pub ladder_call: String,
    /// Where a line of another rung is true.
    pub ladder_sooner: String,
    /// Where none is.
    pub ladder_none: String,
    /// Buttons for whom it is.
    pub button_for_self: String,
    /// See `button_for_self`.
    pub button_for_parents: String,
    /// See `button_for_self`.
    pub button_for_child: String,
    /// See `button_for_self`.
    pub button_for_pregnant: String,
    /// Heading of self care; `{主题}`.
    pub self_care: String,
    /// What helps.
    pub self_care_do: String,
    /// What does not.
    pub self_care_dont: String,
    /// Heading of beliefs put right.
    pub not_true: String,
    /// After a vote.
    pub vote_thanks: String,
    /// After a vote against an article.
    pub vote_why: String,
    /// Reasons for it, on buttons; the first says that the article may be wrong.
    pub vote_reasons: Vec<String>,
    /// After a second vote.
    pub vote_again: String,
    /// Where votes cannot be kept just now.
    pub vote_failed: String,

    /// What people take along.
    pub carry: CarryPhrases,

    /// Above choices of articles.
    pub choices: String,
    /// Above the sides of a topic; `{主题}`.
    pub choices_broad: String,
    /// Where the topic is there and the side is not; `{主题}` `{有}` `{没有}`.
    pub facet_missing: String,
    /// Where the topic has no article on departments; `{主题}` `{科室}`.
    pub facet_departments: String,
    /// Where the question left out what is talked about; `{主题}`.
    pub still_talking: String,
    /// Where one asks to go back and there is nothing before.
    pub back_nothing: String,
    /// Button: none of these.
    pub button_none: String,
    /// After none of these.
    pub none_of_these: String,
    /// Where nothing was found.
    pub decline: String,
    /// Before the nearest stored questions.
    pub decline_near: String,
    /// When to see somebody all the same.
    pub decline_when: String,
    /// Button to the topics.
    pub button_browse: String,

    /// /start
    pub start: String,
    /// Example questions of /start; each must be answered.
    pub examples: Vec<String>,
    /// /help, above the commands
    pub help: String,
    /// /about
    pub about: String,
    /// /privacy
    pub privacy: String,
    /// /forget; `{内容}` is what was held.
    pub forget: String,
    /// /forget where nothing was held.
    pub forget_nothing: String,
    /// /browse
    pub browse: String,
    /// A body system's topics; `{系统}`.
    pub browse_system: String,
    /// Button to the departments.
    pub browse_departments: String,
    /// A department's topics; `{科室}`.
    pub browse_department: String,
    /// /hot
    pub hot: String,
    /// /hot where nobody has read anything yet.
    pub hot_nothing: String,
    /// /region
    pub region: String,
    /// After a region was chosen; `{地区}` `{急救电话}`.
    pub region_set: String,
    /// /why where there is nothing to explain.
    pub why_nothing: String,
    /// Voice, photo, sticker and the like without a caption.
    pub text_only: String,
    /// A message without words.
    pub empty: String,
    /// An article behind a button that is gone; `{题目}`.
    pub retired: String,
    /// An article behind a button that is gone and has no successor.
    pub retired_nothing: String,
    /// A button that nobody made.
    pub bad_button: String,
    /// A command that is for admins.
    pub admins_only: String,
    /// A command that does not exist.
    pub unknown_command: String,
    /// Something broke while answering.
    pub failed: String,
    /// Somebody sends very many messages.
    pub slow_down: String,
    /// In a group, for what is better asked in private.
    pub ask_in_private: String,
    /// Button back.
    pub button_back: String,
    /// Button to the rest of a list.
    pub button_more: String,
    /// Where the knowledge is broken and only emergencies are answered.
    pub safety_net_only: String,
}
