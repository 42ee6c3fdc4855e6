//! The table of checks. Adding one is a line in [`CHECKS`] and a function.

use super::facet::Facet;
use super::fault::Fault;
use super::lint;
use super::load::{HEARD_FILE, Loaded};
use super::place;
use super::red_flag::Level;
use super::topic::{Article, Point, Topic};
use super::{Card, Date, Source};
use crate::text::Normalizer;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::LazyLock;

/// One check.
pub struct Check {
    /// What it promises, in one line.
    pub name: &'static str,
    run: fn(&Loaded, &mut Vec<Fault>),
}

const CHECKS: &[Check] = &[
    Check { name: "主题 id 与文件名一致、写法正确", run: topic_ids },
    Check { name: "每一部分都写齐、长短合适", run: topic_parts },
    Check { name: "文章的各部分写齐、长短合适", run: article_parts },
    Check { name: "一种问法、一个叫法只归一处", run: unique_asks },
    Check { name: "不说诊断、剂量、安慰、保证；句子不太长", run: wording },
    Check { name: "相关主题都存在，且不是自己", run: related_topics },
    Check { name: "审阅日期合理", run: review_dates },
    Check { name: "每条红旗都有卡片、例句和反例", run: rules },
    Check { name: "听来的句子都归于存在的红旗", run: heard },
    Check { name: "卡片第一行是行动，最多五条", run: cards },
    Check { name: "急救电话不空、不过期", run: regions },
    Check { name: "退休文章的接替者存在", run: retired },
    Check { name: "每个问法分类都有词", run: facet_words },
    Check { name: "医院目录写齐，没有广告和排名", run: place::check },
];

/// The promises of all checks.
pub fn check_names() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().map(|check| check.name)
}

/// Runs every check and keeps what they find.
pub(super) fn run(loaded: &mut Loaded) {
    let mut found = Vec::new();
    for check in CHECKS {
        (check.run)(loaded, &mut found);
    }
    loaded.faults.0.append(&mut found);
}

/// The file a topic stands in, to say where a fault is.
struct Place<'a>(&'a Source);

impl Place<'_> {
    fn error(&self, keys: &[&str], message: impl Into<String>, advice: &str) -> Fault {
        Fault::error(&self.0.path, self.0.line_of(keys), message, advice)
    }
}

fn topics(loaded: &Loaded) -> impl Iterator<Item = (&Topic, Place<'_>)> {
    loaded.knowledge.topics.iter().filter_map(|topic| Some((topic, Place(loaded.topic_files.get(&topic.id)?))))
}

