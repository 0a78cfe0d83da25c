//! Records that an address leads to something else from now on.

use super::{Fate, Lock};

/// What was to be retired cannot be.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RetireError {
    /// Nothing was ever promised under this name.
    #[error("`{0}` was never recorded, so nothing has to be kept: remove it")]
    Unknown(String),
    /// It is retired already.
    #[error("`{0}` is retired already")]
    Twice(String),
    /// A successor is not there.
    #[error("`{0}` cannot take its place: no such address is recorded")]
    Successor(String),
    /// It would lead to itself.
    #[error("`{0}` cannot take its own place")]
    Itself(String),
}

impl Lock {
    /// Records what became of an entry, or of one place in it.
    ///
    /// # Errors
    /// When `id` or `fragment` was never promised or is retired already, or when a successor is
    /// not there or is the retired address itself. The lock is as it was then.
    pub fn retire(
        &mut self,
        id: &str,
        fragment: Option<&str>,
        title: &str,
        fate: Fate,
    ) -> Result<(), RetireError> {
        let name = fragment.map_or_else(|| id.to_owned(), |fragment| format!("{id}#{fragment}"));
        for successor in &fate.successors {
            let within = successor.starts_with(&format!("{id}#"));
            if *successor == name || (fragment.is_none() && (within || successor == id)) {
                return Err(RetireError::Itself(successor.clone()));
            }
            if !self.leads(successor) {
                return Err(RetireError::Successor(successor.clone()));
            }
        }
        let unknown = || RetireError::Unknown(name.clone());
        let promise = self.promises.get_mut(id).ok_or_else(unknown)?;
        let slot = match fragment {
            Some(fragment) => promise.fragments.get_mut(fragment).ok_or_else(unknown)?,
            None => &mut promise.fate,
        };
        if slot.is_some() {
            return Err(RetireError::Twice(name));
        }
        *slot = Some(fate);
        if fragment.is_none() {
            title.clone_into(&mut promise.title);
        }
        Ok(())
    }

    /// Whether `AP012` or `AP012#core` is promised and not retired.
    fn leads(&self, address: &str) -> bool {
        self.destinations(address) == [address]
    }
}
