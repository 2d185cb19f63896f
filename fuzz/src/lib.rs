//! The targets by name. Each takes any bytes, and panics where a promise is broken.

/// Runs one target of the library's on some bytes.
///
/// # Panics
/// Where the target does, and where there is none of that name.
pub fn run(name: &str, bytes: &[u8]) {
    let mut targets = healthcheck::fuzzing::TARGETS.iter();
    let (_, target) = targets
        .find(|(known, _)| *known == name)
        .unwrap_or_else(|| panic!("there is no target {name}"));
    target(bytes);
}
