//! Which names there are: the shape of what a template sees.
//!
//! In: the names of an example that fills in everything. Out: a [`Shape`] in which each
//! list has one shape for all its members.

use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What stands behind a name.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Not known: any name is accepted.
    Any,
    /// A word, a number, yes or no: it has no names of its own.
    Word,
    /// A list of the like.
    List(Rc<Shape>),
    /// Names, each with its own shape.
    Record(Rc<BTreeMap<String, Shape>>),
}

impl Shape {
    /// The shape of an example.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Shape::Any,
            Value::Array(list) => {
                let each = list.iter().map(Shape::of).fold(Shape::Any, Shape::with);
                Shape::List(Rc::new(each))
            }
            Value::Object(map) => {
                let names = map
                    .iter()
                    .map(|(name, value)| (name.clone(), Shape::of(value)));
                Shape::Record(Rc::new(names.collect()))
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => Shape::Word,
        }
    }

    /// What a member of a list is.
    pub fn member(&self) -> Self {
        match self {
            Shape::List(member) => (**member).clone(),
            _ => Shape::Any,
        }
    }

    /// The two together, the known one where one is not.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Shape::Any, known) | (known, Shape::Any) => known,
            (Shape::List(a), Shape::List(b)) => {
                Shape::List(Rc::new((*a).clone().with((*b).clone())))
            }
            (Shape::Record(a), Shape::Record(b)) => {
                let mut names = (*a).clone();
                for (name, shape) in b.iter() {
                    let known = names.remove(name).unwrap_or(Shape::Any);
                    names.insert(name.clone(), known.with(shape.clone()));
                }
                Shape::Record(Rc::new(names))
            }
            (known, _) => known,
        }
    }
}
