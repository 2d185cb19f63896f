//! What changed since the last edition, as it may be seen: worked out from two
//! Publications and nothing else.

use super::Figure;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What changed between the last edition and this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    /// The last edition's as-of date: `2025-09-30`.
    pub since: String,
    /// The same in words: `30 September 2025`.
    pub since_words: String,
    /// The edition of the national core by which it was scored: `2025.1`.
    pub edition: String,
    /// Scores: the whole first, then each service if the council runs both.
    pub scopes: Vec<ScopeChange>,
    /// Every item of either edition: this one's first, in its order.
    pub items: Vec<ItemChange>,
    /// The last edition's actions, in its order.
    pub plan: Vec<ActionChange>,
}

/// The scores of one scope, then and now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScopeChange {
    /// `whole`, `children` or `adults`.
    pub id: String,
    /// The title.
    pub title: String,
    /// The national overall score.
    pub overall: ScoreChange,
    /// The six, in national order.
    pub standards: Vec<ScoreChange>,
    /// What the change in the overall score is made of.
    pub split: Split,
}

/// A national score, then and now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreChange {
    /// The standard's id, or `overall`.
    pub id: String,
    /// The title.
    pub title: String,
    /// Items scored and comparable both times.
    pub common: usize,
    /// What it rests on, in words: "7 items, the same both times".
    pub rests_on: String,
    /// The figures.
    pub change: Change,
}

/// One figure, then and now, and what can be said of the two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// As published then; of a claim, its word.
    pub then: Figure,
    /// As published now; of a claim, its word.
    pub now: Figure,
    /// How many people (of a share: full-time equivalents or people) it rested on then.
    pub n_then: Figure,
    /// How many it rests on now.
    pub n_now: Figure,
    /// Now less then, in points of the score or in the item's unit, with its sign; `null`
    /// where there is none to tell.
    pub difference: Option<Figure>,
    /// Lower end of the difference's 95% interval; `null` if it has none.
    pub low: Option<Figure>,
    /// Upper end; `null` if it has none.
    pub high: Option<Figure>,
    /// "-1.2 to 5.8"; empty if it has none.
    pub interval: String,
    /// `improved`, `worsened`, `no clear change`: where the difference has an interval.
    /// `moved`, `unchanged`: where it has none. `not compared`, `withheld`.
    pub verdict: String,
    /// What must be said beside the verdict: that without the employer's own changed claims it
    /// would not stand; mostly empty.
    #[serde(default)]
    pub caution: String,
    /// The rule by which it was judged, in words; empty where it was not.
    pub rule: String,
    /// What can be said, in words: "moved from 12.1 to 13.4".
    pub words: String,
}

/// What the change in an overall score is made of. The parts are in tenths of a point and
/// add up to the difference exactly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Split {
    /// Whether it can be told.
    pub told: bool,
    /// Why not; empty if it can.
    pub why_not: String,
    /// The difference of the two published scores; `null` if it is not told.
    pub difference: Option<Figure>,
    /// Practitioners' answers, records, the employer's statements, coverage, edition; empty
    /// if it is not told.
    pub parts: Vec<Part>,
}

/// One part of a change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// `answers`, `records`, `statements`, `coverage` or `edition`.
    pub id: String,
    /// The title: "Practitioners' answers".
    pub title: String,
    /// Points of the overall score, one decimal, with its sign.
    pub points: Figure,
    /// Items that it speaks of.
    pub items: usize,
}

/// An item, then and now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemChange {
    /// Its id.
    pub id: String,
    /// Its standard's id.
    pub standard: String,
    /// `measure`, `question` or `statement`.
    pub kind: String,
    /// The wording.
    pub ask: String,
    /// A measure's unit; empty for the others.
    pub unit: String,
    /// Whether the two editions asked for the same thing.
    pub compared: bool,
    /// Why not: what of wording, formula or population changed; empty if they did.
    pub why_not: Vec<String>,
    /// The whole first, then each service; empty if it is not compared.
    pub scopes: Vec<ItemScopeChange>,
}

/// An item in one scope, then and now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemScopeChange {
    /// `whole`, `children` or `adults`.
    pub id: String,
    /// The title.
    pub title: String,
    /// The figures.
    pub change: Change,
}

/// An action of the last edition's plan, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActionChange {
    /// Its id.
    pub id: String,
    /// The standard's title.
    pub standard_title: String,
    /// What was to be done.
    pub what: String,
    /// The post that answered for it.
    pub owner: String,
    /// Last day as it was promised, in words; empty if none was.
    pub due: String,
    /// Last day as it is promised now, in words, if that is another; else empty.
    pub due_now: String,
    /// `delivered`, `late`, `dropped`, `no longer in the plan`, `still to come`.
    pub outcome: String,
    /// Why it was dropped; empty if it was not, or no reason is given.
    pub because: String,
    /// What became of it, in words.
    pub words: String,
    /// The item it was to be measured by, its wording; empty if none.
    pub measure: String,
    /// The measure's published figure in the last edition; `null` if it has none.
    pub then: Option<Figure>,
    /// Its published figure now; `null` if it has none.
    pub now: Option<Figure>,
    /// Where the plan said that it stood; empty if it did not.
    pub baseline: String,
    /// Where the plan said that it should stand; empty if it did not.
    pub target: String,
    /// `reached`, `not reached`, `cannot tell`; empty where there is no target.
    pub reached: String,
    /// Why the measure's two figures do not compare; empty if they do.
    pub why_not: String,
}
