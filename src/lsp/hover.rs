//! What is shown over a word: the thing that it speaks of in, Markdown out.

use super::complete::{held, said};
use super::council::From;
use super::desk::Desk;
use super::outline::{Outline, Piece, What};
use super::referent::Referent;
use super::scope::{Named, Stands};
use crate::check::{Item, Kind};
use crate::national::StandardId;
use crate::reference::{Key, Verb};
use crate::validate;

/// What there is to know of a thing.
pub(super) fn hover(desk: &Desk<'_, '_>, referent: &Referent) -> Option<String> {
    match referent {
        Referent::Verb(verb) => Some(of_verb(verb)),
        Referent::Key(key) => Some(of_key(key)),
        Referent::Item(id) => of_item(desk, id),
        Referent::Standard(id) => Some(of_standard(desk, id)),
        Referent::Table(id) => Some(of_table(desk, id)),
        Referent::Column(table, name) => of_column(desk, table, name),
        Referent::Header(table, header) => of_header(desk, table, header),
        Referent::File(table) => Some(of_table(desk, table)),
        Referent::Functions(functions) => {
            let each: Vec<String> = functions
                .iter()
                .map(|function| format!("{}\n\n{}", fenced(&function.form), said(function)))
                .collect();
            Some(each.join("\n\n---\n\n"))
        }
        Referent::Own(piece) => desk
            .outline
            .pieces
            .get(*piece)
            .map(|piece| own(desk.outline, piece)),
        Referent::Shared(library, name) => shared(desk, library, name),
        Referent::Named(named) => of_name(named),
    }
}

fn fenced(code: &str) -> String {
    format!("```rhai\n{code}\n```")
}

fn of_verb(verb: &Verb) -> String {
    let needed = validate::KEYS
        .iter()
        .filter(|key| key.verb == verb.name && key.needed);
    let needed: Vec<String> = needed.map(|key| format!("`{}`", key.name)).collect();
    let needs = match needed.is_empty() {
        true => String::new(),
        false => format!("\n\nNeeds {}.", needed.join(", ")),
    };
    format!(
        "**{}**: {}\n\n{}{needs}\n\n{}",
        verb.name,
        verb.says,
        verb.more,
        fenced(verb.example)
    )
}

fn of_key(key: &Key) -> String {
    let needed = if key.needed { "Needed. " } else { "" };
    format!(
        "**{}** of `{}`: {}\n\n{needed}Wants {}.",
        key.name,
        key.verb,
        key.says,
        key.wanted()
    )
}

/// A national item's own definition, and what the council makes of it; or a local one's.
fn of_item(desk: &Desk<'_, '_>, id: &str) -> Option<String> {
    let all = desk.council.all_items();
    let known = all.iter().find(|item| item.id == id)?;
    let national = validate::national().iter().find(|item| item.id == id);
    let mut out = match national {
        Some(item) => definition(item),
        None => format!(
            "**{id}**: a {} of the council's own, under `{}`\n\n{}",
            known.verb, known.standard, known.ask
        ),
    };
    let card = desk.outline.card(&known.verb, id).map(|card| {
        let last = card
            .entries
            .last()
            .map_or(card.verb, |entry| entry.value.end.max(1) - 1);
        let start = desk.outline.tokens[card.verb].span;
        desk.outline
            .source
            .slice(start.to(desk.outline.tokens[last].span))
    });
    if let Some(card) = card {
        let whose = if national.is_some() {
            "Here:"
        } else {
            "Its card:"
        };
        out += &format!("\n\n{whose}\n\n{}", fenced(&format!("{card},\n}});")));
    }
    Some(out)
}

fn definition(item: &Item) -> String {
    let local = &item.local;
    let mut out = format!(
        "**{}**: a national {} under `{}`\n\n{}",
        item.id,
        local.kind.word(),
        item.standard,
        local.ask
    );
    match &local.kind {
        Kind::Measure(measure) => {
            out += &format!(
                "\n\nIn {}; {} scores 100, {} scores 0.\n\n{}",
                measure.unit,
                measure.best,
                measure.worst,
                fenced(measure.value.text())
            );
        }
        Kind::Question(question) => {
            let turned = if question.reverse {
                " Agreeing is bad."
            } else {
                ""
            };
            out += &format!(
                "\n\nAnswers, lowest first: {}.{turned}",
                question.answers.join(", ")
            );
        }
        Kind::Statement => out += "\n\nClaimed by an `answer` card: yes, partly or no.",
    }
    if let Some(note) = &item.note {
        out += &format!("\n\n{note}");
    }
    out
}

fn of_standard(desk: &Desk<'_, '_>, id: &str) -> String {
    let all = desk.council.all_standards();
    let title = all
        .iter()
        .find(|(own, _)| own == id)
        .map(|(_, title)| title.as_str());
    let whose = match StandardId::find(id) {
        Some(_) => "one of the six standards",
        None => "a standard of the council's own",
    };
    let items: Vec<String> = desk
        .council
        .all_items()
        .into_iter()
        .filter(|item| item.standard == id)
        .map(|item| format!("\n- `{}`: {}", item.id, item.ask))
        .collect();
    format!(
        "**{id}**: {}, {whose}\n{}",
        title.unwrap_or_default(),
        items.concat()
    )
}

