//! Tests of async code: who runs them, on which runtime, and in what time.

use std::collections::HashMap;
use std::panic::catch_unwind;
use std::sync::OnceLock;
use std::time::Duration;

use tokio::runtime::{Handle, Id};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep};

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

struct Orders(HashMap<u32, &'static str>);

impl Orders {
    async fn get(&self, order_id: u32) -> Option<&'static str> {
        yield_now().await;
        self.0.get(&order_id).copied()
    }
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

static FIRST_RUNTIME: OnceLock<Id> = OnceLock::new();

tests! {
    #[tokio::test]
    async fn test_orders() {
        let orders = Orders(HashMap::from([(1, "tea")]));
        assert_eq!(orders.get(1).await, Some("tea"));
        assert_eq!(orders.get(7).await, None);
    }

    #[tokio::test]
    async fn test_awaited() {
        assert!(!is_paid(7).await);
    }

    // Its clock stands still, and jumps to the end of a sleep when nothing
    // else can run.
    #[tokio::test(start_paused = true)]
    async fn test_gives_up() {
        let began = Instant::now();
        assert!(!wait_until_paid(7).await);
        assert_eq!(began.elapsed(), Duration::from_secs(500));
    }

    #[tokio::test]
    async fn test_first_runtime() {
        FIRST_RUNTIME.set(Handle::current().id()).unwrap();
    }

    // What belongs to the runtime of another test does not work here.
    #[tokio::test]
    async fn test_second_runtime() {
        assert_ne!(FIRST_RUNTIME.get(), Some(&Handle::current().id()));
    }
}

fn main() {
    let began = std::time::Instant::now();
    for (name, test) in TESTS {
        let outcome = match catch_unwind(test) {
            Ok(()) => "passed",
            Err(_) => "failed",
        };
        println!("{name}: {outcome}");
    }
    let fast = began.elapsed() < Duration::from_secs(100);
    println!(
        "all in less than 100 s: {}",
        if fast { "yes" } else { "no" }
    );
}
