//! A script that cannot be read as a whole, read statement by statement: each that is sound
//! goes on its way, and of each other one it is told what is wrong with it.

use super::{Job, Undefined};
use crate::diagnostic::{Code, Diagnostics};
use crate::script::slips::{self, Slips};
use crate::script::{chunks, sandbox, wording};
use crate::source::Span;
use rhai::{AST, Dynamic, ParseError, ParseErrorType, Scope};

/// Most undefined names that are passed over in one text.
const MOST_NAMES: usize = 100;

impl Job<'_> {
    /// Everything that can be read, with all that was found. What could not be is kept as
    /// lost.
    pub(super) fn read(
        &mut self,
        scope: Scope<'static>,
        defined: &[(String, Span, Span)],
        slips: Vec<Slips>,
        faults: Diagnostics,
    ) -> (AST, Diagnostics) {
        let mut told = faults.clone();
        told.extend(slips::all(&slips));
        let text = self.source.text();
        match self.passing_over(text, &mut scope.clone(), &mut told) {
            Ok(ast) => (ast, told),
            Err(_) => self.card_by_card(scope, defined, slips, faults),
        }
    }

    /// Compiles, passing over each undefined name once it is reported.
    fn passing_over(
        &self,
        text: &str,
        scope: &mut Scope<'static>,
        faults: &mut Diagnostics,
    ) -> Result<AST, ParseError> {
        let mut passed = 0;
        loop {
            let error = match self.engine.compile_with_scope(scope, text) {
                Ok(ast) => return Ok(ast),
                Err(error) => error,
            };
            let ParseErrorType::VariableUndefined(name) = &*error.0 else {
                return Err(error);
            };
            passed += 1;
            if passed > MOST_NAMES || sandbox::stopped().is_some() {
                return Err(error);
            }
            self.undefined(name, error.1, faults);
            scope.push_constant_dynamic(name.clone(), Dynamic::from(Undefined));
        }
    }

    fn card_by_card(
        &mut self,
        scope: Scope<'static>,
        defined: &[(String, Span, Span)],
        slips: Vec<Slips>,
        mut faults: Diagnostics,
    ) -> (AST, Diagnostics) {
        let source = self.source;
        // What stands in a statement that cannot be read may be used in any other.
        faults = faults
            .into_iter()
            .filter(|fault| fault.code != Code::UnusedConstant)
            .collect();
        let mut names = scope.clone();
        for function in self.functions.keys() {
            names.push_constant_dynamic(function.clone(), Dynamic::from(Undefined));
        }
        let mut sound: Vec<(Span, bool)> = Vec::new();
        for one in slips {
            let span = chunks::span(self.tokens, &one.chunk);
            let lines = source.line_and_column(span.start).0 - source.first_line();
            let text = format!("{}{}", "\n".repeat(lines), source.slice(span));
            let mut told = one.told.clone();
            let mut seen = names.clone();
            let result = match sandbox::stopped() {
                None => self.passing_over(&text, &mut seen, &mut told),
                Some(_) => break,
            };
            match result {
                Ok(_) => {
                    let unended = told.iter().any(|slip| slip.code == Code::MissingSemicolon);
                    sound.push((span, unended));
                    names = seen;
                    faults.extend(told);
                }
                Err(error) => {
                    self.lost.push(span);
                    faults.extend(self.explained(one, span, &error, &names));
                }
            }
        }
        self.lose(defined);
        let mut scope = scope;
        for name in &self.lost_names {
            scope.push_constant_dynamic(name.clone(), Dynamic::from(Undefined));
        }
        let text = joined(source.text(), &sound);
        match self.passing_over(&text, &mut scope, &mut faults) {
            Ok(ast) => (ast, faults),
            Err(error) => {
                // Each statement can be read, and all together cannot.
                if !faults.has_errors() {
                    faults.push(wording::of_parse(
                        &error.0,
                        error.1,
                        source,
                        self.tokens,
                        &self.workshop.limits,
                    ));
                }
                self.lost.push(Span::new(0, source.text().len()));
                (AST::empty(), faults)
            }
        }
    }

    /// Gives up a statement that can be read and means nothing.
    pub(super) fn lose_statement_at(&mut self, span: Span) {
        let chunk = chunks::split(self.source, self.tokens)
            .iter()
            .map(|chunk| chunks::span(self.tokens, chunk))
            .find(|chunk| chunk.holds(span));
        self.lost.extend(chunk);
    }

    /// Notes the names that the lost statements define.
    fn lose(&mut self, defined: &[(String, Span, Span)]) {
        let is_lost = |span: Span| self.lost.iter().any(|lost| lost.holds(span));
        let constants = defined
            .iter()
            .filter(|(_, name, _)| is_lost(*name))
            .map(|(name, ..)| name.clone());
        // `fn`, or another language's word for it, and the function's name.
        let named = self
            .tokens
            .windows(2)
            .filter(|pair| pair[0].is_word() && pair[1].is_word())
            .filter(|pair| {
                self.lost
                    .iter()
                    .any(|lost| lost.start == pair[0].span.start)
            })
            .map(|pair| pair[1].text.to_owned());
        self.lost_names = constants.chain(named).collect();
    }
}

/// The script with nothing but its sound statements, each at its place. What lacks its `;`
/// gets one: nothing stands after it on its line.
fn joined(text: &str, sound: &[(Span, bool)]) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = sound.iter().peekable();
    for (at, c) in text.char_indices() {
        while let Some((_, unended)) = rest.next_if(|(span, _)| span.end <= at) {
            joined.push_str(if *unended { ";" } else { "" });
        }
        let kept = rest.peek().is_some_and(|(span, _)| span.start <= at);
        joined.push(if c == '\n' || kept { c } else { ' ' });
    }
    joined
}
