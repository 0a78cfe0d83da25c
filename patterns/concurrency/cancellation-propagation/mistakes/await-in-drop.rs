//! `Drop` is not async: cleanup that awaits has no place in it.

struct Claim {
    item: u32,
}

async fn release(item: u32) {
    println!("released {item}");
}

impl Drop for Claim {
    fn drop(&mut self) {
        release(self.item).await; //~ E0728
    }
}

#[tokio::main]
async fn main() {
    let claim = Claim { item: 1 };
    println!("claimed {}", claim.item);
}
