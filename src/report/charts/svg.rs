//! Writing a chart: marks and words in, one `<svg>` out.
//!
//! The drawing is 320 units wide; a unit is about a pixel on a telephone. The scale runs
//! from 0 to 100 between [`LEFT`] and [`RIGHT`].

use crate::report::escape;
use std::fmt::Write;

/// Width of a drawing.
pub const WIDTH: f64 = 320.0;
/// Where 0 is.
pub const LEFT: f64 = 8.0;
/// Where 100 is.
pub const RIGHT: f64 = 312.0;
/// Letters that fit on a line.
const LINE: usize = 40;
/// From one line of words to the next.
pub const LEADING: f64 = 16.0;

/// Where a value from 0 to 100 is.
pub fn at(value: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * value / 100.0
}

/// A drawing that grows downwards.
pub struct Drawing {
    id: String,
    title: String,
    description: String,
    body: String,
    /// How far down it reaches.
    pub y: f64,
}

impl Drawing {
    /// An empty one. `id` is unique on its page.
    pub fn new(id: &str, title: &str, description: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            body: String::new(),
            y: 0.0,
        }
    }

    /// A straight line of a class, from one place to another.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.put(format_args!(
            "<line class=\"{class}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
            n(from.0),
            n(from.1),
            n(to.0),
            n(to.1)
        ));
    }

    /// A dot.
    pub fn dot(&mut self, class: &str, x: f64, y: f64, radius: f64) {
        self.put(format_args!(
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            n(x),
            n(y),
            n(radius)
        ));
    }

    /// A square on its corner, for what is not counted but claimed.
    pub fn diamond(&mut self, class: &str, x: f64, y: f64, radius: f64) {
        self.put(format_args!(
            "<path class=\"{class}\" d=\"M{} {}L{} {}L{} {}L{} {}Z\"/>",
            n(x),
            n(y - radius),
            n(x + radius),
            n(y),
            n(x),
            n(y + radius),
            n(x - radius),
            n(y)
        ));
    }

    /// A box.
    pub fn bar(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64) {
        self.put(format_args!(
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            n(x),
            n(y),
            n(width),
            n(height)
        ));
    }

    /// Words whose anchor (`start`, `middle`, `end`) is at `x`.
    pub fn words(&mut self, class: &str, anchor: &str, x: f64, y: f64, words: &str) {
        self.put(format_args!(
            "<text class=\"{class}\" text-anchor=\"{anchor}\" x=\"{}\" y=\"{}\">{}</text>",
            n(x),
            n(y),
            escape::html(words)
        ));
    }

    /// Words from the left, on as many lines as they need; the drawing grows by them.
    pub fn paragraph(&mut self, class: &str, words: &str) {
        for line in lines(words) {
            self.y += LEADING;
            let y = self.y;
            self.words(class, "start", LEFT, y, &line);
        }
    }

    /// The whole.
    pub fn finish(self) -> String {
        let Self {
            id,
            title,
            description,
            body,
            y,
        } = self;
        format!(
            "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" viewBox=\"0 0 {} {}\" xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{body}</svg>",
            n(WIDTH),
            n(y + 4.0),
            escape::html(&title),
            escape::html(&description)
        )
    }

    fn put(&mut self, mark: std::fmt::Arguments<'_>) {
        writeln!(self.body, "{mark}").expect("a text takes all that is written to it");
    }
}

/// A length in hundredths, without zeros at its end.
fn n(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Words on lines that fit; a word that is too long stands alone.
fn lines(words: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
