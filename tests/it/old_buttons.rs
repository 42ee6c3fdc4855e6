//! Promise: a button works however old it is, and one that nobody made is answered kindly and breaks nothing.

use crate::support::bot::{Asks, Bot};
use crate::support::seen::{disclaims, phrases};
use crate::support::small::Small;

#[tokio::test]
async fn a_button_of_before_a_restart_still_answers() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("面瘫倒错现象怎么回事").await;
    let _bot = bot.restart().await;
    assert!(lin.taps("面瘫倒错会自愈吗").await.text.starts_with("面瘫倒错会自愈吗"));
}

#[tokio::test]
async fn a_retired_article_says_what_replaced_it() {
    let small = Small::new();
    small.write("retired.toml", "[[retired]]\nid = \"itch/old\"\nsuccessor = \"ear-itch/treatment\"\n");
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    lin.presses_data(1, "a:itch/old").await;
    let told = lin.hears().await.text;
    assert!(told.starts_with("这篇已经更新，换成了：耳朵痒怎么办") && told.contains("先停下来不掏"), "{told}");
}

#[tokio::test]
async fn an_article_that_is_gone_says_so() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.presses_data(1, "a:gone/for-good").await;
    let told = lin.hears().await;
    assert!(told.text.contains(&phrases().retired_nothing) && disclaims(&told), "{}", told.text);
}

#[tokio::test]
async fn forged_data_is_answered_kindly() {
    let bot = Bot::start().await;
    let lin = bot.person();
    let long = "a:".to_owned() + &"x".repeat(200);
    for forged in ["", "a", "a:", "e:99", "y:nowhere:0", "k:9999:0", "t:../..", "s:x", "g:mars", "u:x", "\u{0}\u{7}", "a:中文", "🙂"] {
        lin.presses_data(1, forged).await;
        assert_eq!(lin.sees_notice().await.expect("a note").text, phrases().bad_button, "{forged:?}");
    }
    for forged in ["a:../../etc/passwd", "r:nobody", "c:x", long.as_str()] {
        lin.presses_data(4_242, forged).await;
        assert!(disclaims(&lin.hears().await), "{forged}");
    }
    assert!(lin.asks("面瘫是怎么回事").await.text.starts_with("面瘫是怎么回事"), "it serves as before");
}

#[tokio::test]
async fn forged_data_leaves_nothing_in_the_store() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.presses_data(1, "a:../../etc/passwd").await;
    lin.hears().await;
    assert_eq!(bot.store.counts("views").expect("the store counts"), []);
}

#[tokio::test]
async fn a_button_of_a_message_that_cannot_be_edited_any_more_says_it_anew() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.presses_data(4_242, "s:facial-palsy/cause").await;
    let told = lin.hears().await;
    assert!(!told.edited && told.text.contains("参考资料"), "{}", told.text);
}

#[tokio::test]
async fn a_press_that_waited_too_long_is_still_answered_in_the_chat() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("面瘫倒错现象怎么回事").await;
    bot.telegram.faults().next(
        "answerCallbackQuery",
        1,
        wenzheng::emulator::Fault::Status {
            code: 400,
            description: "Bad Request: query is too old and response timeout expired or query ID is invalid".to_owned(),
        },
    );
    assert!(lin.taps("面瘫倒错会自愈吗").await.text.starts_with("面瘫倒错会自愈吗"));
}
