//! The form of a backup: a title, frames, an end frame, and a digest of all before it.
//!
//! ```text
//! "wenzheng backup\n"  format: u32    then frames, then 32 bytes of blake3
//! frame: tag: u8, length of key: u32, length of value: u32, key, value      (numbers little-endian)
//! ```

use std::io::{self, Read, Write};

use super::keys;

/// The newest backup format this program writes and reads.
pub(super) const FORMAT: u32 = 1;
pub(super) const TITLE: &[u8; 16] = b"wenzheng backup\n";
/// Length of the digest at the end.
pub(super) const DIGEST: u64 = 32;

/// An entry of the small state.
pub(super) const STATE: u8 = 1;
/// A revision begins; the value is its `RevisionInfo`.
pub(super) const REVISION: u8 = 2;
/// An entry of the revision that began last.
pub(super) const ARTICLE: u8 = 3;
/// Nothing follows but the digest.
pub(super) const END: u8 = 4;

/// One entry of a backup.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) tag: u8,
    pub(super) key: Vec<u8>,
    pub(super) value: Vec<u8>,
}

impl Frame {
    /// Whether it counts as an entry: the small state and the articles do, what is about them does not.
    pub(super) fn counts(&self) -> bool {
        self.tag == STATE || (self.tag == ARTICLE && self.key.starts_with(keys::ARTICLES))
    }
}

/// Writes through to another writer and digests what passes.
pub(super) struct Digesting<W> {
    inner: W,
    hasher: blake3::Hasher,
}

impl<W> Digesting<W> {
    pub(super) fn over(inner: W) -> Self {
        Self { inner, hasher: blake3::Hasher::new() }
    }

    pub(super) fn into_parts(self) -> (W, blake3::Hash) {
        (self.inner, self.hasher.finalize())
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Writes the title and the format.
pub(super) fn write_title(out: &mut impl Write) -> io::Result<()> {
    out.write_all(TITLE)?;
    out.write_all(&FORMAT.to_le_bytes())
}

/// Writes one frame.
pub(super) fn write(out: &mut impl Write, tag: u8, key: &[u8], value: &[u8]) -> io::Result<()> {
    out.write_all(&[tag])?;
    out.write_all(&length(key)?.to_le_bytes())?;
    out.write_all(&length(value)?.to_le_bytes())?;
    out.write_all(key)?;
    out.write_all(value)
}

/// The format number, or `None` if this is no backup.
pub(super) fn read_title(from: &mut impl Read) -> io::Result<Option<u32>> {
    let title = take(from, TITLE.len() as u64)?;
    if title != TITLE {
        return Ok(None);
    }
    read_number(from).map(Some)
}

/// Reads one frame. A length that the file cannot hold is an error, not an allocation.
pub(super) fn read(from: &mut impl Read) -> io::Result<Frame> {
    let mut tag = [0];
    from.read_exact(&mut tag)?;
    let (key, value) = (read_number(from)?, read_number(from)?);
    Ok(Frame { tag: tag[0], key: take_exactly(from, key)?, value: take_exactly(from, value)? })
}

fn length(bytes: &[u8]) -> io::Result<u32> {
    u32::try_from(bytes.len()).map_err(io::Error::other)
}

fn read_number(from: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    from.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn take_exactly(from: &mut impl Read, length: u32) -> io::Result<Vec<u8>> {
    let bytes = take(from, length.into())?;
    if bytes.len() as u64 == u64::from(length) { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn take(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}
