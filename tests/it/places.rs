//! Promise: where to go comes from the operator's own directory, by department and city or by distance; without one, the
//! department alone. A directory that praises or ranks does not go live.

use crate::support::bot::{Asks, Bot};
use crate::support::program::Home;
use crate::support::seen::{disclaims, phrases};
use crate::support::small::Small;
use serde_json::json;
use wenzheng::emulator::Heard;

const DIRECTORY: &str = r#"
[[place]]
name = "乙市第一人民医院"
city = "乙市"
level = "三级甲等"
departments = ["耳鼻喉科", "皮肤科"]
address = "人民路 1 号"
opening = "周一至周六"
latitude = 30.00
longitude = 120.00
source = "医院官网"
verified_on = 2026-11-01
[[place.doctors]]
name = "王晓"
department = "耳鼻喉科"
opening = "周三上午"

[[place]]
name = "乙市河东社区卫生服务中心"
city = "乙市"
level = "社区卫生服务中心"
departments = ["耳鼻喉科"]
latitude = 30.02
longitude = 120.00
source = "卫生局名单"
verified_on = 2026-11-01

[[place]]
name = "丙市医院"
city = "丙市"
level = "二级"
departments = ["耳鼻喉科"]
source = "医院官网"
verified_on = 2026-11-01
"#;

fn with_directory() -> Small {
    let small = Small::new();
    small.write("places.toml", DIRECTORY);
    small
}

fn before(heard: &Heard, first: &str, second: &str) -> bool {
    heard.text.find(first).zip(heard.text.find(second)).is_some_and(|(first, second)| first < second)
}

#[tokio::test]
async fn an_article_leads_by_department_and_city_to_places_and_doctors_by_name() {
    let small = with_directory();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    lin.asks("耳朵痒怎么办").await;
    lin.taps(&phrases().carry.button).await;
    lin.taps(&phrases().carry.find).await;
    let list = lin.taps("乙市").await;
    assert!(list.edited && disclaims(&list), "{}", list.text);
    assert!(before(&list, "乙市河东社区卫生服务中心", "乙市第一人民医院") || before(&list, "乙市第一人民医院", "乙市河东社区卫生服务中心"));
    for part in ["三级甲等", "周一至周六", "医生：王晓（耳鼻喉科，周三上午）", "医院官网", &phrases().carry.find_by_name]
    {
        assert!(list.text.contains(part), "{part} in {}", list.text);
    }
    assert!(!list.text.contains("丙市医院"));
}

#[tokio::test]
async fn a_shared_place_gives_the_nearest_first_and_is_not_kept() {
    let small = with_directory();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    lin.says_with("", json!({"text": null, "location": {"latitude": 30.021, "longitude": 120.0}})).await;
    let near = lin.hears().await;
    assert!(before(&near, "河东社区", "第一人民医院") && near.text.contains("约 0.1 公里") && !near.text.contains("丙市"), "{}", near.text);
    let skin = lin.taps("皮肤科").await;
    assert!(skin.text.contains("第一人民医院") && !skin.text.contains("河东社区"), "{}", skin.text);
    assert!(bot.store.person(lin.chat_id()).held().expect("the store").is_empty());
}

#[tokio::test]
async fn where_offers_every_department_of_the_directory() {
    let small = with_directory();
    let bot = Bot::start_over(small.path()).await;
    let lin = bot.person();
    let all = lin.asks("/where").await;
    assert!(all.button("耳鼻喉科").is_some() && all.button("皮肤科").is_some(), "{all:?}");
    assert!(lin.taps("皮肤科").await.button("丙市").is_none());
}

#[tokio::test]
async fn without_a_directory_only_the_department_is_told() {
    let bot = Bot::start().await;
    let lin = bot.person();
    lin.asks("面瘫是怎么回事").await;
    lin.taps(&phrases().carry.button).await;
    let told = lin.taps(&phrases().carry.find).await;
    assert!(told.text.contains("挂号：神经内科") && told.text.contains(&phrases().carry.find_nothing), "{}", told.text);
    assert!(lin.asks("/where").await.text.contains(&phrases().carry.find_nothing));
}

#[test]
fn a_directory_that_praises_or_is_incomplete_is_refused_with_its_line() {
    let home = Home::new();
    for (from, to, line) in [
        ("opening = \"周一至周六\"", "opening = \"本地最好的医院\"", ":8:"),
        ("level = \"二级\"", "level = \"全国第一\"", ":31:"),
        ("longitude = 120.00\nsource = \"卫生局名单\"", "source = \"卫生局名单\"", ":23:"),
        ("department = \"耳鼻喉科\"\nopening", "department = \"骨科\"\nopening", ":13:"),
        ("address = \"人民路 1 号\"", "rank = 1", ":7:"),
    ] {
        assert!(DIRECTORY.contains(from), "{from}");
        home.knowledge.write("places.toml", DIRECTORY.replacen(from, to, 1));
        let ran = home.run(&["check"]);
        assert!(ran.code != 0 && ran.said().contains(&format!("places.toml{line}")), "{to}: {}", ran.said());
    }
    home.knowledge.write("places.toml", DIRECTORY);
    assert_eq!(home.run(&["check"]).code, 0);
}
