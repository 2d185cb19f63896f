//! `healthcheck new NAME`: a folder to begin with.

use crate::Ending;
use crate::screen::Screen;
use healthcheck::diagnostic::Code;
use healthcheck::host::Host;

/// Makes the folder and says what to do next.
pub fn new(host: &Host, name: &str, screen: &Screen) -> Ending {
    let made = match host.begin(name) {
        Ok(made) => made,
        Err(faults) => {
            screen.faults(&faults);
            let misuse = faults
                .iter()
                .any(|fault| matches!(fault.code, Code::BadId | Code::NameTaken));
            return if misuse {
                Ending::Misuse
            } else {
                Ending::of(&faults)
            };
        }
    };
    for path in &made {
        screen.data(&path.display().to_string());
    }
    screen.message(&format!(
        "
The council, its script and its data are made up. Next:
  1. healthcheck run {name}      publishes it as it is
  2. healthcheck watch {name}    publishes it again whenever you save
  3. open the script and make it yours; put your own figures in its `data` folder"
    ));
    Ending::Well
}
