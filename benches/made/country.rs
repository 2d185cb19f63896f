//! Made-up councils in a folder, each with a script of its own: how many, and how many sheets,
//! in; folders under `scripts/` out.

use healthcheck::Host;
use healthcheck::host::synthetic::{self, Shape};
use std::fs;
use std::path::Path;

/// Councils in which as many practitioners as answer are asked, three in five of them of
/// children's services.
#[allow(dead_code, reason = "one of the two benches begins councils by itself")]
pub fn make(folder: &Path, councils: usize, sheets: u32) {
    let host = Host::builder()
        .scripts(folder.join("scripts"))
        .templates(folder.join("templates"))
        .build();
    let children = sheets * 3 / 5;
    for number in 0..councils {
        let all = [children, sheets - children];
        begin(&host, &format!("council-{number:03}"), number, all, all);
    }
}

/// A council whose ceiling and target are its own, with so many asked and so many answering.
pub fn begin(host: &Host, name: &str, number: usize, asked: [u32; 2], sheets: [u32; 2]) {
    let [children, adults] = asked;
    let made = host.begin(name).expect("the folder is new");
    let script = fs::read_to_string(&made[0])
        .expect("the script was written just now")
        .replace(
            "children: 120, adults: 90",
            &format!("children: {children}, adults: {adults}"),
        )
        .replace("CEILING = 18", &format!("CEILING = {}", 14 + number % 7))
        .replace("at_most(16)", &format!("at_most({})", 12 + number % 5));
    assert!(
        script.contains(&format!("children: {children}")),
        "the script says who was asked"
    );
    fs::write(&made[0], script).expect("the script can be written");
    let shape = Shape {
        practitioners: sheets.to_vec(),
        answered_share: 1.0,
        quality: (number % 11) as f64 / 10.0,
        extra_questions: vec!["peer-support".to_owned()],
        ..Shape::default()
    };
    let council = made[0].parent().expect("a script lies in a folder");
    for (path, text) in synthetic::files(name, &shape) {
        fs::write(council.join(path), text).expect("the data can be written");
    }
}
