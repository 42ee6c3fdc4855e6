//! Search: which article answers the question, and how sure that is. Knows nothing of emergencies or Telegram.

mod band;
mod features;
mod index;
mod rank;
mod ranking;
mod reply;
mod spotter;
mod understand;

pub use band::{Band, Settings};
pub use features::{FEATURE_NAMES, Features};
pub use ranking::{Hit, Matched, Search, SearchError};
pub use understand::{Mention, Understood};
