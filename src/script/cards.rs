//! The verbs, and how what they put down becomes a card with its places.

use super::columns::{self, Function};
use super::compile::Undefined;
use super::draft::{Card, Entry, Value};
use super::formula::{Formula, Unit};
use super::library::{Always, Threshold, VERBS, WITHOUT_ID, kind};
use super::nesting;
use super::places::{self, CardPlaces, ValuePlaces};
use super::tokens::Token;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Place, Source, Span, Spanned};
use rhai::{Dynamic, Engine, EvalAltResult, FnPtr, Map, NativeCallContext, Position};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A card as a verb put it down.
pub(super) struct Raw {
    verb: &'static str,
    position: Position,
    id: Option<Dynamic>,
    card: Dynamic,
}

/// Where the verbs of one run put their cards.
#[derive(Clone, Default)]
pub(super) struct Sink {
    cards: Arc<Mutex<Cards>>,
    most: usize,
}

#[derive(Default)]
struct Cards {
    put: Vec<Raw>,
    /// What they take up.
    bytes: usize,
}

/// What all cards of a script may take up, bytes. A script that writes its texts out is far
/// shorter.
pub(crate) const CARD_BYTES: usize = 4 << 20;

impl Sink {
    /// Room for so many cards.
    pub(super) fn holding(most: usize) -> Self {
        Self {
            most,
            ..Self::default()
        }
    }

    fn put(&self, raw: Raw) -> Result<(), Box<EvalAltResult>> {
        if nesting::overgrown(&raw.card) || raw.id.as_ref().is_some_and(nesting::overgrown) {
            return Err(nesting::error());
        }
        let mut cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        let too_large = |what: &str| {
            let what = what.to_owned();
            Err(EvalAltResult::ErrorDataTooLarge(what, raw.position).into())
        };
        if cards.put.len() >= self.most {
            return too_large("cards");
        }
        cards.bytes += nesting::weight(&raw.card) + raw.id.as_ref().map_or(0, nesting::weight);
        if cards.bytes > CARD_BYTES {
            return too_large("held by cards");
        }
        cards.put.push(raw);
        Ok(())
    }

    pub(super) fn take(&self) -> Vec<Raw> {
        let mut cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut cards.put)
    }
}

/// Registers every verb.
pub(super) fn register(engine: &mut Engine, sink: &Sink) {
    engine.register_type_with_name::<Undefined>("undefined");
    for verb in VERBS {
        let sink = sink.clone();
        if WITHOUT_ID.contains(&verb) {
            engine.register_fn(verb, move |context: NativeCallContext, card: Dynamic| {
                sink.put(Raw {
                    verb,
                    position: context.call_position(),
                    id: None,
                    card,
                })
            });
        } else {
            engine.register_fn(
                verb,
                move |context: NativeCallContext, id: Dynamic, card: Dynamic| {
                    sink.put(Raw {
                        verb,
                        position: context.call_position(),
                        id: Some(id),
                        card,
                    })
                },
            );
        }
    }
}

/// A card among tests, where none belongs.
pub(super) fn misplaced(raw: &Raw, source: &Source) -> Diagnostic {
    let place = super::wording::place(source, raw.position).unwrap_or_else(|| source.whole());
    Diagnostic::new(
        Code::UnknownVerb,
        place,
        format!("a `{}` card has no place among tests", raw.verb),
    )
    .label("it belongs into `check.rhai`")
}

/// What is needed to turn what was put down into cards.
pub(super) struct Desk<'a> {
    pub unit: &'a Arc<Unit>,
    pub tokens: &'a [Token<'a>],
    pub functions: &'a BTreeMap<String, Function>,
    /// The values of the constants.
    pub constants: &'a BTreeMap<String, Dynamic>,
}

