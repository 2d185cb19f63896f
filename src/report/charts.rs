//! Charts: published figures in, inline SVG out.
//!
//! Each chart is drawn from the very figures of the table beside it, has a title and a
//! description, real text and no colour that carries a meaning alone. What is withheld or
//! not rated is said in words where its mark would be. It is narrow, so that it can be read
//! on a telephone, and its colours come from `style.css`.

mod answers;
mod bands;
mod benchmarks;
mod caseloads;
mod claims;
mod history;
mod standards;
mod svg;

pub use answers::answers;
pub use bands::{Holders, bands};
pub use benchmarks::benchmarks;
pub use caseloads::{Load, caseloads};
pub use claims::claims;
pub use history::{Point, Series, history};
pub use standards::standards;

#[cfg(test)]
mod tests;
