//! Who is inside: so many connections at a time. Where there are more, one is asked out for the next
//! to come in: of those who have not shown the key the one that is there longest.

use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So many connections at a time. A browser has six; each costs a thread and an open file, of which
/// a system may give a program 256.
pub(super) const SEATS: usize = 32;

#[derive(Default)]
pub(super) struct Hall {
    /// Those who came last stand last.
    guests: Mutex<Vec<Arc<Guest>>>,
    left: Condvar,
}

/// A connection.
pub(super) struct Guest {
    stream: TcpStream,
    is_known: AtomicBool,
    is_asked_out: AtomicBool,
}

/// A guest's place in the hall, free again when this is dropped.
pub(super) struct Seat {
    hall: Arc<Hall>,
    guest: Arc<Guest>,
}

impl Hall {
    fn guests(&self) -> MutexGuard<'_, Vec<Arc<Guest>>> {
        // The list is whole between any two steps.
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_full(&self) -> bool {
        self.guests().len() >= SEATS
    }

    pub(super) fn seat(self: &Arc<Self>, stream: TcpStream) -> Seat {
        let guest = Arc::new(Guest {
            stream,
            is_known: AtomicBool::new(false),
            is_asked_out: AtomicBool::new(false),
        });
        self.guests().push(guest.clone());
        Seat {
            hall: self.clone(),
            guest,
        }
    }

    /// Asks one out, who hears of it in whatever it does with its connection.
    pub(super) fn ask_one_out(&self) {
        let guests = self.guests();
        let stays = |guest: &&Arc<Guest>| !guest.is_asked_out();
        let stranger = guests.iter().filter(stays).find(|guest| !guest.is_known());
        let Some(guest) = stranger.or_else(|| guests.iter().find(stays)) else {
            return;
        };
        guest.is_asked_out.store(true, Ordering::SeqCst);
        // It fails where the other side has hung up, which is as good.
        let _ = guest.stream.shutdown(Shutdown::Both);
    }

    /// Until somebody leaves, or patience ends.
    pub(super) fn wait(&self, patience: Duration) {
        let guests = self.guests();
        if guests.len() >= SEATS {
            // Whoever waits looks again.
            drop(self.left.wait_timeout(guests, patience));
        }
    }
}

impl Guest {
    pub(super) fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// It has shown the key.
    pub(super) fn is_let_in(&self) {
        self.is_known.store(true, Ordering::SeqCst);
    }

    fn is_known(&self) -> bool {
        self.is_known.load(Ordering::SeqCst)
    }

    pub(super) fn is_asked_out(&self) -> bool {
        self.is_asked_out.load(Ordering::SeqCst)
    }
}

impl Seat {
    pub(super) fn guest(&self) -> &Guest {
        &self.guest
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.hall
            .guests()
            .retain(|guest| !Arc::ptr_eq(guest, &self.guest));
        self.hall.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn strangers_are_asked_out_first_and_of_them_the_first_to_come() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let at = listener.local_addr().unwrap();
        let hall = Arc::new(Hall::default());
        let seats: Vec<Seat> = (0..SEATS)
            .map(|_| hall.seat(TcpStream::connect(at).unwrap()))
            .collect();
        assert!(hall.is_full());
        seats[0].guest().is_let_in();
        seats[2].guest().is_let_in();
        let out = || -> Vec<usize> {
            let all = seats.iter().enumerate();
            let out = all.filter(|(_, seat)| seat.guest().is_asked_out());
            out.map(|(at, _)| at).collect()
        };
        hall.ask_one_out();
        assert_eq!(out(), [1]);
        hall.ask_one_out();
        assert_eq!(out(), [1, 3]);
        (4..SEATS).for_each(|_| hall.ask_one_out());
        assert_eq!(out().len(), SEATS - 2, "all strangers");
        hall.ask_one_out();
        assert_eq!(out()[..2], [0, 1]);
        hall.ask_one_out();
        hall.ask_one_out();
        assert_eq!(out().len(), SEATS);
        drop(seats);
        assert!(!hall.is_full());
    }
}
