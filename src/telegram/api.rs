//! Every call to the Bot API. The only file that makes one.
//!
//! The payloads and types are teloxide's; the sending is not: on any 5xx teloxide sleeps ten seconds before it
//! returns, which would hold a chat, and it neither bounds concurrency nor retries (ARCHITECTURE.md).

use super::settings::Settings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;
use teloxide::payloads::{self, AnswerInlineQuerySetters, EditMessageTextSetters, SendMessageSetters, SetMyCommandsSetters};
use teloxide::requests::Payload;
use teloxide::types::{
    BotCommand, BotCommandScope, CallbackQueryId, ChatId, InlineKeyboardMarkup, InlineQueryId, InlineQueryResult, InlineQueryResultArticle,
    InlineQueryResultsButton, InlineQueryResultsButtonKind, InputMessageContent, InputMessageContentText, LinkPreviewOptions,
    MessageEntity, MessageId, Recipient, ReplyMarkup, ReplyParameters,
};
use tokio::sync::Semaphore;

/// Times a call is tried before it is given up.
const TRIES: u32 = 6;
/// First wait after a 5xx or a lost connection; it doubles each time.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// Longest caption, in characters.
const LONGEST_CAPTION: usize = 1_000;
/// Longest wait that a 429 can ask of an answer before it is given up.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

/// The Bot API of one bot.
pub struct Api {
    bot: teloxide::Bot,
    permits: Semaphore,
}

/// Why a call failed. Holds no token and no text of a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The token is wrong.
    #[error("Telegram 不认这个令牌（token）。请向 @BotFather 核对，更新 TELOXIDE_TOKEN 或令牌文件后重新启动。")]
    Unauthorized,
    /// Another instance is polling, or a webhook is set.
    #[error("另一个程序正在用同一个机器人收消息（409）。同一个令牌只能有一个实例：停掉另一个，或换一个令牌。")]
    Conflict,
    /// The person blocked the bot, or the chat is gone.
    #[error("对方停用了机器人，或会话已不存在")]
    Unreachable,
    /// The group became a supergroup.
    #[error("群组升级了")]
    Migrated(i64),
    /// The request itself was refused.
    #[error("Telegram 拒绝了请求（{code}）：{description}")]
    Refused {
        /// HTTP status.
        code: u16,
        /// What the server says.
        description: String,
    },
    /// No answer came, or none that can be read.
    #[error("连不上 Telegram：{0}")]
    Network(String),
    /// Too many requests, for longer than an answer can wait.
    #[error("Telegram 要求等待 {0} 秒")]
    TooMany(u64),
}

/// What of a reply is read.
#[derive(serde::Deserialize)]
struct Envelope {
    ok: bool,
    #[serde(default)]
    result: Value,
    #[serde(default)]
    error_code: u16,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Default, serde::Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

/// A message that was sent.
#[derive(serde::Deserialize)]
struct Sent {
    message_id: i32,
}

/// A file that can be fetched.
#[derive(serde::Deserialize)]
struct File {
    file_path: String,
}

/// Who we are.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Me {
    /// Our user id.
    pub id: i64,
    /// Our name after the @.
    pub username: String,
}

impl Api {
    /// # Errors
    /// An address that is none, or TLS that cannot be set up.
    pub fn new(token: &str, settings: &Settings) -> Result<Self, String> {
        let wait = Duration::from_secs(u64::from(settings.poll_seconds.min(50)) + 15);
        let client = reqwest::Client::builder().connect_timeout(Duration::from_secs(5)).timeout(wait).tcp_nodelay(true).build();
        let client = client.map_err(|error| format!("无法建立 HTTPS 客户端：{}", error.without_url()))?;
        let url = settings.api_url.parse().map_err(|_| format!("telegram.api_url 不是网址：{}", settings.api_url))?;
        let bot = teloxide::Bot::with_client(token, client).set_api_url(url);
        Ok(Self { bot, permits: Semaphore::new(settings.max_concurrent_calls.max(1)) })
    }

    /// Who we are. Tried once.
    ///
    /// # Errors
    /// Whatever the server or the network says.
    pub async fn me(&self) -> Result<Me, CallError> {
        self.once("getMe", &json!({})).await
    }

    /// The updates from `offset` on, as they come. Tried once: the caller keeps the pace.
    ///
    /// # Errors
    /// Whatever the server or the network says.
    pub async fn updates(&self, offset: i64, seconds: u32) -> Result<Vec<Value>, CallError> {
        let wanted = json!({"offset": offset, "timeout": seconds, "allowed_updates": ALLOWED});
        self.once("getUpdates", &wanted).await
    }

    /// Sends a message; gives its id.
    ///
    /// # Errors
    /// What remains after the retries.
    pub async fn send(&self, chat: i64, message: Text, reply_to: Option<i32>, urgent: bool) -> Result<i32, CallError> {
        let mut payload =
            payloads::SendMessage::new(ChatId(chat), message.text).entities(message.entities).link_preview_options(no_preview());
        if let Some(question) = reply_to {
            payload = payload.reply_parameters(ReplyParameters::new(MessageId(question)).allow_sending_without_reply());
        }
        if let Some(keyboard) = message.keyboard {
            payload = payload.reply_markup(ReplyMarkup::InlineKeyboard(keyboard));
        }
        self.deliver::<_, Sent>(&payload, urgent).await.map(|sent| sent.message_id)
    }

