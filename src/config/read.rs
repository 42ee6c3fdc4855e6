//! Reading config.toml and the environment.

use super::sections::Config;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// Every key can be overridden by an environment variable that begins so.
const PREFIX: &str = "WENZHENG";
/// The variable that holds the token.
const TOKEN: &str = "TELOXIDE_TOKEN";

/// What is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("读不到配置文件 {path}：{source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A key that does not exist.
    #[error("{path}:{line}: 没有“{key}”这一项{nearest}")]
    UnknownKey {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The key as written.
        key: String,
        /// The nearest right one, as a sentence.
        nearest: String,
    },
    /// A value of another type, or no TOML at all.
    #[error("{place}: {message}")]
    Value {
        /// File and line, or the environment variable.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// The token's file cannot be read.
    #[error("读不到令牌文件 {path}：{source}；检查 telegram.token_file")]
    TokenFile {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Reads the configuration: defaults, then the file if it is there, then the environment.
///
/// # Errors
/// A file that was named and is not there, an unknown key, a value of another type.
pub fn read(path: &Path, must_exist: bool) -> Result<Config, ConfigError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => String::new(),
        Err(source) => return Err(ConfigError::Read { path: path.to_owned(), source }),
    };
    let variables = |name: &str| std::env::var(name).ok();
    from_text(path, &text, &variables)
}

impl Config {
    /// The token, from the environment or the file named in the configuration; none where there is neither.
    ///
    /// # Errors
    /// A token file that cannot be read.
    pub fn token(&self) -> Result<Option<String>, ConfigError> {
        let clean = |token: String| Some(token.trim().to_owned()).filter(|token| !token.is_empty());
        if let Some(token) = std::env::var(TOKEN).ok().and_then(clean) {
            return Ok(Some(token));
        }
        if self.telegram.token_file.is_empty() {
            return Ok(None);
        }
        let path = PathBuf::from(&self.telegram.token_file);
        std::fs::read_to_string(&path).map(clean).map_err(|source| ConfigError::TokenFile { path, source })
    }
}

fn from_text(path: &Path, text: &str, variables: &dyn Fn(&str) -> Option<String>) -> Result<Config, ConfigError> {
    let place = |line: usize| format!("{}:{line}", path.display());
    let line_at = |at: usize| text.bytes().take(at).filter(|&b| b == b'\n').count() + 1;
    let at_error = |error: &toml::de::Error| place(error.span().map_or(1, |span| line_at(span.start)));
    let wrong = |error: toml::de::Error| ConfigError::Value { place: at_error(&error), message: error.message().to_owned() };
    let mut table: Table = toml::from_str(text).map_err(wrong)?;
    let known = Table::try_from(Config::default()).unwrap_or_default();
    refuse_unknown(path, text, &table, &known, "")?;
    // A wrong type is told with its line, which is lost once the environment is merged in.
    toml::from_str::<Config>(text).map_err(wrong)?;
    override_from(&mut table, &known, PREFIX, variables)?;
    let in_environment =
        |error: toml::de::Error| ConfigError::Value { place: "环境变量".to_owned(), message: error.message().to_owned() };
    table.try_into().map_err(in_environment)
}

fn refuse_unknown(path: &Path, text: &str, table: &Table, known: &Table, within: &str) -> Result<(), ConfigError> {
    for (key, value) in table {
        match (value, known.get(key)) {
            (Value::Table(inner), Some(Value::Table(known))) => refuse_unknown(path, text, inner, known, &format!("{within}{key}."))?,
            (_, Some(_)) => {}
            (_, None) => {
                let written =
                    |line: &str| line.trim_start_matches([' ', '[']).starts_with(key.as_str()) || line.contains(&format!(".{key}"));
                let line = text.lines().position(written).map_or(1, |at| at + 1);
                let nearest = nearest(key, known).map(|near| format!("；是不是“{within}{near}”？")).unwrap_or_default();
                return Err(ConfigError::UnknownKey { path: path.to_owned(), line, key: format!("{within}{key}"), nearest });
            }
        }
    }
    Ok(())
}

fn nearest<'a>(key: &str, known: &'a Table) -> Option<&'a str> {
    let scored = known.keys().map(|known| (strsim::jaro_winkler(key, known), known.as_str()));
    scored.filter(|(score, _)| *score > 0.6).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}

/// `WENZHENG_TELEGRAM_WEBHOOK_URL` overrides `telegram.webhook.url`.
fn override_from(table: &mut Table, known: &Table, prefix: &str, variables: &dyn Fn(&str) -> Option<String>) -> Result<(), ConfigError> {
    for (key, default) in known {
        let name = format!("{prefix}_{}", key.to_uppercase());
        if let Value::Table(known) = default {
            let inner = table.entry(key.clone()).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                override_from(inner, known, &name, variables)?;
            }
        } else if let Some(written) = variables(&name) {
            table.insert(key.clone(), typed(&name, &written, default)?);
        }
    }
    Ok(())
}

/// The value of a variable, of the type of the default.
fn typed(name: &str, written: &str, default: &Value) -> Result<Value, ConfigError> {
    if default.is_str() {
        return Ok(Value::String(written.to_owned()));
    }
    let parsed = toml::from_str::<Table>(&format!("value = {written}")).ok().and_then(|table| table.get("value").cloned());
    let fits = |value: &Value| value.same_type(default) || (default.is_float() && value.is_integer());
    parsed
        .filter(fits)
        .ok_or_else(|| ConfigError::Value {
            place: format!("环境变量 {name}"), message: format!("“{written}”应是{}", default.type_str())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let look_up = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        from_text(Path::new("config.toml"), text, &look_up)
    }

    #[test]
    fn a_misspelt_key_is_refused_with_the_nearest_right_one() {
        let error = read("[search]\nanswer_treshold = 0.5\n", &[]).expect_err("no such key").to_string();
        assert!(error.contains("config.toml:2") && error.contains("search.answer_threshold"), "{error}");
    }

    #[test]
    fn the_environment_overrides_the_file() {
        let text = "[telegram]\npoll_seconds = 10\n";
        let variables = [
            ("WENZHENG_TELEGRAM_POLL_SECONDS", "20"),
            ("WENZHENG_TELEGRAM_WEBHOOK_URL", "https://x.example"),
            ("WENZHENG_ADMIN_IDS", "[7]"),
        ];
        let config = read(text, &variables).expect("all good");
        assert_eq!(
            (config.telegram.poll_seconds, config.telegram.webhook.url.as_str(), &config.admin.ids[..]),
            (20, "https://x.example", &[7][..])
        );
    }

    #[test]
    fn a_value_of_another_type_is_named_with_its_place() {
        assert!(read("[telegram]\nburst = \"many\"\n", &[]).expect_err("text").to_string().contains("config.toml:2"));
        assert!(read("", &[("WENZHENG_TELEGRAM_BURST", "many")]).expect_err("text").to_string().contains("WENZHENG_TELEGRAM_BURST"));
    }
}
