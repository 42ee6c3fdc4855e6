//! Promise: the figures come as a picture and as text, and say what happened.

use crate::support::bot::{Asks, Bot};
use crate::support::small::Small;

#[tokio::test]
async fn stats_are_a_picture_and_the_same_numbers_as_text() {
    let small = Small::new();
    let bot = Bot::start_over(small.path()).await;
    let reviewer = bot.reviewer();
    assert!(reviewer.asks("/stats").await.text.contains("还没有人问过"));
    let lin = bot.person();
    for question in ["耳朵痒怎么办", "打嗝怎么办", "打嗝怎么办", "今天天气怎么样"] {
        lin.asks(question).await;
    }
    reviewer.says("/stats").await;
    let picture = reviewer.hears().await;
    assert!(picture.raw["photo"].is_array(), "{}", picture.raw);
    let text = reviewer.hears().await.text;
    for line in ["直接作答：3", "打嗝：2", "耳朵痒：1"] {
        assert!(text.lines().any(|written| written == line), "{line} in {text}");
    }
}
