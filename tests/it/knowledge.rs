//! Promise: the shipped knowledge passes its own check: every ask, not_ask and red-flag example comes out right.

use crate::support::shipped::folder;
use wenzheng::engine::Settings;
use wenzheng::reload::examine;

#[test]
fn the_shipped_knowledge_passes_its_own_check() {
    let examined = examine(&folder(), Settings::default(), &[], &mut |_| ());
    assert!(examined.faults.pass(), "{}", examined.faults);
    assert!(examined.tried > 5_000, "{} sentences were tried", examined.tried);
}
