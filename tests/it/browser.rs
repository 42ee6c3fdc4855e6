//! Promise: in a real browser the playground is a chat: a question typed is answered, a button pressed answers too.
//!
//! Needs chromium and chromedriver on the PATH (apt-get install -y chromium chromium-driver fonts-noto-cjk); without
//! them it says loudly that it was skipped. A screenshot is left in the target folder.

use crate::support::bot::Bot;
use crate::support::driver::Browser;
use crate::support::small::Small;

const BUBBLE: &str = "//li[contains(@class, 'other')]//*[contains(@class, 'bubble')]";

#[tokio::test]
async fn a_question_typed_on_the_page_is_answered_and_a_button_pressed_there_too() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    bot.telegram.introduce(1_001, "普通用户", "person");
    let Some(page) = Browser::open(&format!("{}/#1001", bot.telegram.url())).await else { return };
    page.click("//button[@id='start']").await;
    page.sees(&format!("{BUBBLE}[contains(., '我是问症')]")).await;
    page.types("//textarea[@id='text']", "打嗝是怎么回事\n").await;
    page.sees(&format!("{BUBBLE}[contains(., '打嗝是膈肌突然收紧')]")).await;
    page.saves_picture("playground.png").await;
    page.click("//button[contains(., '落枕怎么办')]").await;
    page.sees(&format!("{BUBBLE}[contains(., '落枕是睡姿不好')]")).await;
    page.click("//button[contains(., '👍')]").await;
    page.sees("//*[@id='toast' and contains(., '谢谢')]").await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}
