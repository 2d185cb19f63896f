//! Every figure is a number or a symbol, and its text says the same.

use super::tally::Tally;
use crate::publication::Publication;
use serde_json::Value;

const KIND: &str = "figures whose text is their number or their symbol";

pub(super) fn check(publication: &Publication, tally: &mut Tally) {
    let known: Vec<&str> = publication
        .symbols
        .iter()
        .map(|(symbol, _)| symbol.as_str())
        .collect();
    match serde_json::to_value(publication) {
        Ok(json) => walk("", &json, &known, tally),
        Err(_) => tally.cannot(KIND),
    }
}

fn walk(path: &str, json: &Value, known: &[&str], tally: &mut Tally) {
    match json {
        Value::Object(map) => {
            if let (Some(value), Some(symbol), Some(Value::String(text)), 3) = (
                map.get("value"),
                map.get("symbol"),
                map.get("text"),
                map.len(),
            ) {
                let sound = match (value.as_f64(), symbol.as_str()) {
                    (Some(value), None) => {
                        text.parse::<f64>().is_ok_and(|text| text == value) || is_claim(text)
                    }
                    (None, Some(symbol)) => {
                        known.contains(&symbol) && (text == symbol || beside_nought(symbol, text))
                    }
                    _ => false,
                };
                let said = format!("{value} {symbol}");
                tally.check(KIND, sound, || path.to_owned(), text.as_str(), said);
                return;
            }
            for (name, value) in map {
                walk(&format!("{path}/{name}"), value, known, tally);
            }
        }
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                let name = value
                    .get("id")
                    .and_then(Value::as_str)
                    .map_or_else(|| at.to_string(), str::to_owned);
                walk(&format!("{path}/{name}"), value, known, tally);
            }
        }
        _ => {}
    }
}

/// What changed shows a claim as its word; of services that claim differently the score is
/// their mean.
fn is_claim(text: &str) -> bool {
    matches!(text, "yes" | "partly" | "no")
}

/// The end of an interval that rounds to nought and is not nought says on which side it is.
fn beside_nought(symbol: &str, text: &str) -> bool {
    symbol == "low" && matches!(text, "just above 0" | "just below 0")
}
