//! The simplex method in exact fractions (Dantzig; the rule against circles: Bland 1977): what leximin is held against.

use super::Fraction;

fn times(a: Fraction, b: Fraction) -> Fraction {
    a.times(b.num()).unwrap().divided(b.den()).unwrap()
}

/// One over a number that is not 0.
fn one_over(a: Fraction) -> Fraction {
    let turned = Fraction::new(a.den(), a.num().amount());
    if a.num().is_negative() { less(Fraction::ZERO, turned) } else { turned }
}

fn less(a: Fraction, b: Fraction) -> Fraction {
    a.minus(b).unwrap()
}

struct Tableau {
    /// Each row ends with its right side.
    rows: Vec<Vec<Fraction>>,
    basis: Vec<usize>,
}

impl Tableau {
    fn pivot(&mut self, row: usize, column: usize) {
        let by = self.rows[row][column];
        let turned = one_over(by);
        self.rows[row].iter_mut().for_each(|number| *number = times(*number, turned));
        let pivot = self.rows[row].clone();
        for (at, other) in self.rows.iter_mut().enumerate().filter(|(at, _)| *at != row) {
            let _ = at;
            let factor = other[column];
            other.iter_mut().zip(&pivot).for_each(|(number, by)| *number = less(*number, times(factor, *by)));
        }
        self.basis[row] = column;
    }

    /// Goes on while a column is worth entering; gives the worth reached.
    fn go(&mut self, worth: &[Fraction]) -> Fraction {
        loop {
            let gain = |column: usize| {
                let used =
                    self.rows.iter().zip(&self.basis).map(|(row, &base)| times(worth[base], row[column]));
                used.fold(worth[column], less)
            };
            let Some(column) = (0..worth.len()).find(|&column| gain(column) > Fraction::ZERO) else { break };
            let ratio = |row: &Vec<Fraction>| {
                let (right, by) = (row[row.len() - 1], row[column]);
                (by > Fraction::ZERO).then(|| times(right, one_over(by)))
            };
            let rows =
                self.rows.iter().enumerate().filter_map(|(at, row)| Some((ratio(row)?, self.basis[at], at)));
            let (.., row) = rows.min().expect("bounded");
            self.pivot(row, column);
        }
        let right = |row: &Vec<Fraction>| row[row.len() - 1];
        self.rows
            .iter()
            .zip(&self.basis)
            .fold(Fraction::ZERO, |sum, (row, &base)| sum.plus(times(worth[base], right(row))).unwrap())
    }
}

/// The most worth of numbers from 0 on that give each row its right side, which is not below 0; nothing where none do.
pub fn most(rows: Vec<Vec<Fraction>>, right: Vec<Fraction>, worth: &[Fraction]) -> Option<Fraction> {
    let (count, columns) = (rows.len(), worth.len());
    let mut tableau = Tableau { rows: Vec::new(), basis: (columns..columns + count).collect() };
    for (at, (mut row, right)) in rows.into_iter().zip(right).enumerate() {
        row.extend((0..count).map(|own| if own == at { Fraction::ONE } else { Fraction::ZERO }));
        row.push(right);
        tableau.rows.push(row);
    }
    let mut first = vec![Fraction::ZERO; columns];
    first.resize(columns + count, Fraction::new(-1_i128, 1_u32));
    if tableau.go(&first) != Fraction::ZERO {
        return None;
    }
    // Helping columns that are still there at nothing are exchanged, or their rows say nothing.
    for row in (0..count).rev().filter(|&row| tableau.basis[row] >= columns).collect::<Vec<_>>() {
        match (0..columns).find(|&column| tableau.rows[row][column] != Fraction::ZERO) {
            Some(column) => tableau.pivot(row, column),
            None => {
                tableau.rows.remove(row);
                tableau.basis.remove(row);
            }
        }
    }
    for row in &mut tableau.rows {
        row.drain(columns..columns + count);
    }
    Some(tableau.go(worth))
}
