//! Commands. The menu and /help come from the enum.

use super::bot::Bot;
use super::carry::{held_in_words, linked};
use super::deliver::{log, reply_target};
use super::desk::{Role, least_role};
use super::groups::fit_for_the_place;
use super::press;
use super::trail::Trail;
use super::update::Said;
use crate::answer::{self, Answer, Asker, fill, simple};
use crate::engine::Engine;
use crate::knowledge::Audience;
use crate::text::Script;
use crate::triage::Assessment;
use teloxide::utils::command::BotCommands;

/// What can be asked of the bot beside questions.
#[derive(Debug, Clone, PartialEq, Eq, BotCommands)]
#[expect(missing_docs, reason = "teloxide shows doc comments in the menu; the descriptions say what each does")]
#[command(rename_rule = "lowercase")]
pub enum Command {
    #[command(description = "开始")]
    Start(String),
    #[command(description = "怎么用")]
    Help,
    #[command(description = "按身体部位或科室找")]
    Browse,
    #[command(description = "大家常看")]
    Hot,
    #[command(description = "选择地区，显示当地急救电话")]
    Region,
    #[command(description = "按科室和城市找医院、找医生")]
    Where,
    #[command(description = "只看结论和该多快去看（再发一次改回来）")]
    Short,
    #[command(description = "上一个回答是怎么找到的")]
    Why,
    #[command(description = "关于问症")]
    About,
    #[command(description = "隐私说明")]
    Privacy,
    #[command(description = "删掉为我保存的内容")]
    Forget,
    #[command(description = "重新载入知识：先看变化，再发布")]
    Reload,
    #[command(description = "预览还没发布的候选")]
    Preview,
    #[command(description = "退回以前的一版")]
    Rollback,
    #[command(description = "撤下一篇文章")]
    Withdraw(String),
    #[command(description = "放回撤下的文章")]
    Putback(String),
    #[command(description = "版本和操作记录")]
    History,
    #[command(description = "大家没找到什么")]
    Gaps,
    #[command(description = "哪些文章没帮助")]
    Weak,
    #[command(description = "使用情况")]
    Stats,
    #[command(description = "备份")]
    Backup,
    #[command(description = "从备份恢复")]
    Restore(String),
}

impl Command {
    /// The menu; people of the desk see their commands too.
    pub(super) fn menu(role: Option<Role>) -> Vec<teloxide::types::BotCommand> {
        let shown = |command: &teloxide::types::BotCommand| least_role(&command.command).is_none_or(|least| role >= Some(least));
        Self::bot_commands().into_iter().filter(shown).collect()
    }
}

impl Bot {
    /// Runs a command, given without its slash.
    pub(super) async fn command(&self, said: &Said, text: &str) {
        let engine = self.engine();
        if matches!(engine.assess(text), Assessment::Alarm(_)) {
            return self.question(said, text).await;
        }
        let asker = self.asker(said.chat).await;
        let name = self.me.username.as_str();
        let answer = match Command::parse(&format!("/{text}"), name) {
            Ok(command) => {
                let typed = text.split(|c: char| c.is_whitespace() || c == '@').next().unwrap_or_default().to_lowercase();
                match least_role(&typed) {
                    Some(_) => self.desk(said, &command, &typed).await,
                    None => Some(self.answer_command(&engine, &command, said, &asker).await),
                }
            }
            Err(_) => Some(simple(&engine.knowledge, &engine.knowledge.phrases.unknown_command)),
        };
        if let Some(answer) = answer.map(|answer| fit_for_the_place(&engine, said.private, answer)) {
            self.count_view(&answer);
            let script = self.script(&asker, false, &said.language);
            self.say(said.chat, &answer, script, reply_target(said)).await;
        }
    }

