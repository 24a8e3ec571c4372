//! Latin letters for Ukrainian and Russian names after the systems that documents use.
//!
//! Tables of the systems themselves, without their finer rules; how often each is met was estimated from given names.

use crate::chance::Chance;

use super::Tongue;

const UKRAINIAN: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'";
const RUSSIAN: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";

/// A system as it is published: one entry for each letter in the order of the alphabet, `_` for nothing.
struct Published {
    tongue: Tongue,
    /// Of 1,000 names romanised from that language.
    share: usize,
    letters: &'static str,
    /// Letters written otherwise at the beginning of a word.
    first: &'static [(char, &'static str)],
    /// Two letters written otherwise than one after the other.
    pairs: &'static [((char, char), &'static str)],
}

const PASSPORT_FIRST: &[(char, &str)] = &[('є', "ye"), ('ї', "yi"), ('й', "y"), ('ю', "yu"), ('я', "ya")];
const ZGH: &[((char, char), &str)] = &[(('з', 'г'), "zgh")];

/// Ukrainian: resolution 55 of 2010; library (a simple one); BGN/PCGN 1965; passports 2007; ALA-LC; GOST 1986; national 1996;
/// scholarly; ISO 9; French; German. Russian: passports 1997 and BGN/PCGN; ICAO 9303; GOST 7.79; a simple one; ALA-LC; old ISO/R 9.
const SYSTEMS: [Published; 17] = [
    Published {
        tongue: Tongue::Ukrainian,
        share: 710,
        letters: "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ iu ia _",
        first: PASSPORT_FIRST,
        pairs: ZGH,
    },
    Published {
        tongue: Tongue::Ukrainian,
        share: 40,
        letters: "a b v h g d e ye zh z y i yi j k l m n o p r s t u f kh ts ch sh shch ' ju ja _",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Ukrainian,
        share: 40,
        letters: "a b v h g d e ye zh z y i yi y k l m n o p r s t u f kh ts ch sh shch ' yu ya _",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Ukrainian,
        share: 40,
        letters: "a b v g g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ iu ia _",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Ukrainian,
        share: 30,
        letters: "a b v h g d e i͡e z͡h z y i ï ĭ k l m n o p r s t u f kh t͡s ch sh shch ʹ i͡u i͡a _",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Ukrainian,
        share: 40,
        letters: "a b v g g d e je ž z i i i j k l m n o p r s t u f h c č š šč ' ju ja _",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Ukrainian,
        share: 25,
        letters: "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh sch ' iu ia _",
        first: PASSPORT_FIRST,
        pairs: ZGH,
    },
    Published {
        tongue: Tongue::Ukrainian,
        share: 25,
        letters: "a b v h g d e je ž z y i ji j k l m n o p r s t u f x c č š šč ʹ ju ja _",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Ukrainian,
        share: 15,
        letters: "a b v g g̀ d e ê ž z i ì ï j k l m n o p r s t u f h c č š ŝ ′ û â _",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Ukrainian,
        share: 20,
        letters: "a b v h g d e ie j z y i ï y k l m n o p r s t ou f kh ts tch ch chtch _ iou ia _",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Ukrainian,
        share: 15,
        letters: "a b w h g d e je sh s y i ji j k l m n o p r s t u f ch z tsch sch schtsch _ ju ja _",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Russian,
        share: 680,
        letters: "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch ' y _ e yu ya",
        first: &[],
        pairs: &[(('ь', 'е'), "'ye"), (('ь', 'ё'), "'ye")],
    },
    Published {
        tongue: Tongue::Russian,
        share: 100,
        letters: "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Russian,
        share: 60,
        letters: "a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ ″ y ′ è û â",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Russian,
        share: 60,
        letters: "a b v g d e e zh z i j k l m n o p r s t u f h ts ch sh sch ' y ' e ju ja",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Russian,
        share: 50,
        letters: "a b v g d e ë zh z i ĭ k l m n o p r s t u f kh t͡s ch sh shch ʺ y ʹ ė i͡u i͡a",
        first: &[],
        pairs: &[],
    },
    Published {
        tongue: Tongue::Russian,
        share: 50,
        letters: "a b v g d e jo zh z i jj k l m n o p r s t u f kh c ch sh shh ″ y ′ eh ju ja",
        first: &[],
        pairs: &[],
    },
];

/// How many letters of the Cyrillic block a table covers: all of both alphabets.
const BLOCK: usize = 0x100;

/// All systems, ready to be used.
#[derive(Debug)]
pub(super) struct Systems {
    ukrainian: Vec<System>,
    russian: Vec<System>,
}

/// One system by letter.
#[derive(Debug)]
pub(super) struct System {
    share: usize,
    main: Vec<&'static str>,
    first: Vec<&'static str>,
    pairs: &'static [((char, char), &'static str)],
}

