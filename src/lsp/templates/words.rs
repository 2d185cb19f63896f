//! The words of the language of templates, each with what it does: tags, filters, and what a
//! loop knows.

/// Tags, each with what it does and what it types after its word.
pub(super) const TAGS: [(&str, &str, &str); 10] = [
    ("if", "shown where something holds", "if $1 %}$2{% endif %}"),
    (
        "for",
        "the same for each of a list",
        "for ${1:one} in $2 %}$3{% endfor %}",
    ),
    (
        "include",
        "another template, put in here",
        "include \"$1\" %}",
    ),
    ("set", "a name for a value", "set ${1:name} = $2 %}"),
    (
        "with",
        "a name for a value, up to `endwith`",
        "with ${1:name} = $2 %}$3{% endwith %}",
    ),
    (
        "extends",
        "the template that this one fills in",
        "extends \"base.html.j2\" %}",
    ),
    (
        "block",
        "a part that another template may fill in",
        "block ${1:content} %}$2{% endblock %}",
    ),
    ("else", "otherwise", "else %}"),
    ("elif", "otherwise, where something holds", "elif $1 %}"),
    ("endif", "", "endif %}"),
];

/// What each filter does.
pub(super) fn filter_says(name: &str) -> &'static str {
    match name {
        "capitalize" => "the first letter a capital, the rest as it is",
        "first" => "the first of a list",
        "join" => "a list in one line, with this between: `list|join(\", \")`",
        "last" => "the last of a list",
        "length" => "how many a list holds",
        "lower" => "in small letters",
        "upper" => "in capitals",
        _ => "",
    }
}

/// What loops know of themselves.
pub(super) const LOOP: [(&str, &str); 6] = [
    ("index", "how far the loop is, from 1"),
    ("index0", "how far the loop is, from 0"),
    ("first", "whether it is the first"),
    ("last", "whether it is the last"),
    ("length", "how many there are"),
    ("revindex", "how many are left, this one counted"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::FILTERS;

    #[test]
    fn every_filter_says_what_it_does() {
        for filter in FILTERS {
            assert!(!filter_says(filter).is_empty(), "{filter}");
        }
    }
}
