//! Reload: from knowledge files to a live engine. Load, check, rehearse, keep, swap; on any fault the old knowledge
//! stays. Also the way in for imported articles.

mod boot;
mod examine;
mod keeper;
mod kept;
mod report;
mod watch;

pub use boot::{Boot, BootError, boot};
pub use examine::{Examined, examine};
pub use keeper::{Keeper, ReloadError, Step, import};
pub use kept::{KeptError, imported, keep, read_kept};
pub use report::{Flip, Report};
pub use watch::{WatchError, watch};
