//! Documents that are worked on together: so many, or fewer where they are large.

/// Most bytes of content in a batch, but for its last document (a guess: two batches at a time and what is
/// made of them stay far below a gigabyte).
const MAX_BYTES: usize = 64_000_000;

/// Things that are gathered until they are enough.
pub(super) struct Batch<T> {
    things: Vec<T>,
    bytes: usize,
    most: usize,
}

impl<T> Batch<T> {
    /// An empty batch of at most so many things.
    pub(super) fn new(most: usize) -> Self {
        Self {
            things: Vec::new(),
            bytes: 0,
            most,
        }
    }

    /// Adds a thing with the bytes of its content.
    pub(super) fn push(&mut self, thing: T, bytes: usize) {
        self.things.push(thing);
        self.bytes += bytes;
    }

    pub(super) fn is_full(&self) -> bool {
        self.things.len() >= self.most || self.bytes >= MAX_BYTES
    }

    /// Takes out what was gathered.
    pub(super) fn take(&mut self) -> Vec<T> {
        self.bytes = 0;
        std::mem::take(&mut self.things)
    }
}

/// The next things of a sequence, none at its end.
pub(super) fn next<T>(
    things: &mut impl Iterator<Item = T>,
    most: usize,
    bytes: impl Fn(&T) -> usize,
) -> Vec<T> {
    let mut batch = Batch::new(most);
    while !batch.is_full() {
        let Some(thing) = things.next() else { break };
        let bytes = bytes(&thing);
        batch.push(thing, bytes);
    }
    batch.take()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_ends_with_its_number_or_its_bytes() {
        let large = |size: &usize| *size;
        let mut sizes = [1, 1, MAX_BYTES / 2, MAX_BYTES / 2, 1, MAX_BYTES, 1].into_iter();
        assert_eq!(next(&mut sizes, 2, large), [1, 1]);
        assert_eq!(next(&mut sizes, 9, large), [MAX_BYTES / 2, MAX_BYTES / 2]);
        assert_eq!(next(&mut sizes, 9, large), [1, MAX_BYTES]);
        assert_eq!(next(&mut sizes, 9, large), [1]);
        assert!(next(&mut sizes, 9, large).is_empty());
    }
}
