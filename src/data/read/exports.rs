//! Headers of a file in; which survey tool they are from, and what it adds to every export,
//! out. What it adds is about persons, and is not read.

use crate::data::wording::fold;
use crate::data::{From, TableSpec};
use std::collections::BTreeMap;

/// What a tool's export is known by.
struct Tool {
    name: &'static str,
    /// Headers that it adds, folded.
    adds: &'static [&'static str],
    /// Those of them that tell who answered.
    persons: &'static [&'static str],
    /// Headers of which as many must stand as `fewest`, so that the tool is named.
    fewest: usize,
}

/// Ordered so that the first that fits is named. The headers are those of the tools' exports
/// to CSV and Excel, in English.
const TOOLS: [Tool; 6] = [
    Tool {
        name: "Microsoft Forms",
        adds: &[
            "id",
            "start time",
            "completion time",
            "last modified time",
            "language",
            "total points",
            "quiz feedback",
        ],
        persons: &["email", "name"],
        fewest: 3,
    },
    Tool {
        name: "SmartSurvey",
        adds: &[
            "userid",
            "userno",
            "user no",
            "unique id",
            "tracking link",
            "tracking link name",
            "started",
            "ended",
            "date started",
            "date ended",
            "time taken",
            "page path",
            "device",
            "completed",
        ],
        persons: &["ip address", "name", "email", "email address"],
        fewest: 3,
    },
    Tool {
        name: "SurveyMonkey",
        adds: &[
            "respondent id",
            "collector id",
            "start date",
            "end date",
            "custom data 1",
        ],
        persons: &["ip address", "email address", "first name", "last name"],
        fewest: 3,
    },
    Tool {
        name: "LimeSurvey",
        adds: &[
            "response id",
            "id",
            "date submitted",
            "submitdate",
            "last page",
            "lastpage",
            "start language",
            "startlanguage",
            "seed",
            "date started",
            "startdate",
            "date last action",
            "datestamp",
            "referrer url",
            "refurl",
        ],
        persons: &["ip address", "ipaddr", "token", "access code"],
        fewest: 3,
    },
    Tool {
        name: "Kobo or ODK",
        adds: &[
            "start",
            "end",
            "today",
            "deviceid",
            "_id",
            "_uuid",
            "_submission_time",
            "_validation_status",
            "_notes",
            "_status",
            "__version__",
            "_tags",
            "_index",
            "submissiondate",
            "key",
            "meta-instanceid",
            "instanceid",
            "formversion",
            "reviewstate",
            "devicename",
        ],
        persons: &[
            "username",
            "phonenumber",
            "_submitted_by",
            "submittername",
            "submitterid",
        ],
        fewest: 3,
    },
    Tool {
        name: "SurveyJS",
        adds: &[
            "id",
            "happenedat",
            "submittedat",
            "createdat",
            "instanceid",
            "postid",
        ],
        persons: &["ipaddress", "userid"],
        fewest: 2,
    },
];

/// What was recognised in a survey's file.
#[derive(Debug, Default)]
pub(super) struct Recognised {
    /// Headers that are the tool's own, as the file spells them.
    pub extra: Vec<String>,
    /// What is told of it, one sentence each.
    pub told: Vec<String>,
}

/// Looks for the tool of a survey's export, and tells which questions are known by their
/// wording.
pub(super) fn recognise(
    spec: &TableSpec,
    names: &[String],
    columns: &BTreeMap<String, String>,
) -> Recognised {
    let asked = spec
        .columns
        .iter()
        .filter(|column| column.wording.is_some());
    let asked: Vec<_> = asked.collect();
    if asked.is_empty() {
        return Recognised::default();
    }
    let wanted: Vec<&String> = columns.values().collect();
    let free: Vec<(&String, String)> = names
        .iter()
        .filter(|name| !name.is_empty() && !wanted.contains(name))
        .map(|name| (name, fold(name)))
        .collect();
    let of = |list: &[&str]| -> Vec<String> {
        free.iter()
            .filter(|(_, folded)| list.contains(&folded.as_str()))
            .map(|(name, _)| (*name).clone())
            .collect()
    };
    let mut found = Recognised::default();
    let by_wording = asked
        .iter()
        .filter(|column| {
            column.from == From::SameName
                && columns
                    .get(&column.name)
                    .is_some_and(|header| fold(header) != fold(&column.name))
        })
        .count();
    if by_wording > 0 {
        let are = if by_wording == 1 {
            "column is"
        } else {
            "columns are"
        };
        found.told.push(format!(
            "{by_wording} {are} known by the wording that was asked"
        ));
    }
    let tool = TOOLS
        .iter()
        .find(|tool| of(tool.adds).len() + of(tool.persons).len() >= tool.fewest);
    if let Some(tool) = tool {
        let adds = of(tool.adds);
        let persons = of(tool.persons);
        found.told.push(format!("it is an export of {}", tool.name));
        if !adds.is_empty() {
            found
                .told
                .push(format!("what that adds is not read: {}", adds.join(", ")));
        }
        if !persons.is_empty() {
            found.told.push(format!(
                "who answered is not read, and nothing of it kept: {}; better delete it from the file",
                persons.join(", ")
            ));
        }
        found.extra = adds;
        found.extra.extend(persons);
    }
    found
}
