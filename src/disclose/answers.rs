//! How far it may be seen how a question was answered, and how many hold how many cases.

mod form;
mod printed;
mod room;

use super::threshold::VALUES;
use super::{Held, Hold};
use crate::assessment::Group;
use crate::data::AnswerCounts;
pub(super) use form::{Form, alike, coarse, part_of};
pub(super) use printed::{answers, bands, is_banded, splits};
use std::collections::BTreeSet;

/// Answers below which they are published coarsely, and from which the whole council may
/// be seen to agree.
pub(super) const COARSE: u32 = 50;

/// How far a question's answers are split, and where those not scored are told. Groups of one
/// breakdown are split alike: else one group's merged part could be had from the others.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Forms {
    pub whole: Form,
    pub services: Form,
    pub others: Form,
    /// Breakdowns whose groups are not split all the same.
    unsplit: BTreeSet<String>,
    unscored_of_whole: bool,
}

/// What a group is to a split.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Sort<'a> {
    Whole,
    Service,
    /// A group of any other breakdown.
    Of(&'a str),
}

impl<'a> Sort<'a> {
    pub(super) fn of(group: &'a Group) -> Self {
        match group.breakdown.as_str() {
            "whole" => Sort::Whole,
            _ if group.service.is_some() => Sort::Service,
            breakdown => Sort::Of(breakdown),
        }
    }
}

/// A published group: what it is, and its counts.
pub(super) type Open<'a> = (Sort<'a>, &'a AnswerCounts);

/// What is split, and which forms other figures allow.
pub(super) enum Judge<'a> {
    /// The answers to a question.
    Answers,
    /// Case holders by their caseloads; whether a form may be told of a sort of group.
    Bands(&'a dyn Fn(Sort<'_>, Form) -> bool),
}

impl Judge<'_> {
    fn allows(&self, sort: Sort<'_>, form: Form, groups: &[&AnswerCounts], strict: bool) -> bool {
        let fits = |counts: &[u32]| match self {
            Judge::Answers => form.fits(counts, strict),
            Judge::Bands(_) => form.fits_bands(counts, strict),
        };
        let fine = |counts: &AnswerCounts| {
            form != Form::Fine || counts.scored.len() <= 3 || counts.answered() >= COARSE
        };
        let may = match self {
            Judge::Answers => true,
            Judge::Bands(may) => form == Form::None || may(sort, form),
        };
        may && (groups.iter()).all(|counts| fine(counts) && fits(&counts.scored))
    }
}

