//! The libraries that a script uses: those of the embedding program, and the shared scripts
//! beside it, compiled and put into the engine under their names. No script imports
//! anything: the host knows the libraries, so formulas that use them can be called later.

use super::{Job, libraries_among, merge, own_names, too_large, too_much};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::script::coverage::Marks;
use crate::script::names::{self, Known};
use crate::script::{columns, slips, tokens, wording};
use crate::source::{Place, Source, Span};
use rhai::{Module, Scope};

impl Job<'_> {
    /// The libraries that the script uses, compiled and put into the engine.
    pub(super) fn add_libraries(
        &mut self,
        shared: &[Source],
        faults: &mut Diagnostics,
    ) -> Vec<Source> {
        let mut used = Vec::new();
        let named = libraries_among(self.tokens);
        if named.is_empty() {
            return used;
        }
        for name in named {
            if let Some(library) = self.workshop.libraries.get(&name) {
                let twin = shared.iter().find(|source| library_name(source) == name);
                faults.extend(self.unusable(&name, library, twin));
                self.foreign.add(&name);
                self.engine
                    .register_static_module(name.as_str(), library.module.clone());
            } else if let Some(source) = shared.iter().find(|source| library_name(source) == name) {
                used.push(source.clone());
                if let Some(module) = self.library(source, faults) {
                    self.engine
                        .register_static_module(name.as_str(), module.into());
                } else {
                    self.missing_libraries.push(name.clone());
                    self.engine
                        .register_static_module(name.as_str(), Module::new().into());
                }
            } else {
                let names = shared
                    .iter()
                    .map(library_name)
                    .chain(self.workshop.libraries.keys().map(String::as_str));
                let place = self.first_mention(&name);
                let fault = Diagnostic::new(
                    Code::UnknownLibrary,
                    place,
                    format!("there is no shared library `{name}`"),
                );
                let otherwise = format!("looked for `scripts/shared/{name}.rhai`");
                faults.push(fault.did_you_mean(&name, names, otherwise));
                self.missing_libraries.push(name.clone());
                self.engine
                    .register_static_module(name.as_str(), Module::new().into());
            }
        }
        self.known.add_libraries(&self.engine);
        used
    }

    pub(super) fn first_mention(&self, library: &str) -> Place {
        let span = self
            .tokens
            .windows(2)
            .find(|pair| pair[0].text == library && pair[1].is("::"))
            .map_or(Span::default(), |pair| pair[0].span);
        self.source.place(span)
    }

    /// One shared library: functions only.
    fn library(&self, source: &Source, faults: &mut Diagnostics) -> Option<Module> {
        if let Some(fault) = too_large(source, &self.workshop.limits) {
            faults.push(fault);
            return None;
        }
        let tokens = tokens::scan(source.text());
        let unread = too_much(source, &tokens, &self.workshop.limits);
        if let Some(fault) = unread.or_else(|| merge::unfinished(source, &tokens)) {
            faults.push(fault);
            return None;
        }
        let slips = slips::all(&slips::find(source, &tokens));
        let sound = !slips.has_errors();
        faults.extend(slips);
        let mut ast = match self.engine.compile(source.text()) {
            Ok(ast) => ast,
            Err(error) => {
                if sound {
                    faults.push(wording::of_parse(
                        &error.0,
                        error.1,
                        source,
                        &tokens,
                        &self.workshop.limits,
                    ));
                }
                return None;
            }
        };
        ast.set_source(source.name());
        if let Some(statement) = ast.statements().first() {
            let place =
                wording::place(source, statement.position()).unwrap_or_else(|| source.whole());
            faults.push(
                Diagnostic::new(Code::Syntax, place, "a shared library holds functions only")
                    .label("put this into a function, or into the council's own script"),
            );
            return None;
        }
        for (name, function) in columns::functions(&tokens) {
            if Known::is_ours(&name) {
                faults.push(own_names::taken(
                    &name,
                    source.place(function.name),
                    own_names::OF_THE_LANGUAGE,
                ));
            }
        }
        let mut known = Known::default();
        // The marks of a copy that is only looked on stand in libraries too.
        for name in self.workshop.marks.iter().flat_map(|_| Marks::NAMES) {
            known.add(name, 1);
        }
        for function in ast.iter_functions() {
            known.add(function.name, function.params.len());
        }
        faults.extend(names::check(&ast, &known, source));
        Module::eval_ast_as_new(Scope::new(), &ast, &self.engine).ok()
    }
}

fn library_name(source: &Source) -> &str {
    let name = source.name();
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.strip_suffix(".rhai").unwrap_or(file)
}
