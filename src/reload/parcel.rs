//! Topic files that an editor sends, alone or in a zip: bounded, and nowhere but in the folder of topics.

use crate::knowledge::NewFile;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// Largest topic file, in bytes.
pub const LARGEST_FILE: u64 = 512 * 1024;
/// Largest zip, in bytes.
pub const LARGEST_PARCEL: u64 = 4 * 1024 * 1024;
/// Most files in a zip.
const MOST_FILES: usize = 500;
/// Most bytes of all files of a zip together, unpacked.
const LARGEST_CONTENT: u64 = 16 * 1024 * 1024;

/// Why what was sent is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParcelError {
    /// Neither a topic file nor a zip.
    #[error("只收 .toml 和 .zip")]
    Kind,
    /// Too large, or too many.
    #[error("{0} 太大或太多：一个主题文件最多 512 KB，一包最多 500 个、解开后 16 MB")]
    TooLarge(String),
    /// Not UTF-8.
    #[error("{0} 不是 UTF-8 文本")]
    NotText(String),
    /// The zip cannot be read.
    #[error("压缩包读不出来：{0}")]
    Broken(String),
    /// A name that leads elsewhere.
    #[error("“{0}”不能放进知识文件夹：路径应是 topics/身体系统/主题.toml，只用小写英文、数字和连字符")]
    Place(String),
    /// A topic that is not there yet, and no word on where it belongs.
    #[error("还没有叫 {0} 的主题文件；新主题请在文件说明里写身体系统的文件夹名（例如 digestive），或放进 zip 的 topics/身体系统/ 下")]
    NoSystem(String),
    /// Nothing in it.
    #[error("压缩包里没有主题文件")]
    Empty,
}

/// The topic files in what was sent. A file that is there already keeps its place; a new one goes into `system`, the folder
/// of a body system.
///
/// # Errors
/// Anything that is no topic file, leads out of the folder of topics, or is too large.
pub fn unpack(dir: &Path, name: &str, bytes: &[u8], system: Option<&str>) -> Result<Vec<NewFile>, ParcelError> {
    let ending = Path::new(name).extension().unwrap_or_default().to_ascii_lowercase();
    if ending == "toml" {
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(ParcelError::TooLarge(name.to_owned()));
        }
        return Ok(vec![file(dir, name, bytes.to_vec(), system)?]);
    }
    if ending != "zip" {
        return Err(ParcelError::Kind);
    }
    unzip(dir, bytes, system)
}

