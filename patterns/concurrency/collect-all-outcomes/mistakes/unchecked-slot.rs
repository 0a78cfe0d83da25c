//! A slot that may hold an error is not a value.

struct DashboardData {
    user: String,
    orders: Vec<u32>,
}

async fn get_user() -> Result<String, std::io::Error> {
    Ok("ada".to_owned())
}

async fn get_recent_orders() -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![1])
}

#[tokio::main]
async fn main() {
    let (user, orders) = tokio::join!(get_user(), get_recent_orders());
    let data = DashboardData {
        user, //~ E0308
        orders: orders.unwrap_or_default(),
    };
    println!("{}: {} orders", data.user, data.orders.len());
}
