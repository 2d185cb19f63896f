//! How many hold how many cases, as far as it may be seen.

use super::AnswerCount;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Case holders by how many cases they hold for a full-time equivalent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bands {
    /// Band and how many are in it, lowest first: five for many people, else three; neighbours
    /// together hold everybody once.
    pub counts: Vec<AnswerCount>,
    /// In which of these bands the middle one of the case holders lies, and the one at each
    /// quarter and tenth from the top: no person's own caseload is told.
    pub quantiles: Vec<BandQuantile>,
}

/// The band in which a quantile lies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BandQuantile {
    /// 25, 50, 75 or 90: so many percent of the case holders have this caseload or a lower one.
    pub percentile: u8,
    /// The band, as in the counts: "over 16 to 20".
    pub band: String,
}
