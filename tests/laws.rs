//! Laws that hold for every council: missing data never help, the order of rows never
//! matters, tailoring never moves what it left alone, and the same twice is the same.

use healthcheck::host::Host;
use healthcheck::host::synthetic::{Shape, files};
use healthcheck::national::Service;
use healthcheck::publication::{Earlier, Figure, Publication};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::fs;

/// A file as header and rows.
#[derive(Debug, Clone)]
struct Sheet {
    path: String,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn text(&self) -> String {
        let mut text = self.header.join(",") + "\n";
        for row in &self.rows {
            text += &(row.join(",") + "\n");
        }
        text
    }

    /// Columns that hold an item's data, not who a row is.
    fn data(&self) -> Vec<usize> {
        const WHO: [&str; 5] = [
            "team",
            "service",
            "role",
            "newly_qualified",
            "in_post_headcount",
        ];
        (0..self.header.len())
            .filter(|at| !WHO.contains(&self.header[*at].as_str()))
            .collect()
    }
}

/// A council: its script's own part and its files.
#[derive(Debug, Clone)]
struct Council {
    services: Vec<Service>,
    asked: Vec<u32>,
    tailoring: String,
    sheets: Vec<Sheet>,
}

impl Council {
    fn made(name: &str, shape: &Shape) -> Self {
        let sheets = files(name, shape)
            .into_iter()
            .map(|(path, text)| {
                let mut lines = text
                    .lines()
                    .map(|line| line.split(',').map(str::to_owned).collect());
                Sheet {
                    path,
                    header: lines.next().expect("a header"),
                    rows: lines.collect(),
                }
            })
            .collect();
        Self {
            services: shape.services.clone(),
            asked: shape.practitioners.clone(),
            tailoring: String::new(),
            sheets,
        }
    }

