//! What belongs together in a script, and where its lines break.

use super::WIDEST;
use super::lines::Laid;
use super::spaces;
use crate::script::tokens::{Kind, Token};

/// What a pair of brackets holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// `#{ key: value }`.
    Keys,
    /// `[a, b]`.
    Values,
    /// `(a, b)`, after a name or not.
    Arguments,
    /// `{ a; b }`.
    Statements,
}

/// A pair of brackets.
#[derive(Debug)]
pub(super) struct Group {
    pub holds: Holds,
    /// Where its brackets stand among the pieces.
    pub open: usize,
    pub close: usize,
    /// The group around it.
    pub within: Option<usize>,
    /// Whether what it holds stands on lines of its own.
    pub broken: bool,
}

/// A token, and what stands before it.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub token: Token<'a>,
    /// The innermost group that it stands in; a bracket stands in the group around its own.
    pub within: Option<usize>,
    /// The group whose bracket it is.
    pub bracket: Option<usize>,
    /// Line ends before it: 2 leaves a blank line.
    pub breaks: usize,
    /// Whether a new key, value, argument or statement begins with it.
    pub begins: bool,
    /// Spaces before it where no line ends there.
    pub spaces: usize,
    /// A comma to be written after it, or one that is left out.
    pub comma: Comma,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comma {
    AsIs,
    Added,
    /// The piece is a comma, and is not written.
    LeftOut,
}

impl Piece<'_> {
    pub(super) fn is_note(&self) -> bool {
        matches!(self.token.kind, Kind::Comment | Kind::DocComment)
    }

    /// A comment that ends with its line.
    pub(super) fn ends_its_line(&self) -> bool {
        self.is_note() && self.token.text.starts_with("//")
    }
}

/// A script taken apart.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    pub pieces: Vec<Piece<'a>>,
    pub groups: Vec<Group>,
}

impl<'a> Shape<'a> {
    /// `None` if its brackets do not pair.
    pub(super) fn of(text: &str, tokens: &[Token<'a>]) -> Option<Self> {
        let mut shape = Self {
            pieces: Vec::with_capacity(tokens.len()),
            groups: Vec::new(),
        };
        let mut open: Vec<usize> = Vec::new();
        let mut end = 0;
        for (at, token) in tokens.iter().enumerate() {
            let between = &text[end..token.span.start];
            end = token.span.end;
            let mut bracket = None;
            if token.closes() {
                let group = open.pop()?;
                let opening = shape.pieces[shape.groups[group].open].token.text;
                if !pairs(opening, token.text) {
                    return None;
                }
                shape.groups[group].close = at;
                bracket = Some(group);
            }
            let within = open.last().copied();
            if token.opens() {
                bracket = Some(shape.groups.len());
                open.push(shape.groups.len());
                shape.groups.push(Group {
                    holds: match token.text {
                        "#{" => Holds::Keys,
                        "[" => Holds::Values,
                        "(" => Holds::Arguments,
                        _ => Holds::Statements,
                    },
                    open: at,
                    close: at,
                    within,
                    broken: false,
                });
            }
            let piece = Piece {
                token: *token,
                within,
                bracket,
                breaks: between.matches('\n').count().min(2),
                begins: false,
                spaces: usize::from(!between.is_empty()),
                comma: Comma::AsIs,
            };
            let place = shape.place_of(&piece);
            shape.pieces.insert(place, piece);
        }
        if !open.is_empty() {
            return None;
        }
        shape.find_beginnings();
        shape.settle();
        Some(shape)
    }

    /// Where a piece goes: at the end, but a comma or semicolon before the notes that keep it
    /// from what it ends.
    fn place_of(&self, piece: &Piece<'_>) -> usize {
        let end = self.pieces.len();
        if !(piece.token.is(",") || piece.token.is(";")) {
            return end;
        }
        match self.before(end) {
            Some(last) if !self.pieces[last].token.opens() => last + 1,
            _ => end,
        }
    }

    /// The last piece before `at` that is no comment.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|before| !self.pieces[*before].is_note())
    }

    fn holds(&self, group: Option<usize>) -> Holds {
        group.map_or(Holds::Statements, |group| self.groups[group].holds)
    }