impl Desk<'_> {
    fn place(&self, span: Span) -> Place {
        self.unit.source.place(span)
    }

    /// The card, with every place.
    pub(super) fn card(&self, raw: Raw, faults: &mut Diagnostics) -> Card {
        let start = raw.position.line().map_or(0, |line| {
            self.unit
                .source
                .offset(line, raw.position.position().unwrap_or(1))
        });
        let places = places::card_at(self.tokens, start).unwrap_or(CardPlaces {
            whole: Span::new(start, start + raw.verb.len()),
            verb: Span::new(start, start + raw.verb.len()),
            arguments: Vec::new(),
        });
        let mut arguments = places.arguments.iter();
        let id = raw.id.map(|id| {
            let span = arguments
                .next()
                .map_or(places.verb, |argument| argument.span);
            Spanned {
                value: self.value(&id, None, span, faults),
                place: self.place(span),
            }
        });
        let argument = arguments.next();
        let span = argument.map_or(places.verb, |argument| argument.span);
        let entries = match raw.card.read_lock::<Map>() {
            Some(map) => {
                if !argument.is_some_and(|argument| argument.is_map) {
                    faults.push(
                        Diagnostic::new(
                            Code::CardNotInLine,
                            self.place(span),
                            "a card is written where it is used",
                        )
                        .label("write `#{ … }` here"),
                    );
                }
                self.entries(&map, argument, span, faults)
            }
            None => {
                if !raw.card.is::<Undefined>() {
                    faults.push(
                        Diagnostic::new(
                            Code::WrongKind,
                            self.place(span),
                            format!(
                                "a `{}` card wants `#{{ … }}` here, not {}",
                                raw.verb,
                                kind(&raw.card)
                            ),
                        )
                        .label("write `#{ key: value, … }`")
                        .help("#{ }"),
                    );
                }
                Vec::new()
            }
        };
        Card {
            verb: Spanned {
                value: raw.verb.to_owned(),
                place: self.place(places.verb),
            },
            id,
            entries,
            place: self.place(places.whole),
        }
    }

    /// Keys in the order written; those without a place of their own come last.
    fn entries(
        &self,
        map: &Map,
        places: Option<&ValuePlaces>,
        fallback: Span,
        faults: &mut Diagnostics,
    ) -> Vec<Entry> {
        let written = places
            .map(|places| places.entries.as_slice())
            .unwrap_or_default();
        let mut entries: Vec<(usize, Entry)> = map
            .iter()
            .map(|(key, value)| {
                let at = written.iter().position(|entry| entry.key == key.as_str());
                let (key_span, value_places, value_span) = match at.map(|at| &written[at]) {
                    Some(entry) => (entry.key_span, Some(&entry.value), entry.value.span),
                    None => (fallback, None, fallback),
                };
                let entry = Entry {
                    key: Spanned {
                        value: key.to_string(),
                        place: self.place(key_span),
                    },
                    value: Spanned {
                        value: self.value(value, value_places, value_span, faults),
                        place: self.place(value_span),
                    },
                };
                (at.unwrap_or(usize::MAX), entry)
            })
            .collect();
        entries.sort_by_key(|(at, _)| *at);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    fn value(
        &self,
        value: &Dynamic,
        places: Option<&ValuePlaces>,
        span: Span,
        faults: &mut Diagnostics,
    ) -> Value {
        if let Some(text) = value.read_lock::<rhai::ImmutableString>() {
            return Value::Text(text.to_string());
        }
        if let Ok(number) = value.as_float() {
            // Nought has no sign.
            return Value::Number(number + 0.0);
        }
        if let Ok(number) = value.as_int() {
            return Value::Number(number as f64);
        }
        if let Ok(truth) = value.as_bool() {
            return Value::Truth(truth);
        }
        if let Some(map) = value.read_lock::<Map>() {
            return Value::Map(self.entries(&map, places, span, faults));
        }
        if let Some(list) = value.read_lock::<rhai::Array>() {
            return Value::List(
                list.iter()
                    .enumerate()
                    .map(|(index, item)| {
                        let places = places.and_then(|places| places.list.get(index));
                        let span = places.map_or(span, |places| places.span);
                        Spanned {
                            value: self.value(item, places, span, faults),
                            place: self.place(span),
                        }
                    })
                    .collect(),
            );
        }
        if let Some(threshold) = value.read_lock::<Threshold>() {
            return Value::Threshold(threshold.0, threshold.1);
        }
        if let Some(always) = value.read_lock::<Always>() {
            return Value::Always(always.0.clone());
        }
        if let Some(pointer) = value.read_lock::<FnPtr>() {
            return self.formula(pointer.clone(), span, faults);
        }
        if value.is::<Undefined>() {
            return Value::Undefined;
        }
        Value::Other(kind(value))
    }

    /// A closure of this script, cut loose from what it captured so that calling it twice
    /// gives the same twice.
    fn formula(&self, mut pointer: FnPtr, span: Span, faults: &mut Diagnostics) -> Value {
        let found = self
            .unit
            .ast
            .iter_functions()
            .find(|function| function.name == pointer.fn_name())
            .map(|function| {
                function
                    .params
                    .iter()
                    .map(|name| (*name).to_owned())
                    .collect::<Vec<String>>()
            });
        let Some(names) = found else {
            faults.push(
                Diagnostic::new(
                    Code::FormulaFromElsewhere,
                    self.place(span),
                    "a formula is written in its card, or is a function of the same script",
                )
                .label("made elsewhere: write `|workers| …` here, and call the library from it"),
            );
            return Value::Undefined;
        };
        let captured: Vec<Dynamic> = pointer
            .iter_curry()
            .zip(&names)
            .map(|(value, name)| match self.constants.get(name) {
                Some(constant) => constant.clone(),
                None => super::constants::decimal(nesting::cut_loose(value.clone())),
            })
            .collect();
        let parameters = names.get(captured.len()..).unwrap_or_default().to_vec();
        pointer.set_curry(captured);
        // A named function is read where it is written.
        let body = self
            .functions
            .get(pointer.fn_name())
            .map_or(span, |function| function.body);
        let source = &self.unit.source;
        let parameter_places = self.parameter_places(span, &parameters);
        let reads = columns::reads(source, self.tokens, body, &parameters, self.functions);
        Value::Formula(Arc::new(Formula {
            unit: self.unit.clone(),
            text: source.slice(span).to_owned(),
            place: source.place(span),
            needed: parameters
                .iter()
                .map(|name| reads.of(name).into())
                .collect(),
            reads,
            parameter_places,
            parameters,
            pointer,
        }))
    }

    /// Where the parameters of a closure stand; of a named function, its name.
    fn parameter_places(&self, span: Span, parameters: &[String]) -> Vec<Place> {
        let first = self
            .tokens
            .partition_point(|token| token.span.start < span.start);
        let written: Vec<Span> = self.tokens[first..]
            .iter()
            .skip(1)
            .take_while(|token| !token.is("|"))
            .filter(|token| token.is_word())
            .map(|token| token.span)
            .take(parameters.len())
            .collect();
        parameters
            .iter()
            .enumerate()
            .map(|(index, _)| match written.get(index) {
                Some(place) if self.tokens[first].is("|") => self.place(*place),
                _ => self.place(span),
            })
            .collect()
    }
}
