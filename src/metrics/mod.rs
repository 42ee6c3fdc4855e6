//! Figures for operators: counted in memory, told to Prometheus on a local port, drawn as a picture. Never a text of
//! anybody, never who.

mod counted;
mod listen;
mod picture;

pub use counted::{BUCKETS_MS, Metrics};
pub use listen::{ListenError, listen};
pub use picture::{Panel, PictureError, draw};
