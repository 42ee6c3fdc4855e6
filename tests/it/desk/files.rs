//! Promise: a topic file that an editor sends is checked and rehearsed, comes back with its faults by line or as a
//! candidate, and is written only where topics are, when somebody says so.

use super::{HICCUP, ends, presses};
use crate::support::bot::{Asks, Bot};
use crate::support::seen::phrases;
use crate::support::small::Small;
use std::fs;
use std::io::{Cursor, Write};

const OLD: &str = "打嗝多半是吃得太快";
const NEW: &str = "打嗝常常是吃得太快";

fn changed(small: &Small, from: &str, to: &str) -> Vec<u8> {
    let text = fs::read_to_string(small.file(HICCUP)).expect("the file");
    assert!(text.contains(from));
    text.replacen(from, to, 1).into_bytes()
}

fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
    writer.write_all(bytes).expect("its bytes");
    writer.finish().expect("a zip").into_inner()
}

#[tokio::test]
async fn a_sent_file_is_a_candidate_that_is_written_and_released_on_a_word() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let editor = bot.editor();
    editor.sends_document("hiccup.toml", "application/toml", changed(&small, OLD, NEW), None).await;
    let proposed = ends(&editor).await.text;
    assert!(proposed.contains("~ hiccup/treatment") && proposed.contains("topics/digestive/hiccup.toml"), "{proposed}");
    assert!(fs::read_to_string(small.file(HICCUP)).expect("the file").contains(OLD), "not written yet");
    assert!(bot.person().asks("打嗝怎么办").await.text.contains(OLD), "not live yet");
    assert!(presses(&editor, "发布").await.text.contains("知识已更新"));
    assert!(fs::read_to_string(small.file(HICCUP)).expect("the file").contains(NEW));
    assert!(bot.person().asks("打嗝怎么办").await.text.contains(NEW));
}

#[tokio::test]
async fn faults_come_back_with_their_line_and_nothing_changes() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let editor = bot.editor();
    editor.sends_document("hiccup.toml", "application/toml", changed(&small, "name = \"打嗝\"", "nmae = \"打嗝\""), None).await;
    let report = ends(&editor).await.text;
    assert!(report.contains("第 2 行") && report.contains("┆ nmae = \"打嗝\""), "{report}");
    assert!(bot.person().asks("打嗝怎么办").await.text.contains(OLD));
}

#[tokio::test]
async fn a_zip_of_topics_is_taken_and_one_that_leads_elsewhere_is_refused() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let editor = bot.editor();
    let parcel = zipped("topics/digestive/hiccup.toml", &changed(&small, OLD, NEW));
    editor.sends_document("topics.zip", "application/zip", parcel, None).await;
    assert!(ends(&editor).await.text.contains("~ hiccup/treatment"));
    for (name, parcel) in [("slip.zip", zipped("../../evil.toml", b"x")), ("broken.zip", b"no zip".to_vec())] {
        editor.sends_document(name, "application/zip", parcel, None).await;
        let refused = editor.hears().await.text;
        assert!(refused.contains("没有收下"), "{refused}");
    }
    editor.sends_huge_document("large.zip", 30 << 20).await;
    assert!(editor.hears().await.text.contains("文件太大"));
}

#[tokio::test]
async fn a_strangers_file_is_not_even_fetched() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    for person in [bot.person(), bot.reviewer()] {
        person.sends_document("hiccup.toml", "application/toml", changed(&small, OLD, NEW), None).await;
        assert!(person.hears().await.text.starts_with(&phrases().text_only));
    }
    assert!(bot.keeper().candidate().is_none());
}
