//! A group with the bot in it.

use super::handle::Emulator;
use super::person::Person;

/// A group chat. Its people share what the bot says there.
#[derive(Debug, Clone)]
pub struct Group {
    pub(crate) emulator: Emulator,
    pub(crate) chat: i64,
}

impl Group {
    /// The chat's id.
    #[must_use]
    pub fn chat_id(&self) -> i64 {
        self.chat
    }

    /// A person in this group: says, presses and hears happen here.
    #[must_use]
    pub fn member(&self, user_id: i64, first_name: &str) -> Person {
        let person = self.emulator.person(user_id, first_name);
        Person { chat: self.chat, ..person }
    }

    /// A person who administers this group.
    #[must_use]
    pub fn admin(&self, user_id: i64, first_name: &str) -> Person {
        self.emulator.hub().with(|world| {
            if let Some(chat) = world.chats.get_mut(&self.chat) {
                chat.admins.insert(user_id);
            }
        });
        self.member(user_id, first_name)
    }

    /// A member writes a text; gives the message's id.
    pub async fn says_in_group(&self, user_id: i64, first_name: &str, text: &str) -> i64 {
        self.member(user_id, first_name).says(text).await
    }
}
