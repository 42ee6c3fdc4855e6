//! The real bot in this process, on a Telegram on this machine, with a store of its own.

use super::shipped;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use wenzheng::emulator::{Emulator, Heard, Person};
use wenzheng::engine::{Live, Settings as EngineSettings};
use wenzheng::reload::{Keeper, boot};
use wenzheng::store::{self, Store};
use wenzheng::telegram::{self, AdminSettings, Observer, ServeError, Settings};

/// The admin's user id.
const ADMIN: i64 = 900;
/// An editor.
const EDITOR: i64 = 901;
/// A reviewer.
const REVIEWER: i64 = 902;
/// How long a plot waits for the bot before it fails; on a good day nothing waits so long.
const PATIENCE: Duration = Duration::from_secs(20);

/// The bot and all that is around it.
pub struct Bot {
    pub telegram: Emulator,
    pub store: Store,
    keeper: Arc<Keeper>,
    settings: Settings,
    stop: watch::Sender<bool>,
    serving: JoinHandle<Result<(), ServeError>>,
    data: TempDir,
    next_person: AtomicI64,
}

/// What a bot is started with.
struct Plan<'a> {
    folder: &'a Path,
    settings: Settings,
    observer: Option<Observer>,
}

impl Bot {
    /// Over the shipped knowledge.
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    /// Over the shipped knowledge, with other settings.
    pub async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = settings();
        change(&mut settings);
        Self::open(Plan { folder: &shipped::folder(), settings, observer: None }, |_| shipped::live()).await
    }

    /// Over the shipped knowledge, with somebody who is told every trace.
    pub async fn start_observed(observer: Observer) -> Self {
        let plan = Plan { folder: &shipped::folder(), settings: settings(), observer: Some(observer) };
        Self::open(plan, |_| shipped::live()).await
    }

    /// Over a knowledge folder of its own, which it may reload.
    pub async fn start_over(folder: &Path) -> Self {
        Self::start_over_with(folder, |_| ()).await
    }

    /// Over a knowledge folder of its own, with other settings.
    pub async fn start_over_with(folder: &Path, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = settings();
        change(&mut settings);
        let booted = |store: &Store| {
            let boot = boot(folder, Some(store), EngineSettings::default(), |_| ()).expect("it starts");
            assert!(boot.alarms.is_empty(), "{:?}", boot.alarms);
            Arc::new(Live::new(boot.engine))
        };
        Self::open(Plan { folder, settings, observer: None }, booted).await
    }

    async fn open(plan: Plan<'_>, live: impl FnOnce(&Store) -> Arc<Live>) -> Self {
        let telegram = Emulator::start(([127, 0, 0, 1], 0).into()).await.expect("a free port");
        telegram.set_patience(PATIENCE);
        let data = TempDir::new().expect("a temporary folder");
        let store = open_store(data.path());
        let keeper = Arc::new(Keeper::new(plan.folder, Some(store.clone()), EngineSettings::default(), live(&store)));
        Self::serve(telegram, data, store, keeper, plan.settings, plan.observer)
    }

    fn serve(
        telegram: Emulator,
        data: TempDir,
        store: Store,
        keeper: Arc<Keeper>,
        mut settings: Settings,
        observer: Option<Observer>,
    ) -> Self {
        settings.api_url = telegram.url();
        let (stop, stopped) = watch::channel(false);
        let (token, serving, with) = (telegram.token().to_owned(), Arc::clone(&keeper), settings.clone());
        let kept = store.clone();
        let admins = AdminSettings {
            ids: vec![ADMIN],
            editors: vec![EDITOR],
            reviewers: vec![REVIEWER],
            backups: data.path().join("backups"),
            digest: true,
            ..AdminSettings::default()
        };
        let serving = tokio::spawn(async move { telegram::serve(&token, &with, &admins, serving, Some(kept), observer, stopped).await });
        Self { telegram, store, keeper, settings, stop, serving, data, next_person: AtomicI64::new(1_001) }
    }

    /// Stops it, opens its store anew and starts it again, on the same Telegram.
    pub async fn restart(self) -> Self {
        self.stop.send_replace(true);
        self.serving.await.expect("no panic").expect("a clean end");
        let (live, folder) = (Arc::clone(self.keeper.live()), self.keeper.dir().to_owned());
        drop((self.keeper, self.store));
        let store = open_store(self.data.path());
        let keeper = Keeper::new(&folder, Some(store.clone()), EngineSettings::default(), live);
        Self::serve(self.telegram, self.data, store, Arc::new(keeper), self.settings, None)
    }

    /// Reloads the knowledge, which must come out right.
    pub fn reload(&self) {
        self.keeper.reload(|_| ()).expect("the files are good");
    }

    /// What keeps its knowledge true to the files.
    pub fn keeper(&self) -> Arc<Keeper> {
        Arc::clone(&self.keeper)
    }

    /// Waits until it ends by itself, and gives how.
    pub async fn ends(self) -> Result<(), ServeError> {
        self.serving.await.expect("no panic")
    }

    /// Somebody new in a private chat.
    pub fn person(&self) -> Person {
        self.telegram.person(self.next_person.fetch_add(1, Ordering::Relaxed), "小林")
    }

    /// Somebody who may use admin commands.
    pub fn admin(&self) -> Person {
        self.telegram.person(ADMIN, "管理员")
    }

    /// Somebody who may release.
    pub fn editor(&self) -> Person {
        self.telegram.person(EDITOR, "编辑")
    }

    /// Somebody who may look, and withdraw.
    pub fn reviewer(&self) -> Person {
        self.telegram.person(REVIEWER, "审阅")
    }

    /// How often the article was read.
    pub fn views(&self, article: &str) -> u64 {
        self.store.count("views", article).expect("the store counts")
    }
}

/// Quick polls, and nobody is slowed down.
fn settings() -> Settings {
    Settings { burst: 1_000, poll_seconds: 5, ..Settings::default() }
}

fn open_store(data: &Path) -> Store {
    Store::open(&data.join("store"), &store::Settings::default()).expect("a store")
}

/// A question and its answer, for plots in which only the answer matters.
pub trait Asks {
    /// Says it and gives what is heard.
    async fn asks(&self, text: &str) -> Heard;
    /// Presses the newest button so labelled and gives what is heard.
    async fn taps(&self, label: &str) -> Heard;
}

impl Asks for Person {
    async fn asks(&self, text: &str) -> Heard {
        self.says(text).await;
        let heard = self.hears().await;
        assert!(!heard.silence, "silence after {text}");
        heard
    }

    async fn taps(&self, label: &str) -> Heard {
        assert!(self.presses(label).await, "there is a button {label}");
        let heard = self.hears().await;
        assert!(!heard.silence, "silence after the button {label}");
        heard
    }
}
