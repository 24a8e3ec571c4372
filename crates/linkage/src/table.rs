//! Records as the kernel reads them: each cell a number, each row in an order that does not depend on how it came.

use crate::birth::Born;
use crate::block::bones;
use crate::forms::{Folding, Forms, ROLES, Role};
use crate::intern::{FETCHED, NONE, hash, joined};
use crate::packed::{Packed, SURE, letters};
use crate::weights::Rarity;

/// What a column means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Part of a person's name.
    Name(Role),
    /// Date of birth.
    Birth,
    /// A name of a place, or other words that are compared by sound.
    Words,
    /// A code that several people share: unit, postcode.
    Code,
    /// A number that one person has: service number, number of a passport.
    Number,
    /// One of few values, such as sex: it agrees or not.
    Category,
}

/// The most characters of a cell that are read.
pub const CELL_CHARS_MAX: usize = 256;
/// The most columns that are compared beside the name.
pub const COLUMNS_MAX: usize = 12;
/// The most sources that are told apart.
pub const SOURCES_MAX: usize = 16;

/// A column of the table.
#[derive(Clone, Debug)]
pub struct Column {
    /// What it means.
    pub kind: Kind,
    /// Its writings; of a name all three columns share the first one's.
    pub forms: Forms,
    /// How often each key comes, by key.
    pub counts: Vec<u32>,
    /// How many cells say something.
    pub filled: u32,
    /// Cells of a date of birth that are none.
    pub unread: u32,
}

/// Rows whose cells are numbered together, so that the processor waits for what many of them need at once.
const WAITING_ROWS: usize = FETCHED;

/// Cells that came and have no number yet, row by row.
#[derive(Clone, Debug, Default)]
struct Waiting {
    text: String,
    ends: Vec<usize>,
}

impl Waiting {
    fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    fn cell(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[at]]
    }

    /// None, with the room that was there.
    fn emptied(mut self) -> Self {
        self.text.clear();
        self.ends.clear();
        self
    }
}

/// Records, columns in numbers.
#[derive(Clone, Debug)]
pub struct Table {
    /// Writings of names of people.
    pub names: Forms,
    /// How often each key of a name comes, by role and key.
    pub name_counts: [Vec<u32>; 3],
    /// How many names have the part.
    pub name_filled: [u32; 3],
    /// The columns beside the name.
    pub columns: Vec<Column>,
    /// Cells, row by row: three of the name, then one a column.
    cells: Vec<u32>,
    waiting: Waiting,
    /// The rows in keys (of a date its bits), as they are compared before any text is.
    pub packed: Packed,
    /// Source by row.
    pub sources: Vec<u8>,
    /// The row in the order in which it came, by row here.
    pub came: Vec<u32>,
    /// What a source is called.
    pub source_names: Vec<String>,
    /// Whether there are more than [`SOURCES_MAX`] sources, so that the last stands for several.
    pub has_more_sources: bool,
}

impl Table {
    /// An empty table of these columns; of a name each part at most once.
    ///
    /// # Panics
    /// With more than [`COLUMNS_MAX`] columns beside the name: how a pair compares has no room for them.
    pub fn new(kinds: &[Kind]) -> Self {
        let beside = kinds.iter().filter(|kind| !matches!(kind, Kind::Name(_))).count();
        assert!(beside <= COLUMNS_MAX, "{beside} columns beside the name, of at most {COLUMNS_MAX}");
        let folding = |kind: &Kind| match kind {
            Kind::Name(_) => None,
            Kind::Words => Some(Folding::Words),
            Kind::Code => Some(Folding::Code),
            Kind::Category => Some(Folding::Category),
            Kind::Birth | Kind::Number => Some(Folding::Number),
        };
        let columns = kinds.iter().filter_map(|kind| {
            let forms = Forms::new(folding(kind)?);
            Some(Column { kind: *kind, forms, counts: Vec::new(), filled: 0, unread: 0 })
        });
        Self {
            names: Forms::new(Folding::Name),
            name_counts: Default::default(),
            name_filled: [0; 3],
            columns: columns.collect(),
            cells: Vec::new(),
            waiting: Waiting::default(),
            packed: Packed::default(),
            sources: Vec::new(),
            came: Vec::new(),
            source_names: Vec::new(),
            has_more_sources: false,
        }
    }