    async fn answer_command(&self, engine: &Engine, command: &Command, said: &Said, asker: &Asker) -> Answer {
        let (knowledge, phrases) = (&engine.knowledge, &engine.knowledge.phrases);
        match command {
            Command::Start(link) if !link.is_empty() && link != answer::PLAIN_START => {
                let answer = Trail::default().under(knowledge, press::article(engine, &linked(knowledge, link), asker));
                if said.private {
                    self.sessions.shows(engine, said.chat, &answer, Audience::Any);
                }
                answer
            }
            Command::Start(_) => answer::start(knowledge, asker),
            Command::Help => simple(knowledge, &format!("{}\n\n{}", phrases.help, help_lines(self.roles.of(said.person)))),
            Command::Browse => answer::browse(knowledge),
            Command::Hot => answer::hot(knowledge, &self.most_read().await),
            Command::Region => answer::region_menu(knowledge),
            Command::Where => answer::all_departments(knowledge),
            Command::Short => simple(knowledge, &self.turn_short(engine, said.chat).await),
            Command::Why => answer::why(knowledge, self.sessions.trace(said.chat).map(|trace| trace.lines()).unwrap_or_default()),
            Command::About => simple(knowledge, &phrases.about),
            Command::Privacy => simple(knowledge, &phrases.privacy),
            Command::Forget => simple(knowledge, &self.forget(engine, said).await),
            // The desk's own were taken before.
            _ => simple(knowledge, &phrases.admins_only),
        }
    }

    async fn most_read(&self) -> Vec<String> {
        let mut views = self.stored(|store| store.counts("views")).await.unwrap_or_default();
        views.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        views.into_iter().take(8).map(|(id, _)| id).collect()
    }

    async fn forget(&self, engine: &Engine, said: &Said) -> String {
        let phrases = &engine.knowledge.phrases;
        let (chat, person) = (said.chat, said.person);
        let topic = self.sessions.topic(chat).and_then(|id| engine.knowledge.topic(&id).map(|topic| topic.name.clone()));
        let talked = self.sessions.forget(chat);
        let of_chat = self.stored(move |store| store.person(chat).forget()).await.unwrap_or_default();
        let of_person = if person == chat {
            crate::store::Held::default()
        } else {
            self.stored(move |store| store.person(person).forget()).await.unwrap_or_default()
        };
        let votes = of_chat.votes + of_person.votes;
        let region = of_chat.values.contains_key("region");
        let mut held = Vec::new();
        let about = topic.map(|name| format!("（{name}）")).unwrap_or_default();
        held.extend(talked.then(|| format!("最近说的话和话题{about}")));
        held.extend(region.then(|| "所选地区".to_owned()));
        held.extend(held_in_words(&phrases.carry, &of_chat));
        if person != chat {
            held.extend(held_in_words(&phrases.carry, &of_person));
        }
        held.extend((votes > 0).then(|| format!("{votes} 个评价")));
        if held.is_empty() { phrases.forget_nothing.clone() } else { fill(&phrases.forget, &[("内容", &held.join("、"))]) }
    }

    /// Remembers a region and shows the menu in its script. None where there is no such region.
    pub(super) async fn choose_region(&self, engine: &Engine, id: &str, chat: i64) -> Option<Answer> {
        let region = engine.knowledge.region(id)?;
        let chosen = id.to_owned();
        self.stored(move |store| store.person(chat).put("region", "id", &chosen)).await;
        let menu = Command::menu(self.roles.of(chat)).into_iter().map(|mut command| {
            command.description = self.renderer.sentence(&command.description, region.script);
            command
        });
        if region.script != Script::Simplified
            && let Err(error) = self.api.set_commands(menu.collect(), Some(chat)).await
        {
            log(&error);
        }
        let today = crate::knowledge::Date::today();
        let number = region.ambulance_on(today).unwrap_or(&engine.knowledge.phrases.ambulance_elsewhere);
        Some(simple(&engine.knowledge, &fill(&engine.knowledge.phrases.region_set, &[("地区", &region.name), ("急救电话", number)])))
    }
}

fn help_lines(role: Option<Role>) -> String {
    let line = |command: teloxide::types::BotCommand| format!("/{} {}", command.command.trim_start_matches('/'), command.description);
    Command::menu(role).into_iter().map(line).collect::<Vec<_>>().join("\n")
}
