//! A value that is not there, and why. Missing is never 0 and never good.
//!
//! The symbols are the Department for Education's own.

use std::fmt;

/// Why a value is missing, from the least grave to the gravest: of two, the graver is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Missing {
    /// `z`: there is nothing to count, 0 out of 0.
    NotApplicable,
    /// `low`: rounds to zero but is not zero.
    Low,
    /// `x`: not collected, blank or left out.
    NotAvailable,
    /// `u`: too little to rely on.
    Unreliable,
    /// `c`: withheld, so that no colleague can be recognised. Arises only when publishing.
    Confidential,
}

impl Missing {
    /// All, from the least grave to the gravest.
    pub const ALL: [Missing; 5] = [
        Missing::NotApplicable,
        Missing::Low,
        Missing::NotAvailable,
        Missing::Unreliable,
        Missing::Confidential,
    ];

    /// The published symbol.
    pub fn symbol(self) -> &'static str {
        match self {
            Missing::NotApplicable => "z",
            Missing::Low => "low",
            Missing::NotAvailable => "x",
            Missing::Unreliable => "u",
            Missing::Confidential => "c",
        }
    }

    /// The reason a symbol stands for.
    pub fn from_symbol(symbol: &str) -> Option<Self> {
        Missing::ALL
            .into_iter()
            .find(|missing| missing.symbol() == symbol)
    }

    /// What the symbol means, for a reader.
    pub fn meaning(self) -> &'static str {
        match self {
            Missing::NotApplicable => "not applicable",
            Missing::Low => "rounds to zero but is not zero",
            Missing::NotAvailable => "not available",
            Missing::Unreliable => "too little to rely on",
            Missing::Confidential => "withheld, so that no colleague can be recognised",
        }
    }

    /// Of two reasons, the graver.
    pub fn graver(self, other: Missing) -> Missing {
        self.max(other)
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.symbol())
    }
}

/// A number, or why there is none.
pub type Amount = Result<f64, Missing>;

/// Part of a whole, `part ÷ whole`. 0 ÷ 0 is not applicable: there is nothing to count. Anything else ÷ 0
/// is not finite, and so no figure: its parts contradict one another. A missing side keeps its reason, the graver of the two.
pub fn rate(part: Amount, whole: Amount) -> Amount {
    match (part, whole) {
        (Ok(0.0), Ok(0.0)) => Err(Missing::NotApplicable),
        (Ok(part), Ok(whole)) => Ok(part / whole),
        (Err(a), Err(b)) => Err(a.graver(b)),
        (Err(reason), _) | (_, Err(reason)) => Err(reason),
    }
}
