//! The JSON Schema of `results.json`: nothing in, its text out. It is written from the
//! types of [`Publication`] and their own doc comments.

use crate::publication::{Publication, SCHEMA};
use schemars::generate::SchemaSettings;
use serde_json::json;
use std::sync::LazyLock;

/// The schema, as text: JSON Schema, draft 2020-12. It is the same beside every publication,
/// and made once.
pub fn schema() -> String {
    static TEXT: LazyLock<String> = LazyLock::new(made);
    TEXT.clone()
}

fn made() -> String {
    let mut schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Publication>();
    schema.insert("title".to_owned(), json!("results.json of a health check"));
    // No other version of the form is described here.
    let version = schema
        .get_mut("properties")
        .and_then(|properties| properties.get_mut("schema"));
    if let Some(version) = version {
        version["const"] = json!(SCHEMA);
    }
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema always has a JSON form");
    text.push('\n');
    text
}
