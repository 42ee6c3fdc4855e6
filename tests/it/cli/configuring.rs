//! Promise: every setting is written down with its default, and one that is misspelt is refused with the right one.

use crate::support::program::Home;
use crate::support::shipped::root;
use wenzheng::config::{Config, read};

#[test]
fn the_configuration_of_the_repository_holds_every_key_with_its_default() {
    let path = root().join("config.toml");
    assert_eq!(read(&path, true).expect("it can be read"), Config::default());
    let written: toml::Table = std::fs::read_to_string(&path).expect("a file").parse().expect("TOML");
    let defaults = toml::Table::try_from(Config::default()).expect("TOML");
    assert_eq!(keys(&written, ""), keys(&defaults, ""), "every key is written down");
}

/// Every key with the sections it is in.
fn keys(table: &toml::Table, within: &str) -> Vec<String> {
    let named = table.iter().flat_map(|(key, value)| match value {
        toml::Value::Table(inner) => keys(inner, &format!("{within}{key}.")),
        _ => vec![format!("{within}{key}")],
    });
    named.collect()
}

#[test]
fn a_misspelt_key_is_refused_with_its_line_and_the_nearest_right_one() {
    let home = Home::new();
    home.write("config.toml", "[paths]\nwatch = true\n\n[telegram]\npoll_secnds = 3\n");
    let ran = home.run(&["ask", "耳朵痒怎么办"]);
    assert_eq!(ran.code, 2, "{}", ran.said());
    assert!(ran.err.contains("config.toml:5") && ran.err.contains("poll_secnds") && ran.err.contains("poll_seconds"), "{}", ran.err);
}

#[test]
fn a_configuration_that_was_named_must_be_there() {
    let ran = Home::new().run(&["ask", "--config", "nowhere.toml", "耳朵痒怎么办"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("nowhere.toml"), "{}", ran.err);
}

#[test]
fn a_setting_of_another_type_is_refused_in_the_file_and_in_the_environment() {
    let home = Home::new();
    let mut command = home.program(&["ask", "耳朵痒怎么办"]);
    command.env("WENZHENG_SEARCH_ANSWER_THRESHOLD", "high");
    let ran = crate::support::program::ended(command, "");
    assert!(ran.code == 2 && ran.err.contains("WENZHENG_SEARCH_ANSWER_THRESHOLD"), "{ran:?}");
    home.write("config.toml", "[telegram]\nburst = \"many\"\n");
    let ran = home.run(&["ask", "耳朵痒怎么办"]);
    assert!(ran.code == 2 && ran.err.contains("config.toml:2"), "{ran:?}");
}
