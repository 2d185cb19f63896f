//! The councils in; the national summary out: how many did the check and how, which
//! standards score lowest, whether practitioners knew, what employers say, who has not
//! improved.

use super::Spread;
use super::editions::Council;
use super::figures::{Z, median, spread};
use crate::national::{AWARENESS, Band, StandardId};
use crate::publication::{Figure, IN_FULL, IN_PART, Publication, Score, TAILORED, WITHOUT_FIGURES};
use jiff::civil::Date;
use serde::Serialize;

/// How the nation stands, over the councils given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Councils that published a check for which something was brought.
    pub councils: usize,
    /// Of them those of whose whole check nothing but the name may be seen: no score and
    /// no figure.
    pub everything_withheld: usize,
    /// How it was carried out: in full, tailored, in part, without figures.
    pub carried_out: Vec<Counted>,
    /// Which services it covers.
    pub covers: Vec<Counted>,
    /// The six standards, in national order.
    pub standards: Vec<StandardSummary>,
    /// The titles of the standards with the lowest median score; several if they are level,
    /// none while no council is rated.
    pub lowest: Vec<String>,
    /// Whether practitioners knew of the check, and saw a change.
    pub awareness: Vec<Awareness>,
    /// The employers' word.
    pub feedback: Feedback,
    /// The grades of the whole.
    pub grades: Grades,
    /// Who has not improved in two editions.
    pub not_improved: NotImproved,
}

/// A word and how many councils it holds of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The word.
    pub word: String,
    /// How many councils.
    pub councils: usize,
}

/// One standard over councils.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StandardSummary {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Councils in which it is rated and may be seen.
    pub rated: usize,
    /// The median of their scores; `null` if there are none.
    pub median: Option<Figure>,
    /// The spread of their scores; `null` if there are fewer than five.
    pub spread: Option<Spread>,
    /// In how many of the councils with all six scores it has the lowest, alone or level
    /// with another.
    pub lowest_in: usize,
    /// How many councils have all six.
    pub of: usize,
}

/// A question asked and never scored, over councils.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Awareness {
    /// `aware-of-check` or `saw-change`.
    pub id: String,
    /// The wording.
    pub ask: String,
    /// Councils with a figure.
    pub councils: usize,
    /// Councils that asked and whose figure is withheld.
    pub withheld: usize,
    /// The median percent of yes among those who answered.
    pub median: Option<Figure>,
    /// Its spread; `null` if there are fewer than five.
    pub spread: Option<Spread>,
}

/// The employers' word on doing the check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Feedback {
    /// Whether it helped: yes, partly, no, not said.
    pub helpful: Vec<Counted>,
    /// Councils that name what was hardest.
    pub asked_hardest: usize,
    /// Each element named, the one named most first.
    pub hardest: Vec<Counted>,
}

/// The grades of the whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Grades {
    /// Each band word, highest first, then `withheld`; whether expired or not.
    pub words: Vec<Counted>,
    /// Of those with a grade, how many had run out on the day of the comparison.
    pub expired: usize,
}

/// Who has not improved in two editions: the overall score shows no clear improvement from
/// the last but two to the last but one, nor from there to the latest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotImproved {
    /// Councils of which that is so, by name.
    pub councils: Vec<String>,
    /// Councils of which it can be told: three editions, each with an overall score and its
    /// error, of the same services and the same edition of the national core.
    pub of: usize,
    /// Councils with three editions or more of which it cannot be told.
    pub cannot_tell: usize,
    /// Councils of which fewer than three editions were given.
    pub too_few: usize,
}

