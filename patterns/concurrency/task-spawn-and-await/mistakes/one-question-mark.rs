//! The first `?` asks whether the task ended, the second what it returned.

async fn count() -> anyhow::Result<u32> {
    Ok(3)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let users_task = tokio::spawn(count());
    let users_count: u32 = users_task.await?; //~ E0308
    println!("{users_count} users");
    Ok(())
}
