//! Promises of the whole program, one file a promise. `support/` holds what the plots are told with.

#![expect(clippy::expect_used, clippy::panic, reason = "a plot that cannot go on ends there")]

mod support;

mod answer;
mod any_text;
mod architecture;
mod browser;
mod cards;
mod carry;
mod cli;
mod commands;
mod desk;
mod dialogues;
mod emergency;
mod flood;
mod generated;
mod gold;
mod groups;
mod inline;
mod knowledge;
mod line;
mod metamorphic;
mod odd_updates;
mod old_buttons;
mod places;
mod privacy;
mod process;
mod reload;
mod script;
mod snapshots;
mod talk;
mod trouble;
mod votes;
mod webhook;
