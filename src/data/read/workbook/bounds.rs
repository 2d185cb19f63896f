//! The bytes of a workbook in; whether it may be unfolded out. A few kilobytes can ask for
//! thousands of millions of cells, and reading them would end the program.

mod ods;
mod xls;
mod xlsx;

use super::{Beyond, Form, NotRead};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Files in a workbook's archive.
const MOST_ENTRIES: usize = 2_000;

/// Bytes of all of them, unpacked.
const MOST_BYTES: u64 = 400 << 20;

/// How the compound files begin of which an XLS is one, and a locked XLSX too.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether a workbook may be unfolded.
///
/// # Errors
/// Why not.
pub(super) fn check(form: Form, bytes: &[u8]) -> Result<(), NotRead> {
    match form {
        Form::Xls if bytes.starts_with(COMPOUND) => xls::check(bytes),
        Form::Xlsx if bytes.starts_with(COMPOUND) => Err(locked_or_old(bytes)),
        Form::Xlsx | Form::Ods if bytes.starts_with(b"PK\x03\x04") => {
            archive(form, bytes, MOST_BYTES)
        }
        _ => Err(NotRead::OtherForm),
    }
}

/// A compound file named `.xlsx`: Excel locks a workbook by wrapping it in one.
fn locked_or_old(bytes: &[u8]) -> NotRead {
    let locked = cfb::CompoundFile::open(Cursor::new(bytes))
        .is_ok_and(|file| file.exists("/EncryptedPackage"));
    if locked {
        NotRead::Locked
    } else {
        NotRead::OtherForm
    }
}

/// Unpacks every entry once and keeps nothing; what the contents of an ODS repeat is counted.
fn archive(form: Form, bytes: &[u8], most: u64) -> Result<(), NotRead> {
    let damaged = |_| NotRead::Damaged;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_ENTRIES {
        return Err(NotRead::TooLarge(Beyond::Parts));
    }
    let mut left = most;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => NotRead::Locked,
            _ => NotRead::Damaged,
        })?;
        let contents = form == Form::Ods && entry.name_raw() == b"content.xml";
        // What an archive says of its sizes need not be so.
        let mut entry = entry.take(left + 1);
        if contents {
            ods::check(BufReader::new(&mut entry))?;
        }
        std::io::copy(&mut entry, &mut std::io::sink()).map_err(|_| NotRead::Damaged)?;
        let unpacked = left + 1 - entry.limit();
        left = left
            .checked_sub(unpacked)
            .ok_or(NotRead::TooLarge(Beyond::Parts))?;
    }
    if form == Form::Xlsx {
        xlsx::check(&mut archive)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn zipped(entries: usize, bytes: usize) -> Vec<u8> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for entry in 0..entries {
            out.start_file(format!("{entry}.xml"), SimpleFileOptions::default())
                .expect("a new name");
            out.write_all(&vec![b'0'; bytes]).expect("memory");
        }
        out.finish().expect("memory").into_inner()
    }

    #[test]
    fn an_archive_is_unpacked_up_to_a_bound_of_bytes_and_of_entries() {
        let check = |bytes: &[u8], most| archive(Form::Xlsx, bytes, most);
        assert_eq!(check(&zipped(3, 1000), 3000), Ok(()));
        assert_eq!(
            check(&zipped(3, 1000), 2999),
            Err(NotRead::TooLarge(Beyond::Parts))
        );
        assert_eq!(check(&zipped(MOST_ENTRIES, 0), 10), Ok(()));
        assert_eq!(
            check(&zipped(MOST_ENTRIES + 1, 0), 10),
            Err(NotRead::TooLarge(Beyond::Parts))
        );
        let mut broken = zipped(1, 1000);
        let middle = broken.len() / 2;
        broken.truncate(middle);
        assert_eq!(check(&broken, 3000), Err(NotRead::Damaged));
    }
}
