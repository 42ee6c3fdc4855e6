//! Promise: the command line does what interface.md says: these commands, this JSON, these exit codes.

mod asking;
mod bad_input;
mod checking;
mod configuring;
mod importing;
mod keeping;
