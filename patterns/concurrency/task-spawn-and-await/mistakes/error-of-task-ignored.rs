//! Waiting for a task does not look at the error that the task returned.

async fn save() -> anyhow::Result<()> {
    anyhow::bail!("disk full")
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let save_task = tokio::spawn(save());
    save_task.await?; //~ unused_must_use
    println!("saved");
    Ok(())
}
