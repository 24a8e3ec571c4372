//! `homeward serve`: one node as one process, with the desk, the public pages and the peer link on their own ports.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::config::Config;
use crate::link;
use crate::node::Node;
use crate::web;

/// How long a browser may take to send a request's head.
const HEAD_SECONDS: u64 = 10;
/// How many connections a port serves at once; further ones wait in the machine's queue.
const CONNECTIONS_MAX: usize = 256;

/// What ends a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    /// A signal that asks it to stop.
    Asked,
    /// The same, or the end of standard input: whoever started the node is gone, however it ended.
    StarterGone,
}

/// Runs a node until it is asked to stop.
pub async fn serve(config: Config, until: Until) -> anyhow::Result<()> {
    let node = Node::open(config).await?;
    let desk = bind(node.config.desk, "desk").await?;
    let public = bind(node.config.public, "public").await?;
    let link = bind(node.config.link, "link").await?;
    first_link(&node).await?;
    tokio::spawn(accept(desk, web::routes::desk(node.clone()).into_service()));
    tokio::spawn(accept(public, web::routes::public(node.clone()).into_service()));
    tokio::spawn(accept(link, link::routes(node.clone()).into_service()));
    tokio::spawn(link::carry(node.clone()));
    tracing::info!(party = node.config.party, "serving");
    match until {
        Until::Asked => stop_signal().await,
        Until::StarterGone => tokio::select! {
            () = stop_signal() => {}
            _ = stdin_ends() => tracing::info!("standard input ended"),
        },
    }
    Ok(())
}

async fn bind(address: SocketAddr, port: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("{port}: cannot listen on {address}"))
}

/// Until an administrator has signed in once, each start prints one link for each administrator of the configuration.
#[expect(clippy::print_stdout, reason = "the operator at the terminal is who the first link is for")]
async fn first_link(node: &Arc<Node>) -> anyhow::Result<()> {
    if node.register.read().await?.setting(web::signin::SIGNED_IN).await?.is_some() {
        println!("ready {}", node.config.party);
        return Ok(());
    }
    for officer in &node.config.officers {
        if officer.roles.contains(&crate::officer::Role::Administrator) {
            let token = web::signin::make_link(node, &crate::node::itself(), &officer.id)
                .await
                .map_err(|why| anyhow::anyhow!("no link for {}: {}", officer.id, why.code()))?;
            println!("sign-in {} {}", officer.id, node.sign_in_address(&token));
        }
    }
    println!("ready {}", node.config.party);
    Ok(())
}

/// Accepts connections: bounded in number, each with a time limit for its request's head.
pub async fn accept(listener: TcpListener, service: Router) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = TowerToHyperService::new(service.clone());
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(Duration::from_secs(HEAD_SECONDS))
                .serve_connection(TokioIo::new(stream), service)
                .await;
            if let Err(why) = served {
                tracing::debug!(%why, "connection ended");
            }
            drop(place);
        });
    }
}

/// Answers when standard input has ended. A thread of its own waits for it, since nothing can call off such a wait, and a
/// task's would keep the process from ending.
fn stdin_ends() -> tokio::sync::oneshot::Receiver<()> {
    let (end, ended) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        let _ = end.send(());
    });
    ended
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