fn is_slug(id: &str, longest: usize) -> bool {
    !id.is_empty() && id.len() <= longest && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn topic_ids(loaded: &Loaded, faults: &mut Vec<Fault>) {
    for (topic, place) in topics(loaded) {
        if topic.id != stem(&place.0.path) {
            faults.push(place.error(&["id"], format!("id “{}”与文件名不同", topic.id), "两者改成一样"));
        }
        if !is_slug(&topic.id, 40) || topic.id.contains('_') {
            faults.push(place.error(&["id"], format!("id “{}”写法不对", topic.id), "只用小写英文字母、数字和连字符，最多 40 个"));
        }
        let mut slugs = HashSet::new();
        for (nth, article) in topic.articles.iter().enumerate() {
            let keys = ["articles", &nth.to_string(), "title"];
            if !is_slug(article.slug(), 20) {
                faults.push(place.error(
                    &keys,
                    format!("slug “{}”写法不对", article.slug()),
                    "最多 20 个小写英文字母、数字、连字符、下划线",
                ));
            }
            if !slugs.insert(article.slug()) {
                faults.push(place.error(&keys, format!("同一主题里有两篇 “{}”", article.slug()), "给其中一篇加上 slug"));
            }
        }
    }
}

fn topic_parts(loaded: &Loaded, faults: &mut Vec<Fault>) {
    for (topic, place) in topics(loaded) {
        let mut need = |good: bool, keys: &[&str], message: &str, advice: &str| {
            if !good {
                faults.push(place.error(keys, message, advice));
            }
        };
        need(!topic.name.trim().is_empty(), &["name"], "name 是空的", "写上人们最常用的叫法");
        need(!topic.departments.is_empty(), &["departments"], "没有写挂什么科", "至少写一个科室");
        need(!topic.articles.is_empty(), &["id"], "没有文章", "至少写一篇 [[articles]]");
        for (level, lines) in
            [("call_now", &topic.care.call_now), ("today", &topic.care.today), ("days", &topic.care.days), ("home", &topic.care.home)]
        {
            need(!lines.is_empty(), &["care", level], "就医阶梯缺了一级", "每一级至少写一条");
        }
        let has_way_out = |line: &String| ["如果", "一旦", "要是", "若"].iter().any(|word| line.contains(word));
        need(topic.care.home.iter().all(has_way_out), &["care", "home"], "在家观察的话没有说什么时候要去看", "写上“如果……就去看”");
        need(!topic.red_flags.is_empty(), &["red_flags"], "没有危险信号", "至少写一条 [[red_flags]]");
        need(topic.red_flags.iter().all(|flag| flag.examples.len() >= 2), &["red_flags"], "有危险信号不足两句例句", "每条至少两句");
        need(
            topic.self_care.dos.len() >= 2 && topic.self_care.dont.len() >= 2,
            &["self_care"],
            "自我照护写得太少",
            "do 和 dont 各至少两条",
        );
        need((3..=6).contains(&topic.related.len()), &["related"], "相关主题应有三到六个", "补足或删减");
        need(topic.review.sources.len() >= 2, &["review", "sources"], "来源不足两个", "写真实存在的来源；拿不准的不要写");
    }
}

fn article_parts(loaded: &Loaded, faults: &mut Vec<Fault>) {
    for (topic, place) in topics(loaded) {
        for (nth, article) in topic.articles.iter().enumerate() {
            article_lengths(article, &nth.to_string(), &place, faults);
            for (point, at) in article.points.iter().zip(0..) {
                point_parts(article, point, &[nth.to_string(), at.to_string()], &place, faults);
            }
        }
    }
}

fn article_lengths(article: &Article, nth: &str, place: &Place<'_>, faults: &mut Vec<Fault>) {
    let mut need = |good: bool, key: &str, message: String, advice: &str| {
        if !good {
            faults.push(place.error(&["articles", nth, key], message, advice));
        }
    };
    let count = |text: &str| text.chars().count();
    need(article.facet.is_some(), "facet", "没有 facet".into(), "写上问的是哪一面");
    need((2..=30).contains(&count(&article.title)), "title", format!("标题有 {} 个字", count(&article.title)), "改成 30 个字以内的问句");
    need(article.asks.len() >= 5, "asks", format!("只有 {} 种问法", article.asks.len()), "至少写五种，两种以上口语");
    need(article.asks.iter().any(|ask| is_traditional(ask)), "asks", "没有繁体的问法".into(), "至少写一种繁体的问法");
    need(article.not_asks.len() >= 2, "not_asks", format!("只有 {} 句 not_asks", article.not_asks.len()), "至少写两句");
    let summary = count(&article.summary);
    need((40..=150).contains(&summary), "summary", format!("摘要有 {summary} 个字"), "改成 40 到 150 个字");
    need((3..=7).contains(&article.points.len()), "points", format!("有 {} 条", article.points.len()), "写三到七条");
    let late_danger = article.points.windows(2).any(|pair| !pair[0].danger && pair[1].danger);
    need(!late_danger, "points", "危险的一条排在后面".into(), "把 danger = true 的移到最前面");
}

/// Folds texts for every check; its table of characters is built once.
static NORMALIZER: LazyLock<Normalizer> = LazyLock::new(|| Normalizer::new([]));

fn is_traditional(text: &str) -> bool {
    NORMALIZER.normalize(text).traditional
}

fn point_parts(article: &Article, point: &Point, at: &[String; 2], place: &Place<'_>, faults: &mut Vec<Fault>) {
    let keys = ["articles", &at[0], "points", &at[1]];
    let heading = point.heading.chars().count();
    if !(1..=16).contains(&heading) {
        faults.push(place.error(&keys, format!("小标题有 {heading} 个字"), "改成 16 个字以内"));
    }
    let lines = [("what", &point.what), ("signs", &point.signs), ("usual", &point.usual), ("when", &point.when)];
    let missing: Vec<&str> = if article.facet == Some(Facet::Cause) {
        lines.iter().filter(|(_, text)| text.is_none()).map(|(name, _)| *name).collect()
    } else if point.body.is_none() {
        vec!["body"]
    } else {
        Vec::new()
    };
    if !missing.is_empty() {
        faults.push(place.error(&keys, format!("“{}”缺少 {}", point.heading, missing.join("、")), "补上这几行"));
    }
}

fn unique_asks(loaded: &Loaded, faults: &mut Vec<Fault>) {
    let key = |text: &str| NORMALIZER.normalize(text).text.replace([',', '.', '?', '、'], "");
    let (mut asks, mut names) = (HashMap::new(), HashMap::new());
    for (topic, place) in topics(loaded) {
        // One owner may repeat itself: a Traditional form is the same name after normalisation.
        let mut claim = |claims: &mut HashMap<String, String>, owner: &str, what: &str, text: &str, keys: &[&str]| {
            let first = claims.entry(key(text)).or_insert_with(|| owner.to_owned());
            if first != owner {
                let message = format!("{what}“{text}”在 {first} 里已经有了");
                faults.push(place.error(keys, message, "只留一处"));
            }
        };
        claim(&mut names, &topic.id, "叫法", &topic.name, &["name"]);
        for (nth, name) in topic.also.iter().enumerate() {
            claim(&mut names, &topic.id, "叫法", name, &["also", &nth.to_string()]);
        }
        for (nth, article) in topic.articles.iter().enumerate() {
            let nth = nth.to_string();
            let owner = format!("{}/{}", topic.id, article.slug());
            claim(&mut asks, &owner, "问法", &article.title, &["articles", &nth, "title"]);
            for (at, ask) in article.asks.iter().enumerate() {
                claim(&mut asks, &owner, "问法", ask, &["articles", &nth, "asks", &at.to_string()]);
            }
        }
    }
}

/// Every text of a topic that an asker can see, with the keys that lead to it.
fn shown_texts(topic: &Topic) -> Vec<(Vec<String>, &str)> {
    let mut texts: Vec<(Vec<String>, &str)> = Vec::new();
    let list = |keys: &[&str], lines: &'_ [String]| -> Vec<Vec<String>> {
        (0..lines.len()).map(|nth| keys.iter().map(|k| (*k).to_owned()).chain([nth.to_string()]).collect()).collect()
    };
    let lists: [(&[&str], &[String]); 6] = [
        (&["care", "call_now"], &topic.care.call_now),
        (&["care", "today"], &topic.care.today),
        (&["care", "days"], &topic.care.days),
        (&["care", "home"], &topic.care.home),
        (&["self_care", "do"], &topic.self_care.dos),
        (&["self_care", "dont"], &topic.self_care.dont),
    ];
    for (keys, lines) in lists {
        texts.extend(list(keys, lines).into_iter().zip(lines.iter().map(String::as_str)));
    }
    let own = |keys: &[&str]| keys.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>();
    for (nth, flag) in topic.red_flags.iter().enumerate() {
        texts.push((own(&["red_flags", &nth.to_string(), "text"]), &flag.text));
    }
    for (nth, related) in topic.related.iter().enumerate() {
        texts.push((own(&["related", &nth.to_string(), "reason"]), &related.reason));
    }
    for (nth, myth) in topic.not_true.iter().enumerate() {
        texts.push((own(&["not_true", &nth.to_string(), "correction"]), &myth.correction));
    }
    for (nth, article) in topic.articles.iter().enumerate() {
        let nth = nth.to_string();
        texts.push((own(&["articles", &nth, "summary"]), &article.summary));
        for (at, point) in article.points.iter().enumerate() {
            let parts =
                [("what", &point.what), ("signs", &point.signs), ("usual", &point.usual), ("body", &point.body), ("when", &point.when)];
            for (key, text) in parts.into_iter().filter_map(|(key, text)| Some((key, text.as_deref()?))) {
                texts.push((own(&["articles", &nth, "points", &at.to_string(), key]), text));
            }
        }
    }
    texts
}

