//! The ranks of invented people: a code after the NATO scale and its name in three languages.
//!
//! Decides nothing about anybody's pay or class. The names are the customary ones of land forces; the codes follow the
//! usual reading of STANAG 2116 and have not been verified against a national order.

/// One rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// The code, `OR-1` to `OF-5`.
    pub code: &'static str,
    /// The name in Ukrainian.
    pub uk: &'static str,
    /// The name in Russian.
    pub ru: &'static str,
    /// The name in English.
    pub en: &'static str,
    /// The age in full years below which nobody is invented with it.
    pub age_min: i64,
    /// Its weight among the ranks of its class.
    weight: usize,
}

/// The class by which published shares are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Privates and their equals (OR-1 to OR-3).
    Private,
    /// Non-commissioned officers (OR-4 to OR-9).
    Sergeant,
    /// Officers (OF-1 to OF-5).
    Officer,
}

const fn rank(code: &'static str, [uk, ru, en]: [&'static str; 3], age_min: i64, weight: usize) -> Rank {
    Rank { code, uk, ru, en, age_min, weight }
}

const PRIVATES: [Rank; 3] = [
    rank("OR-1", ["рекрут", "новобранец", "recruit"], 18, 5),
    rank("OR-2", ["солдат", "рядовой", "private"], 18, 75),
    rank("OR-3", ["старший солдат", "ефрейтор", "senior private"], 18, 20),
];

const SERGEANTS: [Rank; 6] = [
    rank("OR-4", ["молодший сержант", "младший сержант", "junior sergeant"], 18, 40),
    rank("OR-5", ["сержант", "сержант", "sergeant"], 19, 30),
    rank("OR-6", ["старший сержант", "старший сержант", "senior sergeant"], 22, 17),
    rank("OR-7", ["головний сержант", "старшина", "chief sergeant"], 26, 7),
    rank("OR-8", ["штаб-сержант", "прапорщик", "staff sergeant"], 30, 4),
    rank("OR-9", ["майстер-сержант", "старший прапорщик", "master sergeant"], 34, 2),
];

const OFFICERS: [Rank; 5] = [
    rank("OF-1", ["лейтенант", "лейтенант", "lieutenant"], 18, 55),
    rank("OF-2", ["капітан", "капитан", "captain"], 27, 22),
    rank("OF-3", ["майор", "майор", "major"], 32, 13),
    rank("OF-4", ["підполковник", "подполковник", "lieutenant colonel"], 36, 7),
    rank("OF-5", ["полковник", "полковник", "colonel"], 40, 3),
];

impl Class {
    /// The ranks of the class, lowest first.
    pub fn ranks(self) -> &'static [Rank] {
        match self {
            Class::Private => &PRIVATES,
            Class::Sergeant => &SERGEANTS,
            Class::Officer => &OFFICERS,
        }
    }

    /// Draws a rank of the class that somebody of `age` full years may bear.
    pub fn draw(self, chance: &mut crate::chance::Chance, age: i64) -> Rank {
        let open = self.ranks().iter().map(|rank| if rank.age_min <= age { rank.weight } else { 0 });
        self.ranks()[chance.weighted(open)]
    }
}
