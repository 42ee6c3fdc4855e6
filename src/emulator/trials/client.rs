//! A bot as bare HTTP.

use serde_json::Value;

use super::super::{Emulator, Person};

/// A bot without a library.
pub(super) struct Bot {
    pub(super) http: reqwest::Client,
    base: String,
}

impl Bot {
    /// Calls a method with JSON parameters; gives the HTTP status and the body.
    pub(super) async fn call(&self, method: &str, params: Value) -> (u16, Value) {
        let answer = self.http.post(format!("{}/{method}", self.base)).json(&params).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap())
    }

    /// Calls a method that must succeed; gives its result.
    pub(super) async fn does(&self, method: &str, params: Value) -> Value {
        let (status, body) = self.call(method, params).await;
        assert_eq!((status, &body["ok"]), (200, &Value::Bool(true)), "{body}");
        body["result"].clone()
    }

    /// Calls a method that must be refused; gives status and description.
    pub(super) async fn refused(&self, method: &str, params: Value) -> (u16, String) {
        let (status, body) = self.call(method, params).await;
        assert_eq!(body["error_code"], status, "{body}");
        (status, body["description"].as_str().unwrap().to_owned())
    }

    /// The address of a method.
    pub(super) fn address(&self, method: &str) -> String {
        format!("{}/{method}", self.base)
    }
}

/// An emulator on a free port, a bot, and a person.
pub(super) async fn stage() -> (Emulator, Bot, Person) {
    let telegram = Emulator::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    let bot = Bot { http: reqwest::Client::new(), base: format!("{}/bot{}", telegram.url(), telegram.token()) };
    let person = telegram.person(7, "小林");
    (telegram, bot, person)
}
