//! What the nation's columns hold, in a sentence each.

/// Table, column, and what a row holds in it.
const MEANINGS: [(&str, &str, &str); 36] = [
    ("workers", "team", "the team, as your council calls it"),
    ("workers", "service", "children or adults"),
    (
        "workers",
        "role",
        "the post: social worker, senior practitioner, and so on",
    ),
    (
        "workers",
        "newly_qualified",
        "yes in the first, assessed and supported year after qualifying",
    ),
    (
        "workers",
        "agency",
        "yes if an agency pays the practitioner",
    ),
    (
        "workers",
        "fte",
        "contracted hours as a share of full time: 1 is full time, 0.5 half; never less for want of experience",
    ),
    (
        "workers",
        "cases",
        "open cases of which the practitioner is the named worker; 0 for one who holds none",
    ),
    (
        "workers",
        "ceiling",
        "the most cases that are agreed for this practitioner",
    ),
    (
        "workers",
        "hours_contracted",
        "hours a week in the contract",
    ),
    (
        "workers",
        "hours_worked",
        "hours a week worked, on average over the latest 4 full weeks, unpaid hours and time owed included",
    ),
    (
        "workers",
        "supervision_due",
        "supervision sessions due in the 3 months to the as-of date",
    ),
    ("workers", "supervision_held", "how many of those were held"),
    (
        "workers",
        "appraisal_current",
        "yes if appraised in the last 12 months; not due for agency, those new within 12 months, and those away throughout",
    ),
    (
        "workforce",
        "team",
        "the team or service whose totals these are",
    ),
    ("workforce", "service", "children or adults"),
    (
        "workforce",
        "in_post_fte",
        "full-time equivalents of practitioners employed on the as-of date, agency left out",
    ),
    (
        "workforce",
        "in_post_headcount",
        "practitioners employed on the as-of date, as people",
    ),
    (
        "workforce",
        "vacancies_fte",
        "full-time equivalents of posts vacant on the as-of date, covered by agency or not",
    ),
    (
        "workforce",
        "agency_fte",
        "full-time equivalents of agency practitioners on the as-of date",
    ),
    (
        "workforce",
        "leavers_fte",
        "full-time equivalents of those who left in the 12 months to the as-of date, agency left out",
    ),
    (
        "workforce",
        "sickness_days_fte",
        "working days lost to sickness in the 12 months to the as-of date, in full-time equivalents, agency left out",
    ),
    (
        "workforce",
        "unallocated_cases",
        "open cases without a named practitioner",
    ),
    (
        "workforce",
        "allocated_cases",
        "open cases with a named practitioner",
    ),
    (
        "workforce",
        "case_holders_fte",
        "full-time equivalents of practitioners who hold cases, agency included",
    ),
    (
        "workforce",
        "posts_filled",
        "posts filled in the 12 months to the as-of date",
    ),
    (
        "workforce",
        "days_to_fill",
        "working days from post vacant to start, of all those posts together: a sum, not a mean",
    ),
    (
        "workforce",
        "system_hours_lost",
        "hours lost to faults of systems in the 12 months to the as-of date, of all practitioners together",
    ),
    ("survey", "team", "the team of who answered"),
    ("survey", "service", "children or adults"),
    ("survey", "role", "the post of who answered"),
    ("survey", "sex", "sex, as the sheet asks it"),
    ("survey", "ethnicity", "ethnic group, as the sheet asks it"),
    ("survey", "disability", "disability, as the sheet asks it"),
    ("survey", "age_band", "age, in bands"),
    ("survey", "employment", "employed or through an agency"),
    ("survey", "years_in_post", "years in the post, in bands"),
];

/// What a row of a national table holds in a column.
pub fn column_meaning(table: &str, column: &str) -> Option<&'static str> {
    let of = MEANINGS
        .iter()
        .find(|(of, name, _)| *of == table && *name == column);
    of.map(|(_, _, says)| *says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::national::COLUMNS;

    #[test]
    fn every_national_column_says_what_it_holds() {
        let all = || {
            COLUMNS.iter().flat_map(|(table, columns)| {
                columns.iter().map(move |(column, _)| (*table, *column))
            })
        };
        for (table, column) in all() {
            assert!(column_meaning(table, column).is_some(), "{table}.{column}");
        }
        assert_eq!(all().count(), MEANINGS.len());
    }
}
