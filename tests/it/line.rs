//! Promise: each question of the line, as it stands, in Traditional script, and wrapped in politeness, gets the one
//! article that answers it.

use crate::support::bot::{Asks, Bot};
use crate::support::shipped::answered_by;

/// Simplified, Traditional, article.
const LINE: &[(&str, &str, &str)] = &[
    ("面瘫倒错现象怎么回事", "面癱倒錯現象怎麼回事", "facial-synkinesis/cause"),
    ("面瘫倒错会自愈吗", "面癱倒錯會自癒嗎", "facial-synkinesis/prognosis"),
    ("面瘫倒错如何治疗", "面癱倒錯如何治療", "facial-synkinesis/treatment"),
    ("出现面瘫倒错和联动有根治的方法吗", "出現面癱倒錯和聯動有根治的方法嗎", "facial-synkinesis/cure"),
    ("得了面瘫有哪些现象", "得了面癱有哪些現象", "facial-palsy/symptom"),
    ("有面瘫现象该怎么办呢", "有面癱現象該怎麼辦呢", "facial-palsy/treatment"),
    ("面瘫是由于哪些原因产生的现象", "面癱是由於哪些原因產生的現象", "facial-palsy/cause"),
    ("什么是性欲倒错障碍", "什麼是性慾倒錯障礙", "paraphilic-disorder/what_is"),
    ("面瘫倒错痉挛用口眼联动能治好吗", "面癱倒錯痙攣用口眼聯動能治好嗎", "facial-synkinesis/spasm"),
    ("面瘫是怎么回事呢", "面癱是怎麼回事呢", "facial-palsy/cause"),
    ("有脱皮现象，是怎么回事", "有脫皮現象，是怎麼回事", "skin-peeling/cause"),
    ("突然得面瘫了怎么回事", "突然得面癱了怎麼回事", "facial-palsy/sudden"),
    ("突然面瘫怎么回事", "突然面癱怎麼回事", "facial-palsy/sudden"),
    ("面瘫是怎么回事造成的", "面癱是怎麼回事造成的", "facial-palsy/cause"),
    ("面瘫是怎么回事", "面癱是怎麼回事", "facial-palsy/cause"),
    ("出现尿血现象是怎么回事", "出現尿血現象是怎麼回事", "hematuria/cause"),
    ("阴茎蜕皮现象怎么回事", "陰莖蛻皮現象怎麼回事", "penile-peeling/cause"),
    ("孕妇得面瘫是怎么回事", "孕婦得面癱是怎麼回事", "facial-palsy/pregnancy"),
    ("幼儿面瘫怎么回事", "幼兒面癱怎麼回事", "facial-palsy/child"),
];

/// Every question with the article that is right and the one that came.
fn wrong(form: impl Fn(&(&str, &str, &str)) -> String) -> Vec<String> {
    let told = LINE.iter().map(|row| (form(row), row.2)).map(|(question, right)| (answered_by(&question), question, right));
    told.filter(|(got, _, right)| got != right).map(|(got, question, right)| format!("{question}: {got}, not {right}")).collect()
}

#[test]
fn each_question_as_it_stands_gets_its_article() {
    assert_eq!(wrong(|row| row.0.to_owned()), [""; 0]);
}

#[test]
fn its_traditional_form_gets_the_same_article() {
    assert_eq!(wrong(|row| row.1.to_owned()), [""; 0]);
}

#[test]
fn politeness_around_it_changes_nothing() {
    assert_eq!(wrong(|row| format!("医生您好，请问{}谢谢", row.0)), [""; 0]);
    assert_eq!(wrong(|row| format!("醫生您好，請問{}謝謝", row.1)), [""; 0]);
}

#[tokio::test]
async fn typed_in_a_chat_the_title_comes_back_in_the_script_it_was_asked_in() {
    let bot = Bot::start().await;
    let lin = bot.person();
    assert!(lin.asks("面瘫倒错现象怎么回事").await.text.starts_with("面瘫倒错现象怎么回事"));
    assert!(lin.asks("面癱倒錯現象怎麼回事").await.text.starts_with("面癱倒錯現象怎麼回事"));
}
