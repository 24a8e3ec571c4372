//! A node as it really runs: its own process on a folder of its own, asked over its own ports.
//!
//! Shared by the tests of the whole program. A node that is dropped takes its process with it.

#![allow(dead_code, reason = "each test of the whole program uses its part of this")]

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use homeward::http::{Answer, Client, form};
use homeward::officer::Role;
use hyper::{Method, StatusCode, header};

/// The party whose node is tested.
pub const PARTY: &str = "aronia";
const AGREEMENT: &str = "5e1d0c7a94b2463f8a60d3f1b7c29e84";
const SITE: header::HeaderName = header::HeaderName::from_static("sec-fetch-site");

/// The columns of a list of people in custody.
pub const HELD: &str = "prisoner_number,surname,given_name,patronymic,sex,birth_date,rank_code,rank,service_number,unit,\
    captured_on,captured_at,site,site_name,site_since,earlier_stays,health,condition_code,condition_since,examined_on,\
    examined_by";

/// An officer of the configuration: label and roles.
pub type First<'a> = (&'a str, &'a [Role]);

/// A prepared folder: a node that can be started on it, again and again.
pub struct Folder {
    /// Where the node's files are.
    pub path: PathBuf,
    officers: Vec<(String, Vec<Role>)>,
}

/// A process that serves.
pub struct Running {
    /// Address of the desk, without a path.
    pub desk: String,
    /// Address of the public pages, without a path.
    pub public: String,
    /// What it said before `ready`.
    pub said: Vec<String>,
    child: Child,
    stdout: Option<BufReader<ChildStdout>>,
}

/// Somebody with a session.
#[derive(Clone)]
pub struct Session {
    cookie: String,
    client: Client,
}

impl Folder {
    /// Writes the configuration and draws the key, with the other nodes' cards beside it.
    pub fn prepare(path: &Path, officers: &[First<'_>]) -> Self {
        let officers = officers.iter().map(|(id, roles)| ((*id).to_owned(), roles.to_vec())).collect();
        let folder = Self { path: path.to_owned(), officers };
        for label in ["belmar", "calder"] {
            let beside = path.join("others").join(label);
            std::fs::create_dir_all(&beside).unwrap();
            let text = head(label, "data", [1, 2, 3]);
            std::fs::write(beside.join("node.toml"), text).unwrap();
            init(&beside);
            std::fs::rename(beside.join("data/card.toml"), path.join(format!("{label}.toml"))).unwrap();
        }
        std::fs::remove_dir_all(path.join("others")).unwrap();
        folder.configure([1, 2, 3]);
        init(path);
        folder
    }

    fn configure(&self, ports: [u16; 3]) {
        let mut text = head(PARTY, "data", ports);
        for label in ["belmar", "calder"] {
            text += &format!("\n[[peer]]\nparty = \"{label}\"\ncard = \"{label}.toml\"\n");
        }
        for (id, roles) in &self.officers {
            let roles: Vec<_> = roles.iter().map(|role| format!("\"{}\"", role.code())).collect();
            text += &format!(
                "\n[[officer]]\nid = \"{id}\"\nname = \"{id}\"\nroles = [{}]\nlanguage = \"en\"\n",
                roles.join(", ")
            );
        }
        std::fs::write(self.path.join("node.toml"), text).unwrap();
    }

    /// Starts the node on free ports and waits until it is ready. Standard error goes to `node.log`.
    pub fn start(&self) -> Running {
        let ports = free_ports();
        self.configure(ports);
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.path.join("node.log"));
        let mut child = Command::new(env!("CARGO_BIN_EXE_homeward"))
            .args(["serve", "--config"])
            .arg(self.path.join("node.toml"))
            .env("TMPDIR", &self.path)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log.unwrap())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut said = Vec::new();
        loop {
            let mut line = String::new();
            if stdout.read_line(&mut line).unwrap() == 0 {
                let log = std::fs::read_to_string(self.path.join("node.log")).unwrap_or_default();
                panic!("the node ended before it was ready: {:?}; {}", child.wait(), last_lines(&log));
            }
            let ready = line.starts_with("ready ");
            said.push(line);
            if ready {
                break;
            }
        }
        let [desk, public, _] = ports.map(|port| format!("http://127.0.0.1:{port}"));
        Running { desk, public, said, child, stdout: Some(stdout) }
    }
}

