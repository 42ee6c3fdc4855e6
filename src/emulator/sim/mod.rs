//! The control interface, JSON under `/sim/`: what the page and scripts use to play people, to see what happened and
//! to order faults.

mod acts;
mod order;
mod routes;
mod stream;
mod views;

pub(crate) use routes::routes;