fn wording(loaded: &Loaded, faults: &mut Vec<Fault>) {
    for (topic, place) in topics(loaded) {
        for (keys, text) in shown_texts(topic) {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            if let Some((found, reason)) = lint::banned(text) {
                faults.push(place.error(&keys, format!("“{found}”不能写：{reason}"), "换一种说法"));
            }
            if let Some(sentence) = lint::long_sentence(text) {
                let message = format!("这句有 {} 个字：{sentence}", sentence.chars().count());
                faults.push(place.error(&keys, message, "拆成 40 个字以内的短句"));
            }
        }
    }
}

fn related_topics(loaded: &Loaded, faults: &mut Vec<Fault>) {
    for (topic, place) in topics(loaded) {
        for (nth, related) in topic.related.iter().enumerate() {
            let keys = ["related", &nth.to_string(), "id"];
            if related.id == topic.id {
                faults.push(place.error(&keys, "相关主题写成了自己", "换成别的主题"));
            } else if !loaded.topic_files.contains_key(&related.id) {
                faults.push(place.error(&keys, format!("没有“{}”这个主题", related.id), "改成已有的主题 id"));
            }
        }
    }
}

fn heard(loaded: &Loaded, faults: &mut Vec<Fault>) {
    let rules: HashSet<&str> = loaded.knowledge.rules.iter().map(|rule| rule.id.as_str()).collect();
    for heard in &loaded.knowledge.heard {
        if let Some(rule) = heard.rule.as_deref().filter(|rule| !rules.contains(rule)) {
            let message = format!("“{}”归在“{rule}”，但没有这条红旗", heard.text);
            faults.push(Fault::error(Path::new(HEARD_FILE), 1, message, "改成已有红旗的 id；不是急症就写 -"));
        }
    }
}

