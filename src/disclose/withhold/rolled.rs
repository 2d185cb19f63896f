//! Small groups that are told of together: what is decided of an item in, which of them are
//! published out.

use super::super::answers::Forms;
use super::super::threshold::Verdict;
use super::OfItem;

impl OfItem<'_> {
    /// Withholds what is rolled together and cannot be split as the others are.
    pub(super) fn unroll(&self, forms: &Forms, verdicts: &mut [Verdict]) {
        for at in self.range.clone() {
            let finding = &self.assessment.findings[at];
            let group = &self.assessment.groups[finding.group];
            let fits = |counts| forms.fits_rolled(group, counts);
            if group.is_rolled() && !finding.local.answers.as_ref().is_none_or(fits) {
                verdicts[at] = Verdict::of_nothing();
            }
        }
    }

    /// Publishes what is rolled together where none of its groups is published by itself and
    /// all that is withheld stays as well hidden as without it: the most groups first, and
    /// nobody in two of them.
    pub(super) fn roll_up(&mut self, may_tell: &[bool]) {
        if !self.all_hidden() || self.hidden[0] {
            return;
        }
        let rolls = |group: &usize| &self.assessment.groups[*group].rolls;
        let mut rolled: Vec<usize> = (0..may_tell.len())
            .filter(|group| may_tell[*group] && self.is_rolled(*group))
            .filter(|group| rolls(group).iter().all(|own| self.hidden[*own]))
            .collect();
        rolled.sort_by_key(|group| (std::cmp::Reverse(rolls(group).len()), *group));
        let mut told: Vec<usize> = Vec::new();
        for group in rolled {
            if rolls(&group).iter().any(|own| told.contains(own)) {
                continue;
            }
            let before = self.worst_hidden();
            self.hidden[group] = false;
            if self.all_hidden() && self.worst_hidden() >= before {
                told.extend(rolls(&group));
            } else {
                self.hidden[group] = true;
            }
        }
    }
}
