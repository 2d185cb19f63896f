//! How groups lie within one another: what a reader may take for granted when adding and
//! subtracting. Groups and who lies in them in; which hold which out.

use crate::assessment::{Group, Membership};

/// Whether the groups of a group's breakdown hold everybody exactly once, in every table that
/// they tell apart. Those that only roll others up stand beside the breakdown, not in it.
pub(crate) fn adds_up(groups: &[Group], memberships: &[Membership], group: usize) -> bool {
    let breakdown = &groups[group].breakdown;
    let of = |group: &usize| groups[*group].breakdown == *breakdown && !groups[*group].is_rolled();
    of(&group)
        && memberships.iter().all(|table| {
            let once = |kind: &Vec<usize>| kind.iter().filter(|group| of(group)).count() == 1;
            !table.groups.iter().any(of) || table.kinds.iter().all(once)
        })
}

/// The groups of other breakdowns that hold everybody who is in a group, in every table that
/// tells both apart. That the whole holds everybody goes without saying.
pub(crate) fn within(groups: &[Group], memberships: &[Membership], group: usize) -> Vec<usize> {
    let breakdown = |group: usize| &groups[group].breakdown;
    (1..groups.len())
        .filter(|other| group != 0 && breakdown(*other) != breakdown(group))
        .filter(|other| !groups[*other].is_rolled())
        .filter(|other| {
            let mut shared = memberships
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
        let within = |group| within(&found.groups, &found.memberships, group);
        let adds_up = |group| adds_up(&found.groups, &found.memberships, group);
        let at = |name: &str| {
            found
                .groups
                .iter()
                .position(|group| group.name == name)
                .unwrap()
        };
        assert_eq!(within(at("West")), [at("adults")]);
        assert_eq!(within(at("East")), Vec::<usize>::new());
        assert_eq!(within(at("whole")), Vec::<usize>::new());
        assert!(adds_up(at("East")) && adds_up(at("adults")));
    }

    #[test]
    fn services_that_leave_a_sheet_out_do_not_add_up() {
        let council = TestCouncil::new(&[Children, Adults])
            .questions("welfare", 1)
            .sheets(3, Some(Children), None, &[Some(1)])
            .sheets(4, None, None, &[Some(1)]);
        let found = council.assess();
        assert!(!adds_up(&found.groups, &found.memberships, 1));
    }
}
