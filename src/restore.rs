//! What was changed for the length of a piece of work is put back when that is over: at its end in, and where
//! it panics too.

/// Does something when it goes out of scope, whatever the reason.
pub(crate) struct AtEnd<F: FnOnce()>(Option<F>);

impl<F: FnOnce()> AtEnd<F> {
    pub(crate) fn of(work: F) -> Self {
        Self(Some(work))
    }
}

impl<F: FnOnce()> Drop for AtEnd<F> {
    fn drop(&mut self) {
        if let Some(work) = self.0.take() {
            work();
        }
    }
}
