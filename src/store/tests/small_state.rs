//! Promise: what was acknowledged is kept, counted once, and forgotten when asked.

use super::*;

#[test]
fn a_vote_counts_once_per_person_and_version() {
    let folder = folder();
    let store = open(&folder);
    assert!(store.person(7u64).vote("migraine/cause", "v1", true).unwrap());
    assert!(!store.person(7u64).vote("migraine/cause", "v1", false).unwrap());
    assert!(store.person(7u64).vote("migraine/cause", "v2", false).unwrap());
    assert!(store.person(8u64).vote("migraine/cause", "v1", true).unwrap());
    drop(store);
    let store = open(&folder);
    assert!(!store.person(7u64).vote("migraine/cause", "v1", true).unwrap());
    let tally = store.tally("migraine/cause", "v1").unwrap();
    assert_eq!((tally.helpful, tally.unhelpful), (2, 0));
    let all = store.tallies().unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!((all[1].version.as_str(), all[1].tally.unhelpful), ("v2", 1));
}

#[test]
fn of_many_votes_at_once_one_counts() {
    let folder = folder();
    let store = open(&folder);
    let counted: usize = std::thread::scope(|scope| {
        let votes: Vec<_> = (0..8).map(|_| scope.spawn(|| store.person(1u64).vote("a", "v", true).unwrap())).collect();
        votes.into_iter().map(|v| usize::from(v.join().unwrap())).sum()
    });
    assert_eq!(counted, 1);
    assert_eq!(store.tally("a", "v").unwrap().helpful, 1);
}

#[test]
fn a_persons_number_is_nowhere_on_the_disk() {
    let folder = folder();
    let store = open(&folder);
    let id = 5_123_456_789u64;
    store.person(id).vote("a", "v", true).unwrap();
    store.person(id).put("region", "", &"台湾".to_owned()).unwrap();
    drop(store);
    let forms = [id.to_le_bytes().to_vec(), id.to_be_bytes().to_vec(), id.to_string().into_bytes()];
    for file in files_below(folder.path()) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(forms.iter().all(|form| !bytes.windows(form.len()).any(|w| w == form)), "{}", file.display());
    }
}

#[test]
fn forgetting_says_what_was_held_and_leaves_no_byte_of_it() {
    let folder = folder();
    let store = open(&folder);
    let (me, you) = (store.person(1u64), store.person(2u64));
    me.vote("a", "v", true).unwrap();
    you.vote("a", "v", true).unwrap();
    me.put("region", "", &"一个很特别的地区".to_owned()).unwrap();
    me.put("reminder", "1", &"a".to_owned()).unwrap();
    me.put("reminder", "2", &"b".to_owned()).unwrap();
    assert_eq!(store.of_everyone::<String>("reminder").unwrap().len(), 2);
    let held = me.forget().unwrap();
    assert_eq!((held.votes, held.values["region"], held.values["reminder"]), (1, 1, 2));
    assert!(me.held().unwrap().is_empty());
    assert!(me.forget().unwrap().is_empty());
    assert_eq!(me.get::<String>("region", "").unwrap(), None);
    assert_eq!(store.tally("a", "v").unwrap().helpful, 1);
    store.tidy().unwrap();
    let word = "很特别".as_bytes();
    for file in files_below(folder.path()) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(word.len()).any(|w| w == word), "{}", file.display());
    }
    assert_eq!(you.held().unwrap().votes, 1);
}

#[test]
fn a_private_chat_and_its_person_are_one() {
    let folder = folder();
    let store = open(&folder);
    store.person(42i64).put("region", "", &1u8).unwrap();
    assert_eq!(store.person(42u64).get("region", "").unwrap(), Some(1u8));
    assert_eq!(store.person(-42i64).get::<u8>("region", "").unwrap(), None);
}

#[test]
fn counts_are_summed_and_survive_a_restart() {
    let folder = folder();
    let store = open(&folder);
    for _ in 0..1000 {
        store.add("views", "a", 1).unwrap();
    }
    store.add("views", "b", 2).unwrap();
    store.add("other", "a", 5).unwrap();
    assert_eq!(store.count("views", "a").unwrap(), 1000);
    store.flush_counters().unwrap();
    store.add("views", "a", 1).unwrap();
    assert_eq!(store.count("views", "a").unwrap(), 1001);
    drop(store);
    let store = open(&folder);
    assert_eq!(store.counts("views").unwrap(), [("a".to_owned(), 1001), ("b".to_owned(), 2)]);
}

#[test]
fn settings_are_kept_listed_and_removed() {
    let folder = folder();
    let store = open(&folder);
    store.put_setting("pins", "头疼", &"migraine".to_owned()).unwrap();
    store.put_setting("pins", "嘴歪", &"palsy".to_owned()).unwrap();
    store.put_setting("pinsel", "x", &1u8).unwrap();
    drop(store);
    let store = open(&folder);
    assert_eq!(store.setting("pins", "嘴歪").unwrap(), Some("palsy".to_owned()));
    assert_eq!(store.settings::<String>("pins").unwrap().len(), 2);
    assert!(store.remove_setting("pins", "嘴歪").unwrap());
    assert!(!store.remove_setting("pins", "嘴歪").unwrap());
    assert_eq!(store.setting::<String>("pins", "嘴歪").unwrap(), None);
}

#[test]
fn the_audit_log_keeps_the_newest() {
    let folder = folder();
    let settings = Settings { audit_entries: 5, ..Settings::default() };
    for n in 0..12u32 {
        let store = Store::open(folder.path(), &settings).unwrap();
        store.append_audit(&n).unwrap();
    }
    let store = Store::open(folder.path(), &settings).unwrap();
    assert_eq!(store.audit::<u32>(3).unwrap(), [11, 10, 9]);
    assert_eq!(store.audit::<u32>(100).unwrap().len(), 5);
}

#[test]
fn a_rewrite_keeps_everything_and_gives_space_back() {
    let folder = folder();
    let store = open(&folder);
    publish(&store, "one", 10);
    for n in 0..3000u32 {
        store.person(1u64).put("draft", "", &vec![n; 500]).unwrap();
    }
    store.person(2u64).vote("a", "v", true).unwrap();
    store.append_audit(&"x".to_owned()).unwrap();
    let before = store.size_on_disk();
    store.compact().unwrap();
    let after = store.size_on_disk();
    println!("rewrite: {} KB -> {} KB", before / 1024, after / 1024);
    assert!(after < before);
    store.append_audit(&"y".to_owned()).unwrap();
    drop(store);
    let store = open(&folder);
    assert!(!store.person(2u64).vote("a", "v", true).unwrap());
    assert_eq!(store.person(1u64).get("draft", "").unwrap(), Some(vec![2999u32; 500]));
    assert_eq!(store.audit::<String>(9).unwrap(), ["y", "x"]);
    assert_eq!(store.live().unwrap().len(), 10);
}

#[test]
fn a_value_of_another_type_or_a_newer_format_is_refused_in_words() {
    let folder = folder();
    let store = open(&folder);
    store.put_setting("n", "k", &"文字文字".to_owned()).unwrap();
    let error = store.setting::<Vec<(u64, String)>>("n", "k").unwrap_err();
    assert!(error.to_string().contains("读不出来"), "{error}");
    assert!(store.put_setting("n\0", "k", &1u8).is_err());
}

fn files_below(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().flatten().map(|e| e.path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}
