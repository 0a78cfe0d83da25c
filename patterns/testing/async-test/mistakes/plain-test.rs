//! A test without a runtime.

async fn is_paid(order_id: u32) -> bool {
    order_id < 5
}

#[test]
async fn test_unmarked() { //~ error: async functions cannot be used for tests
    assert!(is_paid(1).await);
}
