//! The survey that a check defines, put in a folder: a check in, its files out.

use super::Host;
use super::beside::council_id;
use super::publish::{Destination, place_questionnaire};
use crate::check::HealthCheck;
use crate::diagnostic::Diagnostics;
use crate::report::{self, Page};
use std::path::PathBuf;

impl Host {
    /// Makes the survey that a check defines, from the check alone: a sheet to print, a
    /// workbook for Kobo or ODK (with the feature `xlsx`), a model for SurveyJS, and the card
    /// and the headers under which the answers are read back.
    ///
    /// # Errors
    /// A fault in a template.
    pub fn questionnaire(&self, check: &HealthCheck) -> Result<Vec<Page>, Diagnostics> {
        report::questionnaire(check, &self.templates()?)
    }

    /// Makes the survey and puts it into the council's folder at the destination, all of it
    /// or nothing. An earlier questionnaire there is exchanged. Gives the files.
    ///
    /// # Errors
    /// A fault in a template; a folder that cannot be written, or that holds anything but a
    /// questionnaire.
    pub fn write_questionnaire(
        &self,
        check: &HealthCheck,
        to: &Destination,
    ) -> Result<Vec<PathBuf>, Diagnostics> {
        let files = self.questionnaire(check)?;
        let folder = place_questionnaire(&council_id(check), &files, to)?;
        Ok(files.iter().map(|file| folder.join(&file.path)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_questionnaire_replaces_an_earlier_one_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let host = Host::builder()
            .scripts(folder.path().join("scripts"))
            .build();
        let script = host.begin("northshire").unwrap().remove(0);
        let check = host.load(&script).unwrap();
        let to = Destination::folder(folder.path().join("questionnaire"));
        let made = host.write_questionnaire(&check, &to).unwrap();
        assert!(made.iter().all(|path| path.is_file()));
        assert!(made[0].ends_with("northshire/questionnaire.html"));
        fs::write(&made[0], "old").unwrap();
        host.write_questionnaire(&check, &to).unwrap();
        assert_ne!(fs::read_to_string(&made[0]).unwrap(), "old");

        let answers = made[0].with_file_name("answers of 2026.csv");
        fs::write(&answers, "mine").unwrap();
        fs::write(&made[0], "old").unwrap();
        let faults = host.write_questionnaire(&check, &to).unwrap_err();
        assert!(faults.to_string().contains("not-written"), "{faults}");
        assert_eq!(fs::read_to_string(&answers).unwrap(), "mine");
        assert_eq!(fs::read_to_string(&made[0]).unwrap(), "old");

        let scripts = Destination::folder(folder.path().join("scripts"));
        assert!(host.write_questionnaire(&check, &scripts).is_err());
        assert!(script.is_file());
    }
}
