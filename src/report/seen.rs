//! What a template is shown, and what it looked at: the names of a page in, the digest of each
//! out; and a value for the engine that notes which names are asked for.
//!
//! A template is made of its text and of the names that it reads, and of nothing else: it has no
//! clock, no chance and no memory. So where its text and all that it read the last time are the
//! same, the page is the same.

use super::top::{Visit, names_of};
use crate::digest::{Running, of_value};
use crate::memo::Key;
use minijinja::Value;
use minijinja::value::{Enumerator, Object, Serde};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The digest of what stands under each name.
#[derive(Clone, Default)]
pub struct Digests {
    /// Only these are wanted; all if nothing is said.
    only: Option<BTreeSet<String>>,
    /// The others have a name and no digest.
    keys: BTreeMap<String, Option<Key>>,
}

impl Digests {
    /// Of nothing yet, and of some names alone.
    pub fn only(only: Option<BTreeSet<String>>) -> Self {
        Self {
            only,
            keys: BTreeMap::new(),
        }
    }

    /// The same with the names of a struct or map, but those that have a digest already.
    pub fn and_of(mut self, value: &impl Serialize) -> Self {
        names_of(value, &mut self);
        self
    }

    /// The same with one more name, of which the digest is known; it goes before.
    pub fn and(mut self, name: &str, key: Key) -> Self {
        self.keys.insert(name.to_owned(), Some(key));
        self
    }

    /// The same with more names, which go before.
    pub fn with(mut self, others: Self) -> Self {
        self.keys.extend(others.keys);
        self
    }

    /// Of a template, and of what stands under the names that it read; a name under which nothing
    /// stands counts too. `None` if the digest of one is not known.
    pub fn key(&self, templates: &Key, template: &str, read: &BTreeSet<String>) -> Option<Key> {
        use std::hash::Hash;
        let mut all = Running::default();
        (templates, template).hash(&mut all);
        for name in read {
            let stands = self.keys.get(name);
            if stands.is_some_and(Option::is_none) {
                return None;
            }
            (name, stands).hash(&mut all);
        }
        Some(all.sha256())
    }
}

impl Visit for Digests {
    fn name<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if !self.keys.contains_key(name) {
            let key = is_wanted(self.only.as_ref(), name).then(|| of_value(value));
            self.keys.insert(name.to_owned(), key);
        }
    }
}

/// Whether a name is among those that may be asked for.
fn is_wanted(only: Option<&BTreeSet<String>>, name: &str) -> bool {
    only.is_none_or(|only| only.contains(name))
}

/// The values under some names, as the engine takes them.
#[derive(Clone, Default)]
pub struct Values {
    /// Only these are wanted; all if nothing is said.
    only: Option<BTreeSet<String>>,
    /// The others have a name and no value yet.
    values: BTreeMap<String, Option<Value>>,
}

impl Values {
    /// Of the names of a struct or map, of which only some may be asked for.
    pub fn of(value: &impl Serialize, only: Option<BTreeSet<String>>) -> Self {
        let mut values = Self {
            only,
            values: BTreeMap::new(),
        };
        names_of(value, &mut values);
        values
    }

    /// The same with more names, which go before.
    pub fn with(&self, others: Self) -> Self {
        let mut all = self.clone();
        all.values.extend(others.values);
        all
    }

    /// The same with one more name.
    pub fn and(mut self, name: &str, value: Value) -> Self {
        self.values.insert(name.to_owned(), Some(value));
        self
    }
}

impl Visit for Values {
    fn name<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let value = is_wanted(self.only.as_ref(), name).then(|| Value::from(Serde(value)));
        self.values.insert(name.to_owned(), value);
    }
}

/// What one page is shown. It notes what is asked for.
#[derive(Debug)]
pub struct Noting {
    values: BTreeMap<String, Option<Value>>,
    noted: Mutex<Noted>,
}

/// What a template asked for.
#[derive(Debug, Default, Clone)]
pub struct Noted {
    /// The names.
    pub read: BTreeSet<String>,
    /// Whether it asked for all names there are, or for one that has no value yet.
    pub beyond: bool,
}

impl Noting {
    pub fn new(values: Values) -> Arc<Self> {
        Arc::new(Self {
            values: values.values,
            noted: Mutex::default(),
        })
    }

    fn notes(&self) -> MutexGuard<'_, Noted> {
        // What is behind the lock is whole between any two steps.
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was asked for so far.
    pub fn noted(&self) -> Noted {
        self.notes().clone()
    }
}

impl Object for Noting {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, name: &str) -> Option<Value> {
        let mut noted = self.notes();
        if !noted.read.contains(name) {
            noted.read.insert(name.to_owned());
        }
        let value = self.values.get(name)?;
        noted.beyond |= value.is_none();
        value.clone()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        self.notes().beyond = true;
        Enumerator::Values(
            self.values
                .keys()
                .map(|name| Value::from(name.as_str()))
                .collect(),
        )
    }
}
