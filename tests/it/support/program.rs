//! The program itself, run as people run it.

use super::small::Small;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::watch;
use wenzheng::emulator::Emulator;

/// How long a test waits for it before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder to run it in, with a store and a small knowledge.
pub struct Home {
    folder: TempDir,
    pub knowledge: Small,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self::over(Small::new())
    }

    /// With another knowledge.
    pub fn over(knowledge: Small) -> Self {
        Self { folder: TempDir::new().expect("a temporary folder"), knowledge }
    }

    /// A file in the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and gives its path as an argument.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.file(name);
        fs::write(&path, text).expect("the file");
        path.to_string_lossy().into_owned()
    }

    /// The program, with its folders and nothing of this process's environment that it reads.
    pub fn program(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wenzheng"));
        command.args(args).arg("--data").arg(self.file("data"));
        if !args.contains(&"--knowledge") {
            command.arg("--knowledge").arg(self.knowledge.path());
        }
        command.current_dir(self.folder.path()).env_remove("TELOXIDE_TOKEN").stdin(Stdio::null());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("WENZHENG_")) {
            command.env_remove(name);
        }
        command
    }

    /// Runs it to its end.
    pub fn run(&self, args: &[&str]) -> Ran {
        ended(self.program(args), "")
    }

    /// Runs it to its end on an input.
    pub fn feed(&self, args: &[&str], input: impl AsRef<[u8]>) -> Ran {
        ended(self.program(args), input)
    }

    /// Serves a Telegram on this machine, beside the test.
    pub fn serve(&self, telegram: &Emulator, token: &str, args: &[&str]) -> Running {
        let mut command = self.program(args);
        command.env("TELOXIDE_TOKEN", token).env("WENZHENG_TELEGRAM_API_URL", telegram.url()).env("WENZHENG_PLAYGROUND_PORT", "0");
        Running::start(command)
    }
}

/// Runs a command to its end on an input.
pub fn ended(mut command: Command, input: impl AsRef<[u8]>) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("its stdin");
    let input = input.as_ref();
    let output = std::thread::scope(|scope| {
        // Written beside the reading, so that neither waits for the other; it may end before it has read all.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().expect("it ends")
    });
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints UTF-8");
    Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// A program that runs beside the test, and not longer.
pub struct Running {
    child: Child,
    printed: watch::Receiver<String>,
}

impl Running {
    /// Starts a command.
    pub fn start(mut command: Command) -> Self {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        command.stdout(writer.try_clone().expect("the pipe again")).stderr(writer);
        let child = command.spawn().expect("it starts");
        // The command holds the pipe's end, which must close when the child ends.
        drop(command);
        let (tell, printed) = watch::channel(String::new());
        std::thread::spawn(move || {
            for line in BufReader::new(reader).lines() {
                let line = line.unwrap_or_else(|error| format!("not UTF-8: {error}"));
                tell.send_modify(|printed| printed.extend([line.as_str(), "\n"]));
            }
        });
        Self { child, printed }
    }

    /// Waits until it has printed the words; gives all it printed so far.
    pub async fn prints(&mut self, words: &str) -> String {
        let waited = tokio::time::timeout(PATIENCE, self.printed.wait_for(|printed| printed.contains(words)));
        let printed = waited.await.map(|printed| printed.map(|printed| printed.clone()));
        match printed {
            Ok(Ok(printed)) => printed,
            _ => panic!("it never printed {words}: {}", *self.printed.borrow()),
        }
    }

    /// Sends it a signal by name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status();
        assert!(sent.expect("kill is there").success());
    }

    /// Waits until it ends by itself; gives how, and all it printed.
    pub async fn ends(mut self) -> (ExitStatus, String) {
        // Its pipe closes when it ends.
        let closed = tokio::time::timeout(PATIENCE, async { while self.printed.changed().await.is_ok() {} }).await;
        let printed = self.printed.borrow().clone();
        assert!(closed.is_ok(), "it does not end: {printed}");
        (self.child.wait().expect("it ended"), printed)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Ran {
    /// Its output as JSON, one value a line.
    pub fn json(&self) -> Vec<serde_json::Value> {
        let value = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.out.lines().map(value).collect()
    }

    /// All it printed.
    pub fn said(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}
