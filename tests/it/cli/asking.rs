//! Promise: `ask`, `search` and `eval` give one JSON object a line, in input order, and nothing else on stdout.

use crate::support::program::Home;
use serde_json::{Value, json};

/// The keys of an object, sorted.
fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = object.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn an_answer_has_every_key_of_the_contract() {
    let ran = Home::new().run(&["ask", "--json", "耳朵痒怎么办"]);
    let answer = &ran.json()[0];
    assert_eq!(keys(answer), ["article", "buttons", "candidates", "kind", "micros", "question", "rule", "text"]);
    assert_eq!(keys(&answer["article"]), ["facet", "id", "score", "title"]);
    assert_eq!(keys(&answer["candidates"][0]), ["id", "score", "title"]);
    assert_eq!((&answer["article"]["id"], &answer["article"]["facet"]), (&json!("ear-itch/treatment"), &json!("treatment")));
    assert!(answer["buttons"][0][0]["data"].is_string() && answer["text"].as_str().is_some_and(|text| text.contains("先不要掏")));
    assert_eq!((ran.code, answer["rule"].is_null(), answer["micros"].is_u64()), (0, true, true));
}

#[test]
fn every_kind_is_named_and_the_order_is_the_inputs() {
    let questions = "耳朵痒怎么办\n耳朵痒\n今天天气怎么样\n我爸胸口剧痛，喘不上气\n";
    let ran = Home::new().feed(&["ask", "--json"], questions);
    let answers = ran.json();
    let kinds: Vec<&str> = answers.iter().filter_map(|answer| answer["kind"].as_str()).collect();
    assert_eq!(kinds, ["answer", "choices", "decline", "emergency"]);
    assert_eq!(answers[3]["rule"], json!("chest-pain"));
    let asked: Vec<&str> = answers.iter().filter_map(|answer| answer["question"].as_str()).collect();
    assert_eq!(asked, questions.lines().collect::<Vec<_>>());
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let (home, question) = (Home::new(), ["ask", "耳朵痒怎么办"]);
    assert_eq!(home.run(&question).out, home.run(&question).out);
}

#[test]
fn why_tells_every_stage() {
    let home = Home::new();
    let plain = home.run(&["ask", "--why", "耳朵痒怎么办"]).out;
    assert!(["分析", "分诊", "检索", "作答"].iter().all(|stage| plain.contains(stage)), "{plain}");
    let why = &home.run(&["ask", "--why", "--json", "耳朵痒怎么办"]).json()[0]["why"];
    assert_eq!(keys(&why[0]), ["found", "micros", "stage"]);
}

#[test]
fn a_region_gives_its_number_and_one_that_is_none_is_refused_with_those_that_are() {
    let home = Home::new();
    let card = home.run(&["ask", "--region", "taiwan", "我爸胸口剧痛，喘不上气"]).out;
    assert!(card.starts_with("緊急：請立即撥打119"), "{card}");
    let refused = home.run(&["ask", "--region", "mars", "耳朵痒怎么办"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("mars") && refused.err.contains("taiwan"), "{}", refused.err);
}

#[test]
fn search_gives_scored_hits_at_most_as_many_as_wanted() {
    let ran = Home::new().feed(&["search", "--json", "-k", "2"], "耳朵痒怎么办\n打嗝\n\n");
    let found = ran.json();
    assert_eq!((ran.code, found.len()), (0, 3));
    assert_eq!(keys(&found[0]), ["hits", "micros", "query"]);
    assert_eq!(keys(&found[0]["hits"][0]), ["id", "score", "title"]);
    assert_eq!(found[0]["hits"][0]["id"], json!("ear-itch/treatment"));
    assert!(found.iter().all(|line| line["hits"].as_array().is_some_and(|hits| hits.len() <= 2)), "{found:?}");
}

#[test]
fn eval_measures_a_labelled_set_by_title_or_id() {
    let home = Home::new();
    let set = home.write(
        "set.jsonl",
        "{\"query\": \"耳朵痒怎么处理\", \"relevant\": [\"耳朵痒怎么办\"]}\n{\"query\": \"落枕怎么预防\", \"relevant\": [\"stiff-neck/prevention\"]}\n\
         {\"query\": \"打嗝怎么办\", \"relevant\": [\"nothing\"]}\n",
    );
    let ran = home.run(&["eval", "--json", &set]);
    let measured = &ran.json()[0];
    assert_eq!(keys(measured), ["micros", "mrr10", "queries", "r1", "r5"]);
    let rate = |key: &str| (measured[key].as_f64().expect("a number") * 3.0).round();
    assert_eq!((measured["queries"].as_u64(), rate("r1"), rate("r5"), rate("mrr10")), (Some(3), 2.0, 2.0, 2.0));
}

#[test]
fn eval_names_the_line_that_is_wrong() {
    let home = Home::new();
    let set = home.write("set.jsonl", "{\"query\": \"x\", \"relevant\": []}\n{\"query\": 5}\n");
    let ran = home.run(&["eval", &set]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("set.jsonl:2"), "{}", ran.err);
}

#[test]
fn without_a_knowledge_folder_an_emergency_is_answered_all_the_same() {
    let home = Home::new();
    let ran = home.feed(&["ask", "--json", "--knowledge", "nowhere"], "我胸口剧痛，喘不上气，出冷汗\n耳朵痒怎么办\n");
    let answers = ran.json();
    assert_eq!((&answers[0]["kind"], ran.code), (&json!("emergency"), 0), "{}", ran.said());
    assert!(answers[0]["text"].as_str().is_some_and(|text| text.contains("120")));
    assert!(ran.err.contains("nowhere") && ran.err.contains("没有这个知识文件夹"), "{}", ran.err);
}

#[test]
fn a_dialogue_is_one_conversation_until_an_empty_line() {
    let ran = Home::new().feed(&["ask", "--json", "--dialogue"], "我爸胸口剧痛\n他喘不上气\n\n他喘不上气\n");
    let answers = ran.json();
    let kinds: Vec<_> = answers.iter().filter(|answer| answer["question"] != json!("")).map(|answer| &answer["kind"]).collect();
    assert_eq!(kinds.len(), 3, "{}", ran.out);
    assert!(*kinds[1] == json!("emergency") && *kinds[2] != json!("emergency"), "{kinds:?}");
}
