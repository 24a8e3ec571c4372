//! Records as the kernel reads them: each cell a number, each row in an order that does not depend on how it came.

use crate::birth::Born;
use crate::block::bones;
use crate::forms::{Folding, Forms, ROLES, Role};
use crate::intern::{FETCHED, NONE, hash, joined};
use crate::packed::{Packed, letters};
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
}

impl Table {
    /// An empty table of these columns; of a name each part at most once.
    pub fn new(kinds: &[Kind]) -> Self {
        let folding = |kind: &Kind| match kind {
            Kind::Name(_) => None,
            Kind::Words => Some(Folding::Name),
            Kind::Birth | Kind::Code | Kind::Number | Kind::Category => Some(Folding::Code),
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
            if self.source_names.len() < SOURCES_MAX {
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
        self.count_names();
        self.put_names_right();
        self.count_names();
        self.count_columns();
        self.pack();
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
        let mut order: Vec<(u64, u32)> =
            (0..self.len()).map(|row| (self.row_hash(row), row as u32)).collect();
        order.sort_unstable();
        let cells = order.iter().flat_map(|(_, row)| {
            let start = *row as usize * width;
            self.cells[start..start + width].iter().copied()
        });
        self.cells = cells.collect();
        self.sources = order.iter().map(|(_, row)| self.sources[*row as usize]).collect();
        self.came = order.iter().map(|(_, row)| self.came[*row as usize]).collect();
    }

    fn row_hash(&self, row: usize) -> u64 {
        let cells = self.cells(row);
        let name = hash(self.source_names[self.sources[row] as usize].as_bytes());
        let names = cells[..3].iter().fold(name, |sum, form| joined(sum, self.names.hash(*form)));
        self.columns.iter().zip(&cells[3..]).fold(names, |sum, (column, cell)| match column.kind {
            Kind::Birth => joined(sum, u64::from(*cell)),
            _ => joined(sum, column.forms.hash(*cell)),
        })
    }

    fn count_names(&mut self) {
        let mut counts = [(); 3].map(|()| vec![0_u32; self.names.keys_len()]);
        for row in 0..self.len() {
            for (role, counts) in ROLES.into_iter().zip(&mut counts) {
                let form = self.cells[row * self.width() + role as usize];
                if form != NONE && !self.names.is_initial(form) {
                    counts[self.names.key(form, role) as usize] += 1;
                }
            }
        }
        self.name_filled = [0, 1, 2].map(|role| counts[role].iter().sum());
        self.name_counts = counts;
    }

    /// A given name in the surname's column, a patronymic in the given name's: where the columns of all records say so
    /// clearly, the parts change places.
    fn put_names_right(&mut self) {
        let width = self.width();
        let usual: Vec<[f32; 3]> = (0..self.names.len()).map(|form| self.usual(form as u32)).collect();
        for row in 0..self.len() {
            let cells: [u32; 3] = [0, 1, 2].map(|at| self.cells[row * width + at]);
            let best = best_order(cells, &usual);
            self.cells[row * width..row * width + 3].copy_from_slice(&best);
        }
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

    /// The key of a cell; an initial is none: half of all men share it.
    fn key(&self, at: usize, cell: u32) -> u32 {
        match at.checked_sub(3) {
            None if self.names.is_initial(cell) => NONE,
            None => self.names.sought_key(cell, ROLES[at]),
            Some(column) if self.columns[column].kind == Kind::Birth => cell,
            Some(column) => self.columns[column].forms.key(cell, Role::Surname),
        }
    }

    fn count_columns(&mut self) {
        for at in 0..self.columns.len() {
            let mut counts = vec![0; self.columns[at].forms.keys_len()];
            let mut filled = 0;
            for row in 0..self.len() {
                let cell = self.cells(row)[3 + at];
                filled += u32::from(cell != NONE);
                if cell != NONE && self.columns[at].kind != Kind::Birth {
                    counts[self.key(3 + at, cell) as usize] += 1;
                }
            }
            self.columns[at].filled = filled;
            self.columns[at].counts = counts;
        }
    }

    fn pack(&mut self) {
        let names = [Role::Surname, Role::Given, Role::Patronymic].map(Kind::Name);
        let kinds: Vec<Kind> = names.into_iter().chain(self.columns.iter().map(|one| one.kind)).collect();
        let texts = || (0..self.names.keys_len() as u32).map(|key| self.names.key_text(key));
        let bones: Vec<[u32; 2]> = texts().map(bones).collect();
        let letters: Vec<u32> = texts().map(letters).collect();
        let rarity = Rarity::of(self);
        let mut packed = Packed::new(&kinds, self.len());
        let mut keys = vec![NONE; kinds.len()];
        for row in 0..self.len() {
            let cells = self.cells(row);
            for (at, key) in keys.iter_mut().enumerate() {
                *key = self.key(at, cells[at]);
            }
            let of_names = [0, 1, 2].map(|at| letters[keys[at] as usize]);
            let worth = |at: usize| rarity.of_key(at, keys[at]);
            packed.push(&keys, bones[keys[0] as usize], of_names, worth, self.sources[row]);
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
        let rows = || pairs.iter().flat_map(|(one, other)| [*one as usize, *other as usize]);
        let cells = rows().fold(0, |sum, row| sum ^ self.cells(row)[0] ^ self.cells(row)[self.width() - 1]);
        let forms = |row: usize| {
            let (names, others) = self.cells(row).split_at(3);
            let names = names.iter().fold(0, |sum, cell| sum ^ self.names.key(*cell, Role::Surname));
            let others = self.columns.iter().zip(others).filter(|(column, _)| column.kind != Kind::Birth);
            others.fold(names, |sum, (column, cell)| sum ^ column.forms.key(*cell, Role::Surname))
        };
        std::hint::black_box(rows().fold(cells, |sum, row| sum ^ forms(row)));
    }

    /// The keys of a row.
    pub fn keys(&self, row: usize) -> &[u32] {
        self.packed.keys(row)
    }
}

/// The order of a name's parts in which they are clearly more usual; else the order as written.
fn best_order(cells: [u32; 3], usual: &[[f32; 3]]) -> [u32; 3] {
    const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [1, 0, 2], [0, 2, 1], [2, 1, 0], [1, 2, 0], [2, 0, 1]];
    let worth =
        |order: &[usize; 3]| -> f32 { (0..3).map(|role| usual[cells[order[role]] as usize][role]).sum() };
    let mut best = (ORDERS[0], worth(&ORDERS[0]) + 4.0);
    for order in &ORDERS[1..] {
        let found = worth(order);
        if found > best.1 {
            best = (*order, found);
        }
    }
    best.0.map(|at| cells[at])
}

/// The beginning of a cell: as much as is read.
fn cut(cell: &str) -> &str {
    cell.char_indices().nth(CELL_CHARS_MAX).map_or(cell, |(end, _)| &cell[..end])
}
