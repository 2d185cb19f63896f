//! Words of the language and of the pages as topics: what no card, function or column is.

use super::{Sort, Topic};
use crate::missing::Missing;

/// A word: its name, what it is in a line, more of it, and how it is written wrongly and
/// rightly, each as a whole statement.
type Word = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
);

const WORDS: [Word; 11] = [
    (
        "const",
        "gives a number or a text a name",
        &[
            "It stands outside cards, before or after them, and is seen in every card and formula of the script. By habit it is in capitals.",
            "A council's own caseload ceiling is such a name, if formulas need it. What the page calls the ceiling of a practitioner is the column `ceiling` of `workers`: see `healthcheck explain workers.ceiling`.",
        ],
        "let CEILING = 18;",
        "const CEILING = 18;",
    ),
    (
        "fn",
        "a function of the script's own",
        &[
            "It stands outside cards. It sees what it is given and the script's constants. The last thing in it is what it gives.",
            "Functions that several councils use stand in `scripts/shared/NAME.rhai`, and are called `NAME::function(…)`.",
        ],
        "def twice(number) { 2 * number }",
        "fn twice(number) { 2 * number }",
    ),
    (
        "if",
        "chooses between two values",
        &[
            "`if condition { one } else { other }` is a value, so it can be the last thing in a formula. For more cases write `else if`.",
            "A condition is a comparison with `==`, `!=`, `<`, `<=`, `>` or `>=`, several joined with `and`, `or` and `not ( )`.",
        ],
        "fn capped(score) { IF(score > 50, 50, score) }",
        "fn capped(score) { if score > 50 { 50 } else { score } }",
    ),
    (
        "and",
        "both conditions hold",
        &[
            "Both sides are whole comparisons.",
            "It is written in small letters, between the two.",
        ],
        "fn both(w) { w.cases > 20 AND w.agency == \"no\" }",
        "fn both(w) { w.cases > 20 and w.agency == \"no\" }",
    ),
    (
        "or",
        "one of two conditions holds, or both",
        &["Both sides are whole comparisons: say on each what is compared."],
        "fn either(w) { w.role == \"A\" OR w.role == \"B\" }",
        "fn either(w) { w.role == \"A\" or w.role == \"B\" }",
    ),
    (
        "not",
        "the opposite of a condition",
        &[
            "It belongs to the next word only: put brackets round what is meant. `w.agency != \"yes\"` says the same as `not (w.agency == \"yes\")`.",
        ],
        "fn own(w) { not w.agency == \"yes\" }",
        "fn own(w) { not (w.agency == \"yes\") }",
    ),
    (
        "date",
        "a day, in quotes, year first",
        &[
            "In cards every day is written so: year, month, day, with hyphens.",
            "In a data file a column of your own that is all days is read with the year first, whether the file has `30/09/2026` or a workbook's date; a formula writes it so too: `w.last_seen < \"2026-09-01\"`. A column in which one cell is no day is text, and compared letter by letter; a warning says so.",
        ],
        "answer(\"research-service\", #{ says: \"no\", on: 2026-09-01 });",
        "answer(\"research-service\", #{ says: \"no\", on: \"2026-09-01\" });",
    ),
    (
        "grade",
        "the word for the whole check, from *inadequate* to *outstanding*, which is no rating",
        &[
            "It goes by the assured overall score less half the width of its interval: *good* and *outstanding* need that lower end to reach the band. It is at most one band above that of the weakest standard. It is withheld without an accountable manager who is a social worker, without anybody consulted, and while a standard below *good* has no complete action in the plan, among other reasons.",
            "How it is worked out stands in `docs/method.md` and on the council's own method page. It is not a rating by the Care Quality Commission or Ofsted.",
        ],
        "",
        "",
    ),
    (
        "band",
        "the word for a score: inadequate, requires improvement, good, outstanding",
        &[
            "A score is rounded half up to a whole number: from 39 it *requires improvement*, from 63 it is *good*, from 88 *outstanding*.",
            "A council may name bands of its own for its local score in the card `overall`.",
        ],
        "",
        "",
    ),
    (
        "assured",
        "the score in which an item without a figure counts 0",
        &[
            "The assured score of a standard is the sum of its items' scores divided by all items that count, whether they have a figure or not; so it cannot rise because something was left out. Grades go by it.",
        ],
        "",
        "",
    ),
    (
        "unseen",
        "`healthcheck run --unseen`: nobody outside has seen what was published before",
        &[
            "A survey closes when it is first published: after that its rows may not change, nor what your own formulas make of them, since from two publications of the same people a single person's answers or cases could be worked out.",
            "While you try things out nobody outside has seen the pages. `healthcheck run --unseen NAME` then publishes anew as if it were the first time.",
        ],
        "",
        "",
    ),
];

pub(super) fn words() -> impl Iterator<Item = Topic> {
    let words = WORDS.iter().map(|(name, says, more, wrong, right)| {
        let mut paragraphs = vec![super::sentence(says)];
        paragraphs.extend(more.iter().map(|one| (*one).to_owned()));
        Topic {
            sort: Sort::Word,
            name: (*name).to_owned(),
            title: format!("{name}: a word"),
            says: (*says).to_owned(),
            paragraphs,
            wrong: (*wrong).to_owned(),
            right: (*right).to_owned(),
        }
    });
    words.chain(Missing::ALL.into_iter().map(of_symbol))
}

/// What stands in a cell where no figure does.
fn of_symbol(missing: Missing) -> Topic {
    let symbol = missing.symbol();
    let more = match missing {
        Missing::NotApplicable => "There is nothing to count: none out of none.",
        Missing::Low => "It is more than nothing, and printed as 0 it would look like nothing.",
        Missing::NotAvailable => {
            "It was not collected, or left blank. It is never 0, and never good: what rests on it is not rated."
        }
        Missing::Unreliable => "Too few values stand behind it for a figure that says anything.",
        Missing::Confidential => {
            "Either fewer than 10 people stand behind it, or with it somebody could work out a figure about fewer than 10. So a large group may have it too, where a small one stands beside it."
        }
    };
    Topic {
        sort: Sort::Word,
        name: symbol.to_owned(),
        title: format!("{symbol}: a sign in place of a figure"),
        says: missing.meaning().to_owned(),
        paragraphs: vec![
            super::sentence(missing.meaning()),
            more.to_owned(),
            match missing {
                Missing::Confidential => {
                    "It arises only when figures are published; a data file needs none."
                }
                _ => "You may write it in a cell for numbers in a data file.",
            }
            .to_owned(),
        ],
        wrong: String::new(),
        right: String::new(),
    }
}
