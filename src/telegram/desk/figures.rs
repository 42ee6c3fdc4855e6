//! How the bot is used: the same numbers as text and as a picture.

use super::super::bot::Bot;
use crate::answer::fill;
use crate::knowledge::{Date, Knowledge};
use crate::metrics::{BUCKETS_MS, Panel, draw};
use crate::store::{Store, StoreError};
use std::collections::BTreeMap;
use std::time::Duration;

/// Days that are shown.
const DAYS: u64 = 14;
/// Topics that are shown.
const TOPICS: usize = 10;
/// Kinds of answers, as they are counted, and their names.
const KINDS: [(&str, &str); 7] = [
    ("answer", "直接作答"),
    ("choices", "给出候选"),
    ("decline", "没有合适的文章"),
    ("emergency", "急症提示"),
    ("crisis", "心理危机"),
    ("smalltalk", "问候和说明"),
    ("none_of_these", "点了“都不是”"),
];

/// How the bot is used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Questions by day, the last days in order, also those without any.
    pub days: Vec<(String, u64)>,
    /// Answers by kind since counting began.
    pub kinds: Vec<(String, u64)>,
    /// Most read topics since counting began.
    pub topics: Vec<(String, u64)>,
    /// Answers by how long they took at most, since counting began.
    pub latency: Vec<(String, u64)>,
}

/// Reads the figures.
///
/// # Errors
/// What the store refuses.
pub fn figures(store: &Store, knowledge: &Knowledge, today: Date) -> Result<Figures, StoreError> {
    let days: Vec<String> =
        (0..DAYS).rev().filter_map(|back| today.0.checked_sub_days(chrono::Days::new(back))).map(|day| day.to_string()).collect();
    let counted: BTreeMap<String, u64> = store.counts("days")?.into_iter().collect();
    let of_day = |day: &String| (day.get(5..).unwrap_or(day).to_owned(), counted.get(day).copied().unwrap_or_default());
    let asked: BTreeMap<String, u64> = store.counts("asked")?.into_iter().collect();
    let kinds = KINDS.iter().filter_map(|(kind, name)| Some(((*name).to_owned(), asked.get(*kind).copied()?)));
    Ok(Figures {
        days: days.iter().map(of_day).collect(),
        kinds: kinds.collect(),
        topics: topics(store, knowledge)?,
        latency: latency(store)?,
    })
}

fn topics(store: &Store, knowledge: &Knowledge) -> Result<Vec<(String, u64)>, StoreError> {
    let mut topics: BTreeMap<String, u64> = BTreeMap::new();
    for (article, views) in store.counts("views")? {
        // What is not there any more is named by its id.
        let id = || article.split('/').next().unwrap_or_default().to_owned();
        let name = knowledge.find(&article).map_or_else(id, |at| knowledge.topic_at(at).name.clone());
        *topics.entry(name).or_default() += views;
    }
    let mut topics: Vec<_> = topics.into_iter().collect();
    topics.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    topics.truncate(TOPICS);
    Ok(topics)
}

fn latency(store: &Store) -> Result<Vec<(String, u64)>, StoreError> {
    let counted: BTreeMap<String, u64> = store.counts("latency")?.into_iter().collect();
    let name = |bound: Option<u64>| bound.map_or_else(|| "更久".to_owned(), |bound| format!("{bound} 毫秒以内"));
    let bounds = BUCKETS_MS.into_iter().map(Some).chain([None]);
    let rows = bounds.map(|bound| (name(bound), counted.get(&bucket(bound)).copied().unwrap_or_default()));
    Ok(rows.collect())
}

fn bucket(bound: Option<u64>) -> String {
    bound.map_or_else(|| "more".to_owned(), |bound| bound.to_string())
}

impl Figures {
    /// Whether nothing was counted yet.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.topics.is_empty()
    }

    /// Titles and rows, in the order they are shown.
    pub fn parts(&self) -> [(&'static str, &[(String, u64)]); 4] {
        [("每天的提问", &self.days), ("怎么答的", &self.kinds), ("常看的主题", &self.topics), ("多久答完", &self.latency)]
    }

    /// As text, line by line; rows of nothing are left out.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (title, rows) in self.parts() {
            lines.push(format!("【{title}】"));
            lines.extend(rows.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name}：{count}")));
        }
        lines
    }

    fn panels(&self) -> Vec<Panel> {
        let parts = self.parts().into_iter().enumerate();
        parts.map(|(nth, (title, rows))| Panel { title: title.to_owned(), bars: rows.to_vec(), standing: nth == 0 }).collect()
    }
}

impl Bot {
    /// Counts an answer by day and by how long it took.
    pub(in crate::telegram) fn count_answer(&self, kind: &str, took: Duration) {
        self.metrics.answered(kind, took);
        self.count("days", &Date::today().to_string());
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        self.count("latency", &bucket(BUCKETS_MS.into_iter().find(|bound| millis < *bound)));
    }

    /// Sends the figures: a picture, and the same numbers as text.
    pub(super) async fn figures(&self, chat: i64) {
        let words = self.words();
        let engine = self.engine();
        let Some(figures) = self.stored(move |store| figures(store, &engine.knowledge, Date::today())).await else {
            return self.tell(chat, &words.no_store, Vec::new()).await;
        };
        if figures.is_empty() {
            return self.tell(chat, &words.stats_nothing, Vec::new()).await;
        }
        let title = fill(&words.stats, &[("天数", &DAYS.to_string())]);
        let panels = figures.panels();
        match tokio::task::spawn_blocking(move || draw(&panels)).await {
            Ok(Ok(png)) => {
                if let Err(error) = self.api.send_file("photo", chat, "stats.png", png, &title).await {
                    super::super::deliver::log(&error);
                }
            }
            Ok(Err(error)) => tracing::warn!("{error}"),
            Err(_) => tracing::warn!("画图时出了意外"),
        }
        self.tell(chat, &format!("{title}\n{}", figures.lines().join("\n")), Vec::new()).await;
    }
}
