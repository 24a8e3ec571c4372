//! What the tests of desk pages stand on: nodes in a folder of their own, officers with sessions, and requests straight
//! into the desk's routes.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode, header};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use serde_json::Value;
use tempfile::TempDir;

use crate::act::Actor;
use crate::chance::{Chance, hex};
use crate::clock::midnight;
use crate::config::Config;
use crate::keys;
use crate::node::Node;
use crate::officer::Role;
use crate::web::routes;

/// Every label of the rehearsal's agreement: two parties and a neutral.
pub const ALL: [&str; 3] = ["aronia", "belmar", "calder"];

/// Nodes whose clock stands at 2025-06-06, with their folder.
pub struct Nodes {
    /// The nodes, in the order of [`ALL`].
    pub nodes: Vec<Arc<Node>>,
    _folder: TempDir,
}

/// Opens the first `count` nodes of the agreement.
pub async fn nodes(count: usize) -> Nodes {
    let folder = tempfile::tempdir().unwrap();
    let start = midnight(time::macros::date!(2025 - 06 - 06));
    let mut configs = Vec::new();
    for label in ALL {
        let peer = |peer| format!("[[peer]]\nparty = \"{peer}\"\ncard = \"{peer}/card.toml\"\n");
        let peers: String = ALL.into_iter().filter(|other| *other != label).map(peer).collect();
        let text = format!(
            "party = \"{label}\"\nname = {{ uk = \"{label}\", ru = \"{label}\", en = \"{label}\" }}\ndata = \"{label}\"\n\
             agreement = \"5e1d0c7a94b2463f8a60d3f1b7c29e84\"\nparties = [\"aronia\", \"belmar\"]\n\
             neutrals = [\"calder\"]\ndesk = \"127.0.0.1:0\"\npublic = \"127.0.0.1:0\"\nlink = \"127.0.0.1:0\"\n{peers}\
             [rehearsal]\nseed = 7\nstart = {start}\n"
        );
        let file = folder.path().join(format!("{label}.toml"));
        std::fs::write(&file, text).unwrap();
        let config = Config::read(&file).unwrap();
        keys::init(&config, &Chance::rehearsal(7, label), start).unwrap();
        configs.push(config);
    }
    let mut nodes = Vec::new();
    for config in configs.into_iter().take(count) {
        nodes.push(Node::open(config).await.unwrap());
    }
    Nodes { nodes, _folder: folder }
}

/// An officer at a desk, with a session; the label in the journal is the code of the first role.
pub struct Seat {
    service: Router,
    cookie: String,
    language: &'static str,
}

/// What a desk answered.
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Where it sends the browser.
    pub location: Option<String>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}: {}", self.status, self.body))
    }
}

impl Seat {
    /// Seats an officer with these roles; the purpose stands as if stated.
    pub async fn at(node: &Arc<Node>, roles: &[Role], purpose: Option<&str>) -> Self {
        let id = roles[0].code().to_owned();
        let actor = Actor { officer: "administrator".to_owned(), purpose: None };
        let mut act = node.act(&actor, "admit officer", Some(&id)).await.unwrap();
        let officer = register::OfficerRow {
            id: id.clone(),
            display_name: format!("Officer {id}"),
            roles: roles.iter().map(|role| role.code().to_owned()).collect(),
            language: "en".to_owned(),
            active: true,
        };
        act.tx.put(&officer).await.unwrap();
        let token = node.chance.draw("session");
        let session = register::SessionRow {
            token_hash: register::token_hash(&token),
            officer: id,
            expires_at: i64::MAX,
            purpose: purpose.map(str::to_owned),
        };
        act.tx.put(&session).await.unwrap();
        act.commit().await.unwrap();
        let cookie = format!("__Host-homeward-{}={}", node.config.party, hex(&token));
        Self { service: routes::desk(node.clone()).into_service(), cookie, language: "en" }
    }

    /// Somebody without a session.
    pub fn nobody(node: &Arc<Node>) -> Self {
        let service = routes::desk(node.clone()).into_service();
        Self { service, cookie: String::new(), language: "en" }
    }

    /// The same officer with a browser of another language.
    pub fn speaking(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    /// Asks for a page's view.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, "application/json", None).await
    }

    /// Asks for the page itself.
    pub async fn page(&self, path: &str) -> String {
        let answer = self.ask(Method::GET, path, "text/html", None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        answer.body
    }

    /// Sends a form; asks for JSON.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = ("application/x-www-form-urlencoded", form(fields).into());
        self.ask(Method::POST, path, "application/json", Some(form)).await
    }

    /// Sends fields and files (field, file name, content); asks for `accept`.
    pub async fn upload(
        &self,
        path: &str,
        accept: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part =
                format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.bytes());
        }
        for (name, file, content) in files {
            let head = format!(
                "--part\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n"
            );
            body.extend(head.bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--part--\r\n");
        let form = ("multipart/form-data; boundary=part", body.into());
        self.ask(Method::POST, path, accept, Some(form)).await
    }

    /// Asks for anything.
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        accept: &str,
        form: Option<(&'static str, Bytes)>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT, accept)
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::COOKIE, &self.cookie)
            .header("sec-fetch-site", "same-origin");
        let body = match form {
            Some((kind, bytes)) => {
                request = request.header(header::CONTENT_TYPE, kind);
                Body::from(bytes)
            }
            None => Body::empty(),
        };
        let service = TowerToHyperService::new(self.service.clone());
        let response = service.call(request.body(body).unwrap()).await.unwrap();
        let status = response.status();
        let location = response
            .headers()
            .get(header::LOCATION)
            .map(|value| value.to_str().expect("an address is ASCII").to_owned());
        let bytes = axum::body::to_bytes(response.into_body(), 64 << 20).await.unwrap();
        Answer { status, location, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        text.bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect()
    };
    let pairs: Vec<_> =
        fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    pairs.join("&")
}

/// Imports a list through the desk's form, as a registrar does; the map has the list's name.
pub async fn import(node: &Arc<Node>, list: &str, csv: &str) {
    let registrar = Seat::at(node, &[Role::Registrar], None).await;
    let fields = [("list", list), ("map", list)];
    let files = [("file", "list.csv", csv.as_bytes())];
    let preview = registrar.upload("/import", "application/json", &fields, &files).await.json();
    let path = format!("/import/{}/confirm", preview["import"].as_str().unwrap());
    let done = registrar.post(&path, &[]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}