    fn script(&self) -> String {
        let services: Vec<String> = self
            .services
            .iter()
            .map(|s| format!("\"{}\"", s.id()))
            .collect();
        let asked: Vec<String> = self
            .services
            .iter()
            .zip(&self.asked)
            .map(|(s, n)| format!("{}: {n}", s.id()))
            .collect();
        format!(
            r#"council("Lawshire Council", #{{ code: "E10000097", as_of: "2026-09-30", services: [{}], asked: #{{ {} }},
    lead: #{{ post: "Principal Social Worker", social_work_qualified: true }} }});
table("survey", #{{ file: "data/survey.csv" }});
table("workers", #{{ file: "data/workers.csv" }});
table("workforce", #{{ file: "data/workforce.csv" }});
answer("supervision-policy", #{{ says: "yes", on: "2026-04-01", evidence: "Policy" }});
answer("lone-working", #{{ says: "partly", on: "2026-04-01", evidence: "Policy" }});
{}"#,
            services.join(", "),
            asked.join(", "),
            self.tailoring
        )
    }

    fn assess(&self) -> Publication {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let root = folder.path().join("lawshire");
        fs::create_dir_all(root.join("data")).unwrap();
        fs::write(root.join("check.rhai"), self.script()).unwrap();
        for sheet in &self.sheets {
            fs::write(root.join(&sheet.path), sheet.text()).unwrap();
        }
        let host = Host::builder().scripts(folder.path()).build();
        let check = host.load(&root).unwrap_or_else(|faults| panic!("{faults}"));
        let data = host
            .read(&check)
            .unwrap_or_else(|faults| panic!("{faults}"));
        let mut found = host
            .assess(&check, &data, &Earlier::none())
            .unwrap_or_else(|faults| panic!("{faults}"))
            .into_inner();
        // Hashes of the inputs differ where the inputs do.
        found.inputs.clear();
        found
    }

    /// Empties a share of the cells that hold data.
    fn with_gaps(mut self, gaps: &[(Index, Index, Index)]) -> Self {
        for gap in gaps {
            self.empty(gap);
        }
        self
    }

    /// Empties one cell that holds data.
    fn empty(&mut self, (sheet, column, row): &(Index, Index, Index)) {
        let at = sheet.index(self.sheets.len());
        let sheet = &mut self.sheets[at];
        let columns = sheet.data();
        let column = columns[column.index(columns.len())];
        let row = row.index(sheet.rows.len());
        sheet.rows[row][column].clear();
    }

    /// Empties part of one column.
    fn hollow(&mut self, sheet: &Index, column: &Index, every: usize) {
        let at = sheet.index(self.sheets.len());
        let sheet = &mut self.sheets[at];
        let columns = sheet.data();
        let column = columns[column.index(columns.len())];
        for row in sheet.rows.iter_mut().step_by(every) {
            row[column].clear();
        }
    }
}

prop_compose! {
    /// Large enough that little is withheld.
    fn council()(
        name in "[a-z]{4,8}",
        both in any::<bool>(),
        people in 180u32..260,
        quality in -1.0f64..1.0,
        gaps in prop::collection::vec(any::<(Index, Index, Index)>(), 0..60),
    ) -> Council {
        let services = if both { Service::ALL.to_vec() } else { vec![Service::Adults] };
        let shape = Shape {
            practitioners: vec![people; services.len()],
            services,
            teams_per_service: 2,
            answered_share: 0.8,
            quality,
            extra_questions: Vec::new(),
        };
        Council::made(&name, &shape).with_gaps(&gaps)
    }
}

/// A figure as a number; one that is not there ranks below all.
fn rank(figure: &Figure) -> f64 {
    figure.value.unwrap_or(-1.0)
}

const TAILORING: [&str; 12] = [
    r#"standard("caseload", #{ weight: 3 });"#,
    r#"standard("welfare", #{ score: |results| lowest(results) });"#,
    r#"measure("turnover-rate", #{ target: at_most(9), weight: 4, note: "Ours" });"#,
    r#"measure("vacancy-rate", #{ best: 2, worst: 20 });"#,
    r#"measure("agency-rate", #{ score: |value| clamp(100 - value, 0, 100) });"#,
    r#"measure("sickness-absence", #{ value: |workforce| workforce.sum("sickness_days_fte") / 1000 });"#,
    r#"measure("far-over", #{ standard: "caseload", ask: "Over 25", unit: "%", value: |workers| workers.share(|w| w.cases > 25 * w.fte), best: 0, worst: 20 });"#,
    r#"local_standard("equality", #{ title: "Equality of experience", weight: 2 });
question("fair", #{ standard: "equality", ask: "I am treated fairly", column: "cover" });"#,
    r#"question("cover", #{ weight: 5, advice: "Talk about it" });"#,
    r#"omit("system-hours-lost", #{ reason: "Not counted", review_by: "2027-03-31" });"#,
    r#"overall(#{ score: |standards| lowest(standards) });"#,
    r#"breakdown("halves", #{ tables: ["survey", "workers"], by: "role" });"#,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn taking_an_items_data_away_never_raises_the_assured_score(
        council in council(),
        sheet in any::<Index>(),
        column in any::<Index>(),
        how in select(vec!["drop", "empty", "half"]),
    ) {
        let before = council.assess();
        let mut without = council.clone();
        let at = sheet.index(without.sheets.len());
        let columns = without.sheets[at].data();
        let taken = columns[column.index(columns.len())];
        let name = without.sheets[at].header[taken].clone();
        match how {
            "drop" => {
                let sheet = &mut without.sheets[at];
                sheet.header.remove(taken);
                for row in &mut sheet.rows {
                    row.remove(taken);
                }
            }
            "empty" => without.hollow(&sheet, &column, 1),
            _ => without.hollow(&sheet, &column, 2),
        }
        let after = without.assess();
        for (before, after) in before.scopes.iter().zip(&after.scopes) {
            if how != "half" {
                prop_assert!(
                    rank(&after.assured) <= rank(&before.assured) || before.assured.value.is_none(),
                    "{}: {how} {name}: {} became {}", before.id, before.assured.text, after.assured.text
                );
            }
            for (before, after) in before.standards.iter().zip(&after.standards) {
                // Half of a column leaves another sample, where it still can be scored.
                let still_scored = how == "half" && after.scored == before.scored;
                prop_assert!(
                    still_scored || rank(&after.assured) <= rank(&before.assured) || before.assured.value.is_none(),
                    "{}: {how} {name}: {} became {}", before.id, before.assured.text, after.assured.text
                );
            }
        }
    }

    #[test]
    fn emptying_a_cell_never_turns_not_rated_into_rated(
        council in council(),
        hollow in any::<(Index, Index)>(),
        every in 1usize..12,
        gap in any::<(Index, Index, Index)>(),
    ) {
        let mut council = council;
        council.hollow(&hollow.0, &hollow.1, every);
        let before = council.assess();
        // In the very column that is short already, and anywhere.
        council.empty(&(hollow.0, hollow.1, gap.2));
        council.empty(&gap);
        let after = council.assess();
        for (before, after) in before.items.iter().zip(&after.items) {
            for (before_finding, after_finding) in before.findings.iter().zip(&after.findings) {
                prop_assert_eq!(&before_finding.group, &after_finding.group);
                let whole = before_finding.breakdown == "whole" || before_finding.breakdown == "service";
                let withheld = before_finding.local.value.symbol.as_deref() == Some("c");
                if whole && !withheld && !before_finding.local.rated {
                    prop_assert!(!after_finding.local.rated, "{} in {}", before.id, before_finding.group);
                }
            }
        }
    }

    #[test]
    fn the_order_of_rows_never_matters(council in council(), seed in any::<u64>()) {
        let before = council.assess();
        let mut shuffled = council.clone();
        let mut seed = seed | 1;
        for sheet in &mut shuffled.sheets {
            for at in (1..sheet.rows.len()).rev() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                sheet.rows.swap(at, (seed >> 33) as usize % (at + 1));
            }
        }
        let after = shuffled.assess();
        prop_assert_eq!(
            serde_json::to_string_pretty(&before).unwrap(),
            serde_json::to_string_pretty(&after).unwrap()
        );
    }

    #[test]
    fn tailoring_never_moves_the_national_score_of_what_it_left_alone(
        council in council(),
        chosen in prop::sample::subsequence(TAILORING.to_vec(), 1..8),
    ) {
        let before = council.assess();
        let mut tailored = council.clone();
        tailored.tailoring = chosen.join("\n");
        let after = tailored.assess();
        for item in after.items.iter().filter(|item| item.national && item.comparability == "identical") {
            let same = before.items.iter().find(|other| other.id == item.id).expect("a national item");
            let whole = |item: &healthcheck::publication::Item| {
                item.findings.iter().filter(|f| f.breakdown == "whole" || f.breakdown == "service")
                    .map(|f| f.national.clone().map(|reading| reading.score))
                    .collect::<Vec<_>>()
            };
            for (was, is) in whole(same).iter().zip(&whole(item)) {
                let withheld = |score: &Option<Figure>| score.as_ref().is_some_and(|s| s.symbol.as_deref() == Some("c"));
                if !withheld(was) && !withheld(is) {
                    prop_assert_eq!(was, is, "{}", &item.id);
                }
            }
        }
        for (was, is) in before.scopes.iter().zip(&after.scopes) {
            for (was, is) in was.standards.iter().zip(&is.standards) {
                let touched = after.items.iter().any(|item| {
                    item.national && item.standard == is.id
                        && !matches!(item.comparability.as_str(), "identical" | "complies")
                });
                let withheld = [&was.result.score, &is.result.score].iter().any(|s| s.symbol.as_deref() == Some("c"));
                if !touched && !withheld {
                    prop_assert_eq!(&was.result.score, &is.result.score, "{}", &is.id);
                }
            }
        }
    }

    #[test]
    fn the_same_inputs_give_the_same_bytes(council in council()) {
        let once = serde_json::to_vec(&council.assess()).unwrap();
        let twice = serde_json::to_vec(&council.assess()).unwrap();
        prop_assert_eq!(once, twice);
    }
}
