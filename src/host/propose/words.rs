//! What councils call the nation's columns, and what they write into them: headers and
//! values in their own words in, the nation's out. All in small letters, without signs.

use crate::validate;
use std::collections::BTreeSet;

/// Table, column, and the headers under which it is often found.
#[rustfmt::skip]
pub(super) const HEADERS: [(&str, &str, &[&str]); 36] = [
    ("workers", "team", &["team name", "social work team", "unit"]),
    ("workers", "service", &["directorate", "department", "division", "service area", "children or adults"]),
    ("workers", "role", &["job title", "post title", "job role", "position", "post"]),
    ("workers", "newly_qualified", &["newly qualified social worker", "asye", "nqsw", "in asye", "newly qualified"]),
    ("workers", "agency", &["agency worker", "agency staff", "agency or permanent", "locum", "is agency"]),
    ("workers", "fte", &["wte", "full time equivalent", "whole time equivalent", "contract fte", "contracted fte"]),
    ("workers", "cases", &["open cases", "caseload", "number of cases", "no of cases", "current cases", "current caseload", "cases held", "case count"]),
    ("workers", "ceiling", &["caseload ceiling", "maximum caseload", "max caseload", "maximum cases", "max cases", "agreed caseload", "caseload limit"]),
    ("workers", "hours_contracted", &["contracted hours", "contract hours", "hours contracted", "hours in contract", "weekly contracted hours"]),
    ("workers", "hours_worked", &["hours worked", "actual hours", "average hours worked", "weekly hours worked"]),
    ("workers", "supervision_due", &["supervision due", "supervisions due", "supervision sessions due", "sessions due"]),
    ("workers", "supervision_held", &["supervision held", "supervisions held", "supervision sessions held", "sessions held", "supervisions completed"]),
    ("workers", "appraisal_current", &["appraisal current", "appraisal in last 12 months", "appraisal in the last 12 months", "appraised", "appraisal up to date", "appraisal completed"]),
    ("workforce", "team", &["team name", "social work team", "unit"]),
    ("workforce", "service", &["directorate", "department", "division", "service area", "children or adults"]),
    ("workforce", "in_post_fte", &["fte in post", "in post fte", "staff in post fte", "filled fte", "employed fte"]),
    ("workforce", "in_post_headcount", &["headcount", "headcount in post", "in post headcount", "staff in post headcount"]),
    ("workforce", "vacancies_fte", &["vacancies fte", "vacant fte", "fte vacant", "fte vacancies", "vacancy fte", "vacancies"]),
    ("workforce", "agency_fte", &["agency fte", "fte agency", "agency workers fte", "locum fte"]),
    ("workforce", "leavers_fte", &["leavers fte", "fte leavers", "leavers in year", "leavers"]),
    ("workforce", "sickness_days_fte", &["sickness days fte", "days lost to sickness", "fte days lost to sickness", "fte days lost", "sickness days"]),
    ("workforce", "unallocated_cases", &["unallocated cases", "unallocated"]),
    ("workforce", "allocated_cases", &["allocated cases", "allocated"]),
    ("workforce", "case_holders_fte", &["case holders fte", "case holding fte", "fte case holders", "fte of case holders"]),
    ("workforce", "posts_filled", &["posts filled", "posts recruited to"]),
    ("workforce", "days_to_fill", &["days to fill", "total days to fill", "days to recruit"]),
    ("workforce", "system_hours_lost", &["system hours lost", "hours lost to systems", "hours lost to it", "it hours lost"]),
    ("survey", "team", &["team name", "which team are you in", "which team do you work in", "your team"]),
    ("survey", "service", &["directorate", "department", "which service do you work in", "your service"]),
    ("survey", "role", &["job title", "job role", "your role", "what is your role"]),
    ("survey", "sex", &["gender", "what is your sex"]),
    ("survey", "ethnicity", &["ethnic group", "ethnic origin", "what is your ethnic group"]),
    ("survey", "disability", &["disabled", "do you have a disability"]),
    ("survey", "age_band", &["age", "age group", "age range", "age band"]),
    ("survey", "employment", &["employment type", "contract type", "employment status"]),
    ("survey", "years_in_post", &["years in post", "time in post", "length of service", "years in role"]),
];

/// Small letters and digits, one space between words, whatever signs stood there.
pub(super) fn bare(text: &str) -> String {
    let letters: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// The service that a value stands for.
pub(super) fn service(value: &str) -> Option<&'static str> {
    let value = bare(value);
    let has = |words: &[&str]| {
        words
            .iter()
            .any(|word| value.split(' ').any(|own| own == *word))
    };
    let children = has(&[
        "children",
        "childrens",
        "child",
        "csc",
        "cyp",
        "cs",
        "cfs",
        "families",
    ]);
    let adults = has(&["adults", "adult", "asc", "as"]);
    match (children, adults) {
        (true, false) => Some("children"),
        (false, true) => Some("adults"),
        _ => None,
    }
}

