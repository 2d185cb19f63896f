//! What a closure of one row captured: as it is in, a copy of its own for the closure out, and
//! whether a row changed it.
//!
//! What a row left outside of its closure could be had back as a figure: the highest caseload,
//! somebody's hours, an answer. The rules on figures see what a closure gives, and nothing else.
//! So the closure of rows has a copy of what it captured, and the first row that changes it ends
//! the formula.

use super::Table;
use crate::script::library::missing::Gone;
use crate::script::library::rows::Row;
use rhai::{Array, Dynamic, FnPtr, Map};

/// A closure of one row, and what it captured.
pub(super) struct Outside {
    closure: FnPtr,
    captured: Vec<Dynamic>,
}

impl Outside {
    pub(super) fn of(closure: &FnPtr) -> Self {
        let captured: Vec<Dynamic> = closure.iter_curry().map(copy).collect();
        let mut own = closure.clone();
        own.set_curry(captured.iter().map(copy).collect::<Vec<_>>());
        Self {
            closure: own,
            captured,
        }
    }

    /// The closure as rows are asked: what it changes is changed nowhere else.
    pub(super) fn closure(&self) -> &FnPtr {
        &self.closure
    }

    /// Which of the captured values is another than it was.
    pub(super) fn changed(&self) -> Option<usize> {
        let mut now = self.closure.iter_curry().zip(&self.captured);
        now.position(|(now, then)| !is_same(now, then))
    }
}

/// The same value, shared with nobody who has the other, and shared where it was, so that what
/// is done to it can be seen.
fn copy(value: &Dynamic) -> Dynamic {
    let copied = if let Some(list) = value.read_lock::<Array>() {
        Dynamic::from_array(list.iter().map(copy).collect())
    } else if let Some(map) = value.read_lock::<Map>() {
        let copied = map.iter().map(|(key, value)| (key.clone(), copy(value)));
        Dynamic::from_map(copied.collect())
    } else if let Some(pointer) = value.read_lock::<FnPtr>() {
        let mut copied = pointer.clone();
        copied.set_curry(pointer.iter_curry().map(copy).collect::<Vec<_>>());
        Dynamic::from(copied)
    } else {
        value.flatten_clone()
    };
    match value.is_shared() {
        true => copied.into_shared(),
        false => copied,
    }
}

fn is_same(now: &Dynamic, then: &Dynamic) -> bool {
    // Of most lists these are the entries.
    if let (Ok(now), Ok(then)) = (now.as_int(), then.as_int()) {
        return now == then;
    }
    if let (Ok(now), Ok(then)) = (now.as_float(), then.as_float()) {
        return now.to_bits() == then.to_bits();
    }
    let of_lists = now.read_lock::<Array>().zip(then.read_lock::<Array>());
    if let Some((now, then)) = of_lists {
        return now.len() == then.len()
            && now
                .iter()
                .zip(then.iter())
                .all(|(now, then)| is_same(now, then));
    }
    if let Some((now, then)) = now.read_lock::<Map>().zip(then.read_lock::<Map>()) {
        return now.len() == then.len()
            && now
                .iter()
                .zip(then.iter())
                .all(|((key, now), (known, then))| key == known && is_same(now, then));
    }
    if let Some((now, then)) = now.read_lock::<FnPtr>().zip(then.read_lock::<FnPtr>()) {
        return now.fn_name() == then.fn_name()
            && now.iter_curry().count() == then.iter_curry().count()
            && now
                .iter_curry()
                .zip(then.iter_curry())
                .all(|(now, then)| is_same(now, then));
    }
    if let Some((now, then)) = now.read_lock::<Table>().zip(then.read_lock::<Table>()) {
        return now.rows.table.id == then.rows.table.id && now.rows.rows == then.rows.rows;
    }
    if let Some((now, then)) = now.read_lock::<Row>().zip(then.read_lock::<Row>()) {
        return now.table.id == then.table.id && now.row == then.row;
    }
    if let Some((now, then)) = now.read_lock::<Gone>().zip(then.read_lock::<Gone>()) {
        return *now == *then;
    }
    is_plainly_same(&now.flatten_clone(), &then.flatten_clone())
}

