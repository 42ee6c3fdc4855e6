//! Promise: the shipped knowledge passes its own check: every ask, not_ask and red-flag example comes out right.

use crate::support::shipped::{folder, root};
use wenzheng::engine::Settings;
use wenzheng::reload::examine;

#[test]
fn the_schema_for_editors_is_the_one_that_reads_the_files() {
    let written = std::fs::read_to_string(root().join("docs/topic.schema.json")).expect("the schema is there");
    assert_eq!(written.trim(), wenzheng::knowledge::topic_schema().trim(), "run: wenzheng schema > docs/topic.schema.json");
}

#[test]
fn the_shipped_knowledge_passes_its_own_check() {
    let examined = examine(&folder(), Settings::default(), &[], &mut |_| ());
    assert!(examined.faults.pass(), "{}", examined.faults);
    assert!(examined.tried > 5_000, "{} sentences were tried", examined.tried);
}
