//! An assertion about a call that has not been awaited.

async fn is_paid(order_id: u32) -> bool {
    order_id < 5
}

#[tokio::test]
async fn test_forgotten_await() {
    assert!(is_paid(7)); //~ E0600
}
