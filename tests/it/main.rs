//! Promises of the whole program, one file a promise. `support/` holds what the plots are told with.

mod support;

mod answer;
mod architecture;
mod browser;
mod cli;
mod commands;
mod flood;
mod groups;
mod line;
mod odd_updates;
mod old_buttons;
mod process;
mod reload;
mod snapshots;
mod trouble;
mod votes;
