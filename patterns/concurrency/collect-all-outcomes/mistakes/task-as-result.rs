//! A task has more ends than the two that its function can return.

fn describe(outcome: Result<u32, String>) -> String {
    match outcome {
        Ok(value) => format!("value, {value}"),
        Err(error) => format!("error, {error}"),
    }
}

#[tokio::main]
async fn main() {
    let task = tokio::spawn(async { Ok(3) });
    println!("{}", describe(task.await)); //~ E0308
}
