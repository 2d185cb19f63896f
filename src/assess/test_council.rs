//! A council made by hand for tests: questions, statements, and as many answer sheets as a
//! test needs.

use crate::assess::{Firmness, assess};
use crate::assessment::{Assessment, Finding, Scores, StandardScore};
use crate::check::{
    Awareness, Brand, Breakdown, Claim, Comparability, ComparabilityKind, Council, Definition,
    HealthCheck, Item, Kind, Lead, LocalOverall, Omission, Parts, Question, Says, Standard,
};
use crate::data::{Answer, Column, Dataset, Policy, Table};
use crate::diagnostic::Code;
use crate::missing::Missing;
use crate::national::{ANSWERS, AWARENESS, Service, StandardId};
use crate::publication::Publication;
use crate::source::{Place, Source, Spanned};
use jiff::civil::date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One answer sheet: service and team, where stated, and the answer to each question, 0 to
/// 4, in the order in which the questions were added.
#[derive(Clone)]
struct Sheet {
    service: Option<Service>,
    team: Option<&'static str>,
    answers: Vec<Option<u8>>,
}

/// A council under construction.
#[derive(Clone)]
pub(crate) struct TestCouncil {
    pub(crate) parts: Parts,
    sheets: Vec<Sheet>,
    tables: Vec<Table>,
}

pub(crate) fn place() -> Place {
    Source::new("scripts/northshire/check.rhai", "council").whole()
}

/// A text of the script.
pub(crate) fn written(text: &str) -> Spanned<String> {
    Spanned {
        value: text.to_owned(),
        place: place(),
    }
}

/// A claim with evidence, dated half a year before the as-of date.
pub(crate) fn claim(says: Says, service: Option<Service>) -> Claim {
    Claim {
        says,
        on: Some(date(2026, 3, 31)),
        evidence: Some("Minutes of 31 March".into()),
        service,
    }
}

impl TestCouncil {
    /// A council that runs these services, asked 100 practitioners in each, has a lead and
    /// no item yet.
    pub(crate) fn new(services: &[Service]) -> Self {
        let standard = |id: StandardId| Standard {
            id: id.id().into(),
            title: id.title().into(),
            national: Some(id),
            weight: 1.0,
            score: None,
            note: None,
        };
        let parts = Parts {
            council: Council {
                name: "Northshire County Council".into(),
                code: "E10000099".into(),
                kind: "council".into(),
                as_of: date(2026, 9, 30),
                services: services.to_vec(),
                asked: services.iter().map(|service| (*service, 100)).collect(),
                asked_place: place(),
                fielded: None,
                fielded_place: place(),
                lead: Some(Lead {
                    post: "Principal Social Worker".into(),
                    social_work_qualified: true,
                }),
                threshold: 10,
                contact: None,
                brand: Brand::default(),
                note: None,
                place: place(),
            },
            consulted: Vec::new(),
            standards: StandardId::ALL.map(standard).to_vec(),
            items: Vec::new(),
            awareness: AWARENESS
                .map(|(id, ask)| Awareness {
                    id,
                    ask: ask.to_owned(),
                    comparability: identical(),
                    counted: true,
                })
                .into(),
            tables: Vec::new(),
            breakdowns: Vec::new(),
            actions: Vec::new(),
            overall: LocalOverall::default(),
            feedback: None,
            corrections: Vec::new(),
            sources: Vec::new(),
        };
        Self {
            parts,
            sheets: Vec::new(),
            tables: Vec::new(),
        }
    }

    /// Adds national questions `<standard>-1`, `<standard>-2`, … to a standard.
    pub(crate) fn questions(mut self, standard: &str, count: usize) -> Self {
        for number in 1..=count {
            let id = format!("{standard}-{number}");
            let kind = Kind::Question(Question {
                answers: ANSWERS.map(str::to_owned).to_vec(),
                unscored: Vec::new(),
                reverse: false,
                column: id.clone(),
                header: None,
                header_place: None,
                hint: None,
            });
            self.parts.items.push(item(&id, standard, kind));
        }
        self
    }

    /// Adds a national statement with its claims.
    pub(crate) fn statement(mut self, id: &str, standard: &str, claims: Vec<Claim>) -> Self {
        self.parts.items.push(Item {
            claims,
            ..item(id, standard, Kind::Statement)
        });
        self
    }

    /// Changes an item.
    pub(crate) fn with(mut self, id: &str, change: impl FnOnce(&mut Item)) -> Self {
        let item = self.parts.items.iter_mut().find(|item| item.id == id);
        change(item.expect("the test names an item of its council"));
        self
    }

    /// Leaves an item out.
    pub(crate) fn omitting(self, id: &str) -> Self {
        self.with(id, |item| {
            item.omission = Some(Omission {
                reason: "Not collected here".into(),
                review_by: date(2027, 9, 30),
            });
            item.comparability.kind = ComparabilityKind::Omitted;
        })
    }

    /// Adds sheets that all give these answers.
    pub(crate) fn sheets(
        mut self,
        count: usize,
        service: Option<Service>,
        team: Option<&'static str>,
        answers: &[Option<u8>],
    ) -> Self {
        let answers = answers.to_vec();
        let sheet = Sheet {
            service,
            team,
            answers,
        };
        self.sheets.extend(std::iter::repeat_n(sheet, count));
        self
    }

