//! Tests of async code: who runs them, on which runtime, and in what time.

use std::collections::HashMap;
use std::panic::catch_unwind;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use http_body_util::BodyExt;
use tokio::runtime::{Handle, Id};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep};
use tower::ServiceExt;

/// Stands for `cargo test`: `#[tokio::test]` makes functions that are there
/// in a test build only, each with a runtime of its own.
macro_rules! tests {
    ($(
        #[tokio::test $(($option:ident = $value:tt))?]
        async fn $name:ident() $body:tt
    )*) => {
        $(
            #[tokio::main(flavor = "current_thread" $(, $option = $value)?)]
            async fn $name() $body
        )*
        const TESTS: &[(&str, fn())] = &[$((stringify!($name), $name)),*];
    };
}

async fn is_paid(order_id: u32) -> bool {
    yield_now().await;
    order_id < 5
}

/// Asks five times, and waits 100 seconds after each refusal.
async fn wait_until_paid(order_id: u32) -> bool {
    for _ in 0..5 {
        if is_paid(order_id).await {
            return true;
        }
        sleep(Duration::from_secs(100)).await;
    }
    false
}

// ANCHOR: app
type Orders = Arc<HashMap<u32, &'static str>>;

fn create_app(orders: Orders) -> Router {
    Router::new()
        .route("/orders/{order_id}", get(get_order))
        .with_state(orders)
}

async fn get_order(
    State(orders): State<Orders>,
    Path(order_id): Path<u32>,
) -> Result<&'static str, StatusCode> {
    orders.get(&order_id).copied().ok_or(StatusCode::NOT_FOUND)
}

async fn send(app: Router, path: &str) -> Response {
    let request = Request::get(path).body(Body::empty()).unwrap();
    app.oneshot(request).await.unwrap()
}

// ANCHOR_END: app
static FIRST_RUNTIME: OnceLock<Id> = OnceLock::new();

tests! {
    // ANCHOR: core
    #[tokio::test]
    async fn test_orders() {
        let app = create_app(Arc::new(HashMap::from([(1, "tea")])));
        let response = send(app.clone(), "/orders/1").await;
        let body = response.into_body().collect().await.unwrap();
        assert_eq!(body.to_bytes(), "tea");
        let response = send(app, "/orders/7").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }

    // ANCHOR_END: core
    // ANCHOR: good
    #[tokio::test]
    async fn test_awaited() {
        assert!(!is_paid(7).await);
    }

    // ANCHOR_END: good
    // ANCHOR: paused
    #[tokio::test(start_paused = true)]
    async fn test_gives_up() {
        let began = Instant::now();
        assert!(!wait_until_paid(7).await);
        assert_eq!(began.elapsed(), Duration::from_secs(500));
    }

    // ANCHOR_END: paused
    // ANCHOR: loops
    #[tokio::test]
    async fn test_first_loop() {
        FIRST_RUNTIME.set(Handle::current().id()).unwrap();
    }

    #[tokio::test]
    async fn test_second_loop() {
        assert_ne!(FIRST_RUNTIME.get(), Some(&Handle::current().id()));
    }

    // ANCHOR_END: loops
}

pub fn main() {
    for (name, test) in TESTS {
        let outcome = match catch_unwind(test) {
            Ok(()) => "passed",
            Err(_) => "failed",
        };
        println!("{name}: {outcome}");
    }
}
