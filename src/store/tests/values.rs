//! Promise: whatever goes in comes out the same.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::store::value::{decode, encode};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_value_comes_back_as_it_was(title in ".{0,200}", body in "[头疼面瘫怎么回事。]{0,2000}", numbers: Vec<Option<i64>>) {
        let value = (Article { title, body }, numbers);
        let bytes = encode("k", &value).unwrap();
        prop_assert_eq!(decode::<(Article, Vec<Option<i64>>)>("k", &bytes).unwrap(), value);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
        let _ = decode::<Article>("k", &bytes);
        let _ = decode::<Article>("k", &[[1, 1].as_slice(), &bytes].concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_revision_holds_what_was_put(articles in proptest::collection::btree_map("[a-z/头面]{0,20}", ".{0,300}", 0..80)) {
        let folder = folder();
        let store = open(&folder);
        let mut draft = store.begin("d").unwrap();
        for (key, value) in &articles {
            draft.put(key, value).unwrap();
        }
        let live = draft.publish("").unwrap();
        let found: BTreeMap<String, String> = live.iter().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(live.len(), articles.len() as u64);
        prop_assert_eq!(found, articles);
    }
}

#[test]
fn a_newer_value_is_refused_in_words() {
    let mut bytes = encode("k", &1u8).unwrap();
    bytes[0] = 9;
    let error = decode::<u8>("k", &bytes).unwrap_err();
    assert!(error.to_string().contains("更新版本"), "{error}");
}

#[test]
fn chinese_text_is_packed() {
    let value = article(1);
    let plain = value.title.len() + value.body.len();
    assert!(encode("k", &value).unwrap().len() < plain / 2);
}
