//! Compiles, with faults that rustc and Clippy warn about.

use std::sync::Mutex;
use std::time::Duration;

async fn save(text: &str) -> Result<(), String> {
    text.is_empty().then_some(()).ok_or_else(|| text.to_owned())
}

async fn forgotten() {
    save("never");
    let _ = save("never either");
}

async fn held(cache: &Mutex<String>) {
    let guard = cache.lock().unwrap();
    let _ = save(&guard).await;
}

async fn blocking() {
    std::thread::sleep(Duration::from_secs(1));
    let _ = std::env::var("HOME");
    std::thread::sleep(Duration::from_secs(2));
}

fn main() {
    let unused = 1;
    let cache = Mutex::default();
    let _all = (forgotten(), held(&cache), blocking());
}
