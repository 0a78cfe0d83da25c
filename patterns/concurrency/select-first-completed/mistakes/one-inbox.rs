//! Both branches are under way at once, so both borrow the inbox at once.

use tokio::sync::mpsc::Receiver;

struct Inbox {
    orders: Receiver<String>,
    signals: Receiver<String>,
}

impl Inbox {
    async fn next_order(&mut self) -> Option<String> {
        self.orders.recv().await
    }

    async fn next_signal(&mut self) -> Option<String> {
        self.signals.recv().await
    }
}

async fn next(inbox: &mut Inbox) -> Option<String> {
    tokio::select! {
        order = inbox.next_order() => order,
        signal = inbox.next_signal() => signal, //~ E0499
    }
}

#[tokio::main]
async fn main() {
    let (_order, orders) = tokio::sync::mpsc::channel(1);
    let (_signal, signals) = tokio::sync::mpsc::channel(1);
    next(&mut Inbox { orders, signals }).await;
}
