//! Lists and maps: what the language has itself, where it would pass over an error in a closure, or
//! over an answer that is none, and go on as if nothing were wrong.

use super::missing::Gone;
use super::numbers::{kind, number};
use super::{Fallible, Operators, fault};
use crate::script::sandbox::within_limits;
use rhai::{Array, Dynamic, EvalAltResult, FnPtr, INT, ImmutableString, Map, NativeCallContext};
use std::cmp::Ordering;

/// A closure that a function of lists or maps asks.
struct Asked<'a, 'c> {
    /// What the function is called.
    name: &'static str,
    closure: FnPtr,
    context: &'a NativeCallContext<'c>,
}

pub(super) fn fill(operators: &mut Operators<'_>) {
    for name in ["sort", "sort_by"] {
        changing(operators, name, |asked, list: &mut Array| {
            sort(list, |a, b| asked.order(a, b))
        });
    }
    for name in ["order", "order_by"] {
        reading(operators, name, |asked, mut list: Array| {
            sort(&mut list, |a, b| asked.order(a, b))?;
            Ok(Dynamic::from_array(list))
        });
    }
    in_its_own_order(operators, "sort", "order", |order| order);
    in_its_own_order(operators, "sort_desc", "order_desc", Ordering::reverse);
    operators.quiet("dedup", |context: NativeCallContext, list: &mut Array| {
        without_repeats(list, |a, b| equal(&context, a, b))
    });
    changing(operators, "dedup", |asked, list: &mut Array| {
        without_repeats(list, |a, b| asked.truth(asked.of_two(a, b)?))
    });
    conditions(operators);
}

fn conditions(operators: &mut Operators<'_>) {
    reading(operators, "filter", |asked, mut list: Array| {
        Ok(asked.parted(&mut list)?.0.into())
    });
    reading(operators, "some", |asked, mut list: Array| {
        Ok(asked.first(&mut list, 0, true)?.is_some().into())
    });
    reading(operators, "all", |asked, mut list: Array| {
        Ok(asked.first(&mut list, 0, false)?.is_none().into())
    });
    changing(operators, "drain", |asked, list: &mut Array| {
        let (taken, left) = asked.parted(list)?;
        *list = left;
        Ok(taken)
    });
    changing(operators, "retain", |asked, list: &mut Array| {
        let (kept, taken) = asked.parted(list)?;
        *list = kept;
        Ok(taken)
    });
    reading(operators, "filter", |asked, mut map: Map| {
        Ok(asked.parted_map(&mut map)?.0.into())
    });
    changing(operators, "drain", |asked, map: &mut Map| {
        let (taken, left) = asked.parted_map(map)?;
        *map = left;
        Ok(taken)
    });
    changing(operators, "retain", |asked, map: &mut Map| {
        let (kept, taken) = asked.parted_map(map)?;
        *map = kept;
        Ok(taken)
    });
    searching(operators, "find", |list, found| {
        found.map_or(Dynamic::UNIT, |at| list[at].clone())
    });
    searching(operators, "index_of", |_, found| {
        found.map_or(-1, |at| at as INT).into()
    });
}

/// A function that changes a list or map: it is given a closure, or a function of the script's by
/// name.
fn changing<L, T>(
    operators: &mut Operators<'_>,
    name: &'static str,
    function: fn(&Asked<'_, '_>, &mut L) -> Fallible<T>,
) where
    L: Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    operators.quiet(
        name,
        move |context: NativeCallContext, of: &mut L, closure: FnPtr| {
            function(&Asked::new(name, closure, &context), of)
        },
    );
    operators.quiet(
        name,
        move |context: NativeCallContext, of: &mut L, named: ImmutableString| {
            function(&Asked::new(name, FnPtr::new(named)?, &context), of)
        },
    );
}

/// The same of one that leaves it as it is.
fn reading<L: Clone + Send + Sync + 'static>(
    operators: &mut Operators<'_>,
    name: &'static str,
    function: fn(&Asked<'_, '_>, L) -> Fallible<Dynamic>,
) {
    operators.quiet(
        name,
        move |context: NativeCallContext, of: L, closure: FnPtr| {
            function(&Asked::new(name, closure, &context), of)
        },
    );
    operators.quiet(
        name,
        move |context: NativeCallContext, of: L, named: ImmutableString| {
            function(&Asked::new(name, FnPtr::new(named)?, &context), of)
        },
    );
}

