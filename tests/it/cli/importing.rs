//! Promise: an import is all or nothing, and what was imported comes out again as it went in.

use crate::support::program::Home;
use crate::support::small::Small;
use std::fs;

const TWO: &str = r#"{"id":"x-1","title":"脚底发热怎么办","topic":"脚底发热","facet":"treatment","asks":["脚心发热咋办"],"summary":"先看看鞋袜。","points":[{"heading":"换双鞋","body":"透气的鞋。"}],"departments":["皮肤科"],"red_flags":["突然站不起来"],"related":["x-2"]}
{"id":"x-2","title":"脚底发凉怎么办"}
"#;

/// Every live article, a line each, sorted.
fn exported(home: &Home) -> Vec<String> {
    let path = home.file("out.jsonl");
    let ran = home.run(&["export", &path.to_string_lossy()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut lines: Vec<String> = fs::read_to_string(path).expect("the export").lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// Imports lines; gives the exit code and what it said.
fn imported(home: &Home, lines: &str) -> (i32, String) {
    let ran = home.feed(&["import", "-"], lines);
    (ran.code, ran.err)
}

#[test]
fn imported_articles_are_found_beside_those_of_files() {
    let home = Home::new();
    assert_eq!(imported(&home, TWO).0, 0);
    let answers = home.feed(&["ask", "--json"], "脚底发热怎么办\n耳朵痒怎么办\n").json();
    let ids: Vec<_> = answers.iter().map(|answer| answer["article"]["id"].clone()).collect();
    assert_eq!(ids, ["x-1", "ear-itch/treatment"]);
    assert!(answers[0]["text"].as_str().is_some_and(|text| text.contains("透气的鞋。")), "{answers:?}");
}

#[test]
fn an_import_with_one_wrong_line_imports_nothing_and_names_the_line() {
    let home = Home::new();
    let before = exported(&home);
    for (line, named) in [
        (r#"{"id":"x-3","title":"好","tilte":"坏"}"#, "tilte"),
        (r#"{"id":"x-1","title":"又一篇"}"#, "x-1"),
        (r#"{"id":"x-3"}"#, "title"),
        (r#"{"id":"有空 格","title":"好"}"#, "id"),
        ("这不是 JSON", "不是一篇文章"),
    ] {
        let (code, said) = imported(&home, &format!("{TWO}\n{line}\n"));
        assert!(code == 2 && said.contains("第 4 行") && said.contains(named), "{line}: {code} {said}");
    }
    assert_eq!(exported(&home), before);
}

#[test]
fn an_id_of_a_topic_file_cannot_be_imported() {
    let home = Home::new();
    let (code, said) = imported(&home, r#"{"id":"ear-itch/treatment","title":"耳朵痒的另一篇"}"#);
    assert!(code == 2 && said.contains("ear-itch/treatment"), "{code} {said}");
}

#[test]
fn replace_takes_away_what_was_imported_before() {
    let home = Home::new();
    imported(&home, TWO);
    let ran = home.feed(&["import", "--replace", "-"], "{\"id\":\"x-9\",\"title\":\"脚趾发麻怎么办\"}\n");
    let ids: Vec<bool> = ["x-1", "x-9"].iter().map(|id| exported(&home).iter().any(|line| line.contains(id))).collect();
    assert_eq!((ran.code, ids), (0, vec![false, true]));
}

#[test]
fn an_export_imported_into_an_empty_store_exports_the_same() {
    let home = Home::new();
    imported(&home, TWO);
    let first = exported(&home);
    assert!(first.len() == 9 && first.iter().any(|line| line.contains("x-2")), "{first:?}");
    let empty = Home::over(Small::new().without_topics());
    let (code, said) = imported(&empty, &(first.join("\n") + "\n"));
    assert_eq!(code, 0, "{said}");
    assert_eq!(exported(&empty), first);
}

#[test]
fn an_import_outlives_a_change_of_the_files() {
    let home = Home::new();
    imported(&home, TWO);
    home.knowledge.change("topics/ent/ear-itch.toml", "先停下来不掏", "先停一停不掏");
    assert_eq!(exported(&home).len(), 9);
}
