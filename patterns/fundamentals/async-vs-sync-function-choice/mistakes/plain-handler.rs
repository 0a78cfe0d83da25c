//! A plain function is no async handler: nothing it returns can be awaited.

fn route(path: &str, _handler: impl AsyncFn(u32) -> String) {
    println!("{path} is ready");
}

fn get_user(user_id: u32) -> String {
    format!("user {user_id}")
}

fn main() {
    println!("{}", get_user(7));
    route("/users/{user_id}", get_user); //~ E0277
}
