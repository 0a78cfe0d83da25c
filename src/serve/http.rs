//! Addresses and answers: files of the site, and the events that reload an open page.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use futures_util::stream::{Stream, unfold};
use serde::Serialize;
use tokio::sync::watch::Sender;

use super::Shown;

const SCRIPT: &str = include_str!("../../theme/js/reload.js");
const STYLE: &str = include_str!("../../theme/css/reload.css");
const INSERTED: &str = "<script src=\"/.counterpart/reload.js\"></script>\n</body>";

pub(super) fn router(shown: Sender<Shown>) -> Router {
    Router::new()
        .route("/.counterpart/events", get(events))
        .route("/.counterpart/reload.js", get(|| async { typed("reload.js", SCRIPT) }))
        .route("/.counterpart/reload.css", get(|| async { typed("reload.css", STYLE) }))
        .route("/", get(async |State(shown): State<Sender<Shown>>| file(&shown, "")))
        .route(
            "/{*path}",
            get(async |State(shown): State<Sender<Shown>>, Path(path): Path<String>| {
                file(&shown, &path)
            }),
        )
        .with_state(shown)
}

/// What an open page is told.
#[derive(Serialize)]
struct Message {
    version: u64,
    problems: Option<String>,
}

async fn events(
    State(shown): State<Sender<Shown>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut receiver = shown.subscribe();
    receiver.mark_changed();
    let stream = unfold(receiver, async |mut receiver| {
        receiver.changed().await.ok()?;
        let message = {
            let shown = receiver.borrow_and_update();
            Message {
                version: shown.version,
                problems: shown.problems.as_deref().map(str::to_owned),
            }
        };
        let json = serde_json::to_string(&message).ok()?;
        Some((Ok(Event::default().data(json)), receiver))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// A file of the site. Paths are keys of a map: none leads to anything else.
fn file(shown: &Sender<Shown>, path: &str) -> Response {
    let shown = shown.borrow().clone();
    let Some(pages) = shown.pages else {
        let problems = shown.problems.unwrap_or_default();
        return page(StatusCode::SERVICE_UNAVAILABLE, "The catalog has errors", &problems);
    };
    let name = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    if let Some(bytes) = pages.get(&name) {
        return content(&name, bytes);
    }
    if pages.get(&format!("{path}/index.html")).is_some() {
        return Redirect::permanent(&format!("/{path}/")).into_response();
    }
    match pages.get("404.html") {
        Some(bytes) => (StatusCode::NOT_FOUND, content("404.html", bytes)).into_response(),
        None => page(StatusCode::NOT_FOUND, "There is no such page", path),
    }
}

/// A file as it is sent: pages get the script that reloads them.
fn content(name: &str, bytes: &[u8]) -> Response {
    match std::str::from_utf8(bytes) {
        Ok(html) if extension(name) == "html" => typed(name, html.replace("</body>", INSERTED)),
        _ => typed(name, bytes.to_vec()),
    }
}

/// A page that is not part of the site.
fn page(status: StatusCode, title: &str, text: &str) -> Response {
    let mut safe = String::new();
    let _ = pulldown_cmark_escape::escape_html(&mut safe, text);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" href=\"/.counterpart/reload.css\">\n\
         </head>\n<body>\n<main>\n<h1>{title}</h1>\n<pre>{safe}</pre>\n\
         <p><a href=\"/\">Home</a></p>\n</main>\n{INSERTED}\n</html>\n"
    );
    (status, typed("index.html", html)).into_response()
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn typed(name: &str, body: impl Into<Body>) -> Response {
    let kind = match extension(name) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "py" | "rs" | "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    let mut response = Response::new(body.into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