/// Yes, no or not due, as a value of this column says it.
pub(super) fn yes_or_no(column: &str, value: &str) -> Option<&'static str> {
    let value = bare(value);
    Some(match value.as_str() {
        "yes" | "y" | "true" | "t" | "1" => "yes",
        "no" | "n" | "false" | "f" | "0" => "no",
        "not due" | "not applicable" | "n a" | "na" | "z" | "exempt" => "not due",
        "agency" | "locum" if column == "agency" => "yes",
        "permanent" | "employed" | "perm" | "fixed term" if column == "agency" => "no",
        "asye" | "nqsw" if column == "newly_qualified" => "yes",
        _ => return None,
    })
}

/// One of the five answers, or one that is counted and not scored.
pub(super) fn answer(value: &str) -> Option<&'static str> {
    Some(match bare(value).as_str() {
        "strongly disagree" | "disagree strongly" | "sd" => "strongly disagree",
        "disagree" | "tend to disagree" | "d" => "disagree",
        "neither" | "neither agree nor disagree" | "neutral" | "neither agree or disagree" => {
            "neither"
        }
        "agree" | "tend to agree" | "a" => "agree",
        "strongly agree" | "agree strongly" | "sa" => "strongly agree",
        "not applicable" | "n a" | "na" => "not applicable",
        "prefer not to say" | "prefer not to answer" => "prefer not to say",
        _ => return None,
    })
}

/// Yes, no or not sure.
pub(super) fn aware(value: &str) -> Option<&'static str> {
    Some(match bare(value).as_str() {
        "yes" | "y" => "yes",
        "no" | "n" => "no",
        "not sure" | "unsure" | "don t know" | "dont know" | "do not know" | "not certain" => {
            "not sure"
        }
        _ => return None,
    })
}

/// A name for what is the council's own, made of its header, that nothing else has; `joint` as
/// in [`validate::own_name`].
pub(super) fn own_name(header: &str, joint: char, taken: &mut BTreeSet<String>) -> String {
    let name = validate::own_name(header, joint);
    let with = |nth: usize| match nth {
        1 => name.clone(),
        nth => format!("{name}{joint}{nth}"),
    };
    let free = (1..).map(with).find(|name| !taken.contains(name));
    let free = free.expect("numbers do not end");
    taken.insert(free.clone());
    free
}

/// Whether a text in a column of numbers says that there is none.
pub(super) fn no_number(value: &str) -> bool {
    let value = bare(value);
    value.is_empty()
        || [
            "n a",
            "na",
            "n k",
            "nk",
            "not known",
            "unknown",
            "none",
            "tbc",
            "not recorded",
            "blank",
            "missing",
        ]
        .contains(&value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::national::COLUMNS;

    #[test]
    fn every_column_of_the_nation_has_its_headers_and_no_header_names_two_of_a_table() {
        for (table, columns) in COLUMNS {
            for (column, _) in columns {
                assert!(
                    HEADERS
                        .iter()
                        .any(|(of, name, _)| of == &table && name == column),
                    "{table}.{column}"
                );
            }
            let of_table = || HEADERS.iter().filter(move |(of, ..)| *of == table);
            for header in of_table().flat_map(|(_, _, headers)| headers.iter()) {
                assert_eq!(bare(header), **header);
                let twice = of_table()
                    .filter(|(_, _, headers)| headers.contains(header))
                    .count();
                assert_eq!(twice, 1, "{table}: {header}");
            }
        }
    }

    #[test]
    fn a_column_of_ones_own_has_a_name_that_a_script_can_read() {
        let mut taken = BTreeSet::from(["own_until".to_owned()]);
        for (header, name) in [
            ("Supervised in last month?", "supervised_last_month"),
            ("Supervised last month", "supervised_last_month_2"),
            ("Until", "own_until_2"),
            ("3. Début", "own_3_debut"),
            ("?", "own"),
        ] {
            assert_eq!(own_name(header, '_', &mut taken), name, "{header}");
        }
    }

    #[test]
    fn values_are_known_as_councils_write_them() {
        assert_eq!(service("CSC"), Some("children"));
        assert_eq!(service("Children's Services"), Some("children"));
        assert_eq!(service("Adult Social Care"), Some("adults"));
        assert_eq!(service("Children and adults"), None);
        assert_eq!(yes_or_no("agency", "Permanent"), Some("no"));
        assert_eq!(yes_or_no("appraisal_current", "Permanent"), None);
        assert_eq!(answer("Neither agree nor disagree"), Some("neither"));
        assert_eq!(aware("Don't know"), Some("not sure"));
        assert!(no_number("n/k") && no_number("-") && !no_number("twelve"));
    }
}
