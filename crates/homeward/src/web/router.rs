//! Routes with their policies. A route cannot be added without saying who may use it.
//!
//! [`Routes`] is the only way a page gets an address: its methods take a [`Policy`], and it gives no access to the router
//! inside, so a route without a policy does not compile:
//!
//! ```compile_fail
//! # use std::sync::Arc;
//! # use homeward::{node::Node, web::router::Routes};
//! fn routes(node: Arc<Node>) -> Routes {
//!     Routes::new(node).get("/people", || async { "everyone's names" })
//! }
//! ```
//!
//! With a policy it does:
//!
//! ```
//! # use std::sync::Arc;
//! # use homeward::{node::Node, officer::Role, web::router::{Policy, Routes}};
//! fn routes(node: Arc<Node>) -> Routes {
//!     Routes::new(node).get("/people", Policy::Roles(&[Role::Registrar]), || async { "names for the registrar" })
//! }
//! ```
//!
//! The guard in front of every handler finds the officer of the session, checks the roles, refuses what names a person
//! whose case is closed to the officer and, on every request that changes something, a form that none of our own pages sent.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};

use crate::node::Node;
use crate::officer::Role;
use crate::web::closed;
use crate::web::refused::Refused;
use crate::web::signin;

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Policy {
    /// Anyone: published things only.
    Public,
    /// Anyone who reaches the desk and has not signed in yet.
    Door,
    /// Any officer.
    AnyOfficer,
    /// An officer who holds one of these roles.
    Roles(&'static [Role]),
    /// Another node: what it sends is signed and sealed, the route itself gives nothing away.
    Link,
}

/// One line of the table of routes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// `GET` or `POST`.
    pub method: Method,
    /// Path pattern.
    pub path: &'static str,
    /// Who may.
    pub policy: Policy,
}

/// Routes of one port, each with its policy.
pub struct Routes {
    router: Router<Arc<Node>>,
    lines: Vec<Line>,
    node: Arc<Node>,
}

impl Routes {
    /// No routes yet.
    pub fn new(node: Arc<Node>) -> Self {
        Self { router: Router::new(), lines: Vec::new(), node }
    }

    /// A page.
    #[must_use]
    pub fn get<H: Handler<T, Arc<Node>>, T: 'static>(
        self,
        path: &'static str,
        policy: Policy,
        page: H,
    ) -> Self {
        self.add(Method::GET, path, policy, get(page))
    }

    /// An act.
    #[must_use]
    pub fn post<H: Handler<T, Arc<Node>>, T: 'static>(
        self,
        path: &'static str,
        policy: Policy,
        act: H,
    ) -> Self {
        self.add(Method::POST, path, policy, post(act))
    }

    /// An act that takes an upload of up to so many bytes; others take two megabytes at most.
    #[must_use]
    pub fn post_up_to<H: Handler<T, Arc<Node>>, T: 'static>(
        self,
        path: &'static str,
        policy: Policy,
        bytes_max: usize,
        act: H,
    ) -> Self {
        self.add(Method::POST, path, policy, post(act).layer(DefaultBodyLimit::max(bytes_max)))
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        policy: Policy,
        handler: MethodRouter<Arc<Node>>,
    ) -> Self {
        let guarded = handler.layer(middleware::from_fn_with_state((self.node.clone(), policy), guard));
        self.router = self.router.route(path, guarded);
        self.lines.push(Line { method, path, policy });
        self
    }

    /// The routes of another area beside these.
    #[must_use]
    pub fn and(self, area: impl FnOnce(Self) -> Self) -> Self {
        area(self)
    }

    /// The table of routes: what a test of every route and role runs over.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The service, with an answer for unknown addresses.
    pub fn into_service(self) -> Router {
        let node = self.node.clone();
        self.router
            .fallback(|request: Request| async move { Refused::NotFound.answer(request.headers()) })
            .layer(middleware::from_fn_with_state(node.clone(), headers))
            .with_state(node)
    }
}

/// Checks who asks before a handler runs.
async fn guard(
    State((node, policy)): State<(Arc<Node>, Policy)>,
    mut request: Request,
    next: Next,
) -> Response {
    let asked = request.headers().clone();
    if request.method() == Method::POST && policy != Policy::Link && !from_our_own_page(request.headers()) {
        return Refused::ForeignForm.answer(request.headers());
    }
    let officer = match policy {
        Policy::Public | Policy::Door | Policy::Link => None,
        Policy::AnyOfficer | Policy::Roles(_) => match signin::officer_of(&node, request.headers()).await {
            Ok(Some(officer)) => Some(officer),
            Ok(None) => return Refused::SignInFirst.answer(request.headers()),
            Err(why) => return Refused::from(why).answer(request.headers()),
        },
    };
    if let (Policy::Roles(roles), Some(officer)) = (policy, &officer)
        && !officer.holds(roles)
    {
        return Refused::NotYourRole { needs: roles }.answer(request.headers());
    }
    if let Some(officer) = officer {
        request = match closed::pass(&node, &officer, request).await {
            Ok(request) => request,
            Err(why) => return why.answer(&asked),
        };
        request.extensions_mut().insert(officer);
    }
    next.run(request).await
}

/// Whether a form was sent by one of our own pages: browsers say so themselves (`Sec-Fetch-Site`); where they do not,
/// the origin's host must be the host that was asked.
fn from_our_own_page(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text(header::HOST)
        }
        (None, None) => false,
    }
}

/// Puts the security headers on every answer.
async fn headers(State(_node): State<Arc<Node>>, request: Request, next: Next) -> Response {
    let asset = request.uri().path().starts_with("/static/");
    let asked = request.headers().clone();
    let mut response = next.run(request).await;
    if let Some(refused) = response.extensions().get::<Arc<Refused>>().cloned() {
        response = refused.answer(&asked);
    }
    let kept = asset && response.status().is_success();
    for (name, value) in super::headers::security() {
        if !(kept && name == header::CACHE_CONTROL) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_from_elsewhere_is_refused() {
        let cases: [(&[(&str, &str)], bool); 6] = [
            (&[("sec-fetch-site", "same-origin"), ("host", "a")], true),
            (&[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("origin", "http://a:1"), ("host", "a:1")], true),
            (&[("origin", "null"), ("host", "null")], false),
            (&[("host", "a")], false),
        ];
        for (sent, taken) in cases {
            let mut headers = HeaderMap::new();
            for (name, value) in sent {
                headers.insert(header::HeaderName::from_static(name), value.parse().unwrap());
            }
            assert_eq!(from_our_own_page(&headers), taken, "{sent:?}");
        }
    }
}
