//! Promises of the editors' desk.

mod archive;
mod figures;
mod files;
mod gaps;
mod operating;
mod releases;
mod roles;

use wenzheng::emulator::{Heard, Person};

const EAR: &str = "topics/ent/ear-itch.toml";
const HICCUP: &str = "topics/digestive/hiccup.toml";

/// Waits until a message that tells how far something is has come to its end.
async fn ends(person: &Person) -> Heard {
    loop {
        let heard = person.hears().await;
        assert!(!heard.silence, "it comes to an end");
        if !heard.text.starts_with("正在") {
            return heard;
        }
    }
}

/// Says /reload and gives what is proposed.
async fn proposes(person: &Person) -> Heard {
    person.says("/reload").await;
    ends(person).await
}

/// Presses a button and gives what comes of it.
async fn presses(person: &Person, label: &str) -> Heard {
    assert!(person.presses(label).await, "there is a button {label}");
    ends(person).await
}
