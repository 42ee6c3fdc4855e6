//! What people did not find.

use super::*;

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::TempDir::new().expect("a folder");
    let store = Store::open(folder.path(), &Settings::default()).expect("a store");
    (folder, store)
}

#[test]
fn one_person_asking_often_counts_as_one() {
    let (_folder, store) = store();
    for _ in 0..50 {
        store.note_gap("facial-palsy/diet", 7, 202_648).expect("noted");
    }
    let gaps = store.gaps(1).expect("read");
    assert_eq!((gaps[0].count, gaps[0].people), (50, 1));
    assert!(store.gaps(5).expect("read").is_empty());
}

#[test]
fn the_people_counted_are_never_more_than_there_were() {
    let (_folder, store) = store();
    for person in 0..40 {
        store.note_gap("a/b", person, 1).expect("noted");
        let people = store.gaps(1).expect("read")[0].people;
        assert!(i64::from(people) <= person + 1 && people >= 1, "{people} of {person}");
    }
    assert!(!store.gaps(5).expect("read").is_empty(), "forty people are five at least");
}

#[test]
fn a_new_period_has_a_new_key_and_no_marks_of_the_old_one() {
    let (folder, store) = store();
    for person in 0..4 {
        store.note_gap("a/b", person, 1).expect("noted");
    }
    let before = store.gaps(1).expect("read")[0].people;
    for _ in 0..4 {
        store.note_gap("a/b", 0, 2).expect("noted");
    }
    let gaps = store.gaps(1).expect("read");
    assert_eq!((gaps[0].count, gaps[0].people), (8, before), "the best period counts, marks do not add up over periods");
    store.tidy().expect("tidied");
    drop(store);
    let again = Store::open(folder.path(), &Settings::default()).expect("a store");
    assert_eq!(again.gaps(1).expect("read"), gaps);
}