fn unzip(dir: &Path, bytes: &[u8], system: Option<&str>) -> Result<Vec<NewFile>, ParcelError> {
    let broken = |error: zip::result::ZipError| ParcelError::Broken(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_FILES {
        return Err(ParcelError::TooLarge("压缩包".to_owned()));
    }
    let (mut files, mut left) = (Vec::new(), LARGEST_CONTENT);
    for nth in 0..archive.len() {
        let entry = archive.by_index(nth).map_err(broken)?;
        let name = entry.name().to_owned();
        if entry.is_dir() || name.starts_with("__MACOSX/") {
            continue;
        }
        if entry.is_symlink() {
            return Err(ParcelError::Place(name));
        }
        // What the entry says of its size is not believed: reading stops at the bound.
        let bound = LARGEST_FILE.min(left);
        let mut content = Vec::new();
        entry.take(bound + 1).read_to_end(&mut content).map_err(|error| ParcelError::Broken(error.to_string()))?;
        if content.len() as u64 > bound {
            return Err(ParcelError::TooLarge(name));
        }
        left -= content.len() as u64;
        files.push(file(dir, &name, content, system)?);
    }
    if files.is_empty() { Err(ParcelError::Empty) } else { Ok(files) }
}

fn file(dir: &Path, name: &str, bytes: Vec<u8>, system: Option<&str>) -> Result<NewFile, ParcelError> {
    let path = place(dir, name, system)?;
    let text = String::from_utf8(bytes).map_err(|_| ParcelError::NotText(name.to_owned()))?;
    Ok(NewFile { path, text })
}

/// Where a file belongs. Built anew from parts that are plain words, so that no name leads elsewhere.
fn place(dir: &Path, name: &str, system: Option<&str>) -> Result<PathBuf, ParcelError> {
    let wrong = || ParcelError::Place(name.chars().take(80).collect());
    let parts: Vec<&str> = name.split('/').collect();
    let stem = parts.last().and_then(|last| last.strip_suffix(".toml")).filter(|stem| is_word(stem)).ok_or_else(wrong)?;
    let file = format!("{stem}.toml");
    let named = match parts.get(..parts.len() - 1).unwrap_or_default() {
        [] => None,
        ["topics", system] | ["knowledge", "topics", system] => Some(*system),
        _ => return Err(wrong()),
    };
    let system = named.map(str::to_owned).or_else(|| there_already(dir, &file)).or_else(|| system.map(str::to_owned));
    let system = system.ok_or_else(|| ParcelError::NoSystem(stem.to_owned()))?;
    if !is_word(&system) {
        return Err(wrong());
    }
    Ok(Path::new("topics").join(system).join(file))
}

fn is_word(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

/// The body system in which a file of this name lies.
fn there_already(dir: &Path, file: &str) -> Option<String> {
    let systems = std::fs::read_dir(dir.join("topics")).ok()?.flatten();
    let mut names = systems.filter(|entry| entry.path().join(file).is_file()).map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a file");
            writer.write_all(bytes).expect("its bytes");
        }
        writer.finish().expect("a zip").into_inner()
    }

    fn unpacked(files: &[(&str, &[u8])]) -> Result<Vec<NewFile>, ParcelError> {
        unpack(Path::new("/nowhere"), "a.zip", &zipped(files), None)
    }

    #[test]
    fn topic_files_go_where_topics_are() {
        let files = unpacked(&[("topics/ent/ear-itch.toml", b"id = 1"), ("knowledge/topics/skin/lips.toml", b"id = 2")]).expect("good");
        let paths: Vec<_> = files.iter().map(|file| file.path.to_string_lossy().into_owned()).collect();
        assert_eq!(paths, ["topics/ent/ear-itch.toml", "topics/skin/lips.toml"]);
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for name in [
            "../evil.toml",
            "topics/../../evil.toml",
            "/etc/evil.toml",
            "topics/ent/../x.toml",
            "topics/ent/.hidden.toml",
            "phrases.toml/x",
            "red_flags/x.toml",
            "topics\\ent\\x.toml",
            "topics/ent/x.sh",
        ] {
            assert!(unpacked(&[(name, b"x")]).is_err(), "{name}");
        }
        assert_eq!(
            unpack(Path::new("/nowhere"), "../x.toml", b"x", Some("ent")).expect_err("it leads up"),
            ParcelError::Place("../x.toml".to_owned())
        );
        assert!(unpack(Path::new("/nowhere"), "x.toml", b"x", Some("../..")).is_err());
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let zeros = vec![b' '; 40 * 1024 * 1024];
        let bomb = zipped(&[("topics/ent/bomb.toml", &zeros)]);
        assert!(bomb.len() < 100_000, "{} bytes", bomb.len());
        assert!(matches!(unpack(Path::new("/nowhere"), "a.zip", &bomb, None), Err(ParcelError::TooLarge(_))));
        let halves = vec![b' '; 500 * 1024];
        let names: Vec<String> = (0..40).map(|nth| format!("topics/ent/bomb-{nth}.toml")).collect();
        let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), halves.as_slice())).collect();
        assert!(matches!(unpacked(&many), Err(ParcelError::TooLarge(_))), "together too large");
    }

    #[test]
    fn what_is_no_zip_and_no_text_is_refused_with_words() {
        assert!(matches!(unpack(Path::new("/nowhere"), "a.zip", b"no zip", None), Err(ParcelError::Broken(_))));
        assert!(matches!(unpack(Path::new("/nowhere"), "a.toml", b"\xff\xfe", Some("ent")), Err(ParcelError::NotText(_))));
        assert_eq!(unpack(Path::new("/nowhere"), "a.pdf", b"", None), Err(ParcelError::Kind));
        assert_eq!(unpack(Path::new("/nowhere"), "new.toml", b"", None), Err(ParcelError::NoSystem("new".to_owned())));
    }
}
