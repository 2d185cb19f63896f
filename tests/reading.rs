//! Files as councils have them: each is either read rightly or refused with its place and
//! what to do, and its rows always add up.

#[path = "reading/cases.rs"]
mod cases;
#[path = "reading/counts.rs"]
mod counts;
#[path = "reading/delimited.rs"]
mod delimited;
#[path = "reading/exports.rs"]
mod exports;
#[path = "reading/python.rs"]
mod python;
#[path = "reading/totals.rs"]
mod totals;
#[path = "reading/workbooks.rs"]
mod workbooks;
