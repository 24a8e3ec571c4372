//! How a person becomes an item, and how an item is opened to the other party.
//!
//! An item is `HMAC-SHA-256(key, record)`: the record is the identity as the holder knows it, in deterministic CBOR;
//! the key is 32 random bytes drawn for this person. Whoever is given key and record can check the item; whoever has the
//! item alone learns nothing, and once the key is destroyed the item is a random-looking string.

use exchange::ids::{Digest, Item};
use exchange::person::Person;
use hmac::{Hmac, KeyInit, Mac};
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

/// Identity as the holder states it (GC III art. 17 and 122), with what the published order needs no secret for.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Identity {
    /// Surname.
    #[n(0)]
    pub surname: String,
    /// First names.
    #[n(1)]
    pub given: Option<String>,
    /// Patronymic.
    #[n(2)]
    pub patronymic: Option<String>,
    /// Date of birth as precise as known, ISO form.
    #[n(3)]
    pub birth: Option<String>,
    /// Rank as written.
    #[n(4)]
    pub rank: Option<String>,
    /// Service number.
    #[n(5)]
    pub service_number: Option<String>,
    /// Unit.
    #[n(6)]
    pub unit: Option<String>,
    /// Prisoner number.
    #[n(7)]
    pub prisoner_number: Option<String>,
}

impl Identity {
    /// The identity in a person's leading name.
    pub fn of(person: &Person) -> Self {
        let text = |text: &Option<exchange::person::Text>| text.as_ref().map(|text| text.0.clone());
        let name = person.names.first();
        Self {
            surname: name.map(|name| name.surname.0.clone()).unwrap_or_default(),
            given: name.and_then(|name| text(&name.given)),
            patronymic: name.and_then(|name| text(&name.patronymic)),
            birth: person.birth.map(|birth| birth.to_string()),
            rank: person.rank.as_ref().map(|rank| rank.written.clone()),
            service_number: text(&person.service_number),
            unit: text(&person.unit),
            prisoner_number: text(&person.prisoner_number),
        }
    }

    /// Surname, first names, patronymic in one line.
    pub fn full_name(&self) -> String {
        let parts = [Some(&self.surname), self.given.as_ref(), self.patronymic.as_ref()];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}

/// Key and record of one item.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Opening {
    /// The item.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub item: [u8; 32],
    /// The key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// The identity.
    #[n(2)]
    pub identity: Identity,
}

impl std::fmt::Debug for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opening({:?})", Item(self.item))
    }
}

impl Opening {
    /// Commits to an identity under a fresh key.
    pub fn new(identity: Identity, key: [u8; 32]) -> Self {
        let item = commitment(&identity, &key);
        Self { item, key, identity }
    }

    /// Whether key and record give the item.
    pub fn holds(&self) -> bool {
        commitment(&self.identity, &self.key) == self.item
    }
}

fn commitment(identity: &Identity, key: &[u8; 32]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(&to_cbor(identity));
    mac.finalize().into_bytes().into()
}

/// What a nomination or an amendment carries to the other party: the openings of the items it names or adds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Disclosure {
    /// Openings.
    #[n(0)]
    pub openings: Vec<Opening>,
}

impl Disclosure {
    /// Its bytes, and the digest by which an entry names them.
    pub fn to_bytes(&self) -> (Vec<u8>, Digest) {
        let bytes = to_cbor(self);
        let digest = Digest(Sha256::digest(&bytes).into());
        (bytes, digest)
    }

    /// Reads one. Nothing when the bytes are not a disclosure or an opening does not give its item.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let read: Self = minicbor::decode(bytes).ok()?;
        read.openings.iter().all(Opening::holds).then_some(read)
    }
}

/// CBOR of a value. Writing into memory does not fail.
pub fn to_cbor<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing into memory does not fail")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_holds_only_for_the_identity_it_was_made_of() {
        let identity = Identity {
            surname: "Мігда".into(),
            given: Some("Максим".into()),
            patronymic: None,
            birth: None,
            rank: None,
            service_number: Some("A-1".into()),
            unit: None,
            prisoner_number: None,
        };
        let opening = Opening::new(identity, [7; 32]);
        let (bytes, _) = Disclosure { openings: vec![opening.clone()] }.to_bytes();
        assert!(Disclosure::read(&bytes).is_some());
        let mut other = opening;
        other.identity.surname.push('а');
        let (bytes, _) = Disclosure { openings: vec![other] }.to_bytes();
        assert_eq!(Disclosure::read(&bytes), None);
        assert_eq!(Disclosure::read(&bytes[..bytes.len() - 1]), None);
    }
}
