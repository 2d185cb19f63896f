//! What a publication, an item or a reading tells at all: each of them in, whether something is
//! there, out.

use super::{AnswerCount, Council, Figure, Head, HeadCouncil, Item, Publication, Reading};
use crate::missing::Missing;

impl Publication {
    /// What is known of it first.
    pub(crate) fn head(&self) -> Head {
        let Council {
            code,
            as_of,
            as_of_words,
            ..
        } = &self.council;
        Head {
            schema: self.schema.clone(),
            council: HeadCouncil {
                code: code.clone(),
                as_of: as_of.clone(),
                as_of_words: as_of_words.clone(),
            },
        }
    }

    /// Whether it rests on the survey that was fielded on these days.
    pub(crate) fn is_of_survey(&self, fielded: Option<&str>) -> bool {
        fielded.is_some() && self.council.fielded.as_deref() == fielded
    }

    /// What it tells of its survey alone, which another as-of date may rest on too.
    pub(crate) fn survey_alone(&self) -> Self {
        let mut alone = self.clone();
        alone.items.retain(|item| item.kind == "question");
        let survey = self.rows.iter().find(|rows| rows.table == "survey");
        let seal = survey.and_then(|rows| rows.sealed_with.as_deref());
        alone
            .rows
            .retain(|rows| rows.table == "survey" || Some(rows.table.as_str()) == seal);
        alone.scopes.clear();
        alone.plan.clear();
        alone.data_quality.clear();
        alone.changes = None;
        alone
    }

    /// Whether it was made after a correction was told.
    pub(crate) fn knows_of(&self, correction: &str) -> bool {
        self.corrections.iter().any(|known| known.id == correction)
    }
}

impl Item {
    /// Whether anything was brought for it: a column, a figure, the employer's word.
    pub(crate) fn is_brought(&self) -> bool {
        let whole = self.findings.first();
        let reading = whole.map(|one| one.national.as_ref().unwrap_or(&one.local));
        let symbol = reading.and_then(|reading| reading.score.symbol.as_deref());
        symbol != Some(Missing::NotAvailable.symbol())
    }
}

impl Reading {
    /// No figure at all: the same symbol for value, score and n, and the words why.
    pub(crate) fn without(symbol: &Figure, why_not: &str) -> Self {
        Self {
            value: symbol.clone(),
            score: symbol.clone(),
            n: symbol.clone(),
            rated: false,
            why_not: why_not.to_owned(),
            rows_used: String::new(),
            answers: None,
            bands: None,
            claim: String::new(),
            evidence: String::new(),
            claimed_on: String::new(),
            experience: String::new(),
            experience_of: String::new(),
            experience_agree: None,
            base: None,
        }
    }

    /// How many people are in which part: of those who gave each answer, or of case holders in
    /// each band; `None` where that is not told.
    pub(crate) fn parts(&self) -> Option<&[AnswerCount]> {
        let answers = self.answers.as_ref().map(|answers| &answers.counts[..]);
        answers.or(self.bands.as_ref().map(|bands| &bands.counts[..]))
    }
}
