//! Digests of rows in; whether two releases rest on the same out, as far as anybody can tell.

use super::RowsDigest;

/// How the rows behind two releases compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behind {
    /// The same rows, in whatever order.
    Same,
    /// Other rows.
    Other,
    /// The digests do not say.
    Unknown,
}

/// How the rows behind items of a kind compare, of the tables that both releases brought.
pub(crate) fn behind(one: &[RowsDigest], other: &[RowsDigest], kind: &str) -> Behind {
    let of_kind = |rows: &&RowsDigest| (kind == "question") == (rows.table == "survey");
    let found: Vec<Behind> = (one.iter().filter(of_kind))
        .filter_map(|rows| of_table(one, other, &rows.table))
        .collect();
    match () {
        () if found.contains(&Behind::Other) => Behind::Other,
        () if found.is_empty() || found.contains(&Behind::Unknown) => Behind::Unknown,
        () => Behind::Same,
    }
}

/// How the rows of a table compare; `None` if one of the two did not bring it.
pub(crate) fn of_table(one: &[RowsDigest], other: &[RowsDigest], table: &str) -> Option<Behind> {
    let own = one.iter().find(|rows| rows.table == table)?;
    let their = other.iter().find(|rows| rows.table == table)?;
    let (Some(a), Some(b)) = (&own.sha256, &their.sha256) else {
        return Some(Behind::Unknown);
    };
    if own.sealed_with != their.sealed_with {
        return Some(Behind::Unknown);
    }
    if a == b {
        return Some(Behind::Same);
    }
    // Other rows of the table that it is sealed with make another digest of the same rows.
    let sealed = own.sealed_with.as_deref();
    match sealed.filter(|with| *with != table) {
        Some(with) if of_table(one, other, with) != Some(Behind::Same) => Some(Behind::Unknown),
        _ => Some(Behind::Other),
    }
}
