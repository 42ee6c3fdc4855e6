//! A real browser, driven over WebDriver (W3C), without a client library.

use super::program::Running;
use super::shipped::root;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long the browser looks for an element before it gives up, in milliseconds.
const PATIENCE: u32 = 20_000;

/// A page in a browser that is gone with the test.
pub struct Browser {
    client: reqwest::Client,
    session: String,
    _driver: Running,
    profile: TempDir,
}

impl Browser {
    /// Opens a page; none, with a loud line, where there is no browser to drive.
    pub async fn open(url: &str) -> Option<Self> {
        let (Some(driver), Some(browser)) = (on_path(&["chromedriver"]), on_path(&["chromium", "chromium-browser", "google-chrome"]))
        else {
            eprintln!("!!!! SKIPPED: no chromium and chromedriver on the PATH; apt-get install -y chromium chromium-driver fonts-noto-cjk");
            return None;
        };
        let mut command = Command::new(driver);
        command.arg("--port=0");
        let mut driver = Running::start(command);
        let said = driver.prints("started successfully on port ").await;
        let port: String = said.rsplit("on port ").next()?.chars().take_while(char::is_ascii_digit).collect();
        let profile = TempDir::new().expect("a temporary folder");
        let mut page =
            Self { client: reqwest::Client::new(), session: format!("http://127.0.0.1:{port}/session"), _driver: driver, profile };
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"binary": browser, "args": flags(page.profile.path())},
            "goog:loggingPrefs": {"browser": "SEVERE"},
            "timeouts": {"implicit": PATIENCE},
        }}});
        let session = page.post("", wanted).await;
        page.session = format!("{}/{}", page.session, session["sessionId"].as_str().expect("a session"));
        page.post("/url", json!({"url": url})).await;
        Some(page)
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let answer = self.client.post(format!("{}{path}", self.session)).json(&body).send().await.expect("the driver answers");
        read(answer, path).await
    }

    /// Waits for an element and gives it.
    async fn find(&self, xpath: &str) -> String {
        let found = self.post("/element", json!({"using": "xpath", "value": xpath})).await;
        found[ELEMENT].as_str().expect("an element").to_owned()
    }

    /// Waits until an element is there.
    pub async fn sees(&self, xpath: &str) {
        self.find(xpath).await;
    }

    /// Clicks the last such element, once it is there.
    pub async fn click(&self, xpath: &str) {
        let element = self.find(&format!("({xpath})[last()]")).await;
        self.post(&format!("/element/{element}/click"), json!({})).await;
    }

    /// Types into an element.
    pub async fn types(&self, xpath: &str, text: &str) {
        let element = self.find(xpath).await;
        self.post(&format!("/element/{element}/value"), json!({"text": text})).await;
    }

    /// Leaves a picture of the page in the target folder.
    pub async fn saves_picture(&self, name: &str) {
        let answer = self.client.get(format!("{}/screenshot", self.session)).send().await.expect("the driver answers");
        let picture = read(answer, "/screenshot").await;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        let bytes = base64(picture.as_str().expect("a picture"));
        assert!(bytes.starts_with(b"\x89PNG"), "a picture");
        std::fs::create_dir_all(&target).expect("target");
        std::fs::write(target.join(name), bytes).expect("the picture");
    }

    /// What the browser's console complains about.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.post("/se/log", json!({"type": "browser"})).await;
        log.as_array().into_iter().flatten().map(|entry| entry["message"].to_string()).collect()
    }
}

async fn read(answer: reqwest::Response, path: &str) -> Value {
    let mut body: Value = answer.json().await.expect("JSON");
    let value = body["value"].take();
    assert!(value["error"].is_null(), "{path}: {value}");
    value
}

/// A new profile, nothing in the background, no talk with anybody.
fn flags(profile: &Path) -> Vec<String> {
    let fixed = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=420,860",
    ];
    fixed.iter().map(|flag| (*flag).to_owned()).chain([format!("--user-data-dir={}", profile.display())]).collect()
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

/// The bytes of standard base64.
fn base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let sextets: Vec<u32> = text.bytes().filter(|c| *c != b'=').map(|c| u32::from(value(c))).collect();
    let bytes = sextets.chunks(4).flat_map(|four| {
        let bits = four.iter().fold(0, |bits, sextet| bits << 6 | sextet) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    });
    bytes.collect()
}
