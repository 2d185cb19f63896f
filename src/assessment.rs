//! What was found: plain types, full of small numbers. They stay inside the crate: no
//! `Debug`, no serde, and only `disclose` turns them into what may be seen.

use crate::check::{Claim, Omission, Says};
use crate::data::{AnswerCounts, Contributions, Ranked, Table};
use crate::missing::{Amount, Missing};
use crate::national::{Band, Service, StandardId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything found for one council.
pub(crate) struct Assessment {
    /// The whole first, then each service the council runs (if it runs both), then the
    /// groups of each breakdown.
    pub groups: Vec<Group>,
    /// Who lies in which groups, a table at a time.
    pub memberships: Vec<Membership>,
    /// Of each group the groups of other breakdowns that hold everybody in it, as anybody may
    /// know.
    pub within: Vec<Vec<usize>>,
    /// Of each group whether those of its breakdown hold everybody exactly once.
    pub adds_up: Vec<bool>,
    /// One for each item and group, items in the check's order, groups in theirs; a
    /// statement, which no practitioner answers, has one for the whole and each service only.
    pub findings: Vec<Finding>,
    /// For the whole and each service: both sets of scores.
    pub scopes: Vec<Scores>,
    /// How many answered the survey, whole and by service.
    pub response: Vec<Response>,
    /// The awareness questions, for the whole.
    pub awareness: Vec<Awareness>,
    /// What a reader should know of the data, in plain English.
    pub data_quality: Vec<Remark>,
    /// Formulas of the council that failed, and figures that cannot be right, with their
    /// places.
    pub faults: crate::diagnostic::Diagnostics,
}

/// The whole, a service, or a group of a breakdown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// `whole`, or the breakdown's id.
    pub breakdown: String,
    /// The group's name within its breakdown; `whole` for the whole.
    pub name: String,
    /// The service, where the group is one.
    pub service: Option<Service>,
    /// The small groups of its breakdown that it rolls together; empty for any other group.
    pub rolls: Vec<usize>,
}

impl Group {
    /// Whether it only rolls small groups of its breakdown together.
    pub(crate) fn is_rolled(&self) -> bool {
        !self.rolls.is_empty()
    }
}

/// The rows of one table, told apart by the groups that hold them.
pub(crate) struct Membership {
    /// The table.
    pub table: Arc<Table>,
    /// The groups into which its rows can be told apart, ascending, the whole first.
    pub groups: Vec<usize>,
    /// Every combination of groups in which a row lies, each ascending.
    pub kinds: Vec<Vec<usize>>,
    /// Row → its combination; none for a row that the check does not cover.
    pub kind_of: KindOf,
    /// How many people each combination stands for: its rows, or of totals the head counts.
    pub people: Vec<u64>,
    /// Question's column → how each combination answered it.
    pub answers: BTreeMap<String, Vec<AnswerCounts>>,
}

/// Row → its combination of groups, by its index: four bytes a row, since there may be many millions.
pub(crate) struct KindOf(Vec<u32>);

/// Of a row that is not covered. There are fewer combinations than rows, and fewer rows than this.
const NOT_COVERED: u32 = u32::MAX;

impl KindOf {
    /// So many rows, of which these are covered and all of the first combination.
    pub(crate) fn covering(len: usize, rows: impl Iterator<Item = usize>) -> Self {
        let mut all = vec![NOT_COVERED; len];
        rows.for_each(|row| all[row] = 0);
        Self(all)
    }

    pub(crate) fn get(&self, row: usize) -> Option<u32> {
        Self::read(self.0[row])
    }

    pub(crate) fn set(&mut self, row: usize, kind: u32) {
        self.0[row] = kind;
    }

    /// Puts another index in the place of each.
    pub(crate) fn renumber(&mut self, new: &[u32]) {
        let covered = self.0.iter_mut().filter(|kind| **kind != NOT_COVERED);
        covered.for_each(|kind| *kind = new[*kind as usize]);
    }

    /// Row for row.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Option<u32>> + '_ {
        self.0.iter().copied().map(Self::read)
    }

    /// Row for row as they are kept, each to be [`read`](Self::read). What is not covered is above
    /// every index.
    pub(crate) fn kept(&self) -> &[u32] {
        &self.0
    }

    pub(crate) fn read(kept: u32) -> Option<u32> {
        (kept != NOT_COVERED).then_some(kept)
    }
}

/// One item in one group.
pub(crate) struct Finding {
    /// Index into the check's items.
    pub item: usize,
    /// Index into the groups.
    pub group: usize,
    /// By the nation's definition; `None` for a local item.
    pub national: Option<Reading>,
    /// By the council's.
    pub local: Reading,
}