    /// How many cells a row has.
    pub fn width(&self) -> usize {
        3 + self.columns.len()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Adds a record: the three parts of the name, then a cell for each other column; an empty cell is a missing one.
    pub fn push(&mut self, source: &str, name: [&str; 3], cells: &[&str]) {
        let source = self.source(source);
        self.came.push(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        self.sources.push(source);
        let cells = cells.iter().copied().chain(std::iter::repeat("")).take(self.columns.len());
        let name = with_initials_apart(name);
        name.into_iter().chain(cells).for_each(|cell| self.waiting.push(cut(cell).trim()));
        if self.waiting.ends.len() >= WAITING_ROWS * self.width() {
            self.take_waiting();
        }
    }

    /// Numbers the cells that wait, column by column.
    fn take_waiting(&mut self) {
        let width = self.width();
        let (cells, waiting) = (&mut self.cells, std::mem::take(&mut self.waiting));
        let start = cells.len();
        cells.resize(start + waiting.ends.len(), NONE);
        let column = |at: usize| (at..waiting.ends.len()).step_by(width).map(|at| (at, waiting.cell(at)));
        let (names, columns) = (&mut self.names, &mut self.columns);
        for at in 0..width {
            let (kind, forms) = match at.checked_sub(3).map(|at| &mut columns[at]) {
                Some(Column { kind: Kind::Birth, unread, .. }) => {
                    for (at, cell) in column(at) {
                        let born = Born::read(cell).bits();
                        *unread += u32::from(born == NONE && !cell.is_empty());
                        cells[start + at] = born;
                    }
                    continue;
                }
                Some(column) => (column.kind, &mut column.forms),
                None => (Kind::Name(ROLES[at.min(2)]), &mut *names),
            };
            // "Not applicable" is nobody's number.
            let says = |cell: &str| kind != Kind::Number || cell.contains(|c: char| c.is_ascii_digit());
            let hashes = forms.fetch(column(at).map(|(_, cell)| cell));
            for ((at, cell), hash) in column(at).zip(hashes).filter(|((_, cell), _)| says(cell)) {
                cells[start + at] = forms.form_of(cell, hash);
            }
        }
        self.waiting = waiting.emptied();
    }

    fn source(&mut self, name: &str) -> u8 {
        let known = self.source_names.iter().position(|one| one == name);
        let at = known.unwrap_or_else(|| {
            // What is beyond the most that are told apart is one source.
            self.has_more_sources = self.source_names.len() >= SOURCES_MAX;
            if !self.has_more_sources {
                self.source_names.push(name.to_owned());
            }
            self.source_names.len() - 1
        });
        u8::try_from(at).unwrap_or(0)
    }

    /// Once every record is there: folds, orders rows by what they say, puts exchanged name parts in their places and counts.
    pub fn settle(&mut self) {
        self.take_waiting();
        self.names.settle();
        self.columns.iter_mut().for_each(|column| column.forms.settle());
        self.order();
        let keys = self.name_keys(Forms::key);
        self.count_names(&keys);
        self.put_names_right(&keys);
        let keys = self.column_keys();
        self.count_columns(&keys);
        self.pack(&keys);
    }

    /// Sources by name, rows by what they say: the same whatever the order in which they came.
    fn order(&mut self) {
        let mut sorted = self.source_names.clone();
        sorted.sort_unstable();
        let place = |name: &String| sorted.binary_search(name).map_or(0, |at| at as u8);
        let moved: Vec<u8> = self.source_names.iter().map(place).collect();
        self.sources.iter_mut().for_each(|source| *source = moved[*source as usize]);
        self.source_names = sorted;
        let width = self.width();
        let sources: Vec<u64> = self.source_names.iter().map(|name| hash(name.as_bytes())).collect();
        let of_row = |row: usize| self.row_hash(sources[self.sources[row] as usize], row);
        let mut order: Vec<(u64, u32)> = (0..self.len()).map(|row| (of_row(row), row as u32)).collect();
        order.sort_unstable();
        let mut cells = Vec::with_capacity(self.cells.len());
        for (_, row) in &order {
            let start = *row as usize * width;
            cells.extend_from_slice(&self.cells[start..start + width]);
        }
        self.cells = cells;
        self.sources = order.iter().map(|(_, row)| self.sources[*row as usize]).collect();
        self.came = order.iter().map(|(_, row)| self.came[*row as usize]).collect();
    }

    fn row_hash(&self, source: u64, row: usize) -> u64 {
        let cells = self.cells(row);
        let names = cells[..3].iter().fold(source, |sum, form| joined(sum, self.names.hash(*form)));
        self.columns.iter().zip(&cells[3..]).fold(names, |sum, (column, cell)| match column.kind {
            Kind::Birth => joined(sum, u64::from(*cell)),
            _ => joined(sum, column.forms.hash(*cell)),
        })
    }

    /// The keys of the names' forms by role, side by side: they are read for every row. An initial has none: half of all men share it.
    fn name_keys(&self, key: impl Fn(&Forms, u32, Role) -> u32) -> Vec<[u32; 3]> {
        let of = |form: u32| match self.names.is_initial(form) {
            true => [NONE; 3],
            false => ROLES.map(|role| key(&self.names, form, role)),
        };
        (0..self.names.len() as u32).map(of).collect()
    }

    /// The keys of the other columns' forms; of a date there are none, it is its own key.
    fn column_keys(&self) -> Vec<Vec<u32>> {
        let of = |forms: &Forms| (0..forms.len() as u32).map(|form| forms.key(form, Role::Surname)).collect();
        let of = |column: &Column| if column.kind == Kind::Birth { Vec::new() } else { of(&column.forms) };
        self.columns.iter().map(of).collect()
    }

    fn count_names(&mut self, keys: &[[u32; 3]]) {
        let mut counts = [(); 3].map(|()| vec![0_u32; self.names.keys_len()]);
        for cells in self.cells.chunks_exact(self.width()) {
            for (role, (counts, form)) in counts.iter_mut().zip(cells).enumerate() {
                counts[keys[*form as usize][role] as usize] += 1;
            }
        }
        counts.iter_mut().for_each(|counts| counts[NONE as usize] = 0);
        self.name_filled = [0, 1, 2].map(|role| counts[role].iter().sum());
        self.name_counts = counts;
    }

    /// A given name in the surname's column, a patronymic in the given name's: where the columns of all records say so
    /// clearly, the parts change places, and are counted where they are then.
    fn put_names_right(&mut self, keys: &[[u32; 3]]) {
        let width = self.width();
        let usual: Vec<[f32; 3]> = (0..self.names.len()).map(|form| self.usual(form as u32)).collect();
        for cells in self.cells.chunks_exact_mut(width) {
            let before: [u32; 3] = [0, 1, 2].map(|at| cells[at]);
            let best = best_order(before, &usual);
            if best == before {
                continue;
            }
            cells[..3].copy_from_slice(&best);
            for (role, counts) in self.name_counts.iter_mut().enumerate() {
                let of = |form: u32| keys[form as usize][role] as usize;
                counts[of(before[role])] -= u32::from(of(before[role]) != NONE as usize);
                counts[of(best[role])] += u32::from(of(best[role]) != NONE as usize);
            }
        }
        self.name_filled = [0, 1, 2].map(|role| self.name_counts[role].iter().sum());
    }

    /// How usual a form is in each role, in bits.
    fn usual(&self, form: u32) -> [f32; 3] {
        if form == NONE || self.names.is_initial(form) {
            return [0.0; 3];
        }
        ROLES.map(|role| {
            // A part that no record has is nobody's place: a list without patronymics has no rare ones.
            if self.name_filled[role as usize] == 0 {
                return -64.0;
            }
            let count = self.name_counts[role as usize][self.names.key(form, role) as usize];
            let all = self.name_filled[role as usize].max(1);
            let bits = ((count as f32 + 0.5) / all as f32).log2();
            // The place of a patronymic stays empty, unless what is there ends as one.
            if role == Role::Patronymic && !self.names.is_patronymic(form) { bits - 4.0 } else { bits }
        })
    }

    fn count_columns(&mut self, keys: &[Vec<u32>]) {
        let mut counts: Vec<Vec<u32>> =
            self.columns.iter().map(|column| vec![0; column.forms.keys_len()]).collect();
        self.columns.iter_mut().for_each(|column| column.filled = 0);
        for cells in self.cells.chunks_exact(3 + self.columns.len()) {
            for (at, (column, cell)) in self.columns.iter_mut().zip(&cells[3..]).enumerate() {
                column.filled += u32::from(*cell != NONE);
                if let Some(key) = keys[at].get(*cell as usize) {
                    counts[at][*key as usize] += 1;
                }
            }
        }
        for (column, mut counts) in self.columns.iter_mut().zip(counts) {
            counts[NONE as usize] = 0;
            column.counts = counts;
        }
    }

    fn pack(&mut self, of_columns: &[Vec<u32>]) {
        let names = [Role::Surname, Role::Given, Role::Patronymic].map(Kind::Name);
        let kinds: Vec<Kind> = names.into_iter().chain(self.columns.iter().map(|one| one.kind)).collect();
        let texts = || (0..self.names.keys_len() as u32).map(|key| self.names.key_text(key));
        let bones: Vec<[u32; 2]> = texts().map(bones).collect();
        let letters: Vec<u32> = texts().map(letters).collect();
        let of_names = self.name_keys(Forms::sought_key);
        let worth = Rarity::of(self).eighths();
        let mut packed = Packed::new(&kinds, self.len());
        let mut keys = vec![NONE; kinds.len()];
        for (cells, source) in self.cells.chunks_exact(kinds.len()).zip(&self.sources) {
            let (names, others) = cells.split_at(3);
            let names = [0, 1, 2].map(|role| of_names[names[role] as usize][role]);
            keys[..3].copy_from_slice(&names);
            for ((key, cell), of_column) in keys[3..].iter_mut().zip(others).zip(of_columns) {
                *key = of_column.get(*cell as usize).copied().unwrap_or(*cell);
            }
            let sure = self.names.is_sure(cells[1]);
            let mut letters = names.map(|key| letters[key as usize]);
            letters[1] |= if sure { SURE } else { 0 };
            let worth = |at: usize| worth[at].get(keys[at] as usize).copied().unwrap_or(0);
            packed.push(&keys, bones[names[0] as usize], letters, worth, *source);
        }
        self.packed = packed;
    }

    /// The cells of a row: three of the name, then one a column.
    pub fn cells(&self, row: usize) -> &[u32] {
        let width = self.width();
        &self.cells[row * width..(row + 1) * width]
    }

    /// Fetches what the rows of pairs are compared by, for many pairs at once, since each has to be waited for.
    pub(crate) fn fetch(&self, pairs: &[(u32, u32)]) {
        let rows = pairs.iter().flat_map(|(one, other)| [*one as usize, *other as usize]);
        let last = self.width() - 1;
        std::hint::black_box(rows.fold(0, |sum, row| sum ^ self.cells(row)[0] ^ self.cells(row)[last]));
        // Of what is equal or missing no writing is read.
        let forms = |(one, other): (&u32, &u32)| match *one != *other && *one != NONE && *other != NONE {
            true => [*one, *other],
            false => [NONE; 2],
        };
        let touched = pairs.iter().fold(0, |sum, (one, other)| {
            let (one, other) = (self.cells(*one as usize), self.cells(*other as usize));
            let mut sum = sum;
            for (at, forms) in one.iter().zip(other).map(forms).enumerate() {
                let of = match at.checked_sub(3).map(|at| &self.columns[at]) {
                    None => &self.names,
                    Some(column) if column.kind == Kind::Birth => continue,
                    Some(column) => &column.forms,
                };
                sum ^= forms.iter().fold(0, |sum, form| sum ^ of.key(*form, Role::Surname));
            }
            sum
        });
        std::hint::black_box(touched);
    }

    /// The keys of a row.
    pub fn keys(&self, row: usize) -> &[u32] {
        self.packed.keys(row)
    }
}

/// The order of a name's parts in which they are clearly more usual; else the order as written.
fn best_order(cells: [u32; 3], usual: &[[f32; 3]]) -> [u32; 3] {
    const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [1, 0, 2], [0, 2, 1], [2, 1, 0], [1, 2, 0], [2, 0, 1]];
    let usual = cells.map(|cell| usual[cell as usize]);
    let worth = |order: &[usize; 3]| -> f32 { (0..3).map(|role| usual[order[role]][role]).sum() };
    let mut best = (ORDERS[0], worth(&ORDERS[0]) + 4.0);
    for order in &ORDERS[1..] {
        let found = worth(order);
        if found > best.1 {
            best = (*order, found);
        }
    }
    best.0.map(|at| cells[at])
}

/// A name whose given name is two initials, `И.И.` or `J. R.`: the second is of the patronymic, where there is none.
fn with_initials_apart(name: [&str; 3]) -> [&str; 3] {
    let [surname, given, patronymic] = name;
    // Two consonants are no name.
    let is_bare = |text: &str| {
        text.chars().count() == 2
            && text.chars().all(|c| c.is_uppercase() && !"АЕЄИІЇОУЮЯЫЭЁAEIOUY".contains(c))
    };
    let given = given.trim();
    let is_short = given.len() <= 8;
    if given.len() > 24
        || !(is_short && is_bare(given) || given.bytes().any(|byte| matches!(byte, b'.' | b' ')))
    {
        return name;
    }
    let mut letters = given.char_indices().filter(|(_, c)| c.is_alphabetic());
    let (Some((first, one)), Some((second, other))) = (letters.next(), letters.next()) else { return name };
    let apart = |at: usize, c: char| !given[at + c.len_utf8()..].starts_with(char::is_alphabetic);
    let single = (is_bare(given) || apart(first, one)) && apart(second, other) && letters.next().is_none();
    match single {
        true if patronymic.trim().is_empty() => {
            [surname, &given[first..first + one.len_utf8()], &given[second..second + other.len_utf8()]]
        }
        true => [surname, &given[first..first + one.len_utf8()], patronymic],
        false => name,
    }
}

/// The beginning of a cell: as much as is read.
fn cut(cell: &str) -> &str {
    if cell.len() <= CELL_CHARS_MAX {
        return cell;
    }
    cell.char_indices().nth(CELL_CHARS_MAX).map_or(cell, |(end, _)| &cell[..end])
}
