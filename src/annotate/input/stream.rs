//! Reads one JSON value item by item, so that a long list is never held as a whole.

use std::fmt;
use std::io::Read;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Format, InputError};

/// Reads a whole input with a seed.
pub(super) fn read<S: for<'de> DeserializeSeed<'de>>(
    format: Format,
    input: impl Read,
    seed: S,
) -> Result<(), InputError> {
    let mut json = serde_json::Deserializer::from_reader(input);
    let result = seed.deserialize(&mut json).and_then(|_| json.end());
    result.map_err(|error| match error.classify() {
        serde_json::error::Category::Eof => InputError::CutOff { format, line: error.line() },
        serde_json::error::Category::Io => InputError::Io(error.into()),
        _ => InputError::Malformed { format, line: error.line(), source: error },
    })
}

/// A list whose items are given away one by one.
pub(super) struct Items<T, F>(F, PhantomData<T>);

impl<T, F: FnMut(T)> Items<T, F> {
    pub(super) fn new(each: F) -> Self {
        Self(each, PhantomData)
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T)> DeserializeSeed<'de> for Items<T, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T)> Visitor<'de> for Items<T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(item) = list.next_element()? {
            (self.0)(item);
        }
        Ok(())
    }
}

/// An object of which one key is read with a seed, and nothing else.
pub(super) struct Key<S>(pub(super) &'static str, pub(super) S);

impl<'de, S: DeserializeSeed<'de, Value = ()>> DeserializeSeed<'de> for Key<S> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de, S: DeserializeSeed<'de, Value = ()>> Visitor<'de> for Key<S> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the key `{}`", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut seed = Some(self.1);
        while let Some(key) = object.next_key::<String>()? {
            match seed.take_if(|_| key == self.0) {
                Some(seed) => object.next_value_seed(seed)?,
                None => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}
