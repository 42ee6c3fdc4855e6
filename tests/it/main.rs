//! Promises of the whole program, one file a promise. `support/` holds what the plots are told with.

mod support;

mod answer;
mod commands;
mod flood;
mod groups;
mod line;
mod odd_updates;
mod old_buttons;
mod process;
mod reload;
mod trouble;
mod votes;