fn review_dates(loaded: &Loaded, faults: &mut Vec<Fault>) {
    let today = Date::today();
    for (topic, place) in topics(loaded) {
        let review = &topic.review;
        if review.published > review.reviewed || review.reviewed >= review.next_review {
            faults.push(place.error(&["review", "reviewed"], "审阅日期的先后不对", "应为 published ≤ reviewed < next_review"));
        }
        if review.next_review < today {
            let line = place.0.line_of(&["review", "next_review"]);
            faults.push(Fault::warning(&place.0.path, line, "已过复审日期", "重新读一遍，更新 reviewed 和 next_review"));
        }
    }
}

fn rules(loaded: &Loaded, faults: &mut Vec<Fault>) {
    for rule in &loaded.knowledge.rules {
        let Some(source) = loaded.rule_files.get(&rule.id) else { continue };
        let place = Place(source);
        if rule.id != stem(&source.path) {
            faults.push(place.error(&["id"], format!("id “{}”与文件名不同", rule.id), "两者改成一样"));
        }
        if loaded.knowledge.card(&rule.card).is_none() {
            faults.push(place.error(&["card"], format!("没有“{}”这张卡片", rule.card), "在 knowledge/cards/ 里写一张"));
        }
        if rule.examples.len() < 20 {
            faults.push(place.error(&["examples"], format!("只有 {} 句例句", rule.examples.len()), "至少写 20 句"));
        }
        if rule.counter_examples.len() < 5 {
            faults.push(place.error(&["counter_examples"], format!("只有 {} 句反例", rule.counter_examples.len()), "至少写 5 句"));
        }
        if rule.when.is_empty() {
            faults.push(place.error(&["id"], "没有 [[when]]", "写上什么情况下触发"));
        }
    }
}

fn cards(loaded: &Loaded, faults: &mut Vec<Fault>) {
    let mut fault = |card: &Card, message: String, advice: &str| {
        faults.push(Fault::error(Path::new(&format!("knowledge/cards/{}.toml", card.id)), 1, message, advice));
    };
    for card in &loaded.knowledge.cards {
        if card.steps.len() > Card::MAX_STEPS {
            fault(card, format!("有 {} 条", card.steps.len()), "最多五条");
        }
        if card.level == Level::CallNow && !card.action.contains(Card::AMBULANCE) {
            fault(card, "第一行没有急救电话".into(), "写上 {急救电话}");
        }
        for text in card.steps.iter().chain([&card.action, &card.why]) {
            if let Some((found, reason)) = lint::banned(text) {
                fault(card, format!("“{found}”不能写：{reason}"), "换一种说法");
            }
        }
        if !card.topic.is_empty() && loaded.knowledge.topic(&card.topic).is_none() {
            fault(card, format!("没有“{}”这个主题", card.topic), "改成已有的主题，或留空");
        }
    }
}

fn regions(loaded: &Loaded, faults: &mut Vec<Fault>) {
    let path = Path::new("knowledge/regions.toml");
    let today = Date::today();
    if !loaded.knowledge.regions.iter().any(|region| region.elsewhere) {
        faults.push(Fault::error(path, 1, "没有 elsewhere = true 的一项", "加上给其他地区的一项"));
    }
    for region in &loaded.knowledge.regions {
        if region.ambulance.is_empty() && !region.elsewhere {
            faults.push(Fault::error(path, 1, format!("{}没有急救电话", region.name), "填上核实过的号码"));
        }
        if region.recheck_by < today {
            let message = format!("{}的急救电话过了复核日期，不再显示", region.name);
            faults.push(Fault::error(path, 1, message, "核实后更新 verified_on 和 recheck_by"));
        }
        for line in region.help_lines.iter().filter(|line| line.recheck_by < today) {
            let message = format!("{}的“{}”过了复核日期，不再显示", region.name, line.name);
            faults.push(Fault::warning(path, 1, message, "核实后更新日期"));
        }
    }
}

fn retired(loaded: &Loaded, faults: &mut Vec<Fault>) {
    let path = Path::new("knowledge/retired.toml");
    for gone in &loaded.knowledge.retired {
        if !gone.successor.is_empty() && loaded.knowledge.find(&gone.successor).is_none() {
            faults.push(Fault::error(path, 1, format!("接替者“{}”不存在", gone.successor), "改成现有文章的 id，或留空"));
        }
        if loaded.knowledge.find(&gone.id).is_some() {
            faults.push(Fault::error(path, 1, format!("“{}”还在，不是退休文章", gone.id), "从这里删掉"));
        }
    }
}

fn facet_words(loaded: &Loaded, faults: &mut Vec<Fault>) {
    for facet in Facet::ALL {
        if loaded.knowledge.facet_words(facet).is_none_or(|words| words.cues.is_empty()) {
            let message = format!("{} 没有问法用词", facet.slug());
            faults.push(Fault::error(Path::new("knowledge/facets.toml"), 1, message, "写上 cues"));
        }
    }
}
