//! What holds of the machine whatever happens, in any order.

use super::tests::{COUNCILS, LIBRARY, TEMPLATE, World, data, depends_on, script};
use super::{AT_MOST, Input, Millis, PATIENCE, STALL};
use proptest::prelude::*;
use std::path::PathBuf;

/// What the system says of a file that is written.
#[derive(Debug, Clone, Copy)]
enum Told {
    Nothing,
    Changed,
    Made,
    /// It is still open: it may be closed later, or never.
    Writing,
    Closed,
}

#[derive(Debug, Clone)]
enum Event {
    Write {
        file: usize,
        content: u32,
        told: Told,
    },
    Close {
        file: usize,
    },
    Remove {
        file: usize,
        told: bool,
    },
    Wait(Millis),
    Poll,
    Lost,
}

fn any_file(file: usize) -> PathBuf {
    let mut files: Vec<PathBuf> = COUNCILS.iter().flat_map(|c| [script(c), data(c)]).collect();
    files.extend([
        LIBRARY.into(),
        TEMPLATE.into(),
        "scripts/eastmere/notes.txt".into(),
    ]);
    files.swap_remove(file % files.len())
}

fn told() -> impl Strategy<Value = Told> {
    prop_oneof![
        Just(Told::Nothing),
        Just(Told::Changed),
        Just(Told::Made),
        Just(Told::Writing),
        Just(Told::Closed),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0..9usize, 0..4u32, told()).prop_map(|(file, content, told)| Event::Write {
            file,
            content,
            told
        }),
        (0..9usize).prop_map(|file| Event::Close { file }),
        (0..9usize, any::<bool>()).prop_map(|(file, told)| Event::Remove { file, told }),
        (0..700u64).prop_map(Event::Wait),
        (0..40_000u64).prop_map(Event::Wait),
        Just(Event::Poll),
        Just(Event::Lost),
    ]
}

proptest! {
    /// `World::give` checks on the way that no council runs without a change of its own.
    #[test]
    fn every_change_leads_to_a_run_of_the_council_it_touches_and_of_no_other(
        events in prop::collection::vec(event(), 0..60),
        takes in prop_oneof![Just(0u64), 1..300u64],
    ) {
        let mut world = World::new();
        world.takes = takes;
        for event in events {
            match event {
                Event::Write { file, content, told } => {
                    world.disk.insert(any_file(file), content);
                    match told {
                        Told::Nothing => {}
                        Told::Changed => world.give(Input::Changed(any_file(file))),
                        Told::Made => world.give(Input::Made(any_file(file))),
                        Told::Writing => world.give(Input::Writing(any_file(file))),
                        Told::Closed => world.give(Input::Closed(any_file(file))),
                    }
                }
                Event::Close { file } => world.give(Input::Closed(any_file(file))),
                Event::Lost => world.give(Input::Lost),
                Event::Remove { file, told } => {
                    world.disk.remove(&any_file(file));
                    if told {
                        world.give(Input::Changed(any_file(file)));
                    }
                }
                Event::Wait(millis) => world.wait(millis),
                Event::Poll => world.give(Input::GoAndLook),
            }
        }
        // What is open is given up, all that may keep coming back rests, and the slow poll comes by.
        world.wait(STALL);
        for _ in 0..3 {
            world.wait(AT_MOST + PATIENCE + 2 * takes);
            world.give(Input::GoAndLook);
        }
        world.wait(AT_MOST + PATIENCE + 2 * takes);
        for council in COUNCILS {
            let there = world.disk.contains_key(&script(council));
            let now = there.then(|| world.on_disk(depends_on(council)));
            prop_assert_eq!(world.read.get(council), now.as_ref());
            if there {
                prop_assert_eq!(world.pages.get(council), Some(&world.templates()));
            }
        }
    }
}
