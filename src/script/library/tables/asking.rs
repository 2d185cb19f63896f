//! What a formula asks of a table, called by name without rhai.

use super::{Fallible, Summary, Table, summaries, summed_up};
use rhai::{Array, Dynamic, FnPtr, ImmutableString, NativeCallContext};

/// A function of a table, given as many values as it takes; `None` where they are not of the
/// kinds that it takes.
pub(in crate::script) type Asking =
    fn(&NativeCallContext<'_>, &Table, &[Dynamic]) -> Option<Fallible<Dynamic>>;

/// The function that rhai finds by a name for so many values beside the table.
pub(in crate::script) fn asking(name: &str, values: usize) -> Option<Asking> {
    Some(match (name, values) {
        ("is_brought", 0) => |_, table, _| Some(Ok(table.rows.table.brought.into())),
        ("count", 0) => |_, table, _| Some(Ok(table.count_all())),
        ("count", 1) => {
            |context, table, values| Some(table.count_where(context, &closure(&values[0])?))
        }
        ("share", 1) => {
            |context, table, values| Some(table.share_where(context, &closure(&values[0])?))
        }
        ("only", 1) => |context, table, values| {
            let kept = table.only_where(context, &closure(&values[0])?);
            Some(kept.map(Dynamic::from))
        },
        ("answered", 1) => |_, table, values| Some(table.how_many_answered(&text(&values[0])?)),
        ("share_answering", 2) => |_, table, values| {
            let answers = values[1].read_lock::<Array>()?;
            Some(table.share_of_answers(&text(&values[0])?, &answers))
        },
        ("sum", 1) => |context, table, values| of(context, table, values, "sum", summaries::sum),
        ("mean", 1) => |context, table, values| of(context, table, values, "mean", summaries::mean),
        ("median", 1) => {
            |context, table, values| of(context, table, values, "median", summaries::median)
        }
        ("min", 1) => {
            |context, table, values| of(context, table, values, "min", summaries::smallest)
        }
        ("max", 1) => {
            |context, table, values| of(context, table, values, "max", summaries::largest)
        }
        _ => return None,
    })
}

fn of(
    context: &NativeCallContext<'_>,
    table: &Table,
    values: &[Dynamic],
    name: &str,
    summary: Summary,
) -> Option<Fallible<Dynamic>> {
    Some(summed_up(context, table, values[0].clone(), name, summary))
}

fn closure(value: &Dynamic) -> Option<FnPtr> {
    value.read_lock::<FnPtr>().map(|closure| closure.clone())
}

fn text(value: &Dynamic) -> Option<ImmutableString> {
    value
        .read_lock::<ImmutableString>()
        .map(|text| text.clone())
}
