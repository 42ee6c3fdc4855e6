//! Progress bars on stderr; silent where stderr is no terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar that is cleared when dropped.
pub struct Bar(ProgressBar);

impl Bar {
    /// Moves on by `by`.
    pub fn advance(&self, by: u64) {
        self.0.inc(by);
    }

    /// Sets how far it is.
    pub fn set(&self, at: u64) {
        self.0.set_position(at);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn bar(length: Option<u64>, template: &str) -> Bar {
    let bar = length.map_or_else(ProgressBar::no_length, ProgressBar::new);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    Bar(bar)
}

/// A bar that counts things.
pub fn count_bar(length: Option<u64>, what: &str) -> Bar {
    bar(length, &format!("{what} [{{bar:30}}] {{pos}}/{{len}} {{per_sec}} 还需 {{eta}}"))
}

/// A bar that counts bytes.
pub fn bytes_bar(length: Option<u64>, what: &str) -> Bar {
    bar(length, &format!("{what} [{{bar:30}}] {{bytes}}/{{total_bytes}} {{bytes_per_sec}} 还需 {{eta}}"))
}
