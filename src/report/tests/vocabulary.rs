//! The documentation of names is what templates see.

use super::*;
use crate::report::shape::Shape;
use crate::report::vocabulary::vocabulary;

/// The shape at a path of the documentation: `overview[].overall`.
fn at(root: &Shape, path: &str) -> Shape {
    let mut here = root.clone();
    for step in path.split('.').filter(|step| !step.is_empty()) {
        let name = step.trim_end_matches("[]");
        let Shape::Record(names) = &here else {
            panic!("{path}: {name} is asked of what has no names");
        };
        here = names[name].clone();
        for _ in 0..step.matches("[]").count() {
            here = here.member();
        }
    }
    here
}

#[test]
fn every_name_that_a_template_sees_is_documented_with_its_kind_and_no_other() {
    let example = examples::full();
    let mut page = serde_json::to_value(fill::page(&example, &examples::kept(), "")).unwrap();
    let own = serde_json::to_value(site::example()).unwrap();
    let chapter = page["chapters"][0].clone();
    let names = page.as_object_mut().unwrap();
    names.extend(own.as_object().unwrap().clone());
    names.insert("standard".to_owned(), chapter);
    let index = serde_json::to_value(fill::index(vec![fill::index_row(&example)], "")).unwrap();
    let form = examples::form();
    let sheet = serde_json::to_value(questionnaire::Sheet::of(&form, "")).unwrap();
    let all = vocabulary();
    assert_eq!(all.len(), 3);
    for (own, context) in all.iter().zip([page, index, sheet]) {
        let root = Shape::of(&context);
        assert!(own.sorts.len() > 3, "{}", own.templates);
        for sort in &own.sorts {
            let places = if sort.found.is_empty() {
                vec![String::new()]
            } else {
                sort.found.clone()
            };
            for place in places {
                let shape = at(&root, &place);
                // What the example leaves out has no shape.
                if matches!(shape, Shape::Any) {
                    continue;
                }
                let Shape::Record(names) = shape else {
                    panic!("{place} has no names of its own");
                };
                let mut seen: Vec<&str> = names.keys().map(String::as_str).collect();
                let mut told: Vec<&str> = sort.names.iter().map(|n| n.name.as_str()).collect();
                seen.sort_unstable();
                told.sort_unstable();
                assert_eq!(seen, told, "{place}: {}", sort.title);
                for name in &sort.names {
                    assert!(!name.says.is_empty(), "{place}.{} says nothing", name.name);
                    let is_list = matches!(names[&name.name], Shape::List(_));
                    let told_as_list = name.is.starts_with("list") || name.is.starts_with("pair");
                    let unknown = matches!(names[&name.name], Shape::Any);
                    assert!(unknown || is_list == told_as_list, "{place}.{}", name.name);
                }
            }
        }
    }
}
