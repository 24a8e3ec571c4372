//! What the tests of desk pages stand on: nodes in a folder of their own, officers with sessions, and requests straight
//! into the desk's routes.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode, header};
use exchange::agreement::Terms;
use exchange::ids::{Party, PersonId};
use exchange::ledger::Act as Stating;
use exchange::ledger::file::Acts;
use exchange::person::{Claim, Grade, List, Name, NameKind, Person, Provenance, Source, State, Text};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use serde_json::Value;
use tempfile::TempDir;
use time::Date;

use crate::act::Actor;
use crate::chance::{Chance, hex};
use crate::clock::midnight;
use crate::config::Config;
use crate::keys;
use crate::node::Node;
use crate::officer::Role;
use crate::pairing;
use crate::web::{Lang, Page, Side, routes};

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

/// Fields as a browser sends them.
pub fn form(fields: &[(&str, &str)]) -> String {
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

/// Every agreement of `examples/agreements` that has acts: its name, its terms and the acts.
pub fn examples() -> Vec<(String, Terms, Vec<Stating>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/agreements");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let folder = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(folder.join("terms.toml")) else { continue };
        let terms = Terms::parse(&text).unwrap();
        let bytes = std::fs::read(folder.join("acts.csv")).unwrap();
        let acts = Acts::over(&terms, &bytes).unwrap().map(|row| row.unwrap().1).collect();
        found.push((folder.file_name().unwrap().to_string_lossy().into_owned(), terms, acts));
    }
    assert!(found.len() >= 11, "{}", found.len());
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// The frame of a page.
pub fn page(lang: Lang) -> Page {
    Page {
        lang,
        title: "–".to_owned(),
        node_name: "aronia".to_owned(),
        party_name: "aronia".to_owned(),
        side: Side::First,
        officer_name: None,
        nav: Vec::new(),
        notice: None,
        purpose: None,
        path: "/".to_owned(),
    }
}

/// Keeps a page for viewing where `HOMEWARD_PAGES` names a folder with a style sheet; says what of it is a key and no word.
pub fn looked_at(name: &str, html: &str) {
    if let Ok(folder) = std::env::var("HOMEWARD_PAGES") {
        let at = html.find("<link rel=\"stylesheet\" href=\"").unwrap();
        let end = at + html[at..].find('>').unwrap();
        let own = format!("{}<link rel=\"stylesheet\" href=\"desk.css\"{}", &html[..at], &html[end..]);
        std::fs::write(std::path::Path::new(&folder).join(name), own).unwrap();
    }
    for part in html.split('>').filter_map(|part| part.split('<').next()) {
        let key =
            part.split_whitespace().find(|word| word.starts_with("terms-") || word.starts_with("ledger-"));
        assert_eq!(key, None, "{name} shows a key");
    }
}

/// A dossier: `surname given patronymic`, a birth date or nothing, a number or nothing.
pub fn person(id: u8, list: List, names: &[&str], birth: &str, number: &str) -> Person {
    let text = |text: &str| Some(Text(text.to_owned())).filter(|text| !text.0.is_empty());
    let name = |name: &&str| {
        let mut parts = name.split(' ');
        let surname = Text(parts.next().unwrap().to_owned());
        let [given, patronymic] = [parts.next(), parts.next()].map(|part| part.and_then(text));
        Name { surname, given, patronymic, kind: NameKind::Main }
    };
    Person {
        list,
        id: PersonId([id; 16]),
        power: Party::new(if list == List::Sought { "aronia" } else { "belmar" }).unwrap(),
        names: names.iter().map(name).collect(),
        sex: None,
        birth: crate::acts::links::partial_date(birth),
        birth_place: None,
        rank: None,
        service_number: text(number),
        unit: None,
        prisoner_number: None,
        capture: None,
        custody: Vec::new(),
        examinations: Vec::new(),
        claims: Vec::new(),
        kin: Vec::new(),
        remarks: None,
        provenance: Provenance { list_name: "list".into(), row: u32::from(id), key: None, map: None },
    }
}

/// The dossier with one more claim.
pub fn says(mut person: Person, says: State, of: Date) -> Person {
    person.claims.push(Claim { says, of, source: Source::Neutral, grade: Grade::Confirmed });
    person
}

/// Saves dossiers with the keys that find them.
pub async fn save(node: &Node, people: &[Person]) {
    let actor = Actor { officer: "registrar".to_owned(), purpose: None };
    let mut act = node.act(&actor, "save dossiers", None).await.unwrap();
    for person in people {
        act.tx.save_person(person, &pairing::keys_of(person)).await.unwrap();
    }
    act.commit().await.unwrap();
}
