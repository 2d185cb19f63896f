//! Text for the terminal, line by line: heads in bold, long lines wrapped.

use crate::screen::{Colour, Screen, wrapped};

/// Text under construction.
pub struct Text<'s> {
    pub lines: Vec<String>,
    pub screen: &'s Screen,
}

impl<'s> Text<'s> {
    /// Nothing yet.
    pub fn on(screen: &'s Screen) -> Self {
        Self {
            lines: Vec::new(),
            screen,
        }
    }

    /// A line as it is.
    pub fn line(&mut self, text: &str) {
        self.lines.push(text.to_owned());
    }

    /// A line, or several where it is long.
    pub fn say(&mut self, text: &str) {
        self.line(&wrapped(text, 6));
    }

    /// A title.
    pub fn head(&mut self, text: &str) {
        let text = self.screen.painted(Colour::Bold, text);
        self.line(&text);
    }

    /// The title of a further part.
    pub fn part(&mut self, title: &str) {
        self.line("");
        self.head(title);
    }
}
