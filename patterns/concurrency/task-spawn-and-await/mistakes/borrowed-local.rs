//! A task may outlive the function that starts it, so it cannot borrow.

async fn count(names: &[String]) -> usize {
    tokio::task::yield_now().await;
    names.len()
}

#[tokio::main]
async fn main() -> Result<(), tokio::task::JoinError> {
    let names = vec!["ada".to_owned(), "bob".to_owned()];
    let names_task = tokio::spawn(async { count(&names).await }); //~ E0373
    println!("{} names", names_task.await?);
    Ok(())
}
