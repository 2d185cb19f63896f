//! Made-up data of a council that does not exist: a name and a shape in, the three data
//! files out. `healthcheck new` writes them, so that a new folder can be run at once.
//!
//! The same name and shape give the same bytes on every machine: chance comes from
//! SplitMix64, seeded with the FNV-1a hash of the name, and the arithmetic is addition,
//! multiplication and division alone, which are exact to the last bit everywhere. Nobody
//! has a name or a number.

pub(super) mod chance;
mod records;
mod sheets;

use crate::national::Service;
use chance::Chance;

/// What the made-up council looks like.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The services that it runs.
    pub services: Vec<Service>,
    /// Teams in each service; at most as many as it has practitioners.
    pub teams_per_service: usize,
    /// Practitioners on the as-of date, agency included, one entry a service: also how many
    /// are asked.
    pub practitioners: Vec<u32>,
    /// Share of them who send in an answer sheet, 0 to 1.
    pub answered_share: f64,
    /// How well the council does, −1 poor to 1 good.
    pub quality: f64,
    /// Ids of the council's own questions, answered on the five-point scale.
    pub extra_questions: Vec<String>,
}

impl Default for Shape {
    /// A middling council with both services and no questions of its own.
    fn default() -> Self {
        Self {
            services: Service::ALL.to_vec(),
            teams_per_service: 5,
            practitioners: vec![120, 90],
            answered_share: 0.6,
            quality: 0.2,
            extra_questions: Vec::new(),
        }
    }
}

impl Shape {
    /// Each service with its number of practitioners.
    fn staff(&self) -> impl Iterator<Item = (Service, u32)> + '_ {
        self.services
            .iter()
            .copied()
            .zip(self.practitioners.iter().copied())
    }

    /// The council's quality, whatever was asked for, from −1 to 1.
    fn quality(&self) -> f64 {
        self.quality.clamp(-1.0, 1.0)
    }
}

/// The names of a service's teams: what the service does, and a number once a service has
/// more teams than that.
pub fn teams(service: Service, count: usize) -> Vec<String> {
    let kinds: [&str; 8] = match service {
        Service::Children => [
            "Assessment",
            "Safeguarding",
            "Children in Care",
            "Leaving Care",
            "Disabled Children",
            "Fostering",
            "Court Work",
            "Early Help",
        ],
        Service::Adults => [
            "Older People",
            "Learning Disability",
            "Mental Health",
            "Hospital Discharge",
            "Physical Disability",
            "Reablement",
            "Adult Safeguarding",
            "Reviews",
        ],
    };
    (0..count)
        .map(|nth| match nth / kinds.len() {
            0 => kinds[nth].to_owned(),
            round => format!("{} {}", kinds[nth % kinds.len()], round + 1),
        })
        .collect()
}

/// The files of a made-up council, path and text: `data/survey.csv`, `data/workers.csv`
/// and `data/workforce.csv`, with the national columns under their own names. Together
/// they bring all 12 measures and 20 questions; the totals of `workforce` are those of
/// `workers`, and no service has more sheets than practitioners.
pub fn files(name: &str, shape: &Shape) -> Vec<(String, String)> {
    let workers = records::workers(&mut Chance::of(&[name, "workers"]), shape);
    let workforce = records::workforce(&mut Chance::of(&[name, "workforce"]), shape, &workers);
    let survey = sheets::survey(&mut Chance::of(&[name, "survey"]), shape, &workers);
    vec![
        ("data/survey.csv".to_owned(), survey),
        ("data/workers.csv".to_owned(), records::text(&workers)),
        ("data/workforce.csv".to_owned(), workforce),
    ]
}

/// A row of a CSV file, cells without commas or quotes as they are.
fn line(cells: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let cells: Vec<String> = cells
        .into_iter()
        .map(|cell| {
            let cell = cell.as_ref();
            if cell.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.to_owned()
            }
        })
        .collect();
    cells.join(",") + "\n"
}

/// To one decimal, whole numbers without a point.
fn one_decimal(number: f64) -> String {
    ((number * 10.0).round() / 10.0).to_string()
}

#[cfg(test)]
mod tests;
