//! Why a step of a run goes no further: refused, with a code that both sides and the book know, or failed.

use super::list::Unread;

/// Why a step goes no further.
#[derive(Debug)]
pub enum Stop {
    /// What was given is refused; nothing has changed.
    Refused {
        /// The code of the reason.
        code: &'static str,
        /// What a sentence about it has room for: a line, a name, a number.
        at: String,
    },
    /// The machine failed.
    Failed(anyhow::Error),
}

/// What a step gives.
pub type Step<T> = Result<T, Stop>;

/// A refusal of which nothing more is to be said.
pub fn refused<T>(code: &'static str) -> Step<T> {
    refused_at(code, String::new())
}

/// A refusal that names a line, a name or a number.
pub fn refused_at<T>(code: &'static str, at: String) -> Step<T> {
    Err(Stop::Refused { code, at })
}

impl From<anyhow::Error> for Stop {
    fn from(why: anyhow::Error) -> Self {
        Self::Failed(why)
    }
}

impl From<std::io::Error> for Stop {
    fn from(why: std::io::Error) -> Self {
        Self::Failed(why.into())
    }
}

impl From<parley::matching::Refusal> for Stop {
    fn from(why: parley::matching::Refusal) -> Self {
        use parley::matching::Refusal;
        let at = match why {
            Refusal::Cap { found, cap } => format!("{found} > {cap}"),
            Refusal::OutOfBudget { asked, cap } => format!("{asked} > {cap}"),
            Refusal::Oversize { found, max } => format!("{found} > {max}"),
            Refusal::Key { person, .. } | Refusal::Reference { person } => (person + 1).to_string(),
            _ => String::new(),
        };
        Self::Refused { code: why.code(), at }
    }
}

impl From<Unread> for Stop {
    fn from(why: Unread) -> Self {
        Self::Refused { code: why.code, at: why.line.to_string() }
    }
}
