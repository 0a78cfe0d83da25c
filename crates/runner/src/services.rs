//! The services that entries may need: found, started once, and named when they are missing.

use std::fmt;
use std::io;

use crate::postgres::{Database, Postgres, PostgresError};
use crate::scratch::Scratch;

/// A server that some programs need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// `needs = ["postgres"]`
    Postgres,
}

impl Service {
    /// All of them.
    pub const ALL: [Self; 1] = [Self::Postgres];

    /// The service that an entry's `needs` means by this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.word() == word)
    }

    /// The word in an entry's `needs`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
        }
    }

    /// The environment variable that holds the address of a program's database.
    #[must_use]
    pub fn variable(self) -> &'static str {
        match self {
            Self::Postgres => "POSTGRES_URL",
        }
    }

    /// How to install it.
    #[must_use]
    pub fn install(self) -> &'static str {
        match self {
            Self::Postgres => "apt-get install postgresql, or: brew install postgresql",
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// Why a program does not get its service.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Unavailable {
    /// It is not installed.
    #[error("{0} is not installed; install it with: {install}", install = .0.install())]
    NotInstalled(Service),
    /// It is installed and does not work.
    #[error("{service} does not work: {reason}")]
    Broken {
        /// Which one.
        service: Service,
        /// What it said.
        reason: String,
    },
    /// The word names no service.
    #[error("no service is called `{0}`")]
    Unknown(String),
}

impl Unavailable {
    /// Whether installing something would help.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::NotInstalled(_))
    }
}

/// The servers that were started; they stop when this is dropped.
#[derive(Debug)]
pub struct Services {
    postgres: Option<Result<Postgres, Unavailable>>,
    // Goes away after the servers whose data it holds: fields are dropped in this order.
    pub(crate) scratch: Scratch,
}

impl Services {
    /// Starts a private server for each of `needs`. Call it on the main thread: on Linux the
    /// servers end when the thread that started them does.
    ///
    /// A server that is missing or does not work is no error here, but for those who want it.
    ///
    /// # Errors
    /// When there is no place for temporary files.
    pub fn start<'a>(needs: impl IntoIterator<Item = &'a str>) -> io::Result<Self> {
        let mut services = Self { postgres: None, scratch: Scratch::new()? };
        for need in needs {
            match Service::named(need) {
                Some(Service::Postgres) if services.postgres.is_none() => {
                    services.postgres = Some(start_postgres(&services.scratch));
                }
                _ => {}
            }
        }
        Ok(services)
    }

    /// Whether all of `needs` are there.
    ///
    /// # Errors
    /// The first that is not.
    pub fn check(&self, needs: &[String]) -> Result<(), Unavailable> {
        needs.iter().try_for_each(|need| self.postgres(need).map(|_| ()))
    }

    pub(crate) fn lease(&self, need: &str) -> Result<Lease, Unavailable> {
        let database = self.postgres(need)?.database().map_err(|error| broken(&error))?;
        let url = database.url();
        Ok(Lease { variable: Service::Postgres.variable(), url, _database: database })
    }

    fn postgres(&self, need: &str) -> Result<&Postgres, Unavailable> {
        match Service::named(need) {
            None => Err(Unavailable::Unknown(need.to_owned())),
            Some(service @ Service::Postgres) => match &self.postgres {
                Some(started) => started.as_ref().map_err(Clone::clone),
                None => Err(Unavailable::Broken { service, reason: "not started".to_owned() }),
            },
        }
    }
}

fn start_postgres(scratch: &Scratch) -> Result<Postgres, Unavailable> {
    let programs = Postgres::programs().ok_or(Unavailable::NotInstalled(Service::Postgres))?;
    Postgres::start(&programs, scratch.path()).map_err(|error| broken(&error))
}

fn broken(error: &PostgresError) -> Unavailable {
    Unavailable::Broken { service: Service::Postgres, reason: error.to_string() }
}

/// A database of one program, and the variable that tells it where.
#[derive(Debug)]
pub(crate) struct Lease {
    pub(crate) variable: &'static str,
    pub(crate) url: String,
    _database: Database,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_service_names_itself_and_the_command_that_installs_it() {
        let message = Unavailable::NotInstalled(Service::Postgres).to_string();
        assert!(message.contains("PostgreSQL") && message.contains("apt-get install"), "{message}");
    }

    #[test]
    fn every_word_names_its_service() {
        for service in Service::ALL {
            assert_eq!(Service::named(service.word()), Some(service));
        }
        let services = Services::start([]).expect("a temporary folder");
        assert!(services.check(&["oracle".to_owned()]).is_err());
    }
}
