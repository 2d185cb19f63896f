//! The page of cards and their keys.

use super::{block, capital, cell, origin};
use crate::reference::{keys, verbs};

pub(super) fn page() -> String {
    let mut page = format!(
        "# Every key of every card\n\n\
         {} A key in bold must be there. `healthcheck explain measure` says the same of one\n\
         card, and `healthcheck explain measure.best` more of one key.\n",
        origin()
    );
    for verb in verbs() {
        page += &format!("\n## `{}`\n\n{}.", verb.name, capital(verb.says));
        page += &match verb.id {
            Some(id) => format!(" In quotes stands {id}. {}\n\n", verb.more),
            None => format!(" Nothing stands in quotes. {}\n\n", verb.more),
        };
        page += "| key | wants | says | such as |\n|---|---|---|---|\n";
        for key in keys().iter().filter(|key| key.verb == verb.name) {
            let name = match key.needed {
                true => format!("**`{}`**", key.name),
                false => format!("`{}`", key.name),
            };
            page += &format!(
                "| {name} | {} | {} | `{}` |\n",
                cell(&key.wanted()),
                cell(key.says),
                cell(key.example)
            );
        }
        page += &format!("\n{}", block(verb.example));
    }
    page
}