    fn find_beginnings(&mut self) {
        for at in 0..self.pieces.len() {
            let piece = &self.pieces[at];
            let begins = match self.before(at) {
                None => true,
                Some(before) => {
                    let previous = &self.pieces[before];
                    let own_level = previous.within == piece.within;
                    let opened = previous.token.opens() && previous.bracket == piece.within;
                    let statements = self.holds(piece.within) == Holds::Statements;
                    let parted = own_level
                        && (previous.token.is(";") && statements
                            || previous.token.is(",") && !spaces::parts_parameters(self, before));
                    let block_ended = own_level
                        && previous.token.is("}")
                        && self.holds(previous.bracket) == Holds::Statements
                        && statements
                        && may_begin(&piece.token);
                    opened || parted || block_ended
                }
            };
            self.pieces[at].begins = begins && !piece.token.closes();
        }
    }

    /// Whether a group is the list of keys of a card: `verb("id", #{ … })`, at the margin.
    fn is_of_a_card(&self, group: usize) -> bool {
        let group = &self.groups[group];
        group.holds == Holds::Keys
            && group.within.is_some_and(|call| {
                let call = &self.groups[call];
                call.holds == Holds::Arguments && call.within.is_none()
            })
    }

    /// Decides which lines break, and which do not.
    fn settle(&mut self) {
        // From the inside out: a group comes after the one around it.
        for group in (0..self.groups.len()).rev() {
            self.groups[group].broken = self.should_break(group);
        }
        for at in 0..self.pieces.len() {
            self.pieces[at].breaks = self.breaks_before(at);
            self.pieces[at].spaces = spaces::before(self, at);
        }
        for group in 0..self.groups.len() {
            self.mind_the_comma(group);
        }
    }

    fn should_break(&self, group: usize) -> bool {
        let (open, close) = (self.groups[group].open, self.groups[group].close);
        let of_a_card = self.is_of_a_card(group);
        let broken_inside = || {
            let inner = self.groups[group + 1..].iter();
            inner
                .take_while(|inner| inner.open < close)
                .any(|inner| inner.broken)
        };
        if of_a_card && self.parts(group) > 1 && broken_inside() {
            return true;
        }
        (open + 1..=close).any(|at| {
            let piece = &self.pieces[at];
            let directly = piece.within == Some(group) && !piece.token.closes();
            let last = at == close;
            let first = at == open + 1;
            // A comment to the end of its line breaks whatever holds it.
            (directly && piece.ends_its_line())
                || (piece.breaks > 0
                    && if last {
                        // Only the bracket hangs: the author's one line, badly closed.
                        of_a_card
                    } else {
                        directly && (first || of_a_card || piece.begins)
                    })
        })
    }

    fn breaks_before(&self, at: usize) -> usize {
        let piece = &self.pieces[at];
        let Some(previous) = at.checked_sub(1).map(|before| &self.pieces[before]) else {
            return 0;
        };
        let least = usize::from(previous.ends_its_line());
        if piece.token.kind == Kind::Comment && piece.breaks == 0 {
            return least;
        }
        let after_open = previous.token.opens();
        let group = match piece.token.closes() {
            true => piece.bracket,
            false => piece.within,
        };
        let Some(group) = group else {
            return match (piece.begins, piece.is_note()) {
                // Each card begins at the margin.
                (true, false) if !previous.is_note() => piece.breaks.max(1),
                (true, _) | (_, true) => piece.breaks.max(least),
                (false, false) => self.within_an_element(at).max(least),
            };
        };
        let broken = self.groups[group].broken;
        if piece.token.closes() {
            return match broken && !(after_open && piece.bracket == previous.bracket) {
                true => 1,
                false => least,
            };
        }
        if after_open && previous.bracket == Some(group) {
            return usize::from(broken).max(least);
        }
        if !broken {
            return match piece.begins {
                true => least,
                false => self.within_an_element(at).max(least),
            };
        }
        if piece.is_note() {
            return piece.breaks.max(least);
        }
        if !piece.begins {
            return self.within_an_element(at).max(least);
        }
        let statement = self.holds(Some(group)) == Holds::Statements;
        let own_line = statement || self.is_of_a_card(group);
        // A comment on a line of its own goes before what it speaks of.
        let noted = previous.is_note();
        match own_line && !noted {
            true => piece.breaks.max(1),
            false => piece.breaks.max(least),
        }
    }