impl Forms {
    /// From the published groups. `any_hidden`: some group is withheld; `safe`: were all split, five values of
    /// every part of a withheld group would still be possible; `tell_unscored`: how many answers
    /// are not scored may be told of the whole.
    pub(super) fn of(
        (judge, answers): (&Judge<'_>, usize),
        open: &[Open<'_>],
        any_hidden: bool,
        safe: bool,
        tell_unscored: bool,
    ) -> Self {
        let of = |wanted: &dyn Fn(Sort<'_>) -> bool| -> Vec<&AnswerCounts> {
            let own = open.iter().filter(|(sort, _)| wanted(*sort));
            own.map(|(_, counts)| *counts).collect()
        };
        let whole = of(&|sort| sort == Sort::Whole);
        let services = of(&|sort| sort == Sort::Service);
        let finest = |sort: Sort<'_>, groups: &[&AnswerCounts], under: Form, strict: bool| {
            Form::ALL
                .into_iter()
                .filter(|form| form.follows_from(under))
                .find(|form| !groups.is_empty() && judge.allows(sort, *form, groups, strict))
                .unwrap_or(Form::None)
        };
        let mut of_whole = finest(Sort::Whole, &whole, Form::Fine, any_hidden);
        let under = if whole.is_empty() {
            Form::Fine
        } else {
            of_whole
        };
        let of_services = if safe {
            finest(Sort::Service, &services, under, false)
        } else {
            Form::None
        };
        // What the services hide and the whole tells must leave each of them five values.
        if !services.is_empty() && of_services != of_whole && !leaves_room(&services, of_services) {
            of_whole = match of_services {
                Form::Upper | Form::Lower
                    if judge.allows(Sort::Whole, of_services, &whole, any_hidden) =>
                {
                    of_services
                }
                _ => of_whole,
            };
        }
        let under = if services.is_empty() {
            under
        } else {
            of_services
        };
        let coarsely = match under {
            Form::Fine if answers > 3 => Form::Coarse,
            other => other,
        };
        // All breakdowns in one form, that in which most of them can be split.
        let breakdowns: BTreeSet<&str> = open
            .iter()
            .filter_map(|(sort, _)| match sort {
                Sort::Of(breakdown) => Some(*breakdown),
                Sort::Whole | Sort::Service => None,
            })
            .collect();
        let (of_others, split) = Form::ALL
            .into_iter()
            .filter(|form| safe && form.follows_from(coarsely) && *form != Form::None)
            .map(|form| {
                let own = breakdowns.iter().filter(|breakdown| {
                    let groups = of(&|sort| sort == Sort::Of(breakdown));
                    judge.allows(Sort::Of(breakdown), form, &groups, false)
                });
                (form, own.copied().collect::<BTreeSet<&str>>())
            })
            .filter(|(_, split)| !split.is_empty())
            // Of equally many the finest, which comes first.
            .reduce(|best, next| {
                if next.1.len() > best.1.len() {
                    next
                } else {
                    best
                }
            })
            .unwrap_or_default();
        let unsplit = breakdowns.difference(&split);
        Self {
            whole: of_whole,
            services: of_services,
            others: of_others,
            unsplit: unsplit.map(|breakdown| (*breakdown).to_owned()).collect(),
            unscored_of_whole: tell_unscored,
        }
    }

    /// Splits as little as is held back of an item.
    pub(super) fn hold_as(&mut self, held: &Held, item: &str) {
        if held.is_unsplit(item) {
            self.hold(Hold::Splits);
        }
        if let Some(hold) = held.get(item) {
            self.hold(*hold);
        }
    }

    /// Splits less, or not at all.
    fn hold(&mut self, hold: Hold) {
        let whole = match hold {
            Hold::RollUps => return,
            Hold::Splits if self.whole == Form::Fine => Form::Coarse,
            Hold::Splits => self.whole,
            Hold::AllSplits | Hold::Groups | Hold::Everything => Form::None,
        };
        *self = Self {
            whole,
            ..Self::default()
        };
    }

    /// Splits the whole, whose counts these are, coarsely at the finest.
    pub(super) fn coarsen(&mut self, whole: Option<&AnswerCounts>) {
        if self.whole == Form::Fine {
            let fits = |form: &Form| whole.is_none_or(|counts| form.fits(&counts.scored, true));
            self.whole = [Form::Coarse, Form::Upper, Form::Lower]
                .into_iter()
                .find(fits)
                .unwrap_or(Form::None);
        }
    }

    /// Whether groups that are rolled together can be split as the others of their breakdown:
    /// if not, their split would be what the others leave.
    pub(super) fn fits_rolled(&self, group: &Group, counts: &AnswerCounts) -> bool {
        self.of_group(group).0.fits(&counts.scored, true)
    }

    /// The form of the whole, of a service or of any other group, and whether those not
    /// scored are told.
    pub(super) fn of_group(&self, group: &Group) -> (Form, bool) {
        match Sort::of(group) {
            Sort::Whole => (self.whole, self.unscored_of_whole),
            Sort::Service => (self.services, false),
            Sort::Of(breakdown) if self.unsplit.contains(breakdown) => (Form::None, false),
            Sort::Of(_) => (self.others, false),
        }
    }
}

/// Whether the middle part of each group, merged with its neighbour, may have five values by
/// the group's own number, total and remaining part.
fn leaves_room(groups: &[&AnswerCounts], form: Form) -> bool {
    groups.iter().all(|counts| match counts.scored.as_slice() {
        [a, b, c, d, e] => {
            let total = i64::from(b + 2 * c + 3 * d + 4 * e);
            let (merged, rest) = match form {
                Form::Upper => (i64::from(a + b + c), i64::from(d + e)),
                Form::Lower => (i64::from(c + d + e), i64::from(a + b)),
                _ => return true,
            };
            let possible = |middle: &i64| {
                let (low, high) = match form {
                    Form::Upper => (3 * rest, 4 * rest + (merged - middle)),
                    _ => (3 * (merged - middle), rest + 4 * (merged - middle)),
                };
                (low..=high).contains(&(total - 2 * middle))
            };
            (0..=merged).filter(possible).count() as u64 >= VALUES
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Question;
    use crate::national::ANSWERS;
    use crate::publication::AnswerCount;

    fn question(answers: &[&str]) -> Question {
        Question {
            answers: answers.iter().map(|label| (*label).to_owned()).collect(),
            unscored: Vec::new(),
            reverse: false,
            column: "q".into(),
            header: None,
            header_place: None,
            hint: None,
        }
    }

    fn group(breakdown: &str) -> Group {
        Group {
            breakdown: breakdown.into(),
            name: "one".into(),
            service: None,
            rolls: Vec::new(),
        }
    }

    fn counts(scored: &[u32]) -> AnswerCounts {
        AnswerCounts {
            scored: scored.to_vec(),
            ..AnswerCounts::default()
        }
    }

    fn published(question: &Question, scored: &[u32]) -> Option<Vec<(String, String)>> {
        let counts = counts(scored);
        let forms = Forms::of(
            (&Judge::Answers, scored.len()),
            &[(Sort::Whole, &counts)],
            false,
            true,
            true,
        );
        let answers = answers(question, &counts, (forms.whole, true))?;
        let pair = |part: &AnswerCount| (part.label.clone(), part.count.text.clone());
        Some(answers.counts.iter().map(pair).collect())
    }

    fn pairs(pairs: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
        let owned = |(label, count): &(&str, &str)| ((*label).to_owned(), (*count).to_owned());
        Some(pairs.iter().map(owned).collect())
    }

    #[test]
    fn answers_are_three_ways_below_50_and_five_ways_from_50() {
        let five = question(&ANSWERS);
        assert_eq!(
            published(&five, &[3, 6, 10, 20, 10]),
            pairs(&[("disagree", "9"), ("neither", "10"), ("agree", "30")])
        );
        let five_ways = published(&five, &[3, 6, 10, 21, 10]).expect("no small part");
        assert_eq!(five_ways.len(), 5);
    }

    #[test]
    fn a_part_of_one_or_two_people_is_merged_with_its_neighbour() {
        let five = question(&ANSWERS);
        assert_eq!(
            published(&five, &[4, 4, 1, 4, 4]),
            pairs(&[("disagree or neither", "9"), ("agree", "8")])
        );
        assert_eq!(
            published(&five, &[2, 2, 4, 4, 4]),
            pairs(&[("disagree", "4"), ("neither", "4"), ("agree", "8")])
        );
        assert_eq!(
            published(&five, &[1, 2, 5, 4, 4]),
            pairs(&[("disagree or neither", "8"), ("agree", "8")])
        );
        assert_eq!(
            published(&five, &[4, 4, 5, 2, 1]),
            pairs(&[("disagree", "8"), ("neither or agree", "8")])
        );
        assert!(published(&five, &[4, 4, 0, 4, 4]).is_some_and(|parts| parts.len() == 3));
        assert!(published(&five, &[2, 20, 20, 20, 20]).is_some_and(|parts| parts.len() == 3));
    }

    #[test]
    fn where_merging_leaves_a_small_part_nothing_is_split() {
        let five = question(&ANSWERS);
        assert_eq!(published(&five, &[1, 0, 1, 20, 4]), None);
        assert_eq!(published(&five, &[1, 0, 20, 1, 0]), None);
    }

    #[test]
    fn groups_of_one_sort_are_split_alike_and_never_finer_than_what_holds_them() {
        let (whole, north) = (counts(&[8, 8, 9, 8, 8]), counts(&[4, 4, 1, 4, 4]));
        let (south, team) = (counts(&[4, 4, 8, 4, 4]), counts(&[4, 4, 4, 4, 4]));
        let open = [
            (Sort::Whole, &whole),
            (Sort::Service, &north),
            (Sort::Service, &south),
            (Sort::Of("team"), &team),
        ];
        let forms = Forms::of((&Judge::Answers, 5), &open, false, true, true);
        assert_eq!(forms.whole, Form::Coarse);
        assert_eq!(forms.services, Form::Upper);
        assert_eq!(forms.others, Form::Upper);
    }

    #[test]
    fn beside_a_withheld_group_no_part_has_fewer_than_four_and_only_the_whole_tells_who_had_no_view()
     {
        let whole = AnswerCounts {
            unscored: 5,
            ..counts(&[8, 8, 3, 8, 8])
        };
        let team = AnswerCounts {
            unscored: 5,
            ..counts(&[4, 4, 3, 4, 4])
        };
        let open = [(Sort::Whole, &whole), (Sort::Of("team"), &team)];
        let forms = Forms::of((&Judge::Answers, 5), &open, true, true, true);
        assert_eq!((forms.whole, forms.others), (Form::Upper, Form::Upper));
        assert_eq!(forms.of_group(&group("whole")), (Form::Upper, true));
        assert_eq!(forms.of_group(&group("team")), (Form::Upper, false));
        let unsafe_below = Forms::of((&Judge::Answers, 5), &open, true, false, true);
        assert_eq!(unsafe_below.whole, Form::Upper);
        assert_eq!(unsafe_below.others, Form::None);
    }

    #[test]
    fn a_breakdown_that_cannot_be_split_leaves_another_one_split() {
        let (whole, team) = (counts(&[8, 8, 9, 8, 8]), counts(&[0, 0, 4, 2, 10]));
        let locality = counts(&[4, 4, 5, 4, 4]);
        let open = [
            (Sort::Whole, &whole),
            (Sort::Of("team"), &team),
            (Sort::Of("locality"), &locality),
        ];
        let forms = Forms::of((&Judge::Answers, 5), &open, false, true, true);
        assert_eq!(forms.of_group(&group("locality")).0, Form::Coarse);
        assert_eq!(forms.of_group(&group("team")).0, Form::None);
    }

    #[test]
    fn a_split_from_which_a_single_answer_followed_is_made_coarser_or_left_out() {
        let five = question(&ANSWERS);
        // Beside their mean, nobody of the agreeing could have been anything but what they were.
        assert_eq!(
            published(&five, &[0, 3, 4, 9, 4]),
            pairs(&[("disagree or neither", "7"), ("agree", "13")])
        );
        assert_eq!(published(&five, &[0, 0, 4, 0, 16]), None);
    }

    #[test]
    fn scales_of_other_lengths_have_coarse_parts_of_their_own() {
        let four = question(&["never", "seldom", "often", "always"]);
        let pairs = published(&four, &[4, 4, 5, 5]).expect("no small part");
        assert_eq!(pairs[0], ("never or seldom".to_owned(), "8".to_owned()));
        assert_eq!(pairs[1], ("often or always".to_owned(), "10".to_owned()));
    }

    #[test]
    fn all_or_all_but_one_alike_and_the_whole_from_50_exempt() {
        for (counts, whole, expected) in [
            (&[0, 0, 0, 12, 0], false, true),
            (&[0, 1, 0, 11, 0], false, true),
            (&[0, 2, 0, 10, 0], false, false),
            (&[0, 0, 0, 49, 0], true, true),
            (&[0, 0, 0, 50, 0], true, false),
            (&[0, 0, 0, 50, 0], false, true),
        ] {
            assert_eq!(alike(counts, whole), expected, "{counts:?}");
        }
    }
}
