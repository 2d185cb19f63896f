//! The six standards with the council's tailoring, its local ones, and its own overall.

use super::Desk;
use crate::check::{LocalOverall, Standard};
use crate::diagnostic::{Code, Diagnostic};
use crate::national::{Band, StandardId};
use crate::script::Value;
use crate::source::Spanned;

impl Desk<'_> {
    pub(super) fn standards(&self) -> Vec<Standard> {
        let mut standards: Vec<Standard> = StandardId::ALL
            .into_iter()
            .map(|standard| Standard {
                id: standard.id().to_owned(),
                title: standard.title().to_owned(),
                national: Some(standard),
                weight: 1.0,
                score: None,
                note: None,
            })
            .collect();
        for card in self.cards("standard") {
            let reader = self.read(card);
            let Some(id) = reader.id() else { continue };
            match standards
                .iter_mut()
                .find(|standard| standard.id == id.value)
            {
                Some(standard) => {
                    standard.weight = reader.weight("a national standard");
                    standard.score = reader.formula("score");
                    standard.note = reader.text("note");
                }
                None => self.unknown_standard(&id, StandardId::ALL.map(StandardId::id)),
            }
        }
        for card in self.cards("local_standard") {
            let reader = self.read(card);
            let Some(id) = reader.id() else { continue };
            if StandardId::find(&id.value).is_some() {
                self.fault(
                    Diagnostic::new(
                        Code::NameTaken,
                        id.place.clone(),
                        format!("`{}` is one of the six national standards", id.value),
                    )
                    .label("to tailor it, write `standard`; for one of your own choose another id"),
                );
                continue;
            }
            let title = reader.text("title").unwrap_or_else(|| id.value.clone());
            if standards.iter().all(|standard| standard.id != id.value) {
                standards.push(Standard {
                    title,
                    national: None,
                    weight: reader.weight("a local standard"),
                    score: reader.formula("score"),
                    note: reader.text("note"),
                    id: id.value,
                });
            }
        }
        standards
    }

    /// Reports a standard that does not exist.
    pub(super) fn unknown_standard<'n>(
        &self,
        id: &Spanned<String>,
        known: impl IntoIterator<Item = &'n str>,
    ) {
        let fault = Diagnostic::new(
            Code::UnknownStandard,
            id.place.clone(),
            format!("there is no standard `{}`", id.value),
        );
        let all: Vec<&str> = known.into_iter().collect();
        // By its title, as it stands on the page.
        let titled = StandardId::ALL
            .into_iter()
            .find(|standard| standard.title().eq_ignore_ascii_case(id.value.trim()));
        if let Some(standard) = titled {
            self.fault(fault.meant(&id.value, standard.id()));
            return;
        }
        self.fault(fault.did_you_mean(
            &id.value,
            all.iter().copied(),
            format!("the standards are: {}", all.join(", ")),
        ));
    }

    /// The council's own overall score.
    pub(super) fn overall(&self) -> LocalOverall {
        let Some(card) = self.cards("overall").next() else {
            return LocalOverall::default();
        };
        let reader = self.read(card);
        let mut bands = Vec::new();
        for entry in reader.map("bands") {
            match entry.value.value {
                Value::Number(from) => bands.push((entry.key.value.clone(), from)),
                _ => reader.wrong_kind(&entry.value, "a band", "the score at which it begins"),
            }
        }
        let wrong = bands
            .first()
            .filter(|band| band.1 != 0.0)
            .map(|(name, from)| format!("\"{name}\", the first, begins at {from}, not at 0"))
            .or_else(|| {
                let pair = bands.windows(2).find(|pair| pair[0].1 >= pair[1].1)?;
                let (before, (name, from)) = (pair[0].1, &pair[1]);
                Some(format!(
                    "\"{name}\" begins at {from}, which is not above {before}"
                ))
            })
            .or_else(|| {
                let (name, from) = bands.iter().find(|band| band.1 > 100.0)?;
                Some(format!("\"{name}\" begins at {from}, above 100"))
            })
            .or_else(|| {
                let (name, from) = bands
                    .last()
                    .filter(|band| bands.len() > 1 && band.1 <= 1.0)?;
                Some(format!(
                    "\"{name}\" begins at {from}: scores run from 0 to 100"
                ))
            })
            .or_else(|| words_turned_round(&bands));
        if let Some(wrong) = wrong {
            self.fault(
                Diagnostic::new(
                    Code::BandsOutOfLine,
                    reader.place("bands"),
                    "bands begin at 0 and rise, none above 100",
                )
                .label(wrong),
            );
        }
        LocalOverall {
            score: reader.formula("score"),
            bands,
        }
    }
}

/// The nation's words for bands, of which a better one begins below a worse.
fn words_turned_round(bands: &[(String, f64)]) -> Option<String> {
    let ranked = bands.iter().filter_map(|(name, _)| {
        let mut words = Band::ALL.iter();
        let rank = words.position(|band| band.words().eq_ignore_ascii_case(name.trim()))?;
        Some((rank, name))
    });
    let ranked: Vec<(usize, &String)> = ranked.collect();
    let pair = ranked.windows(2).find(|pair| pair[0].0 > pair[1].0)?;
    let (better, worse) = (pair[0].1, pair[1].1);
    Some(format!("\"{better}\" begins below \"{worse}\""))
}
