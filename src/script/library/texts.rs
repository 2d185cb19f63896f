//! Texts: what the language has itself, where it would first make the whole
//! result and then see that it is too long.

use super::{Fallible, Operators};
use rhai::{EvalAltResult, ImmutableString, NativeCallContext, Position};

pub(super) fn fill(operators: &mut Operators<'_>) {
    operators.quiet(
        "replace",
        |context: NativeCallContext, text: &mut ImmutableString, old: &str, new: &str| {
            replace(&context, text, old, new)
        },
    );
    operators.quiet(
        "replace",
        |context: NativeCallContext, text: &mut ImmutableString, old: char, new: &str| {
            replace(&context, text, old.encode_utf8(&mut [0; 4]), new)
        },
    );
    operators.quiet(
        "replace",
        |context: NativeCallContext, text: &mut ImmutableString, old: &str, new: char| {
            replace(&context, text, old, new.encode_utf8(&mut [0; 4]))
        },
    );
    operators.quiet(
        "replace",
        |context: NativeCallContext, text: &mut ImmutableString, old: char, new: char| {
            let new = new.encode_utf8(&mut [0; 4]).to_owned();
            replace(&context, text, old.encode_utf8(&mut [0; 4]), &new)
        },
    );
}

/// Replaces every occurrence, if the result is no longer than a text may be.
fn replace(
    context: &NativeCallContext<'_>,
    text: &mut ImmutableString,
    old: &str,
    new: &str,
) -> Fallible<()> {
    let times = text.matches(old).count();
    let longer = times.saturating_mul(new.len());
    let length = (text.len() + longer).saturating_sub(times.saturating_mul(old.len()));
    let most = context.engine().max_string_size();
    if most > 0 && length > most {
        return Err(EvalAltResult::ErrorDataTooLarge("text".to_owned(), Position::NONE).into());
    }
    *text = text.replace(old, new).into();
    Ok(())
}
