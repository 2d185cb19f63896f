//! What is fixed for every council: six standards, two services, bands, the limits of
//! tailoring. The 39 items themselves are cards in `scripts/national/`, embedded here as
//! text and read like any council's.

mod answers;
pub mod benchmarks;
mod meanings;

pub use answers::same_answer;
pub use meanings::column_meaning;

use crate::rounding::half_up;
use serde::{Deserialize, Serialize};

/// The edition of the national core. It never changes once released.
pub const EDITION: &str = "2026.1";

/// The last year that a check by this edition can be of: others will have followed it by then.
pub const LAST_YEAR: i16 = 2036;

/// Full-time equivalents of one practitioner beyond which hours, or a percentage, stand in their place, or a
/// slip of typing.
pub(crate) const MOST_FTE: f64 = 2.0;

/// People below which no figure about them is published, unless a council sets more.
pub const THRESHOLD: u32 = 10;

/// Whether so few people are on a side of a figure, or in a part of it, that it points at them.
/// Nobody points at nobody.
pub(crate) fn is_one_or_two(people: impl Into<u64>) -> bool {
    matches!(people.into(), 1 | 2)
}

/// Answers below which a question is not scored.
pub const FEWEST_ANSWERS: u32 = 10;

/// Share of rows about which a measure speaks that must be complete.
pub const COMPLETE_ENOUGH: f64 = 0.9;

/// Share of a standard's items that must be scored for it to be rated, as a fraction.
pub const RATED_SHARE: (usize, usize) = (3, 5);

/// Smallest and largest weight in a local score.
pub const WEIGHTS: (f64, f64) = (1.0, 5.0);

/// How many months ahead an omission may be reviewed at the latest.
pub const OMISSION_MONTHS: i32 = 24;

/// One of the six national standards, in national order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StandardId {
    /// Caseloads, and how caseload ceilings are kept under review.
    Caseload,
    /// Supervision at individual and team level.
    Supervision,
    /// IT systems and administrative support.
    Systems,
    /// Vacancies, turnover, agency, cover.
    Staffing,
    /// Access to research, and time to use it.
    Research,
    /// Safety and welfare of practitioners.
    Welfare,
}

impl StandardId {
    /// All six, in national order.
    pub const ALL: [StandardId; 6] = [
        StandardId::Caseload,
        StandardId::Supervision,
        StandardId::Systems,
        StandardId::Staffing,
        StandardId::Research,
        StandardId::Welfare,
    ];

    /// The word used in scripts and data.
    pub fn id(self) -> &'static str {
        match self {
            StandardId::Caseload => "caseload",
            StandardId::Supervision => "supervision",
            StandardId::Systems => "systems",
            StandardId::Staffing => "staffing",
            StandardId::Research => "research",
            StandardId::Welfare => "welfare",
        }
    }

    /// The title on the page.
    pub fn title(self) -> &'static str {
        match self {
            StandardId::Caseload => "Caseload management",
            StandardId::Supervision => "Supervision",
            StandardId::Systems => "IT systems and administrative support",
            StandardId::Staffing => "Staffing levels",
            StandardId::Research => "Research and information",
            StandardId::Welfare => "Safety and welfare",
        }
    }

    /// The standard of that id.
    pub fn find(id: &str) -> Option<Self> {
        StandardId::ALL
            .into_iter()
            .find(|standard| standard.id() == id)
    }
}

/// A service that a council runs and its practitioners work in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// Children's social work.
    Children,
    /// Adults' social work.
    Adults,
}

impl Service {
    /// Both.
    pub const ALL: [Service; 2] = [Service::Children, Service::Adults];

    /// The word used in scripts and data.
    pub fn id(self) -> &'static str {
        match self {
            Service::Children => "children",
            Service::Adults => "adults",
        }
    }

    /// The title on the page.
    pub fn title(self) -> &'static str {
        match self {
            Service::Children => "Children's services",
            Service::Adults => "Adults' services",
        }
    }

    /// The service of that id.
    pub fn find(id: &str) -> Option<Self> {
        Service::ALL.into_iter().find(|service| service.id() == id)
    }
}

/// A band word. The words and cuts are those that the Care Quality Commission uses for
/// councils, but its scale begins at 25 and ours at 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// 0–38.
    Inadequate,
    /// 39–62.
    RequiresImprovement,
    /// 63–87.
    Good,
    /// 88–100.
    Outstanding,
}

impl Band {
    /// All four, lowest first.
    pub const ALL: [Band; 4] = [
        Band::Inadequate,
        Band::RequiresImprovement,
        Band::Good,
        Band::Outstanding,
    ];

