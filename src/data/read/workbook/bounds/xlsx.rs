//! The archive of an XLSX in; whether what it says of its sheets and its shared texts may be
//! believed out. Cells are counted when they are read, one by one.

use super::super::super::caps::{MOST_CELLS, MOST_TABS};
use super::super::{Beyond, NotRead};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Whether each sheet is a part of its own, and there are not too many.
///
/// # Errors
/// Why not.
pub(super) fn check(archive: &mut Archive<'_>) -> Result<(), NotRead> {
    let parts = parts(archive)?;
    for (name, index) in &parts {
        if name.ends_with("sharedstrings.xml") {
            shared(archive, *index)?;
        }
        let Some((folder, book)) = leads_of(name) else {
            continue;
        };
        if let Some(book) = parts.get(&format!("{folder}{book}")) {
            let leads = leads(archive, *index)?;
            sheets(archive, *book, folder, &leads)?;
        }
    }
    Ok(())
}

/// Each part by its name as it is looked for: capitals do not matter.
fn parts(archive: &mut Archive<'_>) -> Result<BTreeMap<String, usize>, NotRead> {
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| NotRead::Damaged)?;
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
        let before = parts.insert(name.to_ascii_lowercase(), index);
        if before.is_some() {
            let what = "has two parts of the same name".to_owned();
            return Err(NotRead::Contradicts(what));
        }
    }
    Ok(parts)
}

/// Whose part's leads to others a part holds: the folder and the name of that one.
fn leads_of(name: &str) -> Option<(&str, &str)> {
    let (folder, name) = match name.strip_prefix("_rels/") {
        Some(name) => ("", name),
        None => {
            let at = name.find("/_rels/")?;
            (&name[..=at], &name[at + "/_rels/".len()..])
        }
    };
    Some((folder, name.strip_suffix(".rels")?))
}

/// Where each lead of a part leads.
fn leads(archive: &mut Archive<'_>, index: usize) -> Result<BTreeMap<String, String>, NotRead> {
    let mut leads = BTreeMap::new();
    each_tag(archive, index, |tag| {
        if tag.local_name().as_ref() == "Relationship" {
            let id = attribute(tag, "Id").unwrap_or_default();
            leads.insert(id, attribute(tag, "Target").unwrap_or_default());
        }
        Ok(true)
    })?;
    Ok(leads)
}

/// Looks at the sheets that a part lists, whose leads these are.
fn sheets(
    archive: &mut Archive<'_>,
    book: usize,
    folder: &str,
    leads: &BTreeMap<String, String>,
) -> Result<(), NotRead> {
    let mut own = BTreeSet::new();
    each_tag(archive, book, |tag| {
        if tag.local_name().as_ref() != "sheet" {
            return Ok(true);
        }
        if own.len() == MOST_TABS {
            return Err(NotRead::TooLarge(Beyond::Sheets));
        }
        let Some(target) = attribute(tag, "id").and_then(|id| leads.get(&id)) else {
            return Ok(true);
        };
        let part = match target.strip_prefix('/') {
            Some(part) => part.to_owned(),
            None => format!("{folder}{target}"),
        };
        if own.insert(part.to_ascii_lowercase()) {
            Ok(true)
        } else {
            let what = "has one part for two of its sheets".to_owned();
            Err(NotRead::Contradicts(what))
        }
    })
}

/// Looks at how many shared texts there are said to be: room is made for so many.
fn shared(archive: &mut Archive<'_>, index: usize) -> Result<(), NotRead> {
    each_tag(archive, index, |tag| {
        if tag.local_name().as_ref() != "sst" {
            return Ok(true);
        }
        let said = attribute(tag, "uniqueCount").and_then(|said| said.parse::<u64>().ok());
        if said.is_some_and(|said| said > MOST_CELLS as u64) {
            return Err(NotRead::TooLarge(Beyond::Cells));
        }
        Ok(false)
    })
}

/// Goes over the tags of a part, as long as that is wanted.
fn each_tag(
    archive: &mut Archive<'_>,
    index: usize,
    mut look: impl FnMut(&BytesStart<'_>) -> Result<bool, NotRead>,
) -> Result<(), NotRead> {
    let part = archive.by_index(index).map_err(|_| NotRead::Damaged)?;
    let mut reader = Reader::from_reader(BufReader::new(part.take(super::MOST_BYTES)));
    // As its reader has it.
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                if !look(&tag)? {
                    return Ok(());
                }
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) => return Err(NotRead::Damaged),
        }
    }
}

/// An attribute of a tag as it is written, whatever stands before its name and a colon; the last,
/// if there are several.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut last = None;
    for one in tag.attributes().with_checks(false).flatten() {
        if one.key.local_name().as_ref() == name {
            last = Some(one.value.into_owned());
        }
    }
    last
}