/// A function that looks for the first entry of which a condition is true, from the beginning
/// or from a number on; below 0 it counts from the end.
fn searching(
    operators: &mut Operators<'_>,
    name: &'static str,
    give: fn(&Array, Option<usize>) -> Dynamic,
) {
    let search = move |context: &NativeCallContext<'_>, mut list: Array, closure, from: INT| {
        let from = match usize::try_from(from) {
            Ok(from) => from,
            Err(_) => (list.len() as INT).saturating_add(from).max(0) as usize,
        };
        let found = Asked::new(name, closure, context).first(&mut list, from, true)?;
        Fallible::Ok(give(&list, found))
    };
    operators.quiet(
        name,
        move |context: NativeCallContext, list: Array, closure: FnPtr| {
            search(&context, list, closure, 0)
        },
    );
    operators.quiet(
        name,
        move |context: NativeCallContext, list: Array, closure: FnPtr, from: INT| {
            search(&context, list, closure, from)
        },
    );
}

/// Functions that put a list in the order of its numbers or texts, without a closure.
fn in_its_own_order(
    operators: &mut Operators<'_>,
    here: &'static str,
    as_another: &'static str,
    turned: fn(Ordering) -> Ordering,
) {
    operators.quiet(here, move |list: &mut Array| {
        sort(list, |a, b| own_order(here, a, b).map(turned))
    });
    operators.quiet(as_another, move |mut list: Array| {
        sort(&mut list, |a, b| own_order(as_another, a, b).map(turned))?;
        Fallible::Ok(list)
    });
}

impl<'a, 'c> Asked<'a, 'c> {
    fn new(name: &'static str, closure: FnPtr, context: &'a NativeCallContext<'c>) -> Self {
        Self {
            name,
            closure,
            context,
        }
    }

    fn of_two(&self, a: &Dynamic, b: &Dynamic) -> Fallible<Dynamic> {
        let entries = [a.clone(), b.clone()];
        self.closure.call_raw(self.context, None, entries)
    }

    /// What it says of two entries: below 0 or true for this order, above 0 or false for the
    /// other.
    fn order(&self, a: &Dynamic, b: &Dynamic) -> Fallible<Ordering> {
        let said = self.of_two(a, b)?;
        if let Ok(first) = said.as_bool() {
            let order = if first {
                Ordering::Less
            } else {
                Ordering::Greater
            };
            return Ok(order);
        }
        match said.is_int() || said.is_float() || said.is::<Gone>() {
            true => match number(&said, self.name)? {
                Ok(number) => Ok(number.partial_cmp(&0.0).unwrap_or(Ordering::Equal)),
                Err(gone) => Err(gone.unsettled()),
            },
            false => fault(format!(
                "what `{}` asks of two entries gives a number, or true or false, and this gave {}",
                self.name,
                kind(&said)
            )),
        }
    }

    /// An answer that is true or false.
    fn truth(&self, said: Dynamic) -> Fallible<bool> {
        if let Some(gone) = said.read_lock::<Gone>() {
            return Err(gone.clone().unsettled());
        }
        said.as_bool().or_else(|_| {
            fault(format!(
                "the condition of `{}` is true or false, and this one gave {}",
                self.name,
                kind(&said)
            ))
        })
    }

    /// What it says of one entry.
    fn holds(&self, at: usize, entry: &mut Dynamic) -> Fallible<bool> {
        let place = [Dynamic::from_int(at as INT)];
        let said = self.closure.call_raw_with_extra_args(
            self.name,
            self.context,
            Some(entry),
            [],
            place,
            Some(0),
        )?;
        self.truth(said)
    }