impl Systems {
    pub(super) fn all() -> Self {
        let of =
            |tongue| SYSTEMS.iter().filter(|published| published.tongue == tongue).map(System::of).collect();
        Self { ukrainian: of(Tongue::Ukrainian), russian: of(Tongue::Russian) }
    }

    /// The system of resolution 55 of the Cabinet of Ministers of Ukraine, 2010.
    pub(super) fn official(&self) -> &System {
        &self.ukrainian[0]
    }

    /// The system of one report.
    pub(super) fn drawn(&self, chance: &mut Chance, tongue: Tongue) -> &System {
        let all = match tongue {
            Tongue::Ukrainian => &self.ukrainian,
            Tongue::Russian => &self.russian,
        };
        &all[chance.weighted(all.iter().map(|system| system.share))]
    }
}

impl System {
    fn of(published: &Published) -> Self {
        let alphabet = match published.tongue {
            Tongue::Ukrainian => UKRAINIAN,
            Tongue::Russian => RUSSIAN,
        };
        let mut main = vec![""; BLOCK];
        let entries = published.letters.split(' ').map(|entry| if entry == "_" { "" } else { entry });
        for (letter, entry) in alphabet.chars().zip(entries) {
            if let Some(cell) = index(letter).and_then(|index| main.get_mut(index)) {
                *cell = entry;
            }
        }
        let mut first = main.clone();
        for (letter, entry) in published.first {
            if let Some(cell) = index(*letter).and_then(|index| first.get_mut(index)) {
                *cell = entry;
            }
        }
        Self { share: published.share, main, first, pairs: published.pairs }
    }

    /// Appends `word` in Latin letters.
    pub(super) fn write(&self, word: &str, latin: &mut String) {
        let mut begins = true;
        let mut letters = word.chars().peekable();
        while let Some(letter) = letters.next() {
            let small = small(letter);
            let pair = |next: char| self.pairs.iter().find(|(pair, _)| *pair == (small, next));
            let entry = if let Some((_, entry)) = letters.peek().and_then(|next| pair(*next)) {
                letters.next();
                entry
            } else {
                let table = if begins { &self.first } else { &self.main };
                index(small).and_then(|index| table.get(index)).copied().unwrap_or_default()
            };
            if small != letter {
                let mut entry = entry.chars();
                latin.extend(entry.next().into_iter().flat_map(char::to_uppercase));
                latin.push_str(entry.as_str());
            } else if letter == '-' || letter == ' ' {
                latin.push(letter);
            } else {
                latin.push_str(entry);
            }
            begins = letter == '-' || letter == ' ';
        }
    }
}

/// The small letter of a Cyrillic letter; any other character as it is.
fn small(letter: char) -> char {
    match letter {
        'А'..='Я' | 'Ѐ'..='Џ' | 'Ґ' => letter.to_lowercase().next().unwrap_or(letter),
        _ => letter,
    }
}

fn index(letter: char) -> Option<usize> {
    (letter as usize).checked_sub(0x400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_an_entry_and_the_shares_are_whole() {
        for tongue in [Tongue::Ukrainian, Tongue::Russian] {
            let alphabet = if tongue == Tongue::Ukrainian { UKRAINIAN } else { RUSSIAN };
            let all: Vec<_> = SYSTEMS.iter().filter(|published| published.tongue == tongue).collect();
            assert_eq!(all.iter().map(|published| published.share).sum::<usize>(), 1000);
            for published in all {
                assert_eq!(
                    published.letters.split(' ').count(),
                    alphabet.chars().count(),
                    "{}",
                    published.letters
                );
            }
        }
    }

    #[test]
    fn names_are_written_as_the_systems_say() {
        let systems = Systems::all();
        let cases = [
            (&systems.ukrainian[0], "Згурський", "Zghurskyi"),
            (&systems.ukrainian[0], "Юрій", "Yurii"),
            (&systems.ukrainian[0], "Щоголів-Їжакевич", "Shchoholiv-Yizhakevych"),
            (&systems.ukrainian[0], "Знам'янка", "Znamianka"),
            (&systems.ukrainian[2], "Сергій", "Serhiy"),
            (&systems.ukrainian[4], "Євген", "I͡evhen"),
            (&systems.ukrainian[9], "Юрій", "Iouriy"),
            (&systems.russian[0], "Анатольевич", "Anatol'yevich"),
            (&systems.russian[1], "Сергей", "Sergei"),
            (&systems.russian[5], "Сергей", "Sergejj"),
        ];
        for (system, word, expected) in cases {
            let mut latin = String::new();
            system.write(word, &mut latin);
            assert_eq!(latin, expected);
        }
    }
}
