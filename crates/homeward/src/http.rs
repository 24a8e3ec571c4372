//! A small HTTP client for what this program asks of others: the peer link's bundles, and the demo's walk through the desk.

use std::time::Duration;

use anyhow::{Context, ensure};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Method, Request, StatusCode, header};
use hyper_util::client::legacy::{Client as Inner, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;

/// The largest answer that is read.
const ANSWER_BYTES_MAX: usize = 64 << 20;
/// How long an answer may take.
const SECONDS_MAX: u64 = 60;

/// A client that keeps its connections.
#[derive(Clone)]
pub struct Client(Inner<HttpConnector, Full<Bytes>>);

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: hyper::HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Default for Client {
    fn default() -> Self {
        Self(Inner::builder(TokioExecutor::new()).build_http())
    }
}

impl Client {
    /// Asks and reads the answer; bounded in size and time.
    pub async fn ask(
        &self,
        method: Method,
        address: &str,
        headers: &[(header::HeaderName, &str)],
        body: impl Into<Bytes>,
    ) -> anyhow::Result<Answer> {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let request = request.body(Full::new(body.into()))?;
        let answer = async {
            let (head, body) = self.0.request(request).await?.into_parts();
            let body =
                Limited::new(body, ANSWER_BYTES_MAX).collect().await.map_err(|why| anyhow::anyhow!(why))?;
            Ok(Answer { status: head.status, headers: head.headers, body: body.to_bytes() })
        };
        tokio::time::timeout(Duration::from_secs(SECONDS_MAX), answer).await.context("no answer in time")?
    }
}

impl Answer {
    /// The body of a successful answer, read as JSON.
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> anyhow::Result<T> {
        ensure!(self.status.is_success(), "{}: {}", self.status, String::from_utf8_lossy(&self.body));
        Ok(serde_json::from_slice(&self.body)?)
    }
}

/// Fields as a form's body.
pub fn form<'f>(fields: impl IntoIterator<Item = (&'f str, String)>) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        if !body.is_empty() {
            body.push('&');
        }
        escape(name, &mut body);
        body.push('=');
        escape(&value, &mut body);
    }
    body
}

fn escape(text: &str, out: &mut String) {
    use std::fmt::Write;
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_form_escapes_what_would_break_it() {
        let body = super::form([("will.ab", "willing".to_owned()), ("x", "а &=+".to_owned())]);
        assert_eq!(body, "will.ab=willing&x=%D0%B0+%26%3D%2B");
    }
}
