//! Every route for every role: who is let in, who is told to sign in, whose role does not do.
//!
//! Runs over the routers' own tables, so that a new route is under test as soon as it exists. The services listen on
//! real ports; the sessions are rows of the register, one for each cell, because some acts end a session.

mod live;

use std::io::Write as _;
use std::sync::Arc;

use axum::Router;
use homeward::chance::{Chance, hex};
use homeward::config::Config;
use homeward::http::{Answer, Client};
use homeward::node::{Node, itself};
use homeward::officer::Role;
use homeward::web::headers;
use homeward::web::router::{Line, Policy, Routes};
use homeward::{keys, link, serve, web};
use hyper::{Method, StatusCode, header};
use tokio::net::TcpListener;

/// Roles that see no dossier, whatever else they may see.
const NO_DOSSIER: [Role; 2] = [Role::Auditor, Role::Administrator];
/// Where dossiers, names and kin are shown or written.
const DOSSIER_PATHS: [&str; 8] = [
    "/people",
    "/candidates",
    "/import",
    "/links",
    "/calls",
    "/rounds/{n}/roll/",
    "/rounds/{n}/what-if",
    "/rounds/{n}/wills",
];
/// Beneath these, and without a name: people are items in the files by which a roll is found again. The roll and the fairness
/// report are read by auditors as well, and leave the names out for them: the desk's own tests look at that.
const NAMELESS_PATH: &str = "/rounds/{n}/roll/files/{name}";
const HOUR: i64 = 3_600_000;
/// Who may use what at the desk, written down a second time: a policy that is widened by mistake differs from it.
const DESK: &str = include_str!("access.txt");

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asker {
    /// Nobody signed in.
    Nobody,
    /// A cookie that no sign-in gave.
    Forger,
    /// An officer who was dismissed while signed in.
    Dismissed,
    /// An officer whose session has run out.
    Expired,
    /// An officer with one role.
    Holds(Role),
}

/// What the policy says of a cell.
#[derive(Debug, PartialEq)]
enum Verdict {
    SignInFirst,
    NotYourRole,
    LetIn,
}

struct Site {
    node: Arc<Node>,
    client: Client,
    sessions: u64,
    _place: tempfile::TempDir,
}

