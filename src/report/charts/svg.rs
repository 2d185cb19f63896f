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

/// A number in hundredths, without zeros at its end.
pub fn n(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Words on lines that fit the whole width.
fn lines(words: &str) -> Vec<String> {
    lines_of(words, LINE)
}

/// Words on lines of so many letters; a word that is too long stands alone.
pub fn lines_of(words: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A scale of its own, from one round number to another.
pub struct Axis {
    from: f64,
    step: f64,
    steps: usize,
}

/// Steps of an axis at the most.
const STEPS: usize = 6;

impl Axis {
    /// The shortest one with round steps over all these values; from 0 to 1 where there are
    /// none.
    pub fn over(values: impl Iterator<Item = f64>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            low = low.min(value);
            high = high.max(value);
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let least = (high - low).max(1.0) / STEPS as f64;
        let ten = 10_f64.powf(least.log10().floor());
        // A value between two steps may need one step more at each end.
        [1.0, 2.0, 5.0, 10.0, 20.0, 50.0]
            .into_iter()
            .map(|step| step * ten)
            .map(|step| {
                let from = (low / step).floor() * step;
                let steps = ((high - from) / step).ceil().max(1.0) as usize;
                Self { from, step, steps }
            })
            .find(|axis| axis.steps <= STEPS)
            .expect("a step of fifty times the least spans any range in six")
    }

    /// Where a value is, from left to right.
    pub fn at(&self, value: f64) -> f64 {
        at(100.0 * self.share(value))
    }

    /// How far along a value is, from 0 to 1.
    pub fn share(&self, value: f64) -> f64 {
        (value - self.from) / (self.step * self.steps as f64)
    }

    /// Its first number and its last.
    pub fn ends(&self) -> (f64, f64) {
        (self.from, self.from + self.step * self.steps as f64)
    }

    /// The axis with its numbers, where the drawing has come to.
    pub fn draw(&self, drawing: &mut Drawing) {
        let y = drawing.y;
        drawing.line("axis", (LEFT, y), (RIGHT, y));
        drawing.y += 12.0;
        for step in 0..=self.steps {
            let anchor = match step {
                0 => "start",
                last if last == self.steps => "end",
                _ => "middle",
            };
            let value = self.from + self.step * step as f64;
            let x = self.at(value);
            drawing.line("axis", (x, y), (x, y + 3.0));
            drawing.words("tick", anchor, x, drawing.y, &n(value));
        }
    }
}
