//! A command that was not understood, told as every other mistake is: what is wrong, and what
//! to type.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The words for what could not be read of a command; `None` where it asked for help or the
/// version.
pub fn told(error: &clap::Error) -> Option<String> {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    ) {
        return None;
    }
    let said = |kind| error.get(kind).map(one).filter(|text| !text.is_empty());
    let option = said(ContextKind::InvalidArg).unwrap_or_default();
    let value = said(ContextKind::InvalidValue);
    let (message, help) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = said(ContextKind::InvalidSubcommand).unwrap_or_default();
            let meant = said(ContextKind::SuggestedSubcommand);
            let help = meant.map(|meant| format!("healthcheck {meant}"));
            (format!("there is no command `{word}`"), help)
        }
        ErrorKind::UnknownArgument => {
            let meant = said(ContextKind::SuggestedArg);
            (format!("nothing here takes `{option}`"), meant)
        }
        ErrorKind::InvalidValue if value.is_none() => {
            (format!("`{option}` is followed by nothing"), None)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = value.unwrap_or_default();
            let meant = said(ContextKind::SuggestedValue).or(said(ContextKind::ValidValue));
            let reason = std::error::Error::source(error).map(|reason| format!(": {reason}"));
            let message = format!(
                "`{option}` cannot be `{value}`{}",
                reason.unwrap_or_default()
            );
            (message, meant)
        }
        ErrorKind::MissingRequiredArgument => (format!("{option} is missing"), None),
        ErrorKind::ArgumentConflict => {
            let other = said(ContextKind::PriorArg).unwrap_or_default();
            (format!("`{option}` and `{other}` do not go together"), None)
        }
        _ => {
            let first = error.to_string();
            let first = first.lines().next().unwrap_or_default();
            (first.trim_start_matches("error: ").to_owned(), None)
        }
    };
    let help = help.unwrap_or_else(|| "healthcheck --help".to_owned());
    Some(format!("error: {message}\nhelp: {help}"))
}

/// What clap keeps of a mistake, in one line.
fn one(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(all) => all.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(all) => {
            let all: Vec<String> = all.iter().map(ToString::to_string).collect();
            all.join(", ")
        }
        _ => String::new(),
    }
}
