//! The targets by name. Each takes any bytes, and the process ends where a promise is broken.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, OnceLock};
use std::thread;

/// The program's own: a third less time for what makes whole pages.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Bytes for the thread that runs targets, and its word that they were run.
type Door = (SyncSender<(&'static str, Vec<u8>)>, Receiver<()>);

/// Runs one target of the library's on some bytes: all on one thread with a deep stack, as
/// scripts need, so that none is begun for each.
///
/// # Panics
/// Where there is no target of that name.
pub fn run(name: &'static str, bytes: &[u8]) {
    static DOOR: OnceLock<Mutex<Door>> = OnceLock::new();
    let door = DOOR.get_or_init(|| Mutex::new(open()));
    let (give, done) = &*door.lock().expect("a broken promise ends the process");
    give.send((name, bytes.to_vec()))
        .expect("the thread runs as long as the process");
    done.recv().expect("the thread runs as long as the process");
}

fn open() -> Door {
    let (give, take) = sync_channel::<(&'static str, Vec<u8>)>(1);
    let (say, done) = sync_channel(1);
    set_hook(Box::new(|_| {}));
    thread::spawn(move || {
        healthcheck::script::on_deep_stack(move || {
            for (name, bytes) in take {
                run_here(name, &bytes);
                let _ = say.send(());
            }
        });
    });
    (give, done)
}

/// A panic that the library itself catches, such as one of a reader of workbooks, is no find:
/// so it is not the panic that ends the process, but that it came out.
fn run_here(name: &str, bytes: &[u8]) {
    let mut targets = healthcheck::fuzzing::TARGETS.iter();
    let (_, target) = targets
        .find(|(known, _)| *known == name)
        .unwrap_or_else(|| panic!("there is no target {name}"));
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(bytes))) {
        let words = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        eprintln!("a promise of `{name}` is broken: {}", words.unwrap_or_default());
        std::process::abort();
    }
}
