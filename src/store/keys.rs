//! The keys of the small state and of a revision: one leading byte says what kind of entry it is.

use super::error::{Result, StoreError};

/// Separates the parts of a key; therefore no name may contain it.
const BETWEEN: u8 = 0;
const LONGEST: usize = 512;

/// Which revision is live.
pub(super) const LIVE: &[u8] = b"P";
/// The key that persons are hashed with.
pub(super) const SECRET: &[u8] = b"K";
/// How many changes there have been.
pub(super) const CHANGES: &[u8] = b"N";
/// Present when something was forgotten that the engine's log still holds.
pub(super) const TO_ERASE: &[u8] = b"F";
pub(super) const REVISIONS: &[u8] = b"R";
pub(super) const SETTINGS: &[u8] = b"S";
pub(super) const PERSONS: &[u8] = b"O";
pub(super) const COUNTERS: &[u8] = b"C";
pub(super) const TALLIES: &[u8] = b"T";
pub(super) const AUDIT: &[u8] = b"A";

/// Within a revision: an article, or whatever the caller keeps in it.
pub(super) const ARTICLES: &[u8] = b"a";
/// Within a revision: something about the revision as a whole.
pub(super) const META: &[u8] = b"m";

/// Within what belongs to a person: a vote.
pub(super) const VOTE: u8 = b'V';
/// Within what belongs to a person: a value.
pub(super) const VALUE: u8 = b'S';

/// A person as the store knows them: a keyed hash.
pub(super) type PersonHash = [u8; 16];

/// `kind`, then one name.
pub(super) fn one(kind: &[u8], name: &str) -> Vec<u8> {
    [kind, name.as_bytes()].concat()
}

/// `kind`, then two names.
pub(super) fn two(kind: &[u8], first: &str, second: &str) -> Vec<u8> {
    [kind, first.as_bytes(), &[BETWEEN], second.as_bytes()].concat()
}

/// The prefix of all keys `two(kind, first, ..)`.
pub(super) fn all_of(kind: &[u8], first: &str) -> Vec<u8> {
    two(kind, first, "")
}

/// `kind`, then a number, in numeric order.
pub(super) fn numbered(kind: &[u8], number: u64) -> Vec<u8> {
    [kind, &number.to_be_bytes()].concat()
}

/// The prefix of everything a person left here.
pub(super) fn person(hash: &PersonHash) -> Vec<u8> {
    [PERSONS, hash].concat()
}

/// Something of one kind ([`VOTE`], [`VALUE`]) that a person left here.
pub(super) fn of_person(hash: &PersonHash, kind: u8, first: &str, second: &str) -> Vec<u8> {
    two(&[PERSONS, hash, &[kind]].concat(), first, second)
}

/// The two names of a key made by [`two`], without its kind; `skip` is the kind's length.
pub(super) fn names(key: &[u8], skip: usize) -> (String, String) {
    let rest = key.get(skip..).unwrap_or_default();
    let mut parts = rest.splitn(2, |&byte| byte == BETWEEN);
    let mut next = || String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    (next(), next())
}

/// The number of a key made by [`numbered`].
pub(super) fn number(key: &[u8]) -> Option<u64> {
    let bytes = key.get(1..)?.try_into().ok()?;
    Some(u64::from_be_bytes(bytes))
}

/// Refuses a name that cannot be part of a key.
pub(super) fn check(name: &str) -> Result<()> {
    let why = if name.len() > LONGEST {
        "超过 512 字节"
    } else if name.bytes().any(|byte| byte == BETWEEN) {
        "含有 NUL 字符"
    } else {
        return Ok(());
    };
    Err(bad_name(name, why))
}

/// Refuses a digest that cannot be the name of a folder.
pub(super) fn check_digest(digest: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if digest.is_empty() || digest.len() > 128 || !digest.chars().all(plain) {
        return Err(bad_name(digest, "版本摘要须是 1 到 128 个字母、数字、- 或 _"));
    }
    Ok(())
}

fn bad_name(name: &str, why: &'static str) -> StoreError {
    StoreError::BadName { name: name.chars().take(40).collect(), why }
}
