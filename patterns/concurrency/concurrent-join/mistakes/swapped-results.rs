//! Binding the results in another order than that of the futures.

struct User;
struct Post;

async fn fetch_users() -> anyhow::Result<Vec<User>> {
    Ok(vec![User])
}

async fn fetch_posts() -> anyhow::Result<Vec<Post>> {
    Ok(vec![Post, Post])
}

fn report(users: &[User], posts: &[Post]) {
    println!("{} users, {} posts", users.len(), posts.len());
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (posts, users) = tokio::try_join!(fetch_users(), fetch_posts())?;
    report(&users, &posts); //~ E0308
    Ok(())
}
