//! `join!` does not unwrap: each place of its tuple is still a `Result`.

async fn count_users() -> anyhow::Result<u32> {
    Ok(3)
}

async fn count_posts() -> anyhow::Result<u32> {
    Ok(5)
}

fn report(users: u32, posts: u32) {
    println!("{users} users, {posts} posts");
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (users, posts) = tokio::join!(count_users(), count_posts());
    report(users, posts); //~ E0308
    Ok(())
}