    /// The whole number at which the band begins.
    pub fn from(self) -> u32 {
        match self {
            Band::Inadequate => 0,
            Band::RequiresImprovement => 39,
            Band::Good => 63,
            Band::Outstanding => 88,
        }
    }

    /// The words on the page.
    pub fn words(self) -> &'static str {
        match self {
            Band::Inadequate => "inadequate",
            Band::RequiresImprovement => "requires improvement",
            Band::Good => "good",
            Band::Outstanding => "outstanding",
        }
    }

    /// The band of a score from 0 to 100, rounded half up to a whole number.
    pub fn of(score: f64) -> Self {
        let whole = half_up(score, 0);
        Band::ALL
            .into_iter()
            .rev()
            .find(|band| whole >= f64::from(band.from()))
            .unwrap_or(Band::Inadequate)
    }
}

/// The five answers of a question, lowest score first.
pub const ANSWERS: [&str; 5] = [
    "strongly disagree",
    "disagree",
    "neither",
    "agree",
    "strongly agree",
];

/// The score of each of the five answers.
pub const ANSWER_SCORES: [f64; 5] = [0.0, 25.0, 50.0, 75.0, 100.0];

/// Answers that are counted and not scored.
pub const UNSCORED_ANSWERS: [&str; 2] = ["not applicable", "prefer not to say"];

/// What tells groups of practitioners apart in a survey, as it is asked.
pub const ASKED: [(&str, &str); 3] = [
    ("team", "Which team do you work in?"),
    ("service", "Which service do you work in?"),
    ("role", "What is your role?"),
];

/// Asked of practitioners and never scored: yes, no, not sure.
pub const AWARENESS: [(&str, &str); 2] = [
    (
        "aware-of-check",
        "Before this survey, I knew that my employer carries out a social work health check",
    ),
    (
        "saw-change",
        "I know of something that changed because of the last one",
    ),
];

/// Which statement practitioners would notice by which question.
pub const EXPERIENCE: [(&str, &str); 7] = [
    ("ceiling-reviewed", "caseload-manageable"),
    ("newly-qualified-protected", "caseload-fits-experience"),
    ("supervision-policy", "supervision-protected"),
    ("admin-tasks-reviewed", "admin-support"),
    ("workforce-plan", "cover"),
    ("research-service", "research-access"),
    ("lone-working", "safe-at-work"),
];

/// Statements whose *yes* claims a review within the 12 months to the as-of date.
pub const YEARLY: [&str; 3] = ["ceiling-reviewed", "admin-tasks-reviewed", "lone-working"];

/// Measures about posts and things, not people: no threshold applies.
pub const ABOUT_THINGS: [&str; 4] = [
    "unallocated-cases",
    "vacancy-rate",
    "time-to-fill",
    "system-hours-lost",
];

/// Columns of `workforce` about posts and things: they may change after a survey was
/// published.
pub const ABOUT_THINGS_COLUMNS: [&str; 5] = [
    "vacancies_fte",
    "unallocated_cases",
    "posts_filled",
    "days_to_fill",
    "system_hours_lost",
];

/// The Department for Education's own measures, which it publishes for each council.
pub const OFFICIAL: [&str; 5] = [
    "caseload-per-fte",
    "vacancy-rate",
    "turnover-rate",
    "agency-rate",
    "sickness-absence",
];

/// What a share is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Full-time equivalents: the sum of the second columns of `workforce`, over the rows in
    /// which none of the first and second is marked not applicable.
    Posts(&'static [&'static str], &'static [&'static str]),
    /// People: the rows of `workers` of which the share's condition can be told.
    People,
}

/// The measure whose case holders are told of in bands of caseload.
pub const BANDED: &str = "high-caseloads";

/// Where a band of caseload ends and the next begins, in cases for a full-time equivalent: the
/// load that scores best, about the usual one, that above which a load is far above it, and
/// that above which a local item counts the tail.
pub const BAND_ENDS: [f64; 4] = [12.0, 16.0, 20.0, 25.0];

/// How many bands of caseload there are.
pub const BANDS: usize = BAND_ENDS.len() + 1;

/// Several neighbouring bands of caseload as one, in words: "over 16 to 20", in cases for a
/// full-time equivalent.
pub fn band_words(bands: std::ops::Range<usize>) -> String {
    let low = bands.start.checked_sub(1).map(|at| BAND_ENDS[at]);
    let high = BAND_ENDS.get(bands.end - 1);
    match (low, high) {
        (None, None) => "any".into(),
        (None, Some(high)) => format!("up to {high}"),
        (Some(low), None) => format!("over {low}"),
        (Some(low), Some(high)) => format!("over {low} to {high}"),
    }
}