impl Finding {
    /// Whether one of the two definitions gives a value.
    pub(crate) fn is_rated(&self) -> bool {
        self.local.value.is_ok() || self.national.as_ref().is_some_and(|of| of.value.is_ok())
    }
}

/// An item's answer under one definition.
#[derive(Clone)]
pub(crate) struct Reading {
    /// The value: a measure's figure, a question's mean on 0–100, a statement's 0/50/100.
    pub value: Amount,
    /// 0–100, unrounded.
    pub score: Amount,
    /// Why there is no score, if there is none.
    pub why_not: Option<WhyNot>,
    /// People the figure rests on: answers, rows used, or head count.
    pub people: Option<u64>,
    /// Whether the group has nobody in it at all, so that the figure is no person's data.
    pub nobody: bool,
    /// Rows used, and rows it is about, where it rests on rows.
    pub rows: Option<(u64, u64)>,
    /// Of a share by the nation's formula: the full-time equivalents or people that it is a
    /// share of, unrounded.
    pub base: Option<f64>,
    /// How a question was answered.
    pub answers: Option<AnswerCounts>,
    /// Of the nation's measure of high caseloads: how many hold how many cases, lowest band first.
    pub bands: Option<AnswerCounts>,
    /// What a statement claims, after the rules on evidence and date.
    pub claim: Option<Says>,
    /// The *yes* in what a statement claims, if there is one.
    pub yes: Option<Yes>,
    /// The claim as written.
    pub written: Option<Claim>,
    /// What practitioners say of what a statement claims.
    pub experience: Option<Experience>,
    /// Whether the figure could give one person away: an extreme, a tail, a share with one
    /// or two people on a side, an amount that one person dominates.
    pub reveals: bool,
    /// Of a measure: what it takes a quantile of.
    pub ranked: Ranked,
    /// Of a measure of the whole: the rows that it rests on, and what each of them brought.
    pub contributions: Vec<Contributions>,
}

impl Reading {
    /// A reading without value or score: it rests on nobody.
    pub(crate) fn without(reason: Missing, why_not: WhyNot) -> Self {
        Self {
            value: Err(reason),
            score: Err(reason),
            why_not: Some(why_not),
            people: None,
            nobody: false,
            rows: None,
            base: None,
            answers: None,
            bands: None,
            claim: None,
            yes: None,
            written: None,
            experience: None,
            reveals: false,
            ranked: Ranked::new(),
            contributions: Vec::new(),
        }
    }

    /// The reading of an item that the council left out.
    pub(crate) fn omitted(omission: &Omission) -> Self {
        let why_not = WhyNot::Omitted(omission.reason.clone());
        Self::without(Missing::NotAvailable, why_not)
    }

    /// Whether there was nothing to count: out of the score and out of its coverage.
    pub(crate) fn is_not_applicable(&self) -> bool {
        self.why_not == Some(WhyNot::NothingToCount)
    }
}

/// A *yes*, which practitioners' answers may bear out or not.
#[derive(Clone, Copy)]
pub(crate) struct Yes {
    /// The one service that says it, where the whole's services differ; `None` where the
    /// scope says it.
    pub of: Option<Service>,
    /// The statement's score where they do not bear it out: the *yes* counts as *partly*.
    pub halved: f64,
}

/// A claim beside the question that practitioners would notice it by.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Experience {
    /// The question's id.
    pub question: &'static str,
    /// Percent of those answering it who agree or strongly agree; `None` where fewer than
    /// 10 answered.
    pub agree: Option<f64>,
    /// What that says of a *yes*; `None` where the claim holds none. Where one of the
    /// whole's services alone says it, what its own practitioners say.
    pub support: Option<Support>,
}

/// What practitioners' answers say of the employer's *yes*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Support {
    /// Half or more of those who answered agree.
    Supported,
    /// Fewer agree, and the upper end of the share's interval is not below half.
    NotContradicted,
    /// The upper end of its interval is below half.
    NotSupported,
    /// Fewer than 10 answered.
    CannotTell,
}

/// Why there is no score.
#[derive(Clone, PartialEq)]
pub(crate) enum WhyNot {
    /// A table or column was not brought.
    NotBrought,
    /// A figure brought stands as missing, with its reason.
    Marked(Missing),
    /// There is nothing to count: 0 out of 0.
    NothingToCount,
    /// Fewer rows are complete than needed.
    Incomplete { used: u64, about: u64 },
    /// Fewer answers than a question needs.
    FewAnswers { answered: u64, needed: u64 },
    /// Nobody answered the statement's card.
    NoClaim,
    /// Left out by the council.
    Omitted(String),
    /// Changed so that it no longer compares.
    NotComparable(String),
    /// The council's formula failed: words of our own that name its place, never the
    /// script's, which might hold a figure.
    Failed(String),
    /// A value was missing where the formula compared with it.
    MissingValue { what: String, reason: Missing },
}

