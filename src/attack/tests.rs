//! Publications made by hand, some opened and some not.

mod bands;
pub(crate) mod dice;
mod hand;
mod hostile;
pub(crate) mod page;
mod random;