/// One port: its address and its table.
struct Port {
    address: String,
    lines: Vec<Line>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_lets_in_whom_its_policy_names_and_nobody_else() {
    let mut site = Site::open().await;
    let ports = site.ports().await;
    let mut cells = [0_usize; 3];
    for port in &ports {
        for line in &port.lines {
            for asker in askers() {
                let cookie = site.cookie(asker).await;
                let answer =
                    site.ask(port, line, cookie.as_deref(), &[("sec-fetch-site", "same-origin")]).await;
                let wanted = wanted(line.policy, asker);
                assert_eq!(got(&answer), wanted, "{} {} by {asker:?}: {answer:?}", line.method, line.path);
                assert!(
                    !answer.status.is_server_error(),
                    "{} {} by {asker:?}: {answer:?}",
                    line.method,
                    line.path
                );
                check_headers(line.path, &answer);
                cells[wanted as usize] += 1;
            }
        }
    }
    let routes: usize = ports.iter().map(|port| port.lines.len()).sum();
    let [sign_in, role, let_in] = cells;
    say(&format!(
        "access: {routes} routes x {} askers = {} cells: {let_in} let in, {role} not their role, {sign_in} to sign in",
        askers().len(),
        let_in + role + sign_in
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_from_another_site_is_refused_on_every_act() {
    const FOREIGN: [&[(&str, &str)]; 6] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("origin", "https://elsewhere.example")],
        &[("origin", "null")],
        &[],
    ];
    let mut site = Site::open().await;
    let mut forms = 0;
    for port in site.ports().await {
        for line in
            port.lines.iter().filter(|line| line.method == Method::POST && line.policy != Policy::Link)
        {
            let role = match line.policy {
                Policy::Roles(roles) => roles[0],
                _ => Role::Administrator,
            };
            for sent in FOREIGN {
                let cookie = site.cookie(Asker::Holds(role)).await;
                let answer = site.ask(&port, line, cookie.as_deref(), sent).await;
                let (status, code) = (answer.status, refused(&answer));
                assert_eq!((status, code.as_str()), (StatusCode::FORBIDDEN, "foreign-form"), "{}", line.path);
                check_headers(line.path, &answer);
                forms += 1;
            }
        }
    }
    say(&format!("access: {forms} forms from elsewhere refused"));
    assert!(forms > 20);
}

#[tokio::test]
async fn errors_carry_the_security_headers_too() {
    let mut site = Site::open().await;
    let [desk, public, link] = site.ports().await;
    let cookie = site.cookie(Asker::Holds(Role::Administrator)).await.unwrap();
    let cases = [
        (&desk, Method::GET, "/no-such-page", StatusCode::NOT_FOUND),
        (&desk, Method::DELETE, "/officers", StatusCode::METHOD_NOT_ALLOWED),
        (&desk, Method::POST, "/officers", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (&desk, Method::GET, "/static/no-such-file", StatusCode::NOT_FOUND),
        (&public, Method::GET, "/no-such-page", StatusCode::NOT_FOUND),
        (&public, Method::GET, "/officers", StatusCode::NOT_FOUND),
        (&link, Method::GET, "/parley/bundle", StatusCode::METHOD_NOT_ALLOWED),
        (&link, Method::GET, "/", StatusCode::NOT_FOUND),
    ];
    for (port, method, path, status) in cases {
        let headers = [(header::COOKIE, cookie.as_str()), (named("sec-fetch-site"), "same-origin")];
        let address = format!("{}{path}", port.address);
        let answer = site.client.ask(method.clone(), &address, &headers, "x").await.unwrap();
        assert_eq!(answer.status, status, "{method} {path}");
        check_headers("", &answer);
    }
    let too_long = vec![b'x'; (2 << 20) + 1];
    let headers = [
        (header::COOKIE, cookie.as_str()),
        (named("sec-fetch-site"), "same-origin"),
        (header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
    ];
    let address = format!("{}/officers", desk.address);
    let answer = site.client.ask(Method::POST, &address, &headers, too_long).await.unwrap();
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    check_headers("", &answer);
}

#[tokio::test]
async fn the_policies_are_those_that_were_agreed() {
    let site = Site::open().await;
    let [desk, ..] = site.ports().await;
    let found: Vec<String> = desk.lines.iter().map(written).collect();
    let agreed: Vec<&str> = DESK.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let unknown: Vec<_> = found.iter().filter(|line| !agreed.contains(&line.as_str())).collect();
    let missing: Vec<_> = agreed.iter().filter(|line| !found.iter().any(|one| one == *line)).collect();
    assert!(unknown.is_empty() && missing.is_empty(), "not agreed: {unknown:#?}\nnot there: {missing:#?}");
    say(&format!("access: {} routes of the desk as agreed", found.len()));
}

/// A line of the table as `access.txt` writes it.
fn written(line: &Line) -> String {
    let who = match line.policy {
        Policy::Public => "public".to_owned(),
        Policy::Door => "door".to_owned(),
        Policy::Link => "link".to_owned(),
        Policy::AnyOfficer => "officers".to_owned(),
        Policy::Roles(roles) => {
            let mut roles: Vec<_> = roles.iter().map(|role| role.code()).collect();
            roles.sort_unstable();
            roles.join(" ")
        }
    };
    format!("{} {}: {who}", line.method, line.path)
}

#[tokio::test]
async fn no_dossier_is_shown_to_those_who_only_oversee() {
    let site = Site::open().await;
    let [desk, ..] = site.ports().await;
    let named =
        |path: &str| path != NAMELESS_PATH && DOSSIER_PATHS.iter().any(|named| path.starts_with(named));
    let dossiers = desk.lines.iter().filter(|line| named(line.path));
    let mut seen = 0;
    for line in dossiers {
        let Policy::Roles(roles) = line.policy else { panic!("{}: {:?}", line.path, line.policy) };
        assert!(!roles.iter().any(|role| NO_DOSSIER.contains(role)), "{}: {roles:?}", line.path);
        seen += 1;
    }
    say(&format!("access: {seen} routes with dossiers closed to {NO_DOSSIER:?}"));
}

impl Site {
    async fn open() -> Self {
        let place = tempfile::tempdir().unwrap();
        let officers: String = Role::ALL
            .iter()
            .map(|role| role.code())
            .chain(["dismissed"])
            .map(|id| {
                let role = Role::of(id).unwrap_or(Role::Administrator).code();
                format!(
                    "[[officer]]\nid = \"{id}\"\nname = \"{id}\"\nroles = [\"{role}\"]\nlanguage = \"en\"\n"
                )
            })
            .collect();
        for label in ["belmar", "calder"] {
            let file = place.path().join(format!("{label}.toml"));
            std::fs::write(&file, live::head(label, label, [1, 2, 3])).unwrap();
            keys::init(&Config::read(&file).unwrap(), &Chance::rehearsal(7, label), 0).unwrap();
        }
        let peers = ["belmar", "calder"]
            .map(|label| format!("[[peer]]\nparty = \"{label}\"\ncard = \"{label}/card.toml\"\n"))
            .concat();
        let file = place.path().join("node.toml");
        let text = live::head(live::PARTY, "data", [1, 2, 3]) + &peers + &officers;
        std::fs::write(&file, text).unwrap();
        let config = Config::read(&file).unwrap();
        keys::init(&config, &Chance::rehearsal(7, live::PARTY), 0).unwrap();
        let node = Node::open(config).await.unwrap();
        let mut act = node.act(&itself(), "dismiss officer", Some("dismissed")).await.unwrap();
        let mut dismissed = act.tx.officer("dismissed").await.unwrap().unwrap();
        dismissed.active = false;
        act.tx.put(&dismissed).await.unwrap();
        act.commit().await.unwrap();
        Self { node, client: Client::default(), sessions: 0, _place: place }
    }

    /// Desk, public pages and link, each listening.
    async fn ports(&self) -> [Port; 3] {
        let node = || self.node.clone();
        [
            listen(web::routes::desk(node())).await,
            listen(web::routes::public(node())).await,
            listen(link::routes(node())).await,
        ]
    }

    /// A fresh session of whoever asks, as the cookie that keeps it.
    async fn cookie(&mut self, asker: Asker) -> Option<String> {
        let now = self.node.clock.now();
        let (officer, expires_at) = match asker {
            Asker::Nobody => return None,
            Asker::Forger => return Some(cookie_of(&[0xfe; 32])),
            Asker::Dismissed => ("dismissed", now + HOUR),
            Asker::Expired => ("administrator", now - 1),
            Asker::Holds(role) => (role.code(), now + HOUR),
        };
        self.sessions += 1;
        let mut token = [7; 32];
        token[..8].copy_from_slice(&self.sessions.to_be_bytes());
        let row = register::SessionRow {
            token_hash: register::token_hash(&token),
            officer: officer.to_owned(),
            expires_at,
            purpose: None,
        };
        let mut act = self.node.act(&itself(), "sign in", None).await.unwrap();
        act.tx.put(&row).await.unwrap();
        act.commit().await.unwrap();
        Some(cookie_of(&token))
    }

    async fn ask(
        &self,
        port: &Port,
        line: &Line,
        cookie: Option<&str>,
        sent: &[(&'static str, &str)],
    ) -> Answer {
        let mut headers = vec![(header::ACCEPT, "application/json")];
        headers.extend(sent.iter().map(|(name, value)| (named(name), *value)));
        if let Some(cookie) = cookie {
            headers.push((header::COOKIE, cookie));
        }
        if line.method == Method::POST {
            headers.push((header::CONTENT_TYPE, "application/x-www-form-urlencoded"));
        }
        let address = format!("{}{}", port.address, filled(line.path));
        self.client.ask(line.method.clone(), &address, &headers, "").await.unwrap()
    }
}

async fn listen(routes: Routes) -> Port {
    let lines = routes.lines().to_vec();
    let service: Router = routes.into_service();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve::accept(listener, service));
    Port { address, lines }
}

fn askers() -> Vec<Asker> {
    let others = [Asker::Nobody, Asker::Forger, Asker::Dismissed, Asker::Expired];
    others.into_iter().chain(Role::ALL.map(Asker::Holds)).collect()
}

fn wanted(policy: Policy, asker: Asker) -> Verdict {
    match (policy, asker) {
        (Policy::Public | Policy::Door | Policy::Link, _) => Verdict::LetIn,
        (_, Asker::Nobody | Asker::Forger | Asker::Dismissed | Asker::Expired) => Verdict::SignInFirst,
        (Policy::AnyOfficer, Asker::Holds(_)) => Verdict::LetIn,
        (Policy::Roles(roles), Asker::Holds(role)) if roles.contains(&role) => Verdict::LetIn,
        (Policy::Roles(_), Asker::Holds(_)) => Verdict::NotYourRole,
    }
}

fn got(answer: &Answer) -> Verdict {
    match (answer.status, refused(answer).as_str()) {
        (StatusCode::UNAUTHORIZED, _) => Verdict::SignInFirst,
        (StatusCode::FORBIDDEN, "not-your-role") => Verdict::NotYourRole,
        _ => Verdict::LetIn,
    }
}

/// The code of a refusal; empty when the answer is none.
fn refused(answer: &Answer) -> String {
    let view: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    view["refused"].as_str().unwrap_or_default().to_owned()
}

/// A path with something in the place of each `{parameter}`: of the right form, of nothing that exists.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{token}" | "{item}" | "{entry}" => "ab".repeat(32),
        "{n}" => "1".to_owned(),
        "{*path}" => "desk.css".to_owned(),
        part if part.starts_with('{') => "ab".repeat(16),
        part => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

fn check_headers(path: &str, answer: &Answer) {
    for (name, value) in headers::security() {
        if name == header::CACHE_CONTROL && path.starts_with("/static/") {
            continue;
        }
        assert_eq!(answer.headers.get(&name), Some(&value), "{path} {}: {name}", answer.status);
    }
}

fn cookie_of(token: &[u8; 32]) -> String {
    format!("__Host-homeward-{}={}", live::PARTY, hex(token))
}

fn named(name: &'static str) -> header::HeaderName {
    header::HeaderName::from_static(name)
}

fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
