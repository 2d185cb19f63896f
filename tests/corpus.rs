//! Every code of the program, each with at least one case that shows the whole picture a
//! person is given.
//!
//! A case is named after its code, `<code>` or `<code>.<form>`: a script in
//! `corpus/scripts/bad/`, a council with its data in `corpus/data/`, a template in
//! `corpus/templates/`, or, where the fault has to be made while the test runs, a picture
//! in `corpus/other/`. `BLESS=1 cargo test --test corpus` writes the pictures anew; read
//! each as an analyst would before it is kept.

#[path = "corpus/accepted.rs"]
mod accepted;
#[path = "corpus/cases.rs"]
mod cases;
#[path = "corpus/examples.rs"]
mod examples;
#[path = "corpus/explanations.rs"]
mod explanations;
#[path = "corpus/folders.rs"]
mod folders;
#[path = "corpus/forms.rs"]
mod forms;
#[path = "corpus/libraries.rs"]
mod libraries;
#[path = "corpus/limits.rs"]
mod limits;
#[path = "corpus/made.rs"]
mod made;
#[path = "corpus/meant.rs"]
mod meant;
#[path = "corpus/newcomer.rs"]
mod newcomer;
#[path = "corpus/slips.rs"]
mod slips;
#[path = "corpus/together.rs"]
mod together;
