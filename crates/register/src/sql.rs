//! The one place where a statement meets the database. Statements are constants, values are bound, never pasted.
#![expect(clippy::disallowed_methods, reason = "SQL lives in the register, and runs in this module")]

use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteConnection, SqliteRow};
use sqlx::{Row as _, TypeInfo, ValueRef, query::Query};

use crate::cell::Cell;
use crate::error::RegisterError;

/// Carries out a statement and answers how many rows it touched.
pub(crate) async fn run(
    conn: &mut SqliteConnection,
    statement: &'static str,
    binds: &[Cell],
) -> Result<u64, RegisterError> {
    Ok(bound(statement, binds).execute(conn).await?.rows_affected())
}

/// Carries out a whole migration.
pub(crate) async fn script(conn: &mut SqliteConnection, text: &'static str) -> Result<(), RegisterError> {
    sqlx::raw_sql(text).execute(conn).await?;
    Ok(())
}

/// Reads all rows a statement gives. Every statement with many rows carries its own LIMIT.
pub(crate) async fn rows(
    conn: &mut SqliteConnection,
    statement: &'static str,
    binds: &[Cell],
) -> Result<Vec<Vec<Cell>>, RegisterError> {
    bound(statement, binds).fetch_all(conn).await?.iter().map(cells).collect()
}

/// Reads at most one row.
pub(crate) async fn row(
    conn: &mut SqliteConnection,
    statement: &'static str,
    binds: &[Cell],
) -> Result<Option<Vec<Cell>>, RegisterError> {
    bound(statement, binds).fetch_optional(conn).await?.as_ref().map(cells).transpose()
}

/// Reads one whole number, 0 where there is none.
pub(crate) async fn number(
    conn: &mut SqliteConnection,
    statement: &'static str,
    binds: &[Cell],
) -> Result<i64, RegisterError> {
    Ok(match row(conn, statement, binds).await?.and_then(|row| row.into_iter().next()) {
        Some(Cell::Int(value)) => value,
        _ => 0,
    })
}

fn bound<'q>(statement: &'static str, binds: &[Cell]) -> Query<'q, Sqlite, SqliteArguments> {
    binds.iter().fold(sqlx::query(statement), |query, cell| match cell {
        Cell::Null | Cell::Foreign => query.bind(None::<i64>),
        Cell::Int(value) => query.bind(*value),
        Cell::Text(text) => query.bind(text.clone()),
        Cell::Bytes(bytes) => query.bind(bytes.clone()),
    })
}

/// A row as stored. What is not of a type the register writes becomes [`Cell::Foreign`], so that one damaged row is
/// refused by its seal instead of failing the whole list.
fn cells(row: &SqliteRow) -> Result<Vec<Cell>, RegisterError> {
    let mut out = Vec::with_capacity(row.len());
    for at in 0..row.len() {
        let raw = row.try_get_raw(at)?;
        let kind = raw.type_info().name().to_owned();
        out.push(match (raw.is_null(), kind.as_str()) {
            (true, _) => Cell::Null,
            (_, "INTEGER") => Cell::Int(row.try_get_unchecked(at)?),
            (_, "TEXT") => row.try_get_unchecked::<String, _>(at).map_or(Cell::Foreign, Cell::Text),
            (_, "BLOB") => Cell::Bytes(row.try_get_unchecked(at)?),
            _ => Cell::Foreign,
        });
    }
    Ok(out)
}
