//! How a value becomes bytes: a format byte, a packing byte, then postcard, compressed where that helps.
//!
//! The format byte lets a later version read what this one wrote; a byte it does not know is refused with words.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;
use zstd::bulk::{Compressor, Decompressor};

use super::error::{Result, StoreError};

/// The newest value format this program writes and reads.
pub(super) const FORMAT: u8 = 1;
const PLAIN: u8 = 0;
const ZSTD: u8 = 1;
const LEVEL: i32 = 3;
/// Shorter values do not get smaller.
const WORTH_PACKING: usize = 128;
/// No value of ours is larger, so a damaged length cannot ask for all memory.
const LARGEST: usize = 256 * 1024 * 1024;

/// Writes a value; `key` is only for the error.
pub(super) fn encode<T: Serialize>(key: &str, value: &T) -> Result<Vec<u8>> {
    Packer::default().encode(key, value)
}

/// Reads a value back; `key` is only for the error.
pub(super) fn decode<T: DeserializeOwned>(key: &str, bytes: &[u8]) -> Result<T> {
    Unpacker::default().decode(key, bytes)
}

/// Writes many values with one compressor: making one takes as long as using it.
#[derive(Default)]
pub(super) struct Packer {
    zstd: Option<Compressor<'static>>,
}

impl Packer {
    /// As the function [`encode`].
    pub(super) fn encode<T: Serialize>(&mut self, key: &str, value: &T) -> Result<Vec<u8>> {
        let refused = |source| StoreError::Encode { key: key.to_owned(), source };
        let plain = postcard::to_extend(value, vec![FORMAT, PLAIN]).map_err(|e| refused(e.into()))?;
        if plain.len() > LARGEST {
            return Err(refused("larger than 256 MB".into()));
        }
        Ok(self.pack(plain))
    }

    /// The compressed form if it is smaller, else the plain one. `plain` begins with its two leading bytes.
    fn pack(&mut self, plain: Vec<u8>) -> Vec<u8> {
        let payload = plain.get(2..).unwrap_or_default();
        if payload.len() < WORTH_PACKING {
            return plain;
        }
        match self.compress(payload) {
            Ok(packed) if packed.len() < payload.len() => [&[FORMAT, ZSTD], packed.as_slice()].concat(),
            _ => plain,
        }
    }

    fn compress(&mut self, payload: &[u8]) -> io::Result<Vec<u8>> {
        let zstd = match &mut self.zstd {
            Some(zstd) => zstd,
            none => none.insert(Compressor::new(LEVEL)?),
        };
        zstd.compress(payload)
    }
}

/// Reads many values with one decompressor.
#[derive(Default)]
pub(super) struct Unpacker {
    zstd: Option<Decompressor<'static>>,
}

impl Unpacker {
    /// As the function [`decode`].
    pub(super) fn decode<T: DeserializeOwned>(&mut self, key: &str, bytes: &[u8]) -> Result<T> {
        let broken = |source| StoreError::Decode { key: key.to_owned(), source };
        match bytes {
            [FORMAT, PLAIN, payload @ ..] => postcard::from_bytes(payload).map_err(|e| broken(e.into())),
            [FORMAT, ZSTD, payload @ ..] => {
                let plain = self.decompress(payload).map_err(|e| broken(e.into()))?;
                postcard::from_bytes(&plain).map_err(|e| broken(e.into()))
            }
            [found, ..] if *found > FORMAT => Err(StoreError::NewerValue { key: key.to_owned(), found: *found, known: FORMAT }),
            _ => Err(broken("unknown packing".into())),
        }
    }

    fn decompress(&mut self, payload: &[u8]) -> io::Result<Vec<u8>> {
        let zstd = match &mut self.zstd {
            Some(zstd) => zstd,
            none => none.insert(Decompressor::new()?),
        };
        let size = Decompressor::upper_bound(payload).filter(|size| *size <= LARGEST).ok_or(io::ErrorKind::InvalidData)?;
        zstd.decompress(payload, size)
    }
}
