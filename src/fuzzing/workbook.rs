//! Workbooks: the parts of one as text in, packed as a spreadsheet packs them and read as a
//! council's file is; columns of equal length or faults out.
//!
//! A packed file with a byte changed is refused for its sum before anybody reads it, so it is
//! the parts that are changed, and they are packed afterwards.

use super::table::read_as;
use crate::data::packed;

/// What stands before the name of each part.
const PART: &[u8] = b"%%% ";

/// Parts that an XLSX file has anyway, unless the input has its own.
const USUAL: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Staff" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="9" applyNumberFormat="1"/><xf numFmtId="46" applyNumberFormat="1"/></cellXfs></styleSheet>"#,
    ),
];

/// Parts without which an ODS is not opened.
const USUAL_OF_ODS: [(&str, &str); 2] = [
    ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
    (
        "META-INF/manifest.xml",
        r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#,
    ),
];

/// Parts beginning with `%%% name` are a packed workbook; any other bytes are an old one.
pub(super) fn workbook(bytes: &[u8]) {
    if !bytes.starts_with(PART) {
        return read_as("a.xls", bytes);
    }
    let mut parts = parts(bytes);
    let (name, usual) = if parts.iter().any(|(name, _)| name == "content.xml") {
        ("a.ods", USUAL_OF_ODS.as_slice())
    } else {
        ("a.xlsx", USUAL.as_slice())
    };
    for (name, text) in usual {
        if parts.iter().all(|(own, _)| own != name) {
            parts.push(((*name).to_owned(), text.as_bytes()));
        }
    }
    read_as(name, &packed(&parts));
}

/// Each part by its name.
fn parts(bytes: &[u8]) -> Vec<(String, &[u8])> {
    let mut found = Vec::new();
    let mut rest = &bytes[PART.len()..];
    loop {
        let end = rest.windows(PART.len()).position(|four| four == PART);
        let part = &rest[..end.unwrap_or(rest.len())];
        let line = part.iter().position(|byte| *byte == b'\n');
        let (name, text) = part.split_at(line.unwrap_or(part.len()));
        let name = String::from_utf8_lossy(name).into_owned();
        found.push((name, text.get(1..).unwrap_or_default()));
        match end {
            Some(end) => rest = &rest[end + PART.len()..],
            None => return found,
        }
    }
}
