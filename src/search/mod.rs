//! Search: which article answers the question, and how sure that is. Knows nothing of emergencies or Telegram.

mod background;
mod band;
mod features;
mod fit;
mod index;
mod nearly;
mod rank;
mod ranking;
mod reply;
mod side;
mod spotter;
mod sure;
mod understand;

pub use band::{Band, Settings};
pub use features::{FEATURE_NAMES, Features};
pub use fit::{Lesson, Ranked, fit};
pub use ranking::{Hit, Matched, Search, SearchError};
pub use side::Sides;
pub use understand::{Mention, Understood};
