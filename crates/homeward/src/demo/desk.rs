//! An officer at a desk, as a browser would be: its own session, forms and uploads out, views in.

use std::time::Duration;

use anyhow::{Context, bail, ensure};
use hyper::{Method, StatusCode, header};
use serde::de::DeserializeOwned;

use crate::clock::Stopwatch;
use crate::http::{Answer, Client, form};

/// How long one node may take to see what another has done.
const PATIENCE: Duration = Duration::from_secs(30);
/// Separates the parts of an upload; no list contains it.
const BOUNDARY: &str = "----homeward-rehearsal-7f3c0b1e";

/// An officer who is signed in.
pub struct Officer {
    /// `node/officer`, for messages.
    pub label: String,
    desk: String,
    cookie: String,
    client: Client,
}

/// What came back from a form that was refused.
#[derive(Debug)]
pub struct Refusal {
    /// Code of the refusal.
    pub code: String,
    /// Detail.
    pub detail: String,
}

impl Officer {
    /// Signs in with a one-time address: presses the button that the page shows.
    pub async fn sign_in(desk: &str, label: String, link: &str) -> anyhow::Result<Self> {
        let client = Client::default();
        let (_, token) = link
            .rsplit_once("/sign-in/")
            .with_context(|| format!("{label}: {link} is no sign-in address"))?;
        let page = format!("{desk}/sign-in/{token}");
        let same = header::HeaderName::from_static("sec-fetch-site");
        let answer = client.ask(Method::POST, &page, &[(same, "same-origin")], "").await?;
        ensure!(answer.status == StatusCode::SEE_OTHER, "{label}: sign-in answered {}", answer.status);
        let set = answer.headers.get(header::SET_COOKIE).context("sign-in set no cookie")?.to_str()?;
        let cookie = set.split(';').next().unwrap_or_default().to_owned();
        Ok(Self { label, desk: desk.to_owned(), cookie, client })
    }

    /// A view.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        let headers = self.headers();
        let answer = self.client.ask(Method::GET, &format!("{}{path}", self.desk), &headers, "").await;
        let answer = answer.with_context(|| format!("{}: GET {path}", self.label))?;
        answer.json().with_context(|| format!("{}: GET {path}", self.label))
    }

    /// Sends a form that must be taken.
    pub async fn post<'f>(
        &self,
        path: &str,
        fields: impl IntoIterator<Item = (&'f str, String)>,
    ) -> anyhow::Result<Answer> {
        let answer = self.send(path, "application/x-www-form-urlencoded", form(fields).into_bytes()).await?;
        self.taken(path, answer)
    }

    /// Sends a form that must be refused; answers why it was.
    pub async fn post_refused<'f>(
        &self,
        path: &str,
        fields: impl IntoIterator<Item = (&'f str, String)>,
    ) -> anyhow::Result<Refusal> {
        let answer = self.send(path, "application/x-www-form-urlencoded", form(fields).into_bytes()).await?;
        ensure!(
            answer.status.is_client_error(),
            "{}: POST {path} should be refused, answered {}",
            self.label,
            answer.status
        );
        let view: serde_json::Value = serde_json::from_slice(&answer.body)
            .with_context(|| format!("{}: POST {path}: the refusal does not read", self.label))?;
        let text = |name: &str| view[name].as_str().unwrap_or_default().to_owned();
        Ok(Refusal { code: text("refused"), detail: text("detail") })
    }

    /// Uploads a file with fields beside it, as a browser's multipart form.
    pub async fn upload<T: DeserializeOwned>(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str),
    ) -> anyhow::Result<T> {
        let mut body = String::new();
        for (name, value) in fields {
            body += &format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
        }
        let (name, text) = file;
        body += &format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n{text}\r\n--{BOUNDARY}--\r\n"
        );
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let answer = self.send(path, &kind, body.into_bytes()).await?;
        self.taken(path, answer)?.json().with_context(|| format!("{}: POST {path}", self.label))
    }

    async fn send(&self, path: &str, kind: &str, body: Vec<u8>) -> anyhow::Result<Answer> {
        let mut headers = self.headers();
        headers.push((header::CONTENT_TYPE, kind));
        let answer = self.client.ask(Method::POST, &format!("{}{path}", self.desk), &headers, body).await;
        answer.with_context(|| format!("{}: POST {path}", self.label))
    }

    fn taken(&self, path: &str, answer: Answer) -> anyhow::Result<Answer> {
        if answer.status.is_success() || answer.status.is_redirection() {
            return Ok(answer);
        }
        bail!("{}: POST {path}: {} {}", self.label, answer.status, String::from_utf8_lossy(&answer.body))
    }

    fn headers(&self) -> Vec<(header::HeaderName, &str)> {
        let same = header::HeaderName::from_static("sec-fetch-site");
        vec![
            (header::COOKIE, self.cookie.as_str()),
            (header::ACCEPT, "application/json"),
            (header::ACCEPT_LANGUAGE, "en"),
            (same, "same-origin"),
        ]
    }
}

/// Fetches a page that needs no session, as text.
pub async fn public_page(address: &str) -> anyhow::Result<String> {
    let headers = [(header::ACCEPT, "text/html"), (header::ACCEPT_LANGUAGE, "en")];
    let answer = Client::default().ask(Method::GET, address, &headers, "").await?;
    ensure!(answer.status.is_success(), "GET {address}: {}", answer.status);
    Ok(String::from_utf8(answer.body.to_vec())?)
}

/// Looks again and again, with short pauses, until `look` finds something. `who` and `what` go into the error of a wait
/// that was in vain.
pub async fn wait<T>(
    who: &str,
    what: &str,
    mut look: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let watch = Stopwatch::start();
    let mut pause = Duration::from_millis(5);
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        ensure!(watch.elapsed() < PATIENCE, "{who} has waited {} s for {what}", PATIENCE.as_secs());
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}
