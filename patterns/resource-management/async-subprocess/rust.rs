//! A child process is waited for, read, killed and reaped, or left behind.

use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::task::yield_now;
use tokio::time::{sleep, timeout};

const SIZE: usize = 1_000_000;
const SHORT: Duration = Duration::from_millis(200);

// ANCHOR: bad
async fn bad_pause() -> io::Result<ExitStatus> {
    std::process::Command::new("sleep").arg("0.5").status()
}

// ANCHOR_END: bad
// ANCHOR: good
async fn good_pause() -> io::Result<ExitStatus> {
    Command::new("sleep").arg("0.5").status().await
}

// ANCHOR_END: good
async fn observe(
    pause: impl AsyncFn() -> io::Result<ExitStatus>,
) -> io::Result<String> {
    let (sender, beats) = tokio::sync::watch::channel(0);
    let heart = tokio::spawn(async move {
        loop {
            sleep(Duration::from_millis(10)).await;
            sender.send_modify(|beats| *beats += 1);
        }
    });
    yield_now().await;
    let status = pause().await?;
    heart.abort();
    let beats = yes(*beats.borrow() > 0);
    Ok(format!("{}, heart beats: {beats}", code(status)))
}

fn code(status: ExitStatus) -> String {
    status.to_string().replace("exit status:", "exit code")
}

// ANCHOR: full-pipe
fn print_much() -> io::Result<Child> {
    let script = format!("printf %{SIZE}s");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).stdout(Stdio::piped());
    command.kill_on_drop(true).spawn()
}

async fn full_pipe() -> io::Result<&'static str> {
    let mut child = print_much()?;
    let ended = timeout(SHORT, child.wait()).await;
    Ok(ended.map_or("timed out", |_| "ended"))
}

// ANCHOR_END: full-pipe
// ANCHOR: emptied
async fn emptied() -> io::Result<String> {
    let child = print_much()?;
    let output = child.wait_with_output().await?;
    let size = output.stdout.len();
    Ok(format!("{}, {size} bytes", code(output.status)))
}

// ANCHOR_END: emptied
fn with_pipes(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::piped()).stdout(Stdio::piped())
}

// ANCHOR: input
async fn through_cat(text: &[u8]) -> io::Result<Vec<u8>> {
    let mut child = with_pipes(&mut Command::new("cat")).spawn()?;
    let mut stdin = child.stdin.take().expect("piped");
    let write = async move { stdin.write_all(text).await };
    let ((), output) = tokio::try_join!(write, child.wait_with_output())?;
    Ok(output.stdout)
}

// ANCHOR_END: input
// ANCHOR: ask
struct Pipes(ChildStdin, BufReader<ChildStdout>);

impl Pipes {
    fn of(child: &mut Child) -> Self {
        let stdout = child.stdout.take().expect("piped");
        let stdin = child.stdin.take().expect("piped");
        Self(stdin, BufReader::new(stdout))
    }

    async fn ask(&mut self) -> bool {
        let _ = self.0.write_all(b"are you there?\n").await;
        let answer = self.1.read_line(&mut String::new()).await;
        answer.is_ok_and(|size| size > 0)
    }
}

// ANCHOR_END: ask
// ANCHOR: timeout
async fn left_running() -> io::Result<bool> {
    let mut child = with_pipes(&mut Command::new("cat")).spawn()?;
    let mut pipes = Pipes::of(&mut child);
    let _ = timeout(SHORT, child.wait()).await;
    drop(child);
    Ok(pipes.ask().await)
}

// ANCHOR_END: timeout
// ANCHOR: killed
async fn killed() -> io::Result<bool> {
    let mut cat = Command::new("cat");
    let mut child = with_pipes(&mut cat).kill_on_drop(true).spawn()?;
    let mut pipes = Pipes::of(&mut child);
    let _ = timeout(SHORT, child.wait()).await;
    drop(child);
    Ok(pipes.ask().await)
}

// ANCHOR_END: killed
// ANCHOR: reaped
async fn in_process_table() -> io::Result<bool> {
    let mut child = Command::new("cat").stdin(Stdio::piped()).spawn()?;
    let process = child.id().map_or(0, i64::from);
    child.start_kill()?;
    sleep(SHORT * 2).await;
    kill("-0", process).await
}

async fn kill(signal: &str, process: i64) -> io::Result<bool> {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("kill {signal} {process}")]);
    Ok(shell.stderr(Stdio::null()).status().await?.success())
}

// ANCHOR_END: reaped
// ANCHOR: group
async fn cat_in_shell() -> io::Result<(Child, Pipes)> {
    let mut shell = Command::new("sh");
    shell.args(["-c", "cat; true"]).process_group(0);
    let mut child = with_pipes(&mut shell).spawn()?;
    let mut pipes = Pipes::of(&mut child);
    pipes.ask().await;
    Ok((child, pipes))
}

async fn shell_killed() -> io::Result<bool> {
    let (mut child, mut pipes) = cat_in_shell().await?;
    child.kill().await?;
    Ok(pipes.ask().await)
}

async fn group_killed() -> io::Result<bool> {
    let (child, mut pipes) = cat_in_shell().await?;
    kill("-KILL", -child.id().map_or(0, i64::from)).await?;
    Ok(pipes.ask().await)
}

// ANCHOR_END: group
fn yes(condition: bool) -> &'static str {
    if condition { "yes" } else { "no" }
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> io::Result<()> {
    println!("bad: {}", observe(bad_pause).await?);
    println!("good: {}", observe(good_pause).await?);
    println!("full pipe: {}", full_pipe().await?);
    println!("emptied: {}", emptied().await?);
    let text = vec![b'x'; SIZE];
    let back = through_cat(&text).await?;
    println!("all back from cat: {}", yes(back == text));
    let answers = yes(left_running().await?);
    println!("timed out: cat answers: {answers}");
    println!(
        "timed out and killed: cat answers: {}",
        yes(killed().await?)
    );
    let found = yes(in_process_table().await?);
    println!("killed only: in process table: {found}");
    let answers = yes(shell_killed().await?);
    println!("shell killed: its cat answers: {answers}");
    let answers = yes(group_killed().await?);
    println!("group killed: its cat answers: {answers}");
    Ok(())
}
