//! What the script language itself has and formulas may need, in our words. The functions
//! are the engine's own; that each is there, and does what its example says, a test shows.

use super::page::{Function, Lacking, Shelf, written};

/// The pages, in the order of the reference.
pub(super) fn pages() -> impl Iterator<Item = Result<Function, Lacking>> {
    PAGES
        .iter()
        .map(|(form, comment)| written(Shelf::Language, form, comment))
}

const PAGES: [(&str, &str); 17] = [
    (
        "abs(number)",
        "The number without its sign. A missing number stays missing.\n\n- `number`: a number\n\n```rhai\nabs(-2.5) // 2.5\n```",
    ),
    (
        "floor(number)",
        "The whole number at or below it. A missing number stays missing.\n\n- `number`: a number with a decimal point\n\n```rhai\nfloor(workers.mean(\"cases\")) // 15\n```",
    ),
    (
        "ceiling(number)",
        "The whole number at or above it. A missing number stays missing.\n\n- `number`: a number with a decimal point\n\n```rhai\nceiling(workers.mean(\"cases\")) // 16\n```",
    ),
    (
        "sqrt(number)",
        "The square root. A missing number stays missing.\n\n- `number`: a number with a decimal point, 0 or more\n\n```rhai\nsqrt(workers.median(\"cases\")) // 4\n```",
    ),
    (
        "list.len()",
        "How many entries a list has.\n\n```rhai\n[\"Duty\", \"Court\"].len() // 2\n```",
    ),
    (
        "list.contains(value)",
        "Whether a list has this entry. `value in list` asks the same.\n\n- `value`: text or a number\n\n```rhai\nworkers.count(|w| [\"Duty\", \"Hospital\"].contains(w.team)) // 5\n```",
    ),
    (
        "list.map(formula)",
        "The list with each entry put through a formula.\n\n- `formula`: of an entry, `|x| …`\n\n```rhai\n[1, 2, 3].map(|x| x * 2) // [2, 4, 6]\n```",
    ),
    (
        "list.filter(condition)",
        "The entries of which the condition is true.\n\n- `condition`: of an entry, `|x| …`\n\n```rhai\n[12, 18, 26].filter(|x| x > 15) // [18, 26]\n```",
    ),
    (
        "list.some(condition)",
        "Whether the condition is true of any entry.\n\n- `condition`: of an entry, `|x| …`\n\n```rhai\n[12, 18, 26].some(|x| x > 25) // true\n```",
    ),
    (
        "list.all(condition)",
        "Whether the condition is true of every entry.\n\n- `condition`: of an entry, `|x| …`\n\n```rhai\n[12, 18, 26].all(|x| x > 25) // false\n```",
    ),
    (
        "text.contains(part)",
        "Whether a text has another one in it. Capitals count. A missing text can be compared with nothing: ask `is_missing` first.\n\n- `part`: text in quotes\n\n```rhai\nworkers.count(|w| w.team.contains(\"ut\")) // 5\n```",
    ),
    (
        "text.starts_with(part)",
        "Whether a text begins with another one. Capitals count.\n\n- `part`: text in quotes\n\n```rhai\nworkers.count(|w| w.team.starts_with(\"Co\")) // 5\n```",
    ),
    (
        "text.ends_with(part)",
        "Whether a text ends with another one. Capitals count.\n\n- `part`: text in quotes\n\n```rhai\nworkers.count(|w| w.team.ends_with(\"ty\")) // 5\n```",
    ),
    (
        "text.to_lower()",
        "The text in small letters, so that capitals do not count.\n\n```rhai\n\"Duty\".to_lower() // \"duty\"\n```",
    ),
    (
        "text.to_upper()",
        "The text in capitals.\n\n```rhai\n\"Duty\".to_upper() // \"DUTY\"\n```",
    ),
    (
        "text.len()",
        "How many letters, signs and spaces a text has.\n\n```rhai\n\"Duty\".len() // 4\n```",
    ),
    (
        "to_float(number)",
        "A whole number as one with a decimal point: `1 / 2` of whole numbers is 0. What comes from a table has one already.\n\n- `number`: a whole number\n\n```rhai\nto_float(1) / 2 // 0.5\n```",
    ),
];