    /// The first entry, from a number on, of which it says this.
    fn first(&self, list: &mut Array, from: usize, wanted: bool) -> Fallible<Option<usize>> {
        for (at, entry) in list.iter_mut().enumerate().skip(from) {
            if self.holds(at, entry)? == wanted {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// The entries of which it is true, and the others.
    fn parted(&self, list: &mut Array) -> Fallible<(Array, Array)> {
        let mut parts = (Array::new(), Array::new());
        for (at, entry) in list.iter_mut().enumerate() {
            let part = match self.holds(at, entry)? {
                true => &mut parts.0,
                false => &mut parts.1,
            };
            part.push(entry.clone());
        }
        Ok(parts)
    }

    /// The entries of a map of which it is true, and the others.
    fn parted_map(&self, map: &mut Map) -> Fallible<(Map, Map)> {
        let mut parts = (Map::new(), Map::new());
        for (key, value) in map {
            let said = self.closure.call_raw_with_extra_args(
                self.name,
                self.context,
                Some(value),
                [key.clone().into()],
                [],
                Some(1),
            )?;
            let part = match self.truth(said)? {
                true => &mut parts.0,
                false => &mut parts.1,
            };
            part.insert(key.clone(), value.clone());
        }
        Ok(parts)
    }
}

/// The order of two numbers or two texts.
fn own_order(name: &str, a: &Dynamic, b: &Dynamic) -> Fallible<Ordering> {
    let is_number = |value: &Dynamic| value.is_int() || value.is_float() || value.is::<Gone>();
    if is_number(a) && is_number(b) {
        return match (number(a, name)?, number(b, name)?) {
            (Ok(a), Ok(b)) => Ok(a.total_cmp(&b)),
            (Err(a), Err(b)) => Err(a.graver(b).unsettled()),
            (Err(gone), _) | (_, Err(gone)) => Err(gone.unsettled()),
        };
    }
    if let (Some(a), Some(b)) = (
        a.read_lock::<ImmutableString>(),
        b.read_lock::<ImmutableString>(),
    ) {
        return Ok(a.cmp(&b));
    }
    if let (Ok(a), Ok(b)) = (a.as_bool(), b.as_bool()) {
        return Ok(a.cmp(&b));
    }
    let (a, b) = (kind(a), kind(b));
    if a == b {
        fault(format!(
            "`{name}` puts numbers or texts in order, and each entry here is {a}: say which of two \
             comes first, `.{name}(|a, b| …)`",
        ))
    } else {
        fault(format!(
            "`{name}` puts numbers or texts in order, and this list has {a} beside {b}"
        ))
    }
}

/// Puts a list in order; entries that are alike stay as they stood. By hand, since what the
/// standard library sorts by may neither fail nor contradict itself.
fn sort(
    list: &mut Array,
    mut order: impl FnMut(&Dynamic, &Dynamic) -> Fallible<Ordering>,
) -> Fallible<()> {
    let mut places: Vec<usize> = (0..list.len()).collect();
    let mut compared = 0_usize;
    let mut run = 1;
    while run < places.len() {
        let mut merged = Vec::with_capacity(places.len());
        for pair in places.chunks(2 * run) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            while let ([first, ..], [second, ..]) = (left, right) {
                compared += 1;
                if compared.is_multiple_of(64) {
                    within_limits()?;
                }
                let side = match order(&list[*first], &list[*second])? {
                    Ordering::Greater => &mut right,
                    _ => &mut left,
                };
                merged.push(side[0]);
                *side = &side[1..];
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        places = merged;
        run *= 2;
    }
    let sorted = places.iter().map(|at| std::mem::take(&mut list[*at]));
    *list = sorted.collect();
    Ok(())
}

/// Takes out entries that are the same as the one before.
fn without_repeats(
    list: &mut Array,
    mut same: impl FnMut(&Dynamic, &Dynamic) -> Fallible<bool>,
) -> Fallible<()> {
    let mut kept = Array::with_capacity(list.len());
    for entry in std::mem::take(list) {
        let repeats = match kept.last() {
            Some(before) => same(before, &entry)?,
            None => false,
        };
        if !repeats {
            kept.push(entry);
        }
    }
    *list = kept;
    Ok(())
}

/// Whether two entries are equal; those that nothing compares are not.
fn equal(context: &NativeCallContext<'_>, a: &Dynamic, b: &Dynamic) -> Fallible<bool> {
    match context.call_native_fn_raw("==", true, &mut [&mut a.clone(), &mut b.clone()]) {
        Ok(said) => Ok(said.as_bool().unwrap_or(false)),
        Err(error) => match *error {
            EvalAltResult::ErrorFunctionNotFound(..) => Ok(false),
            _ => Err(error),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sandbox::{Limits, engine};
    use super::super::said;
    use super::*;

    fn of(formula: &str) -> Result<String, String> {
        let wanted = engine(&Limits::standard()).eval::<Dynamic>(formula);
        wanted
            .map(|value| value.to_string())
            .map_err(|error| said(&error))
    }

    #[test]
    fn a_closure_that_takes_another_number_of_values_is_told_without_the_name_that_rhai_gives_it() {
        use crate::script::wording::of_run;
        let source = crate::source::Source::new("check.rhai", "");
        for call in ["sort(|a| a)", "filter(|a, b, c| true)", "map(|a, b, c| a)"] {
            let text = format!("[3, 1, 2].{call}");
            let error = engine(&Limits::standard())
                .eval::<Dynamic>(&text)
                .unwrap_err();
            let told = of_run(&error, &source, &Limits::standard()).message;
            assert!(!told.contains('$'), "{call}: {told}");
        }
    }

    #[test]
    fn an_error_in_a_closure_ends_what_asked_it() {
        for call in [
            "sort(|a, b| no[9])",
            "sort_by(|a, b| no[9])",
            "order(|a, b| no[9])",
            "order_by(|a, b| no[9])",
            "dedup(|a, b| no[9])",
            "sort(\"fails\")",
            "dedup(\"fails\")",
            "filter(|a| no[9])",
            "some(|a| no[9])",
            "all(|a| no[9])",
            "find(|a| no[9])",
            "index_of(|a| no[9])",
            "drain(|a| no[9])",
            "retain(|a| no[9])",
            "map(|a| no[9])",
            "reduce(|a, b| no[9])",
            "for_each(|| no[9])",
            "find_map(|a| no[9])",
            "zip([1, 2], |a, b| no[9])",
        ] {
            let script =
                format!("fn fails(a, b) {{ [][9] }} let no = []; let l = [3, 1, 2]; l.{call}");
            let error = of(&script).expect_err(call);
            assert!(error.contains("ErrorArrayBounds"), "{call}: {error}");
        }
    }

    #[test]
    fn an_answer_that_is_none_ends_what_asked() {
        for call in [
            "sort(|a, b| \"a\")",
            "order(|a, b| ())",
            "dedup(|a, b| 1)",
            "filter(|a| 1.0)",
            "some(|a| \"yes\")",
            "all(|a| ())",
            "find(|a| a)",
            "find(|a| a, 1)",
            "index_of(|a| a)",
            "index_of(|a| a, -1)",
            "drain(|a| a)",
            "retain(|a| a)",
        ] {
            let error = of(&format!("let l = [3, 1, 2]; l.{call}")).expect_err(call);
            assert!(error.contains("true or false"), "{call}: {error}");
        }
        for call in ["filter(|k| k)", "drain(|k, v| v)", "retain(|k| 1)"] {
            let error = of(&format!("let m = #{{ a: 1 }}; m.{call}")).expect_err(call);
            assert!(error.contains("true or false"), "{call}: {error}");
        }
    }

    #[test]
    fn lists_are_put_in_order_and_gone_through_as_their_pages_say() {
        for (formula, wanted) in [
            ("let l = [3, 1, 2]; l.sort(); l", "[1, 2, 3]"),
            ("let l = [3, 1.5, 2]; l.sort(); l", "[1.5, 2, 3]"),
            ("[\"b\", \"a\"].order()", "[\"a\", \"b\"]"),
            ("[1, 3, 2].order_desc()", "[3, 2, 1]"),
            ("const L = [2, 1]; L.order()", "[1, 2]"),
            ("let l = [1, 3, 2]; l.sort_desc(); l", "[3, 2, 1]"),
            ("[true, false].order()", "[false, true]"),
            ("[2.5, 0.5, 1.5].order(|a, b| a - b)", "[0.5, 1.5, 2.5]"),
            ("[2, 3, 1].order_by(|a, b| a > b)", "[3, 2, 1]"),
            ("[2, 1, 2, 1].order(|a, b| a <= b)", "[1, 1, 2, 2]"),
            ("[3, 1, 2].order(|a, b| true)", "[3, 1, 2]"),
            (
                "[21, 11, 10, 20].order(|a, b| a % 10 - b % 10)",
                "[10, 20, 21, 11]",
            ),
            ("[].order()", "[]"),
            ("[\"x\"].order(|a, b| 0)", "[\"x\"]"),
            (
                "let l = [1, 1, 2, \"a\", \"a\", 1]; l.dedup(); l",
                "[1, 2, \"a\", 1]",
            ),
            (
                "let l = [1, 2, 5, 6]; l.dedup(|a, b| b - a < 2); l",
                "[1, 5]",
            ),
            ("[1, 5, 7].filter(|x| x > 2)", "[5, 7]"),
            ("[1, 5, 7].filter(|x, at| at == 1)", "[5]"),
            ("[1, 5, 7].filter(|| this > 5)", "[7]"),
            ("const L = [1, 5]; L.some(|x| x > 2)", "true"),
            (
                "let k = [2, 1]; let f = |x| k.some(|y| y == x); [f.call(2), f.call(3), k]",
                "[true, false, [2, 1]]",
            ),
            (
                "let k = [2, 1]; let f = |x| { k.sort(); k.order_desc() }; [f.call(1), k]",
                "[[2, 1], [1, 2]]",
            ),
            ("[1, 5].all(|x| x > 2)", "false"),
            ("[].all(|x| x > 2)", "true"),
            ("[1, 5, 7].find(|x| x > 2)", "5"),
            ("[1, 5, 7].find(|x| x > 2, 2)", "7"),
            ("[1, 5, 7].find(|x| x > 9)", ""),
            ("[1, 5, 7].index_of(|x| x > 2)", "1"),
            ("[1, 5, 7].index_of(|x| x > 0, -1)", "2"),
            ("[1, 5, 7].index_of(|x| x > 0, -9)", "0"),
            ("[1, 5, 7].index_of(|x| x > 0, 9)", "-1"),
            ("[\"a\", \"b\"].index_of(\"b\")", "1"),
            (
                "let l = [1, 5, 7]; let t = l.drain(|x| x > 2); [l, t]",
                "[[1], [5, 7]]",
            ),
            ("#{ a: 1, b: 2 }.filter(|k| k == \"b\")", "#{\"b\": 2}"),
            ("#{ a: 1, b: 2 }.filter(|k, v| v < 2)", "#{\"a\": 1}"),
            (
                "let m = #{ a: 1, b: 2 }; let t = m.drain(|k| this > 1); [m, t]",
                "[#{\"a\": 1}, #{\"b\": 2}]",
            ),
            (
                "let m = #{ a: 1, b: 2 }; let t = m.retain(|k| this > 1); [m, t]",
                "[#{\"b\": 2}, #{\"a\": 1}]",
            ),
            (
                "let l = [1, 5, 7]; let t = l.retain(|x| x > 2); [l, t]",
                "[[5, 7], [1]]",
            ),
        ] {
            assert_eq!(of(formula).as_deref(), Ok(wanted), "{formula}");
        }
        let many: Vec<usize> = (0..1_000).map(|at| at * 7_919 % 1_000).collect();
        let wanted: Vec<usize> = (0..1_000).collect();
        assert_eq!(of(&format!("{many:?}.order()")), Ok(format!("{wanted:?}")));
    }

    #[test]
    fn what_has_no_order_is_told_in_our_words() {
        for (formula, wanted) in [
            ("[1, \"a\"].order()", "this list has a number beside text"),
            ("[#{}, #{}].order()", "say which of two comes first"),
        ] {
            let error = of(formula).expect_err(formula);
            assert!(error.contains(wanted), "{formula}: {error}");
        }
    }
}
