//! What a terminal shows of faults that nobody could show in a few lines of a script: limits of
//! length, depth, memory and number, what only several publications together let out, a library
//! in Rust, and a file that is none of ours. The corpus of tests makes each.

use super::Code;

#[rustfmt::skip]
pub(super) const SHOWN: &[(Code, &str)] = &[
    (Code::SourceTooLarge,
        "error[source-too-large]: this script is 1133 KB long, and 256 KB is the most\n  ┌─ scripts/bad/check.rhai:1:1\n  │\n1 │ council(\"Sandbourne\", #{\n  │ ^ split it, or move data into a data file"),
    (Code::TooDeep,
        "error[too-deep]: brackets are nested too deep\n   ┌─ scripts/bad/too-deep.rhai:15:57\n   │\n15 │     worst: ((((((((((((((((((((((((((((((((((((((((((((((((((((((((…\n   │                                                         ^ the limit…"),
    (Code::TooMuchMemory,
        "error[too-much-memory]: this asks for more than 512 KB of memory, the most that a script may have\n  ┌─ scripts/bad/check.rhai:1:1\n  │\n1 │ council(\"Sandbourne\", #{\n  │ ^^^^^^^ the limit was reached here"),
    (Code::TooManyFunctions,
        "error[too-many-functions]: there are more functions than the 3 that a script may have\n   ┌─ scripts/bad/check.rhai:13:1\n   │\n13 │ fn ours_3(x) { x }\n   │ ^^ the limit was reached here"),
    (Code::TooManyGroups,
        "error[too-many-groups]: `team` comes to 501 groups; all breakdowns together may have 500\n   ┌─ scripts/northshire/check.rhai:11:7\n   │\n11 │ table(\"survey\", #{ file: \"data/survey.csv\", columns: #{ team: \"Post number\" } });\n   │       ^^^^^^^^ its column `team` tells them apart\n   │\n   = help: look whether that column holds something else: a number of each person, say"),
    (Code::PublicationOpens,
        "warning[publication-opens]: what is withheld of `cover` of team Mental Health (number of people) can be worked out, and 1 more\n  ┌─ scripts/eastmere/check.rhai:4:9\n  │\n4 │ council(\"Eastmere Borough Council\", #{\n  │         ^^^^^^^^^^^^^^^^^^^^^^^^^^ only name, date and reason are published of this council\n  │\n  = It is exactly what is printed of the whole less what is printed of team Learning Disability and team Older People."),
    (Code::ReleaseOpens,
        "error[release-opens]: with what was published before of the same date, what is withheld of `cover` of team Mental Health (number of people) can be worked out, and 1 more\n  ┌─ scripts/eastmere/check.rhai:4:9\n  │\n4 │ council(\"Eastmere Borough Council\", #{\n  │         ^^^^^^^^^^^^^^^^^^^^^^^^^^ what was published before with this as-of date stays\n  │\n  = It is exactly what is printed of the whole less what is printed of team Learning Disability and team Older People.\n  = if readers have seen it: take out the breakdown that is new since then\n  = if nobody outside has seen the earlier publication, the new one may take its place\n  = help: healthcheck run --unseen eastmere"),
    (Code::CorrectionWithholds,
        "warning[correction-withholds]: after `one-more` nothing can be told of the overall score, “Caseload management”, “Supervision” and 23 more figures of the whole\n    ┌─ scripts/sandbourne/check.rhai:120:12\n    │\n120 │ correction(\"one-more\", #{ on: \"2026-11-02\", because: \"A sheet was late\" });\n    │            ^^^^^^^^^^ what a few people's change would give away is not printed again\n    │\n    = if nobody outside has seen the first publication, take this card out and run again as below\n    = if readers have seen it, the error may do less harm than this: put it right at the next as-of date, and say so in a note\n    = help: healthcheck run --unseen sandbourne"),
    (Code::LibraryNotUsable,
        "error[library-not-usable]: `pay::per_week` has no example in its doc comment\n   ┌─ scripts/sandbourne/check.rhai:15:25\n   │\n15 │     value:    |workers| pay::per_week(workers.mean(\"fte\") * 40000.0),\n   │                         ^^^ this library cannot be used\n   │\n   = the library is part of the program: this is for its developer to mend"),
    (Code::ResultsNotUsable,
        "error[results-not-usable]: `results.json` holds no results of a health check"),
];