/// Of values that hold no others.
fn is_plainly_same(now: &Dynamic, then: &Dynamic) -> bool {
    let text = |value: &Dynamic| value.clone().into_immutable_string().ok();
    now.type_id() == then.type_id()
        && (now.as_bool().ok(), now.as_char().ok()) == (then.as_bool().ok(), then.as_char().ok())
        && text(now) == text(then)
}

#[cfg(test)]
mod tests {
    use crate::data::Rows;
    use crate::diagnostic::Code;
    use crate::script::formula::Trouble;
    use crate::script::on_deep_stack;
    use crate::script::operations::{Author, read};

    fn outcome(text: &str) -> Result<f64, Trouble> {
        outcome_of(30, text)
    }

    fn outcome_of(rows: usize, text: &str) -> Result<f64, Trouble> {
        on_deep_stack(|| {
            let rows = Rows::all(&Author::seeded(6).table(rows));
            let formulas = read(&[format!("|t| {{ {text} }}")]);
            formulas[0].value(std::slice::from_ref(&rows)).value
        })
    }

    #[test]
    fn a_row_that_leaves_something_outside_of_its_closure_ends_the_formula() {
        for text in [
            "let m = 0; t.count(|r| { if r.a > m { m = r.a; } true }); m * 1.0",
            "let m = 0; t.share(|r| { m += 1; m == 3 })",
            "let m = 0.5; t.count(|r| { m += 0.25; r.a > m })",
            "let m = true; t.count(|r| { m = !m; m })",
            "let m = 0; t.sum(|r| { m = r.a; 1 })",
            "let m = (); t.only(|r| { m = r; true }); m.a",
            "let k = []; t.count(|r| { k.push(r.a); true }); k[0]",
            "let k = [[0]]; t.count(|r| { k[0][0] = r.a; true }); k[0][0]",
            "let k = #{ a: 0 }; t.count(|r| { k.a = r.a; true }); k.a",
            "let k = #{}; t.count(|r| { k.b = r.a; true }); k.b",
            "let s = \"\"; t.count(|r| { s += r.words; true }); s.len()",
            "let u = t.only(|r| true); let v = t.only(|r| r.a > 3); t.count(|r| { u = v; true }); u.count()",
            "let f = |x| x; t.count(|r| { f = |x| x + r.a; true }); 1",
        ] {
            let left = outcome(text);
            assert!(
                matches!(&left, Err(Trouble::Failed(fault)) if fault.code == Code::ChangedByARow),
                "{text}: {left:?}"
            );
        }
    }

    #[test]
    fn what_a_row_only_reads_outside_is_there_for_each_and_what_it_makes_itself_is_its_own() {
        for (text, alike) in [
            (
                "let c = 4; let l = [1, c]; t.count(|r| l[1] < r.a)",
                "t.count(|r| r.a > 4)",
            ),
            (
                "let k = #{ c: 4 }; t.count(|r| { let own = k; own.c += 1; own.c < r.a })",
                "t.count(|r| r.a > 5)",
            ),
            (
                "t.sum(|r| { let s = 0; for n in 0..3 { s += r.b; } s })",
                "t.sum(|r| r.b * 3)",
            ),
        ] {
            let (found, wanted) = (outcome(text), outcome(alike));
            assert_eq!(found.ok(), wanted.ok(), "{text}");
            assert!(outcome(alike).is_ok(), "{alike}");
        }
    }

    #[test]
    fn a_long_list_that_rows_read_is_held_once_and_not_for_each_of_them() {
        let long = "let l = []; for n in 0..900 { l.push(n); }";
        let found = outcome_of(
            600,
            &format!("{long} t.count(|r| {{ let b = r.b; l[0] <= b }})"),
        );
        assert!(found.is_ok(), "{found:?}");
    }
}
