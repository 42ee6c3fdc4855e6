//! Which method is done by which function.

use super::super::params::Params;
use super::super::refusal::Reply;
use super::super::world::World;
use super::{about, answering, deleting, editing, filing, hooking, media, sending};

/// One method.
pub(crate) type Method = fn(&mut World, &mut Params) -> Reply;

const METHODS: &[(&str, Method)] = &[
    ("getMe", about::get_me),
    ("setMyCommands", about::set_my_commands),
    ("getMyCommands", about::get_my_commands),
    ("deleteMyCommands", about::delete_my_commands),
    ("setMyName", about::set_my_name),
    ("getMyName", about::get_my_name),
    ("setMyDescription", about::set_my_description),
    ("getMyDescription", about::get_my_description),
    ("setMyShortDescription", about::set_my_short_description),
    ("getMyShortDescription", about::get_my_short_description),
    ("setChatMenuButton", about::set_chat_menu_button),
    ("getChatMenuButton", about::get_chat_menu_button),
    ("getChat", about::get_chat),
    ("getChatMember", about::get_chat_member),
    ("getChatAdministrators", about::get_chat_administrators),
    ("logOut", about::done),
    ("close", about::done),
    ("sendMessage", sending::send_message),
    ("sendChatAction", sending::send_chat_action),
    ("sendPhoto", media::send_photo),
    ("sendDocument", media::send_document),
    ("sendAudio", media::send_audio),
    ("sendVoice", media::send_voice),
    ("sendVideo", media::send_video),
    ("sendAnimation", media::send_animation),
    ("sendSticker", media::send_sticker),
    ("getFile", filing::get_file),
    ("editMessageText", editing::edit_message_text),
    ("editMessageCaption", editing::edit_message_caption),
    ("editMessageReplyMarkup", editing::edit_message_reply_markup),
    ("deleteMessage", deleting::delete_message),
    ("deleteMessages", deleting::delete_messages),
    ("pinChatMessage", deleting::pin_chat_message),
    ("unpinChatMessage", deleting::unpin_chat_message),
    ("setMessageReaction", deleting::set_message_reaction),
    ("answerCallbackQuery", answering::answer_callback_query),
    ("answerInlineQuery", answering::answer_inline_query),
    ("setWebhook", hooking::set_webhook),
    ("deleteWebhook", hooking::delete_webhook),
    ("getWebhookInfo", hooking::get_webhook_info),
];

/// Looks a method up, in any case; gives its proper spelling too.
pub(crate) fn find(name: &str) -> Option<(&'static str, Method)> {
    METHODS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).copied()
}