impl Running {
    /// Ends the process as `kill -9` does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The token of the sign-in link that was printed for an officer.
    pub fn printed_link(&self, officer: &str) -> String {
        let wanted = format!("sign-in {officer} ");
        let line = self.said.iter().find_map(|line| line.strip_prefix(&wanted));
        let line = line.unwrap_or_else(|| panic!("no link for {officer} in {} lines", self.said.len()));
        line.trim().rsplit_once("/sign-in/").unwrap().1.to_owned()
    }

    /// Presses the button of a sign-in link.
    pub async fn sign_in(&self, token: &str) -> Session {
        let client = Client::default();
        let address = format!("{}/sign-in/{token}", self.desk);
        let answer = client.ask(Method::POST, &address, &[(SITE, "same-origin")], "").await.unwrap();
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&answer.body));
        let set = answer.headers[header::SET_COOKIE].to_str().unwrap();
        Session { cookie: set.split(';').next().unwrap().to_owned(), client }
    }

    /// Signs another officer in by a link that the administrator makes.
    pub async fn sign_in_by(&self, administrator: &Session, officer: &str) -> Session {
        let answer = administrator.post(&self.desk, &format!("/officers/{officer}/link"), &[]).await.unwrap();
        let view: serde_json::Value = answer.json().unwrap();
        self.sign_in(view["new_link"].as_str().unwrap().rsplit_once('/').unwrap().1).await
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Session {
    /// Asks for a view as JSON.
    pub async fn get(&self, desk: &str, path: &str) -> anyhow::Result<Answer> {
        self.ask(Method::GET, desk, path, "application/json", None).await
    }

    /// Asks for a page.
    pub async fn page(&self, desk: &str, path: &str) -> anyhow::Result<Answer> {
        self.ask(Method::GET, desk, path, "text/html", None).await
    }

    /// Sends a form.
    pub async fn post(&self, desk: &str, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let body = form(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let kind = "application/x-www-form-urlencoded";
        self.ask(Method::POST, desk, path, "application/json", Some((kind, body))).await
    }

    /// Sends a form as a browser does, which wants a page.
    pub async fn submit(&self, desk: &str, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let body = form(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let kind = "application/x-www-form-urlencoded";
        self.ask(Method::POST, desk, path, "text/html", Some((kind, body))).await
    }

    /// Uploads a file with fields beside it.
    pub async fn upload(
        &self,
        desk: &str,
        path: &str,
        fields: &[(&str, &str)],
        file: &str,
    ) -> anyhow::Result<Answer> {
        const BOUNDARY: &str = "----a-boundary-that-no-list-contains";
        let mut body = String::new();
        for (name, value) in fields {
            body += &format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
        }
        body += &format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n{file}\r\n--{BOUNDARY}--\r\n"
        );
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.ask(Method::POST, desk, path, "application/json", Some((&kind, body))).await
    }

    async fn ask(
        &self,
        method: Method,
        desk: &str,
        path: &str,
        accept: &str,
        body: Option<(&str, String)>,
    ) -> anyhow::Result<Answer> {
        let mut headers = vec![
            (header::COOKIE, self.cookie.as_str()),
            (header::ACCEPT, accept),
            (header::ACCEPT_LANGUAGE, "en"),
            (SITE, "same-origin"),
        ];
        let (kind, body) = body.unzip();
        if let Some(kind) = kind {
            headers.push((header::CONTENT_TYPE, kind));
        }
        self.client.ask(method, &format!("{desk}{path}"), &headers, body.unwrap_or_default()).await
    }
}

/// A configuration up to its peers and officers.
pub fn head(label: &str, data: &str, [desk, public, link]: [u16; 3]) -> String {
    format!(
        "party = \"{label}\"\nname = {{ uk = \"Аронія\", ru = \"Арония\", en = \"Aronia\" }}\ndata = \"{data}\"\n\
         agreement = \"{AGREEMENT}\"\nparties = [\"aronia\", \"belmar\"]\nneutrals = [\"calder\"]\n\
         desk = \"127.0.0.1:{desk}\"\npublic = \"127.0.0.1:{public}\"\nlink = \"127.0.0.1:{link}\"\n"
    )
}

fn init(folder: &Path) {
    let done = Command::new(env!("CARGO_BIN_EXE_homeward"))
        .args(["init", "--config"])
        .arg(folder.join("node.toml"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn free_ports() -> [u16; 3] {
    let listeners = [(); 3].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

fn last_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().rev().take(5).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join(" | ")
}

/// Numbers that only look random: the same seed gives the same ones (`SplitMix64`).
pub struct Dice(pub u64);

impl Dice {
    /// A number from 0 up to `bound`, which itself never comes.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}
