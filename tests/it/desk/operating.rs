//! Promise: an operator sees how it runs, and nothing that anybody wrote.

use super::HICCUP;
use crate::support::bot::Asks;
use crate::support::program::Home;
use wenzheng::emulator::Emulator;

const SECRET: &str = "我邻居老王的耳朵痒怎么办";

#[tokio::test]
async fn metrics_and_health_are_told_on_a_local_port_and_sighup_reloads() {
    let home = Home::new();
    let telegram = Emulator::start(([127, 0, 0, 1], 0).into()).await.expect("a free port");
    let config = home.write("config.toml", "[admin]\nmetrics = \"127.0.0.1:0\"\n[log]\nformat = \"json\"\n");
    let token = telegram.token().to_owned();
    let mut running = home.serve(&telegram, &token, &["serve", "--config", &config]);
    let printed = running.prints("/healthz").await;
    let at = printed.find("http://127.0.0.1:").expect("an address");
    let address = printed[at..].split("/metrics").next().expect("an address").to_owned();
    telegram.person(1_001, "小林").asks(SECRET).await;
    let get = async |path: &str| {
        let answer = reqwest::get(format!("{address}{path}")).await.expect("it answers");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    };
    assert_eq!(get("/healthz").await, (200, "ok\n".to_owned()));
    let (_, figures) = get("/metrics").await;
    for line in ["wenzheng_updates_total 1", "wenzheng_healthy 1", "# TYPE wenzheng_answer_seconds histogram"] {
        assert!(figures.lines().any(|written| written == line), "{line} in {figures}");
    }
    home.knowledge.change(HICCUP, "打嗝多半是吃得太快", "打嗝常常是吃得太快");
    running.signal("HUP");
    let printed = running.prints("SIGHUP，已更新").await;
    for line in printed.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(record["level"].is_string() && record["message"].is_string(), "{line}");
    }
    assert!(!printed.contains("老王") && !figures.contains("老王"), "nobody's words");
    assert!(telegram.person(1_001, "小林").asks("打嗝怎么办").await.text.contains("打嗝常常是"));
}

#[test]
fn history_and_rollback_work_on_the_command_line() {
    let home = Home::new();
    assert_eq!(home.run(&["ask", "打嗝怎么办"]).code, 0);
    home.knowledge.change(HICCUP, "打嗝多半是吃得太快", "打嗝常常是吃得太快");
    assert!(home.run(&["ask", "打嗝怎么办"]).out.contains("打嗝常常是"));
    let history = home.run(&["history", "--json"]).json();
    let revisions = history[0]["revisions"].as_array().expect("revisions");
    assert_eq!(revisions.len(), 2);
    let earlier = revisions.iter().find(|info| info["live"] == false).expect("an earlier one");
    let digest = earlier["digest"].as_str().expect("a digest");
    assert_eq!(home.run(&["rollback", &digest[..12]]).code, 0);
    assert!(home.run(&["ask", "打嗝怎么办"]).out.contains("打嗝多半是"));
    let wrong = home.run(&["rollback", "000000"]);
    assert!(wrong.code == 1 && wrong.err.contains("没有退回"), "{wrong:?}");
    assert!(home.run(&["history"]).out.contains("退回"), "it is written down");
}
