//! Reload: from knowledge files to a live engine. Load, check, rehearse, keep, swap; on any fault the old knowledge
//! stays. Also what editors do with it: candidates, releases, ways back, articles withdrawn; and the way in for imported articles.

mod boot;
mod candidate;
mod deed;
mod examine;
mod keeper;
mod kept;
mod parcel;
mod release;
mod report;
mod watch;
mod withdrawn;

pub use boot::{Boot, BootError, boot};
pub use candidate::Candidate;
pub use deed::{Deed, deeds, note_deed};
pub use examine::{Examined, examine};
pub use keeper::{Keeper, ReloadError, Step, import};
pub use kept::{KeptError, imported, keep, read_kept};
pub use parcel::{LARGEST_FILE, LARGEST_PARCEL, ParcelError, unpack};
pub use release::roll_back;
pub use report::{Flip, Report};
pub use watch::{WatchError, watch};
pub use withdrawn::withdrawn;
