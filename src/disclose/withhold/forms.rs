//! How far the answers to a question may be split: its published groups in, the form of each
//! sort of group out.

use super::super::answers::{Forms, Judge, Sort};
use super::super::crowd::Hiding;
use super::super::threshold::Verdict;
use super::super::unscored;
use super::OfItem;

impl OfItem<'_> {
    /// How far the answers may be split.
    pub(super) fn forms(&self, question: &crate::check::Question, verdicts: &[Verdict]) -> Forms {
        let any_hidden = (0..self.hidden.len()).any(|at| self.hidden[at] && !self.is_rolled(at));
        let safe = self.worst_hidden() == Hiding::Splits;
        let open: Vec<_> = self
            .range
            .clone()
            .filter_map(|at| {
                let finding = &self.assessment.findings[at];
                let counts = finding.local.answers.as_ref()?;
                let group = &self.assessment.groups[finding.group];
                let shown = !verdicts[at].local && !finding.local.nobody && !group.is_rolled();
                shown.then_some((Sort::of(group), counts))
            })
            .collect();
        let own = &self.assessment.findings[self.range.clone()];
        let tell_unscored = unscored::may_tell(self.assessment, own);
        let answers = question.answers.len();
        let judge = (&Judge::Answers, answers);
        let mut forms = Forms::of(judge, &open, any_hidden, safe, tell_unscored);
        // The whole's mean may weigh the services by how many each asked: with all five counts
        // beside it, it would tell how the services differ.
        let services = self.assessment.groups.iter().zip(&self.hidden);
        if services
            .filter(|(group, _)| group.service.is_some())
            .any(|(_, hidden)| *hidden)
        {
            let whole = open.iter().find(|(sort, _)| *sort == Sort::Whole);
            forms.coarsen(whole.map(|(_, counts)| *counts));
        }
        forms
    }
}