    /// Line ends before a piece in the middle of a value or statement.
    fn within_an_element(&self, at: usize) -> usize {
        let piece = &self.pieces[at];
        let Some(previous) = self.before(at).map(|before| &self.pieces[before]) else {
            return 0;
        };
        let token = &piece.token;
        let joined = matches!(token.text, "," | ";" | ":" | "else" | "{" | "(")
            || previous.token.is(":")
            || spaces::closes_parameters(self, self.before(at).unwrap_or(0));
        let text = matches!(token.kind, Kind::Text | Kind::Letter);
        match joined && !(text && !previous.token.is(":")) {
            true => 0,
            false => piece.breaks.min(1),
        }
    }

    fn mind_the_comma(&mut self, group: usize) {
        let (open, close) = (self.groups[group].open, self.groups[group].close);
        let Some(last) = self.before(close).filter(|last| *last > open) else {
            return;
        };
        if self.groups[group].holds == Holds::Statements {
            return;
        }
        let is_comma = self.pieces[last].token.is(",");
        let broken = self.groups[group].broken;
        let inner = self.before(last).is_some_and(|inner| inner > open);
        self.pieces[last].comma = match (is_comma, broken) {
            (true, false) if inner => Comma::LeftOut,
            (false, true) if !self.holds_one_thing(group) => Comma::Added,
            _ => Comma::AsIs,
        };
    }

    /// `rows[0]` and `(a + b)` hold one thing, and take no comma after it.
    fn holds_one_thing(&self, group: usize) -> bool {
        let group = &self.groups[group];
        let touches_a_value = !self.pieces[group.open].begins
            && self
                .before(group.open)
                .is_some_and(|before| spaces::ends_a_value(&self.pieces[before].token));
        match group.holds {
            Holds::Values => touches_a_value,
            Holds::Arguments => !touches_a_value,
            Holds::Keys | Holds::Statements => false,
        }
    }

    /// The group to be opened up so that a line that is too wide becomes shorter.
    pub(super) fn too_wide(&self, laid: &Laid<'_>) -> Option<usize> {
        laid.lines
            .iter()
            .filter(|line| line.width > WIDEST)
            .find_map(|line| {
                let whole: Vec<usize> = (0..self.groups.len())
                    .filter(|group| {
                        let group = &self.groups[*group];
                        !group.broken && line.pieces.contains(&group.open)
                    })
                    .collect();
                let wanted = |holds: Holds, least: usize| {
                    whole.iter().copied().find(|group| {
                        self.groups[*group].holds == holds && self.parts(*group) >= least
                    })
                };
                wanted(Holds::Keys, 1)
                    .or_else(|| wanted(Holds::Values, 2))
                    .or_else(|| wanted(Holds::Statements, 1))
                    .or_else(|| wanted(Holds::Arguments, 2))
            })
    }

    /// How many things stand side by side in a group.
    fn parts(&self, group: usize) -> usize {
        let (open, close) = (self.groups[group].open, self.groups[group].close);
        (open + 1..close)
            .filter(|at| self.pieces[*at].within == Some(group) && self.pieces[*at].begins)
            .filter(|at| !self.pieces[*at].is_note())
            .count()
    }

    /// Puts what a group holds on lines of their own.
    pub(super) fn open_up(&mut self, group: usize) {
        let (open, close) = (self.groups[group].open, self.groups[group].close);
        self.groups[group].broken = true;
        for at in open + 1..close {
            let piece = &mut self.pieces[at];
            if piece.within == Some(group) && piece.begins {
                piece.breaks = piece.breaks.max(1);
            }
        }
        self.pieces[close].breaks = 1;
        self.mind_the_comma(group);
    }
}

fn pairs(open: &str, close: &str) -> bool {
    matches!((open, close), ("(", ")") | ("[", "]") | ("{" | "#{", "}"))
}

/// Whether a statement can begin with a token, straight after a block.
fn may_begin(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Word => !matches!(token.text, "else" | "and" | "or" | "in" | "until" | "catch"),
        Kind::Number | Kind::Text | Kind::Letter | Kind::Comment | Kind::DocComment => true,
        _ => matches!(token.text, "#{" | "!" | "|" | "||"),
    }
}
