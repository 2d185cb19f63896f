//! By how much counts within a withheld group may move: the counts of each mixed class and how
//! many of its people the group may hold in, a number out.

/// How many people of each mixed class a withheld group may hold in datasets that follow
/// the published rule.
pub(super) enum Range {
    /// Any number up to this one in all, from any class.
    Up(u64),
    /// As many from each as now, or as can be.
    At(Vec<u64>),
}

/// The counts of all classes together.
pub(super) fn pooled(counts: &[&[u64]]) -> Vec<u64> {
    let answers = counts.first().map_or(0, |counts| counts.len());
    let of = |answer: usize| counts.iter().map(|counts| counts[answer]).sum();
    (0..answers).map(of).collect()
}

/// By how many a count of certain people among the group's may move.
pub(super) fn count_moves(counts: &[&[u64]], range: &Range, of: impl Fn(&[u64]) -> u64) -> u64 {
    match range {
        Range::Up(up) => counts.iter().map(|own| of(own)).sum::<u64>().min(*up),
        Range::At(take) => counts
            .iter()
            .zip(take)
            .map(|(counts, take)| {
                let (such, people) = (of(counts), counts.iter().sum::<u64>());
                such.min(*take) - take.saturating_sub(people - such)
            })
            .sum(),
    }
}
