//! `results.json` that anybody may have written: read back, and given to everything that reads
//! publications.
//!
//! Text that begins with `{` is read as it is. Any other bytes are changes to the published
//! example, one after the other: which value, and what takes its place. So a fuzzer comes past
//! the form, to what is done with the figures.

use super::bytes::Bytes;
use crate::publication::Publication;
use crate::verify::Unverified;
use crate::{attack, change, compare, report, verify};
use serde_json::Value;

/// The most changes of one input.
const MOST: usize = 24;

thread_local! {
    static EXAMPLES: Vec<(Publication, Value)> = report::examples()
        .into_iter()
        .map(|example| {
            let value = serde_json::to_value(&example).expect("what is published is plain");
            (example, value)
        })
        .collect();
}

pub(super) fn results(bytes: &[u8]) {
    if bytes.first() == Some(&b'{') {
        if let Ok(read) = Unverified::read(bytes) {
            let read = read.as_it_is();
            EXAMPLES.with(|examples| looked_at(&read, &examples[0].0, 0));
        }
        return;
    }
    let mut bytes = Bytes(bytes);
    EXAMPLES.with(|examples| {
        let (example, value) = &examples[bytes.below(examples.len())];
        let reader = bytes.one();
        let mut value = value.clone();
        for _ in 0..MOST {
            if bytes.is_empty() {
                break;
            }
            change(&mut value, &mut bytes);
        }
        // What no longer has the form is refused before anybody looks at it.
        if let Ok(changed) = serde_json::from_value::<Publication>(value) {
            looked_at(&changed, example, reader);
        }
    });
}

/// Everything that takes a publication takes this one; the slow readers only in turn.
fn looked_at(read: &Publication, other: &Publication, reader: u8) {
    match reader % 8 {
        0 => drop(verify::arithmetic(read)),
        1 => drop(compare::compare(&[read.clone(), other.clone()], None)),
        2 => drop(change::changes(other, read)),
        3 => drop(change::changes(read, other)),
        4 => drop(attack::attempt(&[read, other])),
        5 => drop(report::data(read)),
        6 => drop(report::index_row(read)),
        _ => {
            let made = report::pages(read, &TEMPLATES.with(Clone::clone));
            if let Err(faults) = made {
                super::script::painted(&faults);
            }
        }
    }
}

thread_local! {
    static TEMPLATES: std::rc::Rc<report::Templates> = report::Templates::embedded().into();
}

/// Puts something else in the place of one value, or takes it away, or doubles it.
fn change(value: &mut Value, bytes: &mut Bytes<'_>) {
    const NUMBERS: [f64; 12] = [
        0.0, -0.0, 1.0, -1.0, 0.5, 1e-300, 9.0, 10.0, 100.0, 1e15, 1e300, -1e300,
    ];
    const WORDS: [&str; 12] = [
        "",
        "c",
        "z",
        "low",
        "children",
        "whole",
        "2026-02-30",
        "9999-12-31",
        "-9999-01-01",
        "<script>",
        "\u{202e}\u{0}=1+1",
        "../../x",
    ];
    // Down the tree, a step at a time, as far as the bytes say.
    let goes_on = bytes.below(16) != 0;
    match value {
        Value::Array(list) if !list.is_empty() && goes_on => {
            let index = bytes.below(list.len());
            return change(&mut list[index], bytes);
        }
        Value::Object(map) if !map.is_empty() && goes_on => {
            let index = bytes.below(map.len());
            let inner = map.iter_mut().nth(index);
            return inner.map_or((), |(_, inner)| change(inner, bytes));
        }
        _ => {}
    }
    match value {
        Value::Array(list) => match bytes.below(4) {
            0 => list.clear(),
            1 => drop(list.pop()),
            2 => list.reverse(),
            _ => {
                if let Some(first) = list.first().cloned() {
                    list.extend(std::iter::repeat_n(first, 1 + bytes.below(8)));
                }
            }
        },
        Value::Object(map) => {
            let key = map.keys().nth(bytes.below(map.len())).cloned();
            if let Some(key) = key {
                map.shift_remove(&key);
            }
        }
        Value::Number(number) => {
            let is_whole = number.is_u64() || number.is_i64();
            *value = match bytes.below(3) {
                0 => u64::from(bytes.two()).into(),
                1 if is_whole => [u64::MAX, u64::from(u32::MAX), 1 << 53, 0][bytes.below(4)].into(),
                _ => NUMBERS[bytes.below(NUMBERS.len())].into(),
            };
        }
        Value::String(text) => *text = WORDS[bytes.below(WORDS.len())].to_owned(),
        Value::Bool(truth) => *truth = !*truth,
        Value::Null => *value = NUMBERS[bytes.below(NUMBERS.len())].into(),
    }
}
