//! A future holds its arguments from the call on, before anything has run.

struct Connection {
    asked: Vec<u32>,
}

impl Connection {
    async fn get_user(&mut self, user_id: u32) -> String {
        self.asked.push(user_id);
        format!("user {user_id}")
    }
}

#[tokio::main]
async fn main() {
    let mut db = Connection { asked: Vec::new() };
    let first = db.get_user(1);
    let second = db.get_user(2); //~ E0499
    println!("{} {}", first.await, second.await);
}
