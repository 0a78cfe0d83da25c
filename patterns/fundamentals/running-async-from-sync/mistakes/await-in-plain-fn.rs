//! An await in a function that is not async.

async fn some_async_function() -> u32 {
    7
}

fn my_function() -> u32 {
    some_async_function().await //~ E0728
}

fn main() {
    println!("{}", my_function());
}
