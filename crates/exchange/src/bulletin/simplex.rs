//! The least and the greatest value of a linear form over non-negative unknowns, in exact fractions.
//!
//! Primal simplex on a dense tableau, first admissible column and row (Bland 1977), so that it always ends. Each row
//! keeps an identity column of its own: the multipliers found there say which rows force a bound. `None` anywhere
//! means that a number did not fit; the caller then knows nothing.

use std::cmp::Ordering;

use crate::rational::Rational;

/// How a row's form relates to its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// Equal.
    Equal,
    /// Not less.
    AtLeast,
    /// Not more.
    AtMost,
}

/// One linear row over the unknowns.
#[derive(Clone, Debug)]
pub struct Row {
    /// One coefficient per unknown.
    pub coefficients: Vec<i64>,
    /// The relation.
    pub relation: Relation,
    /// The value.
    pub value: i64,
}

/// A system of rows brought to a feasible corner.
#[derive(Clone)]
pub struct Corner {
    rows: Vec<Vec<Rational>>,
    basis: Vec<usize>,
    /// Unknowns and slacks: the columns that may enter.
    free: usize,
    /// All columns; the last holds the values.
    width: usize,
}

/// What bringing a system to a corner came to.
pub enum Start {
    /// It has solutions.
    Feasible(Corner),
    /// It has none; these rows together exclude one another.
    Contradiction(Vec<usize>),
}

/// The end of one search.
pub enum Extreme {
    /// The form is bounded: the bound, and the rows that force it.
    At(Rational, Vec<usize>),
    /// The form has no bound on this side.
    Unbounded,
}

impl Corner {
    /// Brings the rows to a feasible corner.
    pub fn of(system: &[Row], unknowns: usize) -> Option<Start> {
        let slacks = system.iter().filter(|row| row.relation != Relation::Equal).count();
        let free = unknowns + slacks;
        let width = free + system.len() + 1;
        let mut slack = unknowns;
        let mut rows = Vec::with_capacity(system.len());
        for (at, Row { coefficients, relation, value }) in system.iter().enumerate() {
            let mut row = vec![Rational::ZERO; width];
            let sign = if *value < 0 { -1 } else { 1 };
            for (cell, &coefficient) in row.iter_mut().zip(coefficients) {
                *cell = Rational::whole(sign * i128::from(coefficient));
            }
            if *relation != Relation::Equal {
                let of_slack = if *relation == Relation::AtMost { sign } else { -sign };
                row[slack] = Rational::whole(of_slack);
                slack += 1;
            }
            row[free + at] = Rational::ONE;
            row[width - 1] = Rational::whole(sign * i128::from(*value));
            rows.push(row);
        }
        let basis = (free..free + system.len()).collect();
        Self { rows, basis, free, width }.start()
    }

    fn start(mut self) -> Option<Start> {
        let width = self.width;
        // Maximise minus the sum of the identity columns: the costs already reduced by the starting basis.
        let mut costs = vec![Rational::ZERO; width];
        for row in &self.rows {
            for (cost, cell) in costs.iter_mut().zip(row) {
                *cost = cost.plus(cell.minus()?)?;
            }
        }
        costs[self.free..width - 1].fill(Rational::ZERO);
        self.climb(&mut costs)?;
        if !costs[width - 1].is_zero() {
            // At the end a row takes part if its multiplier, 1 less its reduced cost, is not nought.
            let takes_part = |at: &usize| costs[self.free + at] != Rational::ONE;
            return Some(Start::Contradiction((0..self.rows.len()).filter(takes_part).collect()));
        }
        for at in 0..self.rows.len() {
            if self.basis[at] >= self.free {
                let column = (0..self.free).find(|&column| !self.rows[at][column].is_zero());
                if let Some(column) = column {
                    self.pivot(&mut costs, at, column)?;
                }
            }
        }
        Some(Start::Feasible(self))
    }

    /// The greatest value of a form over the unknowns; for the least, the greatest of its opposite.
    pub fn greatest(&self, form: &[Rational]) -> Option<Extreme> {
        let mut corner = self.clone();
        let width = corner.width;
        let mut costs = vec![Rational::ZERO; width];
        for (cost, coefficient) in costs.iter_mut().zip(form) {
            *cost = coefficient.minus()?;
        }
        for at in 0..corner.rows.len() {
            let factor = costs[corner.basis[at]];
            subtract(&mut costs, factor, &corner.rows[at])?;
        }
        if !corner.climb(&mut costs)? {
            return Some(Extreme::Unbounded);
        }
        let rows = (0..corner.rows.len()).filter(|at| !costs[corner.free + at].is_zero()).collect();
        Some(Extreme::At(costs[width - 1], rows))
    }

    /// Climbs to the top; `false` when there is none.
    fn climb(&mut self, costs: &mut [Rational]) -> Option<bool> {
        while let Some(column) = (0..self.free).find(|&column| costs[column].signum() < 0) {
            let Some(row) = self.leaving(column)? else { return Some(false) };
            self.pivot(costs, row, column)?;
        }
        Some(true)
    }

    fn leaving(&self, column: usize) -> Option<Option<usize>> {
        let mut best: Option<(Rational, usize)> = None;
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| row[column].signum() > 0) {
            let ratio = row.last()?.by(row[column])?;
            let better = match best {
                None => true,
                Some((least, held)) => match ratio.compare(least)? {
                    Ordering::Less => true,
                    Ordering::Equal => self.basis[at] < self.basis[held],
                    Ordering::Greater => false,
                },
            };
            if better {
                best = Some((ratio, at));
            }
        }
        Some(best.map(|(_, at)| at))
    }

    fn pivot(&mut self, costs: &mut [Rational], row: usize, column: usize) -> Option<()> {
        let by = self.rows[row][column];
        for cell in self.rows[row].iter_mut().filter(|cell| !cell.is_zero()) {
            *cell = cell.by(by)?;
        }
        let pivot_row = std::mem::take(&mut self.rows[row]);
        for other in self.rows.iter_mut().filter(|other| !other.is_empty()) {
            let factor = other[column];
            subtract(other, factor, &pivot_row)?;
        }
        subtract(costs, costs[column], &pivot_row)?;
        self.rows[row] = pivot_row;
        self.basis[row] = column;
        Some(())
    }
}

/// Takes `factor` times `other` from `row`.
pub fn subtract(row: &mut [Rational], factor: Rational, other: &[Rational]) -> Option<()> {
    if factor.is_zero() {
        return Some(());
    }
    let factor = factor.minus()?;
    for (cell, other) in row.iter_mut().zip(other).filter(|(_, other)| !other.is_zero()) {
        *cell = cell.plus(factor.times(*other)?)?;
    }
    Some(())
}
