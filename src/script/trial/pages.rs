//! The pages of the words of tests. The words themselves are tied to the test that runs, so
//! their pages stand here and not on the functions.

use crate::script::library::{Function, Lacking, Shelf, written};

/// The pages, in the order of the reference.
pub(in crate::script) fn pages() -> impl Iterator<Item = Result<Function, Lacking>> {
    PAGES
        .iter()
        .map(|(form, comment)| written(Shelf::Tests, form, comment))
}

/// Each example is the inside of a test, run on a council as `healthcheck new` makes it.
const PAGES: [(&str, &str); 8] = [
    (
        "test(name, body)",
        "A test: what holds, in words, and how it is seen.\n\nEach test has rows of its own, and no data file is opened.\n\n- `name`: what holds, in quotes\n- `body`: `|| { … }`\n\n```rhai\ntest(\"nobody has more than 18 cases\", || {\n    given(\"workers\", [#{ cases: 18, fte: 1.0 }]);\n    expect(item(\"over-our-ceiling\").value, 0);\n});\n// passes\n```",
    ),
    (
        "given(table, rows)",
        "Rows of a table; given again, they are added.\n\nRows have the columns' own names, whatever your file calls them, and only those that matter to the test. `()` is a missing value.\n\n- `table`: its name in quotes\n- `rows`: a list, `[#{ cases: 18, fte: 1.0 }]`\n\n```rhai\ngiven(\"workers\", [#{ cases: 20, fte: 1.0 }, #{ cases: 16, fte: 1.0 }]);\nexpect(item(\"caseload-per-fte\").value, 18); // passes\n```",
    ),
    (
        "given(table, rows, times)",
        "The same rows so many times: a question needs ten answers.\n\n- `table`: its name in quotes\n- `rows`: a list, `[#{ cover: \"agree\" }]`\n- `times`: a whole number\n\n```rhai\ngiven(\"survey\", [#{ cover: \"agree\" }], 10);\nexpect(item(\"cover\").score, 75); // passes\n```",
    ),
    (
        "expect(found, expected)",
        "What must come out. What does not is shown with the formula, what was expected and what was found.\n\n- `found`: a number, text, or `true` or `false`\n- `expected`: the same, or `at_most(…)`, `at_least(…)` or `between(…, …)`\n\n```rhai\ngiven(\"workers\", [#{ cases: 20, fte: 1.0 }]);\nexpect(item(\"caseload-per-fte\").value, between(18, 22)); // passes\n```",
    ),
    (
        "item(id)",
        "What an item comes to on the rows given: `.value` and `.score`.\n\n- `id`: the item's id in quotes\n\n```rhai\ngiven(\"workers\", [#{ cases: 12, fte: 1.0 }]);\nexpect(item(\"caseload-per-fte\").score, 100); // passes\n```",
    ),
    (
        "standard_score(id)",
        "Your score of a standard.\n\nThe rule that 60% of a standard's items must be scored is off in tests, unless `need_enough_items()` puts it on.\n\n- `id`: the standard's id in quotes\n\n```rhai\ngiven(\"workers\", [#{ cases: 12, fte: 1.0 }]);\nexpect(standard_score(\"caseload\"), at_least(50)); // passes\n```",
    ),
    (
        "overall_score()",
        "Your overall score. In tests it needs not every standard.\n\n```rhai\ngiven(\"workers\", [#{ cases: 12, fte: 1.0 }]);\nexpect(overall_score(), at_least(0)); // passes\n```",
    ),
    (
        "need_enough_items()",
        "Keeps the rule, in this test, that 60% of a standard's items must be scored.\n\n```rhai\nneed_enough_items();\ngiven(\"workers\", [#{ cases: 12, fte: 1.0 }]);\nexpect(is_missing(standard_score(\"caseload\")), true); // passes\n```",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::trial::WORDS;

    #[test]
    fn every_word_of_tests_has_a_page_for_each_number_of_values_that_it_takes() {
        let has: Vec<(String, usize)> = pages()
            .flatten()
            .map(|page| (page.name, page.parameters.len()))
            .collect();
        assert_eq!(has.len(), PAGES.len());
        let words = WORDS
            .iter()
            .flat_map(|(word, takes)| takes.iter().map(move |n| ((*word).to_owned(), *n)));
        assert!(words.clone().all(|word| has.contains(&word)), "{has:?}");
        assert_eq!(words.count(), has.len());
    }
}