    /// Puts another text in a message of ours. A message that is not there any more, or already says it, is no error.
    ///
    /// # Errors
    /// What remains after the retries.
    pub async fn edit(&self, chat: i64, message_id: i32, message: Text) -> Result<(), CallError> {
        let mut payload = payloads::EditMessageText::new(Recipient::Id(ChatId(chat)), MessageId(message_id), message.text)
            .entities(message.entities)
            .link_preview_options(no_preview());
        if let Some(keyboard) = message.keyboard {
            payload = payload.reply_markup(keyboard);
        }
        match self.deliver::<_, Value>(&payload, false).await {
            Err(CallError::Refused { description, .. }) if description.contains("not modified") => Ok(()),
            other => other.map(drop),
        }
    }

    /// Deletes a message of ours.
    ///
    /// # Errors
    /// What remains after the retries.
    pub async fn delete(&self, chat: i64, message_id: i32) -> Result<(), CallError> {
        let payload = payloads::DeleteMessage::new(ChatId(chat), MessageId(message_id));
        self.deliver::<_, Value>(&payload, false).await.map(drop)
    }

    /// Answers a button, with a short note if there is one. A press that is too old is no error.
    ///
    /// # Errors
    /// What remains after the retries.
    pub async fn answer_press(&self, id: &str, note: Option<&str>) -> Result<(), CallError> {
        let mut payload = payloads::AnswerCallbackQuery::new(CallbackQueryId(id.to_owned()));
        payload.text = note.map(str::to_owned);
        match self.deliver::<_, Value>(&payload, false).await {
            Err(CallError::Refused { .. }) => Ok(()),
            other => other.map(drop),
        }
    }

    /// A file somebody sent, of at most `most` bytes.
    ///
    /// # Errors
    /// What remains after the retries; a file that is larger.
    pub async fn download(&self, file_id: &str, most: u64) -> Result<Vec<u8>, CallError> {
        let file: File = self.retried("getFile", &json!({"file_id": file_id}), false).await?;
        let base = self.bot.api_url();
        let url = format!("{}/file/bot{}/{}", base.as_str().trim_end_matches('/'), self.bot.token(), file.file_path);
        let network = |error: reqwest::Error| CallError::Network(error.without_url().to_string());
        let mut response = self.bot.client().get(url).send().await.and_then(reqwest::Response::error_for_status).map_err(network)?;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(network)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > most {
                return Err(CallError::Refused { code: 413, description: "file is too big".to_owned() });
            }
        }
        Ok(bytes)
    }

    /// Sends a file from memory, as a `photo` or a `document`. Tried once: it is made on demand and asked for again.
    ///
    /// # Errors
    /// Whatever the server or the network says.
    pub async fn send_file(&self, kind: &str, chat: i64, name: &str, bytes: Vec<u8>, caption: &str) -> Result<(), CallError> {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let caption: String = caption.chars().take(LONGEST_CAPTION).collect();
        let form = reqwest::multipart::Form::new().text("chat_id", chat.to_string()).text("caption", caption).part(kind.to_owned(), part);
        let method = if kind == "photo" { "sendPhoto" } else { "sendDocument" };
        let request = self.bot.client().post(self.url(method)).multipart(form);
        read::<Value>(request).await.map(drop)
    }

    /// Answers an inline query, for its asker alone. `button` (label, start parameter) opens the private chat. A query that
    /// is too old is no error.
    ///
    /// # Errors
    /// What remains after the retries.
    pub async fn answer_inline(&self, id: &str, cards: Vec<InlineCard>, cache: u32, button: (&str, &str)) -> Result<(), CallError> {
        let results: Vec<InlineQueryResult> = cards.into_iter().map(InlineCard::into_result).collect();
        let start = InlineQueryResultsButtonKind::StartParameter(button.1.to_owned());
        let payload = payloads::AnswerInlineQuery::new(InlineQueryId(id.to_owned()), results)
            .cache_time(cache)
            .is_personal(true)
            .button(InlineQueryResultsButton { text: button.0.to_owned(), kind: start });
        match self.deliver::<_, Value>(&payload, false).await {
            Err(CallError::Refused { description, .. }) if description.contains("too old") => Ok(()),
            other => other.map(drop),
        }
    }

    /// Sets the menu, for everybody or for one chat.
    ///
    /// # Errors
    /// What remains after the retries.
    pub async fn set_commands(&self, commands: Vec<BotCommand>, chat: Option<i64>) -> Result<(), CallError> {
        let mut payload = payloads::SetMyCommands::new(commands);
        if let Some(chat) = chat {
            payload = payload.scope(BotCommandScope::Chat { chat_id: Recipient::Id(ChatId(chat)) });
        }
        self.deliver::<_, Value>(&payload, false).await.map(drop)
    }

    /// Tells Telegram where to push updates.
    ///
    /// # Errors
    /// What remains after the retries.
    pub async fn set_webhook(&self, url: &str, secret: &str, max_connections: u8) -> Result<(), CallError> {
        let wanted = json!({"url": url, "secret_token": secret, "max_connections": max_connections, "allowed_updates": ALLOWED});
        self.retried::<Value>("setWebhook", &wanted, false).await.map(drop)
    }

    /// Ends pushing, so that polling may begin; nothing that waits is dropped.
    ///
    /// # Errors
    /// What remains after the retries.
    pub async fn delete_webhook(&self) -> Result<(), CallError> {
        self.retried::<Value>("deleteWebhook", &json!({}), false).await.map(drop)
    }

    async fn deliver<P, R>(&self, payload: &P, urgent: bool) -> Result<R, CallError>
    where
        P: Payload + Serialize,
        R: DeserializeOwned,
    {
        let params = serde_json::to_value(payload).map_err(|error| CallError::Network(error.to_string()))?;
        self.retried(P::NAME, &params, urgent).await
    }

    /// Tries until the server took it or refused it. An urgent message takes no place in the queue.
    async fn retried<R: DeserializeOwned>(&self, method: &str, params: &Value, urgent: bool) -> Result<R, CallError> {
        let mut wait = FIRST_WAIT;
        for _ in 1..TRIES {
            let permit = if urgent { None } else { self.permits.acquire().await.ok() };
            let result = self.once(method, params).await;
            drop(permit);
            let pause = match result {
                Err(CallError::TooMany(seconds)) if Duration::from_secs(seconds) <= LONGEST_WAIT => Duration::from_secs(seconds),
                Err(CallError::Network(_)) => wait,
                other => return other,
            };
            tokio::time::sleep(pause).await;
            wait *= 2;
        }
        self.once(method, params).await
    }

    async fn once<R: DeserializeOwned>(&self, method: &str, params: &Value) -> Result<R, CallError> {
        read(self.bot.client().post(self.url(method)).json(params)).await
    }

    fn url(&self, method: &str) -> String {
        let base = self.bot.api_url();
        format!("{}/bot{}/{method}", base.as_str().trim_end_matches('/'), self.bot.token())
    }
}

