//! Does not compile: what rustc says about futures, and once about something else.

use std::rc::Rc;
use std::sync::Mutex;

static CACHE: Mutex<u32> = Mutex::new(0);

async fn load() -> u32 {
    1
}

fn spawn(_task: impl Future<Output = ()> + Send + 'static) {}

fn late() -> u32 {
    load()
}

fn mismatched() -> u32 {
    "one"
}

fn plain() -> usize {
    load().await as usize
}

fn length() -> usize {
    async_text().len()
}

async fn async_text() -> String {
    String::new()
}

async fn waits() {}

fn main() {
    let (_, _, _) = (late(), mismatched(), plain() + length());
    spawn(async {
        let shared = Rc::new(1);
        waits().await;
        drop(shared);
    });
    spawn(async {
        let cached = CACHE.lock().unwrap();
        waits().await;
        drop(cached);
    });
}
