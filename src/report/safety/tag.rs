//! A tag as it is read, piece by piece: names and values in, the tag out, without a copy of its own for
//! each.

use std::borrow::Cow;
use std::collections::HashSet;

/// Attributes beyond which a tag's names are looked up, and no longer gone through.
const FEW: usize = 32;

/// A tag that opens an element, as it is read; its room is used again for the next one.
#[derive(Default)]
pub struct Tag {
    /// Its name, as it is written.
    pub name: Vec<u8>,
    /// Names and values; those from `count` on are room.
    attributes: Vec<(Vec<u8>, Vec<u8>)>,
    count: usize,
    /// Their names, where they are many.
    names: HashSet<Vec<u8>>,
    /// Whether a value that comes is that of a name which is there already: the first counts.
    again: bool,
}

impl Tag {
    pub(super) fn name(&mut self, name: &[u8]) {
        self.name.clear();
        self.name.extend_from_slice(name);
    }

    pub(super) fn attribute(&mut self, name: &[u8]) {
        self.again = match self.count > FEW {
            true => self.names.contains(name),
            false => self.attributes().any(|(known, _)| known == name),
        };
        if self.again {
            return;
        }
        self.more(name);
        if self.count > FEW {
            let known = match self.names.is_empty() {
                true => &self.attributes[..self.count],
                false => &self.attributes[self.count - 1..self.count],
            };
            self.names
                .extend(known.iter().map(|(name, _)| name.clone()));
        }
    }

    /// One more, whatever is there already.
    pub(super) fn more(&mut self, name: &[u8]) {
        if self.count == self.attributes.len() {
            self.attributes.push(Default::default());
        }
        let (own, value) = &mut self.attributes[self.count];
        own.clear();
        own.extend_from_slice(name);
        value.clear();
        self.count += 1;
    }

    pub(super) fn value(&mut self, value: &[u8]) {
        if let Some(at) = self.count.checked_sub(1).filter(|_| !self.again) {
            self.attributes[at].1.extend_from_slice(value);
        }
    }

    pub(super) fn no_attributes(&mut self) {
        (self.count, self.again) = (0, false);
        self.names.clear();
    }

    pub(super) fn attributes(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let own = self.attributes[..self.count].iter();
        own.map(|(name, value)| (name.as_slice(), value.as_slice()))
    }

    /// The value of an attribute, its name in small letters as it is written.
    pub fn get(&self, name: &[u8]) -> Option<Cow<'_, str>> {
        let mut all = self.attributes();
        let (_, value) = all.find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(value))
    }
}
