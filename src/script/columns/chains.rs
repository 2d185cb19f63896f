//! Chains of calls: which table stands at their left end.

use super::Reader;
use super::functions::bracket;
use std::collections::BTreeMap;

impl Reader<'_, '_> {
    pub(super) fn next_argument(&self, from: usize) -> usize {
        let mut depth = 0usize;
        for at in from..self.tokens.len() {
            let token = self.tokens[at];
            if token.opens() {
                depth += 1;
            } else if token.closes() {
                if depth == 0 {
                    return at;
                }
                depth -= 1;
            } else if depth == 0 && token.is(",") {
                return at + 1;
            }
        }
        self.tokens.len()
    }

    /// The table that an expression beginning here is a part of: `workers`,
    /// `workers.only(…)`.
    pub(super) fn root(&self, at: usize, names: &BTreeMap<String, String>) -> Option<String> {
        let table = names.get(self.tokens.get(at)?.text)?.clone();
        let mut next = at + 1;
        while self.is(next, ".") {
            if !self.is(next + 1, "only") || !self.is(next + 2, "(") {
                return None;
            }
            let span = bracket(self.tokens, next + 2);
            next = self
                .tokens
                .partition_point(|token| token.span.start < span.end);
        }
        Some(table)
    }

    /// The table at the left end of the chain that leads to the method at `at`.
    pub(super) fn chain_root(&self, at: usize, names: &BTreeMap<String, String>) -> Option<String> {
        let mut dot = at.checked_sub(1)?;
        loop {
            let left = dot.checked_sub(1)?;
            let token = self.tokens[left];
            if token.is_word() {
                return names.get(token.text).cloned();
            }
            if !token.is(")") {
                return None;
            }
            let mut depth = 0usize;
            let mut open = left;
            loop {
                let token = self.tokens[open];
                if token.closes() {
                    depth += 1;
                } else if token.opens() {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                open = open.checked_sub(1)?;
            }
            // `…​.only(…)`: go on to the left of its dot.
            dot = open.checked_sub(2)?;
            if !self.tokens[dot].is(".") {
                return None;
            }
        }
    }
}
