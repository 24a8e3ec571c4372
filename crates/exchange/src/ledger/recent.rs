//! A small map in which what was asked for last is found at once.
//!
//! Acts mostly follow one another within a round and a leg. What they change is looked up once then, not once an act.

use std::collections::BTreeMap;

/// Values by key, in order of the keys.
#[derive(Clone, Debug)]
pub(super) struct Recent<K, V> {
    places: BTreeMap<K, u32>,
    /// The values in the order in which they came.
    values: Vec<V>,
    /// The key that was sought last, and where its value stands.
    sought: Option<(K, u32)>,
}

impl<K: Copy + Ord, V: Copy + Default> Recent<K, V> {
    pub(super) fn new() -> Self {
        Self { places: BTreeMap::new(), values: Vec::new(), sought: None }
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// Every key with its value, in order of the keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.at_places(self.places.iter())
    }

    /// The same, from a key on.
    pub(super) fn since(&self, first: K) -> impl Iterator<Item = (&K, &V)> {
        self.at_places(self.places.range(first..))
    }

    /// Every key, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &K> {
        self.places.keys()
    }

    /// The value of a key; nought where there is none.
    pub(super) fn get(&self, key: K) -> V {
        self.place(key).map_or_else(V::default, |place| self.values[place as usize])
    }

    /// Remembers where a key stands: what is asked about it next is answered at once.
    pub(super) fn seek(&mut self, key: K) {
        if let Some(place) = self.place(key) {
            self.sought = Some((key, place));
        }
    }

    /// The value of a key, to be changed.
    pub(super) fn get_mut(&mut self, key: K) -> &mut V {
        let place = self.place(key).unwrap_or_else(|| {
            // One key an act at most, and there are fewer than 2^32.
            let place = self.values.len() as u32;
            self.values.push(V::default());
            self.places.insert(key, place);
            place
        });
        self.sought = Some((key, place));
        &mut self.values[place as usize]
    }

    fn place(&self, key: K) -> Option<u32> {
        match self.sought {
            Some((sought, place)) if sought == key => Some(place),
            _ => self.places.get(&key).copied(),
        }
    }

    fn at_places<'a>(
        &'a self,
        places: impl Iterator<Item = (&'a K, &'a u32)>,
    ) -> impl Iterator<Item = (&'a K, &'a V)>
    where
        K: 'a,
    {
        places.map(|(key, place)| (key, &self.values[*place as usize]))
    }
}

impl<K: Copy + Ord, V: Copy + Default + PartialEq> PartialEq for Recent<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Copy + Ord, V: Copy + Default + Eq> Eq for Recent<K, V> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_order_of_their_keys_whatever_was_sought_last() {
        let mut forth = Recent::new();
        for (key, value) in [(3, 30), (1, 10), (2, 20), (1, 11)] {
            *forth.get_mut(key) = value;
        }
        let shown =
            |recent: &Recent<i32, i32>| recent.iter().map(|(key, value)| (*key, *value)).collect::<Vec<_>>();
        assert_eq!(shown(&forth), [(1, 11), (2, 20), (3, 30)]);
        assert_eq!(forth.since(2).map(|(_, value)| *value).collect::<Vec<_>>(), [20, 30]);
        assert_eq!((forth.get(3), forth.get(4), forth.len()), (30, 0, 3));
        forth.seek(3);
        assert_eq!((forth.get(3), forth.get(1)), (30, 11));
        forth.seek(4);
        assert_eq!((forth.get(4), forth.len()), (0, 3), "seeking adds nothing");
        let mut back = Recent::new();
        for (key, value) in [(1, 11), (2, 20), (3, 30)] {
            *back.get_mut(key) = value;
        }
        assert_eq!(forth, back);
        *back.get_mut(2) = 21;
        assert_ne!(forth, back);
    }
}
