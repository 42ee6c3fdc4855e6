//! Promise: a backup is made and put back while the bot runs.

use super::HICCUP;
use crate::support::bot::{Asks, Bot};
use crate::support::small::Small;

#[tokio::test]
async fn a_backup_made_while_running_is_put_back_while_running() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let (owner, lin) = (bot.admin(), bot.person());
    let made = owner.asks("/backup").await.text;
    assert!(made.contains("备份好了"), "{made}");
    small.change(HICCUP, "打嗝多半是吃得太快", "打嗝常常是吃得太快");
    bot.reload();
    assert!(lin.asks("打嗝怎么办").await.text.contains("打嗝常常是"));
    let list = owner.asks("/restore").await.text;
    let name = list.lines().find(|line| line.contains(".bak")).expect("it is listed").to_owned();
    let restored = owner.asks(&format!("/restore {name}")).await.text;
    assert!(restored.contains("已恢复"), "{restored}");
    assert!(lin.asks("打嗝怎么办").await.text.contains("打嗝多半是"), "answers come from it at once");
    assert!(owner.asks("/restore ../../etc/passwd").await.text.contains("写法"), "no other file is touched");
}
