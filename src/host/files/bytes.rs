//! An ordinary file's path in; its bytes, its first lines or its hash out, if it is no larger than
//! such a file may be.

use crate::data;
use crate::digest::Running;
use crate::host::sums;
use crate::stop::{Hand, begun, cores};
use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::thread;

/// The most bytes of a script, a template, a style sheet or a picture that are read at all;
/// what they may hold is decided by those who read them.
pub const LARGEST_TEXT: u64 = 4 << 20;
/// The most bytes of a JSON file: published results, or data.
pub const LARGEST_JSON: u64 = 64 << 20;
/// The most bytes of any other file: a table of data.
pub const LARGEST_FILE: u64 = 2 << 30;

/// The most bytes of a table of data that is read block by block.
pub const LARGEST_TABLE: u64 = 16 << 30;

/// The most that is read of a file, by the ending of its name.
fn most(path: &Path) -> u64 {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    match ending.as_deref().and_then(std::ffi::OsStr::to_str) {
        Some("rhai" | "j2" | "css" | "svg" | "png") => LARGEST_TEXT,
        Some("json") => LARGEST_JSON,
        _ => LARGEST_FILE,
    }
}

/// An ordinary file, open, and what is known of it.
pub(in crate::host) fn open(path: &Path) -> io::Result<(File, Metadata)> {
    // Looked at before it is opened: opening a pipe would wait for somebody to write.
    ordinary(&std::fs::metadata(path)?)?;
    let file = File::open(path)?;
    let meta = file.metadata()?;
    ordinary(&meta)?;
    Ok((file, meta))
}

/// A file that holds more than that.
pub(in crate::host) fn too_large<T>(bytes: u64, most: u64) -> io::Result<T> {
    let words = format!(
        "it holds {} MB, and {} MB is the most that is read of such a file",
        bytes.div_ceil(1 << 20),
        most >> 20
    );
    Err(io::Error::new(io::ErrorKind::FileTooLarge, words))
}

/// The bytes of an ordinary file, if it is no larger than such a file may be.
pub(in crate::host) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let (file, meta) = open(path)?;
    let most = most(path);
    if meta.len() > most {
        return too_large(meta.len(), most);
    }
    let mut bytes = Vec::new();
    if meta.len() >= WORTH_PARTS {
        bytes = in_parts(path, &file, meta.len())?;
        (&file).seek(SeekFrom::Start(bytes.len() as u64))?;
    } else {
        bytes.reserve_exact(usize::try_from(meta.len()).unwrap_or(0));
    }
    // It may grow while it is read.
    let left = (most + 1).saturating_sub(bytes.len() as u64);
    file.take(left).read_to_end(&mut bytes)?;
    match bytes.len() as u64 {
        length if length > most => too_large(length, most),
        _ => Ok(bytes),
    }
}

/// Whether a file is delimited text, by its name.
pub(in crate::host) fn is_delimited(path: &Path) -> bool {
    data::is_delimited(&path.to_string_lossy())
}

/// The first whole lines of a file of text that holds more than so many bytes, and how many it
/// holds; `None` of any other file.
pub(in crate::host) fn first_lines(path: &Path, most: usize) -> io::Result<Option<(Vec<u8>, u64)>> {
    let (file, meta) = open(path)?;
    if !is_delimited(path) || meta.len() <= most as u64 {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.take(most as u64).read_to_end(&mut bytes)?;
    let end = bytes.iter().rposition(|byte| *byte == b'\n');
    bytes.truncate(end.map_or(bytes.len(), |end| end + 1));
    Ok(Some((bytes, meta.len())))
}

/// Bytes of a file that is read in parts, side by side.
const WORTH_PARTS: u64 = 16 << 20;

/// The first `length` bytes of a file, each part of them by a thread of its own; fewer if it
/// has become shorter meanwhile, or if the path leads to another file by now.
fn in_parts(path: &Path, file: &File, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    let cores = cores();
    let size = bytes.len().div_ceil(cores);
    let read = |part: &mut [u8], from: u64| -> io::Result<bool> {
        // A handle that is copied would have one place with the first.
        let mut own = File::open(path)?;
        let same = |a: &Metadata, b: &Metadata| sums::node(a) == sums::node(b);
        if !same(&own.metadata()?, &file.metadata()?) {
            return Ok(false);
        }
        own.seek(SeekFrom::Start(from))?;
        match own.read_exact(part) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(error),
        }
    };
    let done: io::Result<Vec<bool>> = thread::scope(|scope| {
        let read = &read;
        let parts = (0..).step_by(size).zip(bytes.chunks_mut(size));
        let hands: Vec<_> = parts
            .map(|(from, part): (usize, _)| begun(scope, move || read(part, from as u64)))
            .collect();
        hands.into_iter().map(Hand::join).collect()
    });
    // What was not all there is read from the beginning by whoever asked.
    if !done?.into_iter().all(|whole| whole) {
        bytes.clear();
    }
    Ok(bytes)
}

fn ordinary(kind: &Metadata) -> io::Result<()> {
    if kind.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    if !kind.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    Ok(())
}

/// Bytes of a file that are held while it is hashed.
const AT_A_TIME: usize = 1 << 20;

/// The SHA-256 of a file, which may be larger than memory, if it is no larger than such a file may
/// be.
pub(super) fn summed(path: &Path) -> io::Result<String> {
    let (mut file, meta) = open(path)?;
    let most = match is_delimited(path) {
        true => LARGEST_TABLE,
        false => most(path),
    };
    if meta.len() > most {
        return too_large(meta.len(), most);
    }
    let mut sum = Running::default();
    let mut room = vec![0; AT_A_TIME.min(usize::try_from(meta.len()).unwrap_or(AT_A_TIME) + 1)];
    let mut bytes = 0;
    loop {
        match file.read(&mut room)? {
            0 => return Ok(sum.hexadecimal()),
            read => {
                bytes += read as u64;
                sum.add(&room[..read]);
            }
        }
        if bytes > most {
            return too_large(bytes, most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_is_read_in_parts_and_comes_out_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.csv");
        let rows: Vec<u8> = (0..250_000_u32).flat_map(u32::to_le_bytes).collect();
        let bytes = rows.repeat(17);
        assert!(bytes.len() as u64 > WORTH_PARTS);
        std::fs::write(&path, &bytes).unwrap();
        assert!(read(&path).unwrap() == bytes);
        let file = File::open(&path).unwrap();
        // Shorter meanwhile: nothing is made up.
        let longer = bytes.len() as u64 + 5;
        assert!(in_parts(&path, &file, longer).unwrap().is_empty());
        let whole = crate::digest::sha256_hex(&bytes);
        assert_eq!(summed(&path).unwrap(), whole);
        let (first, length) = first_lines(&path, 1_000).unwrap().unwrap();
        assert_eq!(length, bytes.len() as u64);
        assert!(bytes.starts_with(&first) && first.ends_with(b"\n") && first.len() <= 1_000);
        assert!(first_lines(&path, bytes.len()).unwrap().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_too_large_to_be_read_has_no_sum_and_is_not_gone_over_for_one() {
        let folder = tempfile::tempdir().unwrap();
        for (name, most) in [
            ("a.xlsx", LARGEST_FILE),
            ("a.json", LARGEST_JSON),
            ("a.rhai", LARGEST_TEXT),
            ("a.csv", LARGEST_TABLE),
        ] {
            let path = folder.path().join(name);
            File::create(&path).unwrap().set_len(most + 1).unwrap();
            assert!(summed(&path).is_err(), "{name}");
        }
    }
}