/// The measures that are a share of posts or people, and what each is a share of. A change
/// in one of them is judged by an interval of a share, with this as its n.
pub const SHARES: [(&str, Base); 5] = [
    (
        "vacancy-rate",
        Base::Posts(&[], &["vacancies_fte", "in_post_fte"]),
    ),
    (
        "turnover-rate",
        Base::Posts(&["leavers_fte"], &["in_post_fte"]),
    ),
    (
        "agency-rate",
        Base::Posts(&[], &["agency_fte", "in_post_fte"]),
    ),
    // Appraised or not; *not due* is neither.
    ("appraisal-current", Base::People),
    // Those who hold cases and whose full-time equivalent is known.
    ("high-caseloads", Base::People),
];

/// How many measures, questions and statements the edition has.
pub const COUNTS: (usize, usize, usize) = (12, 20, 7);

/// How many items each standard has, in national order.
pub const ITEMS_PER_STANDARD: [usize; 6] = [8, 7, 7, 7, 5, 5];

/// The national cards: file name and text, one file a standard, and the ready-made local
/// items that a council may copy.
pub const CARDS: [(&str, &str); 6] = [
    (
        "scripts/national/caseload.rhai",
        include_str!("../scripts/national/caseload.rhai"),
    ),
    (
        "scripts/national/supervision.rhai",
        include_str!("../scripts/national/supervision.rhai"),
    ),
    (
        "scripts/national/systems.rhai",
        include_str!("../scripts/national/systems.rhai"),
    ),
    (
        "scripts/national/staffing.rhai",
        include_str!("../scripts/national/staffing.rhai"),
    ),
    (
        "scripts/national/research.rhai",
        include_str!("../scripts/national/research.rhai"),
    ),
    (
        "scripts/national/welfare.rhai",
        include_str!("../scripts/national/welfare.rhai"),
    ),
];

/// What a national column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A decimal number.
    Number,
    /// `yes` or `no`; `not due` and `not applicable` are missing, not applicable.
    YesNo,
    /// `children` or `adults`.
    Service,
    /// Any words: a team, a role.
    Words,
}

/// The national columns of the three national tables. Questions are columns of `survey`
/// besides.
pub const COLUMNS: [(&str, &[(&str, ColumnKind)]); 3] = [
    (
        "workers",
        &[
            ("team", ColumnKind::Words),
            ("service", ColumnKind::Service),
            ("role", ColumnKind::Words),
            ("newly_qualified", ColumnKind::YesNo),
            ("agency", ColumnKind::YesNo),
            ("fte", ColumnKind::Number),
            ("cases", ColumnKind::Number),
            ("ceiling", ColumnKind::Number),
            ("hours_contracted", ColumnKind::Number),
            ("hours_worked", ColumnKind::Number),
            ("supervision_due", ColumnKind::Number),
            ("supervision_held", ColumnKind::Number),
            ("appraisal_current", ColumnKind::YesNo),
        ],
    ),
    (
        "workforce",
        &[
            ("team", ColumnKind::Words),
            ("service", ColumnKind::Service),
            ("in_post_fte", ColumnKind::Number),
            ("in_post_headcount", ColumnKind::Number),
            ("vacancies_fte", ColumnKind::Number),
            ("agency_fte", ColumnKind::Number),
            ("leavers_fte", ColumnKind::Number),
            ("sickness_days_fte", ColumnKind::Number),
            ("unallocated_cases", ColumnKind::Number),
            ("allocated_cases", ColumnKind::Number),
            ("case_holders_fte", ColumnKind::Number),
            ("posts_filled", ColumnKind::Number),
            ("days_to_fill", ColumnKind::Number),
            ("system_hours_lost", ColumnKind::Number),
        ],
    ),
    (
        "survey",
        &[
            ("team", ColumnKind::Words),
            ("service", ColumnKind::Service),
            ("role", ColumnKind::Words),
            ("sex", ColumnKind::Words),
            ("ethnicity", ColumnKind::Words),
            ("disability", ColumnKind::Words),
            ("age_band", ColumnKind::Words),
            ("employment", ColumnKind::Words),
            ("years_in_post", ColumnKind::Words),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_just_under_at_and_just_over_a_cut_takes_the_right_band() {
        for (score, band) in [
            (0.0, Band::Inadequate),
            (38.49, Band::Inadequate),
            (38.5, Band::RequiresImprovement),
            (62.49, Band::RequiresImprovement),
            (62.5, Band::Good),
            // The mean of 30 answers to each of seven questions, computed a hair below 62.5.
            (62.499_999_999_999_99, Band::Good),
            (87.49, Band::Good),
            (87.5, Band::Outstanding),
            (100.0, Band::Outstanding),
        ] {
            assert_eq!(Band::of(score), band, "{score}");
        }
    }
}