fn of_table(desk: &Desk<'_, '_>, id: &str) -> String {
    let mut out = format!("**{id}**: a table");
    let Some(card) = desk.council.table(id) else {
        return out + " that the script does not bring. What rests on it is not rated.";
    };
    let file = card.file.as_deref().unwrap_or_default();
    match desk.council.glimpse(id, desk.host, desk.glimpses) {
        None => out += &format!(" from `{file}`, which is not there or cannot be read."),
        Some(glimpse) => {
            out += &format!(" from `{}`: {} rows.\n", glimpse.file, glimpse.rows);
            for column in &glimpse.columns {
                let read = card.columns.iter().find(|(_, from)| {
                    matches!(from, From::Header(header) if header.eq_ignore_ascii_case(&column.header))
                });
                let read = read.map(|(name, _)| format!(", read as `{name}`"));
                out += &format!("\n- {}{}", column.header, read.unwrap_or_default());
            }
        }
    }
    out
}

fn of_column(desk: &Desk<'_, '_>, table: &str, name: &str) -> Option<String> {
    let column = desk.council.column(table, name)?;
    let says = match column.says.is_empty() {
        true => String::new(),
        false => format!("\n\n{}", column.says),
    };
    let mut out = format!("**{table}.{name}**: {}{says}", column.is);
    if !column.values.is_empty() && column.is.starts_with("answers") {
        out += &format!("\n\nAnswers, lowest first: {}.", column.values.join(", "));
    }
    let header = match &column.from {
        Some(From::Fixed(value)) => {
            out += &format!("\n\nThe card says `{value}` for every row.");
            return Some(out);
        }
        Some(From::Header(header)) => header.as_str(),
        // A survey's tool may head a column with the question itself.
        None => {
            let glimpse = desk.council.glimpse(table, desk.host, desk.glimpses);
            let has = |header: &str| {
                glimpse
                    .as_ref()
                    .is_some_and(|it| it.column(header).is_some())
            };
            if !has(name) && has(&column.says) {
                &column.says
            } else {
                name
            }
        }
    };
    if let Some(held) = of_header(desk, table, header) {
        out += &format!("\n\n{held}");
    }
    Some(out)
}

fn of_header(desk: &Desk<'_, '_>, table: &str, header: &str) -> Option<String> {
    let glimpse = desk.council.glimpse(table, desk.host, desk.glimpses)?;
    Some(match glimpse.column(header) {
        None => format!("`{}` has no column headed \"{header}\".", glimpse.file),
        Some(column) => format!(
            "Column \"{}\" of `{}`. {}",
            column.header,
            glimpse.file,
            held(&column.holds, column.gaps, glimpse.rows)
        ),
    })
}

/// A constant or a function of a script, with the note above it.
fn own(outline: &Outline<'_>, piece: &Piece) -> String {
    let text = outline.source.slice(outline.span(piece));
    format!("{}\n\n{}", fenced(text), note_above(outline, piece))
}

fn shared(desk: &Desk<'_, '_>, library: &str, name: &str) -> Option<String> {
    let (_, source) = desk
        .libraries()
        .into_iter()
        .find(|(own, _)| own == library)?;
    let outline = Outline::of(&source);
    if name.is_empty() {
        return Some(format!(
            "**{library}**: the shared library `{}`",
            source.name()
        ));
    }
    let found = outline.pieces.iter().find(|piece| {
        matches!(&piece.what, What::Function { name: own, .. } if outline.word(*own) == name)
    });
    found.map(|piece| own(&outline, piece))
}

/// The note that stands above a piece, without its slashes.
pub(super) fn note_above(outline: &Outline<'_>, piece: &Piece) -> String {
    let text = outline.source.text();
    let mut begins = outline.tokens[piece.tokens.start].span.start;
    let mut lines: Vec<&str> = Vec::new();
    for note in outline.notes.iter().rev() {
        let between = text.get(note.end..begins).unwrap_or("x");
        if note.end > begins || !between.trim().is_empty() || between.matches('\n').count() > 1 {
            if note.end <= begins {
                break;
            }
            continue;
        }
        lines.push(
            text[note.start..note.end]
                .trim_start_matches(['/', '!'])
                .trim(),
        );
        begins = note.start;
    }
    lines.reverse();
    lines.join("\n")
}

fn of_name(named: &Named) -> Option<String> {
    let name = &named.name;
    Some(match &named.stands {
        Stands::Table(table) if table == name => format!("**{name}**: the rows of `{table}`"),
        Stands::Table(table) => format!("**{name}**: rows of `{table}`"),
        Stands::Row(table) => format!("**{name}**: one row of `{table}`"),
        Stands::Results(id) => format!("**{name}**: the results of the items of `{id}`"),
        Stands::Standards => format!("**{name}**: the results of all standards"),
        Stands::One => format!("**{name}**: one result: `.value`, `.score`, `.weight`"),
        Stands::Value | Stands::Unknown => return None,
    })
}
