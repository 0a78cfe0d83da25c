//! Sync code enters the runtime at one edge, and two panics say where not.

use std::any::Any;
use std::io;
use std::panic::{catch_unwind, set_hook};
use std::thread::{self, ThreadId};
use std::time::Duration;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::{JoinHandle, block_in_place, spawn_blocking};
use tokio::time::sleep;

// ANCHOR: core
async fn some_async_function() -> &'static str {
    sleep(Duration::from_millis(10)).await;
    "result"
}

fn new_runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

fn my_function() -> io::Result<&'static str> {
    Ok(new_runtime()?.block_on(some_async_function()))
}

// ANCHOR_END: core
// ANCHOR: several
async fn start_background() -> JoinHandle<&'static str> {
    tokio::spawn(some_async_function())
}

async fn finished(task: JoinHandle<&'static str>) -> bool {
    task.await.is_ok()
}

fn a_runtime_each() -> io::Result<bool> {
    let task = new_runtime()?.block_on(start_background());
    Ok(new_runtime()?.block_on(finished(task)))
}

fn one_runtime() -> io::Result<bool> {
    let runtime = new_runtime()?;
    let task = runtime.block_on(start_background());
    Ok(runtime.block_on(finished(task)))
}

// ANCHOR_END: several
// ANCHOR: thread
async fn async_part() -> (&'static str, ThreadId) {
    (some_async_function().await, thread::current().id())
}

fn sync_library(handle: &Handle) -> (&'static str, ThreadId) {
    handle.block_on(async_part())
}

async fn call_sync_library() -> io::Result<(&'static str, bool)> {
    let handle = Handle::current();
    let call = spawn_blocking(move || sync_library(&handle));
    let (result, thread) = call.await?;
    Ok((result, thread == thread::current().id()))
}

// ANCHOR_END: thread
// ANCHOR: in-place
async fn in_place() -> &'static str {
    block_in_place(|| Handle::current().block_on(some_async_function()))
}

// ANCHOR_END: in-place
// ANCHOR: no-loop
fn no_runtime() -> bool {
    tokio::spawn(some_async_function()).is_finished()
}

// ANCHOR_END: no-loop
// ANCHOR: nested
async fn nested() -> &'static str {
    Handle::current().block_on(some_async_function())
}

async fn awaited() -> &'static str {
    some_async_function().await
}

// ANCHOR_END: nested
fn panic_text(payload: Box<dyn Any + Send>) -> String {
    let text = match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(other) => other.downcast_ref::<&str>().map_or("", |s| s).to_owned(),
    };
    let first = text.split(". ").next().unwrap_or_default();
    format!("panic: {first}")
}

fn yes(condition: bool) -> &'static str {
    if condition { "yes" } else { "no" }
}

pub fn main() -> anyhow::Result<()> {
    println!("from sync code: {}", my_function()?);
    println!("a runtime each: task finished: {}", yes(a_runtime_each()?));
    println!("one runtime: task finished: {}", yes(one_runtime()?));
    let runtime = new_runtime()?;
    let (result, same) = runtime.block_on(call_sync_library())?;
    println!(
        "from a thread: {result}, on the runtime's thread: {}",
        yes(same)
    );
    let workers = Builder::new_multi_thread().enable_all().build()?;
    let task = workers.spawn(in_place());
    println!("block_in_place: {}", workers.block_on(task)?);

    set_hook(Box::new(|_| {})); // the messages are printed here
    let outcome = catch_unwind(no_runtime).err().map(panic_text);
    println!("a task without a runtime: {}", told(outcome));
    let outcome = runtime.block_on(runtime.spawn(nested())).err();
    let outcome = outcome.map(|error| panic_text(error.into_panic()));
    println!("a runtime inside a runtime: {}", told(outcome));
    println!("awaited instead: {}", runtime.block_on(awaited()));
    Ok(())
}

fn told(panic: Option<String>) -> String {
    panic.unwrap_or("no panic".to_owned())
}