    /// The sheets in the opposite order.
    pub(crate) fn backwards(mut self) -> Self {
        self.sheets.reverse();
        self
    }

    /// Breaks results down by team.
    pub(crate) fn by_team(mut self) -> Self {
        self.parts.breakdowns.push(Breakdown {
            id: "team".into(),
            tables: vec!["survey".into()],
            by: "team".into(),
            groups: Vec::new(),
        });
        self
    }

    /// Brings a table of numbers.
    pub(crate) fn table(mut self, id: &str, policy: Policy, columns: &[(&str, &[f64])]) -> Self {
        let number = |values: &[f64]| Column::Number(values.iter().map(|n| Ok(*n)).collect());
        self.tables.push(Table {
            id: id.into(),
            policy,
            len: columns.first().map_or(0, |(_, values)| values.len()),
            columns: columns
                .iter()
                .map(|(name, values)| ((*name).to_owned(), number(values)))
                .collect(),
            known: Vec::new(),
            brought: true,
            here: true,
        });
        self
    }

    /// Brings a table as it is.
    pub(crate) fn brought(mut self, table: Table) -> Self {
        self.tables.push(table);
        self
    }

    pub(crate) fn check(&self) -> HealthCheck {
        HealthCheck {
            parts: self.parts.clone(),
        }
    }

    pub(crate) fn assess(&self) -> Assessment {
        self.assess_after(&[])
    }

    /// With earlier releases of the same date.
    pub(crate) fn assess_after(&self, releases: &[Publication]) -> Assessment {
        assess(&self.check(), &self.data(), releases, &Firmness::none())
    }

    pub(crate) fn data(&self) -> Dataset {
        let mut tables = self.tables.clone();
        if !self.sheets.is_empty() {
            tables.push(self.survey());
        }
        Dataset {
            logo: None,
            tables: tables
                .into_iter()
                .map(|table| (table.id.clone(), Arc::new(table)))
                .collect(),
            inputs: Vec::new(),
        }
    }

    fn survey(&self) -> Table {
        let questions = self
            .parts
            .items
            .iter()
            .filter_map(|item| match &item.local.kind {
                Kind::Question(question) => Some(question),
                _ => None,
            });
        let mut columns: BTreeMap<String, Column> = questions
            .enumerate()
            .map(|(index, question)| {
                let answer = |sheet: &Sheet| match sheet.answers.get(index) {
                    Some(Some(answer)) => Answer::Scored(*answer),
                    _ => Answer::Blank,
                };
                let column = Column::Answers {
                    labels: question.answers.iter().map(|l| l.as_str().into()).collect(),
                    rows: self.sheets.iter().map(answer).collect(),
                };
                (question.column.clone(), column)
            })
            .collect();
        let services = self
            .sheets
            .iter()
            .map(|sheet| sheet.service.map(Service::id));
        columns.insert("service".into(), words(services));
        columns.insert("team".into(), words(self.sheets.iter().map(|s| s.team)));
        Table {
            id: "survey".into(),
            policy: Policy::Sheets,
            len: self.sheets.len(),
            columns,
            known: Vec::new(),
            brought: true,
            here: true,
        }
    }
}

/// A column of words; `None` is blank.
pub(crate) fn words<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Column {
    let mut words: Vec<Arc<str>> = Vec::new();
    let rows = values
        .map(|value| {
            let value = value.ok_or(Missing::NotAvailable)?;
            let known = words.iter().position(|word| **word == *value);
            let index = known.unwrap_or_else(|| {
                words.push(value.into());
                words.len() - 1
            });
            Ok(u32::try_from(index).expect("a test has few words"))
        })
        .collect();
    Column::Words { words, rows }
}

fn identical() -> Comparability {
    Comparability {
        kind: ComparabilityKind::Identical,
        reasons: Vec::new(),
    }
}

fn item(id: &str, standard: &str, kind: Kind) -> Item {
    let definition = Definition {
        ask: format!("The wording of {id}"),
        kind,
    };
    Item {
        id: id.into(),
        standard: standard.into(),
        national: Some(definition.clone()),
        local: definition,
        weight: 1.0,
        comparability: identical(),
        omission: None,
        advice: None,
        note: None,
        target: None,
        claims: Vec::new(),
        place: place(),
    }
}

impl Assessment {
    /// What was found for an item of a check in a group, by its name.
    pub(crate) fn finding(&self, check: &HealthCheck, item: &str, group: &str) -> &Finding {
        let found = self.findings.iter().find(|finding| {
            check.items()[finding.item].id == item && self.groups[finding.group].name == group
        });
        found.expect("the test names an item and a group that exist")
    }

    /// The scores of the whole.
    pub(crate) fn whole(&self) -> &Scores {
        &self.scopes[0]
    }

    /// The codes of its faults.
    pub(crate) fn codes(&self) -> Vec<Code> {
        self.faults.iter().map(|fault| fault.code).collect()
    }
}

impl Scores {
    /// One of the six.
    pub(crate) fn standard(&self, id: StandardId) -> &StandardScore {
        let found = self.national.iter().find(|score| score.standard == id);
        found.expect("there are always six")
    }
}
