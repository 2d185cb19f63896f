//! Columns by which practitioners are put into groups, and whether what they hold is one
//! person's own: each group's name is published, be its figures withheld or not.

use super::Desk;
use crate::check::Parts;
use crate::data::is_a_persons_number;
use crate::diagnostic::{Code, Diagnostic};

/// Words of a header that speak of one person.
const TELLING: [&str; 33] = [
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
const BESIDE: [&str; 31] = [
    "address",
    "allocated",
    "assigned",
    "case",
    "code",
    "display",
    "e",
    "emp",
    "family",
    "first",
    "full",
    "given",
    "key",
    "last",
    "line",
    "manager",
    "middle",
    "named",
    "no",
    "number",
    "of",
    "preferred",
    "ref",
    "reference",
    "s",
    "social",
    "staff",
    "supervisor",
    "sw",
    "windows",
    "work",
];

/// Words that may stand beside `holder`: a post has one, and many have posts of one name.
const HELD: [&str; 2] = ["position", "post"];

/// Whole headers that speak of one person, though no word of theirs does.
const WHOLE: [&str; 12] = [
    "allocated sw",
    "allocated to",
    "assigned to",
    "case manager",
    "case owner",
    "lead worker",
    "line manager",
    "payroll",
    "reports to",
    "social work england number",
    "supervised by",
    "team member",
];

/// Whether a header is that of what one person has alone: `Worker name`, `StaffID`, `e-mail`, and
/// not `Team name`.
fn is_of_one_person(header: &str) -> bool {
    let mut spaced = String::with_capacity(header.len());
    let mut small = false;
    let mut letters = header.chars().peekable();
    while let Some(letter) = letters.next() {
        // `StaffName` is two words, and so is `SWName`.
        let begins = letters.peek().is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (small || begins) {
            spaced.push(' ');
        }
        small = letter.is_lowercase();
        spaced.extend(letter.to_lowercase());
    }
    let words = spaced.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let tells = words.iter().any(|word| TELLING.contains(word));
    let is_held = words.contains(&"holder");
    let known = |word: &&str| {
        TELLING.contains(word) || BESIDE.contains(word) || is_held && HELD.contains(word)
    };
    let whole = words.join(" ");
    tells && words.iter().all(known)
        || WHOLE.contains(&whole.as_str())
        || is_a_persons_number(&whole)
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

    const ONE_PERSONS: &str = "name, Name, NAME, Worker, worker name, Worker's name, Staff ID, StaffID, staff_id, Email
E-mail address, Work email, Practitioner, Practitioner name, Social worker, Employee no., Employee number, Full name
Manager's name, Manager name, Line manager, Line manager name, LineManager, Person ID, Payroll number, Payroll no
Payroll, Surname, Preferred name, Display name, Caseworker, Allocated worker, Allocated to, Allocated SW, Assigned to
Assigned worker, Key worker, Named worker, Lead worker, Case owner, Case holder, Staff member, Member of staff
Team member, Post holder, Postholder name, Holder of post, Staff number, Staff no, Emp no, Emp ID, Pers. no.
SW name, SWName, SW ID, SWE registration number, SWE number, HCPC number, NI number, NINumber
National insurance number, Assignment number, Personnel number, User, User ID, Windows login, id, Respondent ID
Supervisor name, Reports to, Initials";
    const SHARED: &str = "team, Team, Team name, TeamName, Team ID, Team code, Team manager, Staff team ID, Worker team no
Employee team ref, Role, Job title, Job code, Job family, Position title, Position number, Post title, Post name
Name of post, Post number, Post type, Posts, Staff group, Staff group no, Staff category, Employee group
Employee subgroup, Employee type, Employee grade no, Person type ID, Worker type, Worker role, Directorate
Directorate name, Division, Department, Department ID, Service name, Service area, Service user group, Section, Unit
Cost centre, Cost centre no, Cost centre name, Staff cost centre number, Cost code, Grade, Pay grade, Pay scale
Payroll name, Payroll area, Payroll code, Spinal point, Locality, Locality name, Area, Region, Patch, Hub, Ward
Office base, Work location, Work base, Site, Building, Employee location ID, Contract type, Contract, Employment status
Employment type, Registration status, Hours band, Working pattern, FTE band, Length of service, ASYE, ASYE year, Level
Line manager's team, Line manager's post, Manager, Manager level, Head of service, Case type, Case holding, Caseload band
Number of staff, No. of staff supervised, Number of workers, Identity, Gender, Sex, Ethnic origin, Age band, Disability
Qualification, Agency, Supplier, Profession, Discipline, Specialism, Vacancy reason, Organisational unit, Post code";

    #[test]
    fn a_header_of_one_persons_own_is_known_and_one_of_a_team_is_not() {
        for header in ONE_PERSONS.lines().flat_map(|line| line.split(", ")) {
            assert!(is_of_one_person(header), "{header}");
        }
        for header in SHARED.lines().flat_map(|line| line.split(", ")) {
            assert!(!is_of_one_person(header), "{header}");
        }
        assert!(!is_of_one_person(""));
    }
}
