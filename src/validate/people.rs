//! Columns by which practitioners are put into groups, and whether what they hold is one
//! person's own: each group's name is published, be its figures withheld or not.

use super::Desk;
use crate::check::Parts;
use crate::data::is_a_persons_number;
use crate::diagnostic::{Code, Diagnostic};

/// Words of a header that speak of one person.
const TELLING: [&str; 34] = [
    "caseworker",
    "colleague",
    "email",
    "employee",
    "employeeid",
    "firstname",
    "forename",
    "fullname",
    "holder",
    "id",
    "initials",
    "keyworker",
    "lastname",
    "login",
    "mail",
    "member",
    "name",
    "names",
    "ni",
    "payroll",
    "person",
    "postholder",
    "practitioner",
    "respondent",
    "staffid",
    "staffname",
    "staffno",
    "surname",
    "upn",
    "user",
    "username",
    "worker",
    "workerid",
    "workername",
];

/// Words that may stand beside them.
const BESIDE: [&str; 23] = [
    "address",
    "allocated",
    "case",
    "code",
    "e",
    "family",
    "first",
    "full",
    "given",
    "key",
    "last",
    "line",
    "manager",
    "no",
    "number",
    "of",
    "post",
    "ref",
    "reference",
    "s",
    "social",
    "staff",
    "supervisor",
];

/// Whether a header is that of what one person has alone: `Worker name`, `StaffID`, `e-mail`, and
/// not `Team name`.
fn is_of_one_person(header: &str) -> bool {
    let mut spaced = String::with_capacity(header.len());
    let mut small = false;
    for letter in header.chars() {
        // `StaffName` is two words.
        if small && letter.is_uppercase() {
            spaced.push(' ');
        }
        small = letter.is_lowercase();
        spaced.extend(letter.to_lowercase());
    }
    let mut telling = false;
    let mut words = spaced
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let all = words.all(|word| {
        telling |= TELLING.contains(&word);
        TELLING.contains(&word) || BESIDE.contains(&word)
    });
    all && telling || is_a_persons_number(header)
}

impl Desk<'_> {
    /// Breakdowns whose groups would bear the names of people.
    pub(super) fn names_as_groups(&self, parts: &Parts) {
        for breakdown in &parts.breakdowns {
            // Groups that the council names are its own words.
            if !breakdown.groups.is_empty() {
                continue;
            }
            let tables = parts.tables.iter();
            for spec in tables.filter(|spec| breakdown.tables.contains(&spec.id)) {
                let column = spec.columns.iter().find(|own| own.name == breakdown.by);
                let Some(header) = column.and_then(|own| own.header()) else {
                    continue;
                };
                if !is_of_one_person(header) || column.is_some_and(|own| !own.codes.is_empty()) {
                    continue;
                }
                let place = column
                    .and_then(|own| own.place.clone())
                    .or_else(|| self.place_of("breakdown", Some(&breakdown.id), "by"))
                    .unwrap_or_else(|| spec.place.clone());
                self.fault(
                    Diagnostic::new(
                        Code::NamesAsGroups,
                        place,
                        format!(
                            "`{}` puts people into groups by \"{header}\", which looks like the name or number of one person",
                            breakdown.by
                        ),
                    )
                    .label("each group's name is published, even where its figures are withheld")
                    .note("if it holds something that several people share, give it a header that says so")
                    .help("group by what several people share: their team, their role"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_one_persons_own_is_known_and_one_of_a_team_is_not() {
        for header in [
            "name",
            "Name",
            "NAME",
            "Worker",
            "worker name",
            "Staff ID",
            "StaffID",
            "staff_id",
            "Email",
            "E-mail address",
            "Practitioner",
            "Social worker",
            "Employee no.",
            "Full name",
            "Manager's name",
            "Person ID",
            "Payroll number",
            "Surname",
            "Caseworker",
            "Allocated worker",
            "Key worker",
            "Staff member",
            "Post holder",
            "Staff number",
            "SWE registration number",
            "NI number",
            "Assignment number",
            "User",
            "id",
        ] {
            assert!(is_of_one_person(header), "{header}");
        }
        for header in [
            "team",
            "Team name",
            "Team ID",
            "Role",
            "Staff group",
            "Directorate",
            "Cost centre no",
            "Manager",
            "Service name",
            "Locality",
            "Post number",
            "Worker type",
            "Identity",
            "",
        ] {
            assert!(!is_of_one_person(header), "{header}");
        }
    }
}
