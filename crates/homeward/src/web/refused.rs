//! What a request is told when it does not get what it asked for: in the officer's language, with what to do next.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;

use crate::act::ActError;
use crate::officer::Role;
use crate::web::desk::language_of;
use crate::web::{Words, unlawful};

/// Why a request is refused, or failed.
#[derive(Debug)]
pub enum Refused {
    /// There is no such page, person or draft.
    NotFound,
    /// No session.
    SignInFirst,
    /// The one-time link was used, has expired or never was.
    LinkSpent,
    /// The route needs a role the officer does not hold.
    NotYourRole {
        /// Roles that would do.
        needs: &'static [Role],
    },
    /// The request names a person to whom the officer has a declared relation.
    ClosedToYou,
    /// A form that none of our pages sent.
    ForeignForm,
    /// A form field is missing or does not read. Names the field, never its content.
    BadField(&'static str),
    /// An upload is refused: the message key and what it was about, without names.
    BadFile(String),
    /// The act is against a rule: message key `refusal-<code>` and a detail to show (numbers, labels).
    AgainstRule {
        /// Code of the rule.
        code: String,
        /// Numbers and labels that help; no names.
        detail: String,
    },
    /// The act needs a second officer and this one is the first.
    SameOfficer,
    /// The disk cannot take the write. Nothing was stored.
    DiskFull,
    /// The register stopped acknowledging, or something is broken that should not be.
    Broken(String),
}

/// The same for machines.
#[derive(Serialize)]
struct RefusedView {
    refused: String,
    detail: String,
    /// Code of the rule, where a rule is against it.
    rule: Option<String>,
}

impl Refused {
    /// Code: the message key is `refused-<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::SignInFirst => "sign-in-first",
            Self::LinkSpent => "link-spent",
            Self::NotYourRole { .. } => "not-your-role",
            Self::ClosedToYou => "closed-to-you",
            Self::ForeignForm => "foreign-form",
            Self::BadField(_) => "bad-field",
            Self::BadFile(_) => "bad-file",
            Self::AgainstRule { .. } => "against-rule",
            Self::SameOfficer => "same-officer",
            Self::DiskFull => "disk-full",
            Self::Broken(_) => "broken",
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst => StatusCode::UNAUTHORIZED,
            Self::LinkSpent | Self::NotYourRole { .. } | Self::ClosedToYou | Self::ForeignForm => {
                StatusCode::FORBIDDEN
            }
            Self::BadField(_) | Self::BadFile(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::AgainstRule { .. } | Self::SameOfficer => StatusCode::CONFLICT,
            Self::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What the refusal is about, in words.
    pub fn detail(&self, words: Words) -> String {
        match self {
            Self::NotYourRole { needs } => {
                let names: Vec<_> = needs.iter().map(|role| words.code("role", role.code())).collect();
                names.join(", ")
            }
            Self::BadField(field) => (*field).to_owned(),
            Self::BadFile(what) => what.clone(),
            Self::AgainstRule { code, detail } => format!("{} {detail}", words.code("refusal", code)),
            _ => String::new(),
        }
    }

    /// The answer, as a page or as JSON.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        if let Self::Broken(why) = self {
            tracing::error!(why, "request failed");
        }
        let words = Words::of(language_of(asked));
        let detail = self.detail(words);
        if wants_json(asked) {
            let rule = if let Self::AgainstRule { code, .. } = self { Some(code.clone()) } else { None };
            let view = RefusedView { refused: self.code().to_owned(), detail, rule };
            return (self.status(), axum::Json(view)).into_response();
        }
        let detail = match self {
            // On a page the field has its name; a machine is told its code.
            Self::BadField(field) => words.code("field", field),
            _ => detail,
        };
        let page = RefusedPage {
            t: words,
            css: crate::web::assets::css_href(),
            title: words.code("refused", self.code()),
            hint: words.code("refused-hint", self.code()),
            detail,
        };
        match askama::Template::render(&page) {
            Ok(html) => (self.status(), Html(html)).into_response(),
            Err(_) => self.status().into_response(),
        }
    }
}

/// Whether the request asks for JSON.
pub fn wants_json(asked: &HeaderMap) -> bool {
    asked.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

#[derive(askama::Template)]
#[template(path = "refused.html")]
struct RefusedPage {
    t: Words,
    css: &'static str,
    title: String,
    hint: String,
    detail: String,
}

impl From<ActError> for Refused {
    fn from(why: ActError) -> Self {
        match why {
            ActError::AgainstRule(refusal) => {
                let (code, detail) = unlawful::told(&refusal);
                Self::AgainstRule { code: code.to_owned(), detail }
            }
            ActError::Rule { code, detail } => Self::AgainstRule { code: code.to_owned(), detail },
            ActError::Register(why) => Self::from(why),
            ActError::SameOfficer => Self::SameOfficer,
            ActError::NotFound => Self::NotFound,
        }
    }
}

impl From<register::RegisterError> for Refused {
    fn from(why: register::RegisterError) -> Self {
        match why {
            register::RegisterError::DiskFull => Self::DiskFull,
            other => Self::Broken(other.to_string()),
        }
    }
}
