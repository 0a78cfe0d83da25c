//! Sync code that returns an async call returns the future, not the value.

async fn some_async_function() -> u32 {
    7
}

fn my_function() -> u32 {
    some_async_function() //~ E0308
}

fn main() {
    println!("{}", my_function());
}
