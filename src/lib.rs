//! 问症 (wenzheng): a Telegram bot that answers questions about symptoms in Chinese from curated knowledge files.
//!
//! The rooms are listed in ARCHITECTURE.md from the ground up; a room imports only from lower floors.

pub mod answer;
pub mod cli;
pub mod commands;
pub mod config;
pub mod emulator;
pub mod engine;
pub mod knowledge;
pub mod metrics;
pub mod reload;
pub mod render;
pub mod search;
pub mod store;
pub mod telegram;
pub mod text;
pub mod triage;
