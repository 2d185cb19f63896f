//! How groups lie within one another: what a reader may take for granted when adding and
//! subtracting.

use crate::assessment::Assessment;

/// Whether the groups of a group's breakdown hold everybody exactly once, in every table that
/// they tell apart.
pub(super) fn adds_up(assessment: &Assessment, group: usize) -> bool {
    let of = |group: usize| &assessment.groups[group].breakdown;
    let breakdown = of(group);
    assessment.memberships.iter().all(|table| {
        let applies = table.groups.iter().any(|group| of(*group) == breakdown);
        let once =
            |kind: &Vec<usize>| kind.iter().filter(|group| of(**group) == breakdown).count() == 1;
        !applies || table.kinds.iter().all(once)
    })
}

/// The groups of other breakdowns that hold everybody who is in a group, in every table that
/// tells both apart. That the whole holds everybody goes without saying.
pub(super) fn within(assessment: &Assessment, group: usize) -> Vec<usize> {
    let breakdown = |group: usize| &assessment.groups[group].breakdown;
    (1..assessment.groups.len())
        .filter(|other| group != 0 && breakdown(*other) != breakdown(group))
        .filter(|other| {
            let mut shared = assessment
                .memberships
                .iter()
                .filter(|table| table.groups.contains(&group) && table.groups.contains(other))
                .flat_map(|table| &table.kinds)
                .filter(|kind| kind.contains(&group))
                .peekable();
            shared.peek().is_some() && shared.all(|kind| kind.contains(other))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{adds_up, within};
    use crate::assess::test_council::TestCouncil;
    use crate::national::Service::{Adults, Children};

    #[test]
    fn a_team_lies_within_the_service_that_holds_all_of_it_and_teams_add_up() {
        let council = TestCouncil::new(&[Children, Adults])
            .questions("welfare", 1)
            .by_team()
            .sheets(3, Some(Children), Some("East"), &[Some(1)])
            .sheets(4, Some(Adults), Some("East"), &[Some(1)])
            .sheets(5, Some(Adults), Some("West"), &[Some(1)]);
        let found = council.assess();
        let at = |name: &str| {
            found
                .groups
                .iter()
                .position(|group| group.name == name)
                .unwrap()
        };
        assert_eq!(within(&found, at("West")), [at("adults")]);
        assert_eq!(within(&found, at("East")), Vec::<usize>::new());
        assert_eq!(within(&found, at("whole")), Vec::<usize>::new());
        assert!(adds_up(&found, at("East")) && adds_up(&found, at("adults")));
    }

    #[test]
    fn services_that_leave_a_sheet_out_do_not_add_up() {
        let council = TestCouncil::new(&[Children, Adults])
            .questions("welfare", 1)
            .sheets(3, Some(Children), None, &[Some(1)])
            .sheets(4, None, None, &[Some(1)]);
        let found = council.assess();
        assert!(!adds_up(&found, 1));
    }
}