impl WhyNot {
    /// "Not rated, because …": the words after *because*.
    pub(crate) fn because(&self) -> String {
        match self {
            WhyNot::NotBrought => "the figures were not brought".into(),
            WhyNot::Marked(reason) => {
                format!(
                    "a figure that it needs is marked `{}`: {}",
                    reason.symbol(),
                    reason.meaning()
                )
            }
            WhyNot::NothingToCount => "there is nothing to count (0 out of 0)".into(),
            // No numbers: the share used stands beside it where it may be seen.
            WhyNot::Incomplete { .. } => {
                "fewer than 90% of the rows it is about are complete".into()
            }
            WhyNot::FewAnswers { needed, .. } => {
                format!("fewer than {needed} practitioners answered it")
            }
            WhyNot::NoClaim => "the employer has not answered it".into(),
            WhyNot::Omitted(reason) => format!("the council left it out: {reason}"),
            WhyNot::NotComparable(reason) => format!("it does not compare: {reason}"),
            WhyNot::Failed(words) => words.clone(),
            WhyNot::MissingValue { what, reason } => format!(
                "its formula compares with a value that is missing (`{what}`: {})",
                reason.meaning()
            ),
        }
    }
}

/// Both sets of scores in one scope: the whole, or a service.
pub(crate) struct Scores {
    /// `None` for the whole.
    pub service: Option<Service>,
    /// The six, in national order.
    pub national: Vec<StandardScore>,
    /// The plain mean of the six, if all are rated.
    pub overall: Result<f64, Vec<StandardId>>,
    /// The assured overall score: unscored items count 0.
    pub assured: f64,
    /// How sure the overall score is; `None` where it rests on no question.
    pub spread: Option<Spread>,
    /// The lower end of the interval of the assured overall score, on which a grade rests.
    pub lower_end: Option<f64>,
    /// The band that a grade would be, conditions that withhold it set aside; `None` where
    /// there is no interval, or (for the whole) a service has none.
    pub band: Option<Band>,
    /// Percent of resamples of the answer sheets that give the same band.
    pub firmness: Option<f64>,
    /// The council's standards, in the check's order.
    pub local: Vec<LocalScore>,
    /// The council's overall score, or why there is none.
    pub local_overall: Result<f64, String>,
}

/// One of the six under national rules.
pub(crate) struct StandardScore {
    /// Which.
    pub standard: StandardId,
    /// 0–100, or why it is not rated.
    pub score: Result<f64, String>,
    /// Items scored, of items that count (those not applicable are left out).
    pub coverage: (usize, usize),
    /// The same sum over the same denominator, every unscored item counting 0, and a *yes*
    /// that practitioners' answers do not support counting as *partly*.
    pub assured: f64,
    /// How sure it is; `None` where it rests on no question.
    pub spread: Option<Spread>,
}

/// How sure a score is, in points.
#[derive(Clone, Copy)]
pub(crate) struct Spread {
    /// Half the width of its 95% interval.
    pub half_width: f64,
    /// Its standard error without finite population correction.
    pub error: f64,
}

impl StandardScore {
    /// The band, if rated.
    pub(crate) fn band(&self) -> Option<Band> {
        self.score.as_ref().ok().map(|score| Band::of(*score))
    }
}

/// One of the council's standards under its own rules.
pub(crate) struct LocalScore {
    /// Index into the check's standards.
    pub standard: usize,
    /// 0–100, or why it is not rated.
    pub score: Result<f64, String>,
    /// Items scored, of items that count.
    pub coverage: (usize, usize),
}

/// How many answered.
pub(crate) struct Response {
    /// `None` for the whole.
    pub service: Option<Service>,
    /// Practitioners invited, where known.
    pub asked: Option<u32>,
    /// Sheets with at least one national question answered; `None` where no survey was
    /// brought, or its sheets do not name the service.
    pub answered: Option<u32>,
    /// People in post by `workforce`, where it has a head count.
    pub head_count: Option<u64>,
}

/// A question asked and never scored.
pub(crate) struct Awareness {
    /// `aware-of-check` or `saw-change`.
    pub id: &'static str,
    /// The wording: the nation's, or what was asked in its place.
    pub ask: String,
    /// Yes, no, not sure; `None` where it was not asked.
    pub counts: Option<[u32; 3]>,
}

/// What a reader should know of the data.
pub(crate) struct Remark {
    /// In plain English.
    pub words: String,
    /// People whose figures the words speak of, where they hold any.
    pub people: Option<u64>,
}
