//! What is told of the values of a table's columns, folded where it is the same: all odd
//! answers of a survey are one fault, and all odd values of any other column.

use super::odd::{self, Odd};
use super::said::Said;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// What is told of one value of a column.
pub(in super::super) enum Told {
    /// By itself: the fault, and the same without the value where it is of few people.
    Alone(Box<Diagnostic>, Option<Box<Diagnostic>>),
    /// Beside others that nobody knows either.
    Odd(Box<Odd>),
}

impl Told {
    pub(super) fn note(self, note: &str) -> Self {
        match self {
            Told::Alone(plain, masked) => {
                let noted = |one: Box<Diagnostic>| Box::new(one.note(note));
                Told::Alone(noted(plain), masked.map(noted))
            }
            Told::Odd(mut odd) => {
                odd.more.push(note.to_owned());
                Told::Odd(odd)
            }
        }
    }
}

/// The faults of a table's columns.
pub(in super::super) fn folded(all: Vec<Told>, said: &Said<'_>) -> Diagnostics {
    let mut faults = Diagnostics::new();
    let mut groups: Vec<Vec<Odd>> = Vec::new();
    for told in all {
        match told {
            Told::Alone(plain, masked) => faults.push(match masked {
                Some(masked) => masked.masking(*plain),
                None => *plain,
            }),
            Told::Odd(odd) => match groups.iter_mut().find(|group| group[0].goes_with(&odd)) {
                Some(group) => group.push(*odd),
                None => groups.push(vec![*odd]),
            },
        }
    }
    faults.extend(
        groups
            .iter()
            .map(|group| odd::diagnostic(group, said))
            .collect(),
    );
    faults
}
