//! `partition` sorts the results; it does not open them.

fn values(results: Vec<Result<u32, String>>) -> Vec<u32> {
    let (found, failed): (Vec<_>, Vec<_>) =
        results.into_iter().partition(Result::is_ok);
    println!("{} failed", failed.len());
    found //~ E0308
}

fn main() {
    let results = vec![Ok(1), Err("shard 1 is down".to_owned())];
    println!("{:?}", values(results));
}