/// Sends a request and reads what the server says.
async fn read<R: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<R, CallError> {
    // `without_url`: the address holds the token.
    let network = |error: reqwest::Error| CallError::Network(error.without_url().to_string());
    let response = request.send().await.map_err(network)?;
    let status = response.status();
    let body = response.bytes().await.map_err(network)?;
    let envelope: Envelope = match serde_json::from_slice(&body) {
        Ok(envelope) => envelope,
        Err(_) => return Err(CallError::Network(format!("服务器答非所问（HTTP {status}）"))),
    };
    if envelope.ok {
        return serde_json::from_value(envelope.result).map_err(|_| CallError::Network("结果的格式不认识".to_owned()));
    }
    Err(classify(&envelope, status.as_u16()))
}

/// The kinds of update that are asked for.
const ALLOWED: &[&str] = &["message", "edited_message", "callback_query", "inline_query"];

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions { is_disabled: true, url: None, prefer_small_media: false, prefer_large_media: false, show_above_text: false }
}

fn classify(envelope: &Envelope, status: u16) -> CallError {
    let code = if envelope.error_code == 0 { status } else { envelope.error_code };
    if let Some(chat) = envelope.parameters.migrate_to_chat_id {
        return CallError::Migrated(chat);
    }
    match code {
        401 => CallError::Unauthorized,
        404 if envelope.description == "Not Found" => CallError::Unauthorized,
        403 => CallError::Unreachable,
        400 if envelope.description.contains("chat not found") => CallError::Unreachable,
        409 => CallError::Conflict,
        429 => CallError::TooMany(envelope.parameters.retry_after.unwrap_or(1)),
        500.. => CallError::Network(format!("服务器出错（{code}）")),
        _ => CallError::Refused { code, description: envelope.description.clone() },
    }
}

/// A result of inline mode.
#[derive(Debug, Clone)]
pub struct InlineCard {
    /// 1 to 64 bytes, its own.
    pub id: String,
    /// What is chosen.
    pub title: String,
    /// A line below.
    pub description: String,
    /// What it posts.
    pub message: Text,
    /// Whether it is an emergency's.
    pub urgent: bool,
}

impl InlineCard {
    fn into_result(self) -> InlineQueryResult {
        let content = InputMessageContentText::new(self.message.text).entities(self.message.entities).link_preview_options(no_preview());
        let mut article =
            InlineQueryResultArticle::new(self.id, self.title, InputMessageContent::Text(content)).description(self.description);
        article.reply_markup = self.message.keyboard;
        InlineQueryResult::Article(article)
    }
}

/// A message in the Bot API's terms.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// 1 to 4096 UTF-16 code units.
    pub text: String,
    /// By UTF-16 offsets.
    pub entities: Vec<MessageEntity>,
    /// Buttons.
    pub keyboard: Option<InlineKeyboardMarkup>,
}