/// The summary, as of a day.
pub(super) fn of(councils: &[Council<'_>], as_of: Option<Date>) -> Summary {
    let latest: Vec<&Publication> = councils.iter().map(Council::latest).collect();
    let standards = standards(&latest);
    let medians = || {
        let known = standards.iter();
        known.filter_map(|one| Some((one.median.as_ref()?.value?, &one.title)))
    };
    let least = medians().map(|(median, _)| median).min_by(f64::total_cmp);
    let lowest = medians()
        .filter(|(median, _)| Some(*median) == least)
        .map(|(_, title)| title.clone())
        .collect();
    let words = [IN_FULL, TAILORED, IN_PART, WITHOUT_FIGURES];
    let did = |one: &&&Publication| one.tailoring.word != WITHOUT_FIGURES;
    Summary {
        councils: latest.iter().filter(did).count(),
        everything_withheld: latest.iter().filter(|one| shows_nothing(one)).count(),
        carried_out: counted(&words, &latest, |one| one.tailoring.word.clone()),
        covers: covers(&latest),
        standards,
        lowest,
        awareness: awareness(&latest),
        feedback: feedback(&latest),
        grades: grades(&latest, as_of),
        not_improved: not_improved(councils),
    }
}

fn counted(
    words: &[&str],
    councils: &[&Publication],
    word: impl Fn(&Publication) -> String,
) -> Vec<Counted> {
    let count = |wanted: &str| Counted {
        word: wanted.to_owned(),
        councils: councils.iter().filter(|one| word(one) == wanted).count(),
    };
    words.iter().map(|word| count(word)).collect()
}

fn covers(councils: &[&Publication]) -> Vec<Counted> {
    let mut words: Vec<&str> = councils
        .iter()
        .map(|one| one.council.covers.as_str())
        .collect();
    words.sort_unstable();
    words.dedup();
    counted(&words, councils, |one| one.council.covers.clone())
}

/// Whether no score, answer count or finding of the whole is a number.
fn shows_nothing(council: &Publication) -> bool {
    let scores = council
        .scopes
        .iter()
        .flat_map(|scope| {
            let standards = scope.standards.iter().map(|one| &one.result);
            std::iter::once(&scope.overall).chain(standards)
        })
        .map(|score| &score.score);
    let asked = council.items.iter().filter(|item| item.kind != "statement");
    let readings = asked
        .flat_map(|item| &item.findings)
        .flat_map(|finding| finding.national.iter().chain([&finding.local]))
        .map(|reading| &reading.value);
    let mut withheld = false;
    for figure in scores.chain(readings) {
        if figure.value.is_some() {
            return false;
        }
        withheld |= is_withheld(figure);
    }
    withheld
}

fn is_withheld(figure: &Figure) -> bool {
    figure.symbol.as_deref() == Some("c")
}

/// The national score of a standard of the whole, if it is rated and may be seen.
fn score_of(council: &Publication, standard: StandardId) -> Option<f64> {
    let whole = council.scopes.first()?;
    let found = whole.standards.iter().find(|one| one.id == standard.id())?;
    found.result.score.value.filter(|_| found.result.rated)
}

fn standards(councils: &[&Publication]) -> Vec<StandardSummary> {
    let complete: Vec<Vec<f64>> = councils
        .iter()
        .filter_map(|one| {
            StandardId::ALL
                .map(|id| score_of(one, id))
                .into_iter()
                .collect()
        })
        .collect();
    StandardId::ALL
        .into_iter()
        .enumerate()
        .map(|(at, standard)| {
            let scores = || councils.iter().filter_map(|one| score_of(one, standard));
            let is_lowest = |six: &&Vec<f64>| six.iter().all(|other| six[at] <= *other);
            StandardSummary {
                id: standard.id().into(),
                title: standard.title().into(),
                rated: scores().count(),
                median: median(scores()),
                spread: spread(scores()),
                lowest_in: complete.iter().filter(is_lowest).count(),
                of: complete.len(),
            }
        })
        .collect()
}

fn awareness(councils: &[&Publication]) -> Vec<Awareness> {
    AWARENESS
        .into_iter()
        .map(|(id, ask)| {
            let asked = || {
                let all = councils.iter().flat_map(|one| &one.awareness);
                // Another question has other answers.
                all.filter(move |question| question.id == id && question.nation_asks.is_empty())
            };
            let shares = || asked().filter_map(|question| question.yes.value);
            Awareness {
                id: id.into(),
                ask: ask.into(),
                councils: shares().count(),
                withheld: asked().filter(|one| is_withheld(&one.yes)).count(),
                median: median(shares()),
                spread: spread(shares()),
            }
        })
        .collect()
}

fn feedback(councils: &[&Publication]) -> Feedback {
    let helpful = |one: &Publication| match &one.feedback {
        Some(feedback) if !feedback.helpful.is_empty() => feedback.helpful.clone(),
        _ => "not said".to_owned(),
    };
    let named = || {
        let all = councils.iter().filter_map(|one| one.feedback.as_ref());
        all.filter(|feedback| !feedback.hardest.is_empty())
    };
    let mut elements: Vec<&String> = named().flat_map(|feedback| &feedback.hardest).collect();
    elements.sort();
    elements.dedup();
    let mut hardest: Vec<Counted> = elements
        .into_iter()
        .map(|element| Counted {
            word: element.clone(),
            councils: named().filter(|one| one.hardest.contains(element)).count(),
        })
        .collect();
    hardest.sort_by_key(|one| std::cmp::Reverse(one.councils));
    Feedback {
        helpful: counted(&["yes", "partly", "no", "not said"], councils, helpful),
        asked_hardest: named().count(),
        hardest,
    }
}

fn grades(councils: &[&Publication], as_of: Option<Date>) -> Grades {
    let mut words: Vec<&str> = Band::ALL.into_iter().rev().map(Band::words).collect();
    words.push("withheld");
    let word = |one: &Publication| {
        let whole = one.scopes.first();
        whole.map_or_else(|| "withheld".to_owned(), |whole| whole.grade.word.clone())
    };
    let is_expired = |one: &&&Publication| {
        let until = one
            .scopes
            .first()
            .and_then(|whole| whole.grade.valid_to_on.parse::<Date>().ok());
        until.is_some_and(|until| as_of.is_some_and(|as_of| until < as_of))
    };
    Grades {
        words: counted(&words, councils, word),
        expired: councils.iter().filter(is_expired).count(),
    }
}

fn not_improved(councils: &[Council<'_>]) -> NotImproved {
    let mut found = NotImproved {
        councils: Vec::new(),
        of: 0,
        cannot_tell: 0,
        too_few: 0,
    };
    for council in councils {
        let earlier = council.earlier();
        let [.., first, second] = earlier.as_slice() else {
            found.too_few += 1;
            continue;
        };
        let third = council.latest();
        match (improved(first, second), improved(second, third)) {
            (Some(once), Some(again)) => {
                found.of += 1;
                if !once && !again {
                    found.councils.push(third.council.name.clone());
                }
            }
            _ => found.cannot_tell += 1,
        }
    }
    found
}

/// Whether the overall score clearly rose: the difference less 1.96·√(V₁ + V₂) is above nil,
/// the variances without finite correction. `None` where that cannot be told.
fn improved(before: &Publication, after: &Publication) -> Option<bool> {
    if before.edition != after.edition || before.council.services != after.council.services {
        return None;
    }
    let known = |one: &Publication| -> Option<(f64, f64)> {
        let overall: &Score = &one.scopes.first()?.overall;
        let score = overall.score.value.filter(|_| overall.rated)?;
        Some((score, overall.error.as_ref()?.value?))
    };
    let ((was, was_error), (is, is_error)) = (known(before)?, known(after)?);
    Some(is - was - Z * was_error.hypot(is_error) > 0.0)
}
