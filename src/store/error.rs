//! Everything that can go wrong, in words an operator can act on: what, where, what to do next.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What a failed write or read of ours returns, inside the room.
pub(super) type Result<T> = std::result::Result<T, StoreError>;

/// An error from below, kept for the chain of causes.
pub(super) type Cause = Box<dyn Error + Send + Sync + 'static>;

/// Everything that can go wrong with the store. The text is meant for the operator: what, where, what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process, or another `Store` of this one, has the folder open.
    #[error("数据目录 {dir} 正被另一个进程使用{holder}。一个目录同时只能开一个：请先停掉那个进程，或用 --data 指定别的目录。", dir = .dir.display())]
    Locked {
        /// The store's folder.
        dir: PathBuf,
        /// The other process as far as known, in brackets, or empty.
        holder: String,
    },
    /// A file stands where the folder should be.
    #[error("{dir} 不是目录。请用 --data 指定一个目录，或把这个文件移走。", dir = .dir.display())]
    NotAFolder {
        /// The path that was given.
        dir: PathBuf,
    },
    /// The folder holds something else; nothing was touched.
    #[error("{dir} 里有别的东西（{found}），不像 wenzheng 的数据目录，没有动它。请用 --data 指定一个空目录或原来的数据目录。", dir = .dir.display())]
    NotAStore {
        /// The path that was given.
        dir: PathBuf,
        /// The first thing found that is not ours.
        found: String,
    },
    /// The file system is mounted read-only.
    #[error("{path} 所在的文件系统是只读的，无法写入。请改为可写挂载，或用 --data 指定别的目录。", path = .path.display())]
    ReadOnly {
        /// Where the write was refused.
        path: PathBuf,
        /// The refusal.
        source: Cause,
    },
    /// The operating system does not let us read or write here.
    #[error("没有权限读写 {path}。请检查目录的属主和权限（运行 wenzheng 的用户要能读写）。", path = .path.display())]
    NoPermission {
        /// Where access was refused.
        path: PathBuf,
        /// The refusal.
        source: Cause,
    },
    /// No space left, or the quota is used up.
    #[error("磁盘已满，{path} 没有写成；此前确认过的数据不受影响。请腾出空间再试；如果仍然报错，请重启 wenzheng。", path = .path.display())]
    DiskFull {
        /// Where the write failed.
        path: PathBuf,
        /// The failure.
        source: Cause,
    },
    /// Any other failure of the file system.
    #[error("{doing} {path} 失败。请检查磁盘和系统日志后重试。", path = .path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// The failure.
        source: Cause,
    },
    /// Written by a newer version of the program.
    #[error("{path} 是更新版本的 wenzheng 写的（格式 {found}，本程序最多认识 {known}）。请换用新版程序，不要用旧版打开。", path = .path.display())]
    NewerFormat {
        /// The file or folder.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format this program knows.
        known: u32,
    },
    /// What is on the disk cannot be what was written.
    #[error("{path} 已损坏：{why}。请先把整个数据目录复制一份留底，再用 wenzheng restore 从备份恢复到一个新目录。", path = .path.display())]
    Corrupt {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
        /// What the engine said, if it said something.
        source: Option<Cause>,
    },
    /// A revision of the knowledge is not what was published.
    #[error("知识库版本 {path} 已损坏：{why}。请重新发布知识库，或从备份恢复；不再要这个版本，就停机后删除这个目录。", path = .path.display())]
    DamagedRevision {
        /// Its folder.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
        /// What the engine said, if it said something.
        source: Option<Cause>,
    },
    /// An earlier write failed, so that nothing more can be promised until a restart.
    #[error("{dir} 先前写入失败，已停止写入以免丢数据；读取仍然可用。请看日志里第一条错误，排除后会自动恢复；如果没有，请重启 wenzheng。", dir = .dir.display())]
    Broken {
        /// The database that is not written to any more.
        dir: PathBuf,
    },
    /// A key, namespace or digest that cannot be stored.
    #[error("名字 {name:?} 不能用：{why}。")]
    BadName {
        /// The name, shortened.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// No revision of this digest is kept.
    #[error("没有保存版本 {digest}。请先列出现有版本，再选一个。")]
    NoRevision {
        /// The digest asked for.
        digest: String,
    },
    /// The value cannot be written in the store's format.
    #[error("{key} 的值无法编码，没有保存。这是程序的错误，请报告。")]
    Encode {
        /// Under which key.
        key: String,
        /// Why not.
        source: Cause,
    },
    /// The value was written as another type, or is damaged.
    #[error("{key} 的值读不出来：内容损坏，或不是所要的类型。请从备份恢复，或重新发布一次知识库。")]
    Decode {
        /// Under which key.
        key: String,
        /// Why not.
        source: Cause,
    },
    /// The value was written by a newer version of the program.
    #[error("{key} 的值是更新版本的 wenzheng 写的（格式 {found}，本程序最多认识 {known}）。请换用新版程序。")]
    NewerValue {
        /// Under which key.
        key: String,
        /// Its format.
        found: u8,
        /// The newest format this program knows.
        known: u8,
    },
    /// The file is not a backup at all.
    #[error("{path} 不是 wenzheng 的备份文件，没有恢复任何东西。请检查文件名。", path = .path.display())]
    NotABackup {
        /// The file.
        path: PathBuf,
    },
    /// The backup is not what was written; nothing was restored.
    #[error("备份文件 {path} 已损坏：{why}。没有恢复任何东西，现有数据不变。请换另一份备份。", path = .path.display())]
    BackupDamaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

impl StoreError {
    /// The right error for a failure of the file system, so that a full disk is called a full disk everywhere.
    pub(super) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        let kind = source.kind();
        let source = source.into();
        match kind {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path, source },
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path, source },
            ErrorKind::PermissionDenied => Self::NoPermission { path, source },
            ErrorKind::NotADirectory => Self::NotAFolder { dir: path },
            _ => Self::Io { doing, path, source },
        }
    }

    /// The same damage, where it concerns a revision only.
    pub(super) fn of_revision(self) -> Self {
        match self {
            Self::Corrupt { path, why, source } => Self::DamagedRevision { path, why, source },
            other => other,
        }
    }

    /// Something on the disk is not what was written, and we saw it ourselves.
    pub(super) fn corrupt(path: &Path, why: impl Into<String>) -> Self {
        Self::Corrupt { path: path.to_path_buf(), why: why.into(), source: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_the_system_is_called_by_its_name() {
        let cases = [
            (ErrorKind::StorageFull, "磁盘已满"),
            (ErrorKind::QuotaExceeded, "磁盘已满"),
            (ErrorKind::ReadOnlyFilesystem, "只读"),
            (ErrorKind::PermissionDenied, "没有权限"),
            (ErrorKind::NotADirectory, "不是目录"),
            (ErrorKind::Other, "读取 /data/x 失败"),
        ];
        for (kind, words) in cases {
            let error = StoreError::io("读取", Path::new("/data/x"), kind.into());
            let text = error.to_string();
            assert!(text.contains(words) && text.contains("/data/x"), "{text}");
            assert!(error.source().is_some() || kind == ErrorKind::NotADirectory);
        }
    }
}
