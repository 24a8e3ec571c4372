//! Every route of the desk and of the public pages, area by area.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::node::Node;
use crate::web::router::{Policy, Routes};
use crate::web::{
    agreement, assets, bulletins, calls, candidates, dossier, imports, ledger, links, log, matters, overview,
    people, relations, rounds, signin,
};

/// The desk: pages and acts for officers.
pub fn desk(node: Arc<Node>) -> Routes {
    Routes::new(node)
        .and(statics)
        .and(signin::routes)
        .and(agreement::routes)
        .and(imports::routes)
        .and(links::routes)
        .and(people::routes)
        .and(dossier::routes)
        .and(candidates::routes)
        .and(relations::routes)
        .and(calls::routes)
        .and(bulletins::routes)
        .and(rounds::routes)
        .and(overview::routes)
        .and(ledger::routes)
        .and(matters::routes)
        .and(log::routes)
}

/// The public pages: released bulletins, for anyone.
pub fn public(node: Arc<Node>) -> Routes {
    Routes::new(node).and(statics).and(crate::web::public::routes)
}

fn statics(routes: Routes) -> Routes {
    routes.get("/static/{*path}", Policy::Public, asset)
}

async fn asset(request: Request) -> Response {
    match assets::asset(request.uri().path()) {
        Some((kind, bytes)) => {
            let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, assets::CACHE_CONTROL)];
            (headers, bytes.into_owned()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
