//! What the attacker sees: a publication in, all of it but the sums of the files behind it out.
//!
//! A sum tells of a file only whether it is the same, and a comment in a script makes it
//! another. So publications that print the same are the same to the attacker.

use crate::publication::{
    Action, Awareness, Brand, Changes, Consulted, Correction, Council, Feedback, Group, Item,
    Publication, Response, RowsDigest, Scope, Tailoring,
};
use serde::Serialize;

/// A publication as the attacker sees it.
#[derive(PartialEq, Serialize)]
pub(crate) struct Sight<'p> {
    schema: &'p str,
    edition: &'p str,
    program: &'p str,
    id: &'p str,
    council: &'p Council,
    only: &'p Option<String>,
    response: &'p [Response],
    scopes: &'p [Scope],
    items: &'p [Item],
    groups: &'p [Group],
    awareness: &'p [Awareness],
    plan: &'p [Action],
    changes: &'p Option<Changes>,
    tailoring: &'p Tailoring,
    consulted: &'p [Consulted],
    feedback: &'p Option<Feedback>,
    corrections: &'p [Correction],
    data_quality: &'p [String],
    rows: &'p [RowsDigest],
    threshold: u32,
    symbols: &'p [(String, String)],
    not_a_rating: &'p str,
    brand: &'p Option<Brand>,
}

impl<'p> Sight<'p> {
    pub(crate) fn of(publication: &'p Publication) -> Self {
        // Each field by name: a new one must say here whether the attacker sees it.
        let Publication {
            schema,
            edition,
            program,
            id,
            council,
            only,
            response,
            scopes,
            items,
            groups,
            awareness,
            plan,
            changes,
            tailoring,
            consulted,
            feedback,
            corrections,
            data_quality,
            inputs: _,
            rows,
            threshold,
            symbols,
            not_a_rating,
            brand,
        } = publication;
        Self {
            schema,
            edition,
            program,
            id,
            council,
            only,
            response,
            scopes,
            items,
            groups,
            awareness,
            plan,
            changes,
            tailoring,
            consulted,
            feedback,
            corrections,
            data_quality,
            rows,
            threshold: *threshold,
            symbols,
            not_a_rating,
            brand,
        }
    }
}
