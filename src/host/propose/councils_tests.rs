//! Tests to begin with, for the tables that were recognised: the cards in, a `tests.rhai` out
//! whose tests pass, each on rows that anybody can work out by hand.

use super::Card;
use std::collections::BTreeSet;

const HEAD: &str =
    "//! What formulas must come to, on rows that anybody can work out by hand. No data file is
//! read. To run these: healthcheck test NAME
//!
//! These are of national items, to show how a test is written. Rows have the columns' own names,
//! whatever the file calls them. Write one for each formula of your own.
";

const WORKERS: &str = "
test(\"20 cases for a full-time practitioner and 10 for half of one are 20 for each\", || {
    given(\"workers\", [
        #{ cases: 20, fte: 1.0 },
        #{ cases: 10, fte: 0.5 },
    ]);
    expect(item(\"caseload-per-fte\").value, 20);
});
";

const WORKFORCE: &str = "
test(\"one post of ten that nobody fills is a tenth\", || {
    given(\"workforce\", [#{ in_post_fte: 9, vacancies_fte: 1 }]);
    expect(item(\"vacancy-rate\").value, 10);
});
";

const AGREED: &str = "
test(\"ten who agree score 75\", || {
    given(\"survey\", [#{ \"QUESTION\": \"agree\" }], 10);
    expect(item(\"QUESTION\").score, 75);
});
";

/// The tests of a council with this name.
pub(in crate::host) fn tests(name: &str, cards: &[Card]) -> String {
    let columns = |table: &str| -> BTreeSet<&str> {
        let own = cards
            .iter()
            .filter(|card| card.table == Some(table) && card.doubt.is_none());
        own.flat_map(|card| &card.lines)
            .filter(|line| line.doubt.is_none())
            .map(|line| line.column.as_str())
            .collect()
    };
    let has = |table: &str, wanted: &[&str]| {
        let known = columns(table);
        wanted.iter().all(|one| known.contains(one))
    };
    let mut text = HEAD.replace("NAME", name);
    let mut any = false;
    if has("workers", &["cases", "fte"]) {
        text += WORKERS;
        any = true;
    }
    if has("workforce", &["in_post_fte", "vacancies_fte"]) {
        text += WORKFORCE;
        any = true;
    }
    let answered = columns("survey");
    let asked = crate::validate::national()
        .iter()
        .find(|item| answered.contains(item.id.as_str()));
    if let Some(item) = asked {
        text += &AGREED.replace("QUESTION", &item.id);
        any = true;
    }
    if !any {
        text += &WORKERS
            .lines()
            .map(|line| match line {
                "" => "\n".to_owned(),
                line => format!("// {line}\n"),
            })
            .collect::<String>();
    }
    text
}
