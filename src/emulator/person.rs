//! A person in a chat with the bot, as a test plays it: says, presses, hears.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use super::handle::Emulator;
use super::heard::{Heard, Notice};
use super::world::World;

/// Someone who talks to the bot, in the own private chat or in a group. Cheap to clone; clones in one chat share
/// what is still unheard there.
#[derive(Debug, Clone)]
pub struct Person {
    pub(crate) emulator: Emulator,
    pub(crate) chat: i64,
    pub(crate) user: i64,
}

impl Person {
    /// The chat this person is in; in a private chat the person's own id.
    #[must_use]
    pub fn chat_id(&self) -> i64 {
        self.chat
    }

    /// The person's id.
    #[must_use]
    pub fn user_id(&self) -> i64 {
        self.user
    }

    /// The same person, with a Telegram in another language ("zh-hans" at first).
    #[must_use]
    pub fn speaking(self, language_code: &str) -> Self {
        self.world(|world| {
            if let Some(user) = world.users.get_mut(&self.user) {
                language_code.clone_into(&mut user.language);
            }
        });
        self
    }

    fn world<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        self.emulator.hub().with(act)
    }

    /// Writes a text; gives the message's id.
    pub async fn says(&self, text: &str) -> i64 {
        self.says_with(text, Value::Null).await
    }

    /// Writes a text; the fields of `extra` are laid over the message (`entities`, `reply_to_message`, ...).
    #[expect(clippy::unused_async, reason = "all that a person does is awaited, so that a plot reads evenly")]
    pub async fn says_with(&self, text: &str, extra: Value) -> i64 {
        self.world(|world| world.say(self.chat, self.user, text, &extra))
    }

    /// Writes a text as the answer to a message of this chat.
    #[expect(clippy::unused_async, reason = "all that a person does is awaited, so that a plot reads evenly")]
    pub async fn replies(&self, message_id: i64, text: &str) -> i64 {
        self.world(|world| {
            let quoted = world.quoted(self.chat, message_id);
            world.say(self.chat, self.user, text, &quoted)
        })
    }

    /// Changes an own text; false if there is no such message.
    #[expect(clippy::unused_async, reason = "all that a person does is awaited, so that a plot reads evenly")]
    pub async fn edits(&self, message_id: i64, text: &str) -> bool {
        self.world(|world| world.edit_as(self.chat, self.user, message_id, text))
    }

    /// Sends a picture; gives the message's id.
    pub async fn sends_photo(&self, caption: Option<&str>) -> i64 {
        self.sends_file("photo", "photo.jpg", "image/jpeg", PIXEL.to_vec(), caption).await
    }

    /// Sends a voice message; gives the message's id.
    pub async fn sends_voice(&self) -> i64 {
        self.sends_file("voice", "voice.ogg", "audio/ogg", b"OggS".to_vec(), None).await
    }

    /// Sends a sticker; gives the message's id.
    pub async fn sends_sticker(&self) -> i64 {
        self.sends_file("sticker", "sticker.webp", "image/webp", b"RIFF".to_vec(), None).await
    }

    /// Sends a file; gives the message's id.
    pub async fn sends_document(&self, name: &str, mime: &str, bytes: Vec<u8>, caption: Option<&str>) -> i64 {
        self.sends_file("document", name, mime, bytes, caption).await
    }

    /// Sends a file as a message of any kind (`photo`, `document`, `audio`, `video`, ...); gives the message's id.
    #[expect(clippy::unused_async, reason = "all that a person does is awaited, so that a plot reads evenly")]
    pub async fn sends_file(&self, kind: &str, name: &str, mime: &str, bytes: Vec<u8>, caption: Option<&str>) -> i64 {
        self.world(|world| {
            let file = world.files.add(kind, name, mime, bytes);
            world.send_file(self.chat, self.user, kind, &file, caption)
        })
    }

    /// Sends a document that claims to have this size without taking the memory; getFile refuses beyond 20 MB.
    #[expect(clippy::unused_async, reason = "all that a person does is awaited, so that a plot reads evenly")]
    pub async fn sends_huge_document(&self, name: &str, size: usize) -> i64 {
        self.world(|world| {
            let file = world.files.add("document", name, "application/octet-stream", Vec::new());
            world.files.pretend_size(&file, size);
            world.send_file(self.chat, self.user, "document", &file, None)
        })
    }

    /// Presses the first callback button whose text contains `label`, in the newest message of this chat that has one.
    /// False, and nothing is sent, if there is none.
    #[expect(clippy::unused_async, reason = "all that a person does is awaited, so that a plot reads evenly")]
    pub async fn presses(&self, label: &str) -> bool {
        self.world(|world| match world.find_button(self.chat, label) {
            Some((message_id, data)) => !world.press(self.chat, self.user, message_id, &data).is_empty(),
            None => false,
        })
    }

    /// Sends a callback with any data for any message: forged, old, or of a message that is gone. Gives its id.
    #[expect(clippy::unused_async, reason = "all that a person does is awaited, so that a plot reads evenly")]
    pub async fn presses_data(&self, message_id: i64, data: &str) -> String {
        self.world(|world| world.press(self.chat, self.user, message_id, data))
    }

    /// Reacts to a message with an emoji.
    #[expect(clippy::unused_async, reason = "all that a person does is awaited, so that a plot reads evenly")]
    pub async fn reacts(&self, message_id: i64, emoji: &str) {
        self.world(|world| world.react_as(self.chat, self.user, message_id, emoji));
    }

    /// Asks the bot inline and waits for its results, as JSON (`results`, `button`, `next_offset`); null in silence.
    pub async fn asks_inline(&self, query: &str) -> Value {
        let id = self.world(|world| world.ask_inline(self.user, query, ""));
        let wanted = json!(id);
        let user = self.user;
        let answer = self.wait(self.emulator.hub().patience(), user, |world| {
            let answers = &mut world.chats.get_mut(&user)?.inline_answers;
            let at = answers.iter().position(|answer| answer["query_id"] == wanted)?;
            answers.remove(at)
        });
        answer.await.unwrap_or(Value::Null)
    }

    /// Picks an inline result.
    #[expect(clippy::unused_async, reason = "all that a person does is awaited, so that a plot reads evenly")]
    pub async fn chooses_inline(&self, result_id: &str, query: &str) {
        self.world(|world| world.choose_inline(self.user, result_id, query));
    }

    /// Blocks the bot; in a group, throws it out.
    #[expect(clippy::unused_async, reason = "all that a person does is awaited, so that a plot reads evenly")]
    pub async fn blocks(&self) {
        self.world(|world| world.set_blocked(self.chat, self.user, true));
    }

    /// Lets the bot in again.
    #[expect(clippy::unused_async, reason = "all that a person does is awaited, so that a plot reads evenly")]
    pub async fn unblocks(&self) {
        self.world(|world| world.set_blocked(self.chat, self.user, false));
    }

    /// The next message of the bot in this chat, sent or edited, that was not heard yet; a [`Heard`] with `silence`
    /// if none comes in time.
    pub async fn hears(&self) -> Heard {
        let heard = self.wait(self.emulator.hub().patience(), self.chat, |world| self.next_heard(world)).await;
        heard.unwrap_or_else(Heard::silence)
    }

    /// Whether the bot says nothing for this long. What it did say then stays unheard.
    pub async fn hears_nothing_for(&self, time: Duration) -> bool {
        let some =
            self.wait(time, self.chat, |world| world.chats.get(&self.chat).is_some_and(|chat| !chat.unheard.is_empty()).then_some(()));
        some.await.is_none()
    }

    /// The bot's next answer to a pressed button that was not seen yet; `None` if none comes in time.
    pub async fn sees_notice(&self) -> Option<Notice> {
        let chat = self.chat;
        self.wait(self.emulator.hub().patience(), chat, |world| world.chats.get_mut(&chat)?.notices.pop_front()).await
    }

    /// Waits until the bot shows an action (`typing`) not yet seen; `None` if none comes in time.
    pub async fn sees_action(&self) -> Option<String> {
        let chat = self.chat;
        self.wait(self.emulator.hub().patience(), chat, |world| world.chats.get_mut(&chat)?.actions.pop_front()).await
    }

    /// A message of this chat as it is now, as JSON.
    #[must_use]
    pub fn sees(&self, message_id: i64) -> Option<Value> {
        self.world(|world| world.message(self.chat, message_id).cloned())
    }

    fn next_heard(&self, world: &mut World) -> Option<Heard> {
        world.chats.get_mut(&self.chat)?.unheard.pop_front()
    }

    /// Tries now and whenever the chat's bell rings, until the time is over.
    async fn wait<R>(&self, time: Duration, chat: i64, mut attempt: impl FnMut(&mut World) -> Option<R>) -> Option<R> {
        let bell = self.world(|world| world.chats.get(&chat).map(|chat| chat.bell.clone()))?;
        let deadline = Instant::now() + time;
        loop {
            let mut rung = std::pin::pin!(bell.notified());
            rung.as_mut().enable();
            if let Some(found) = self.world(&mut attempt) {
                return Some(found);
            }
            timeout_at(deadline, rung).await.ok()?;
        }
    }
}

/// A GIF of one pixel.
const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x9c\xb4\xcc\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
