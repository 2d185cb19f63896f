//! Words of several things for a reader: names in, `a, b and c` out; services in, whose they are
//! out.

use crate::national::Service;

/// `a, b and c`.
pub(crate) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// `children's and adults' services`.
pub(crate) fn covers(services: &[Service]) -> String {
    let whose = |service: &Service| match service {
        Service::Children => "children's".to_owned(),
        Service::Adults => "adults'".to_owned(),
    };
    let whose: Vec<String> = services.iter().map(whose).collect();
    format!("{} services", listed(&whose))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_an_and() {
        for (parts, words) in [
            (&[][..], ""),
            (&["a"], "a"),
            (&["a", "b"], "a and b"),
            (&["a", "b", "c"], "a, b and c"),
        ] {
            let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            assert_eq!(listed(&parts), words);
        }
    }
}
