//! A step of the work: it has a name, it is timed, and it is loud when it fails.

use std::ffi::OsStr;
use std::io::{IsTerminal, stdout};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// What went wrong, in a sentence for the person at the terminal.
pub type Result<T = ()> = std::result::Result<T, String>;

/// The steps taken so far.
#[derive(Default)]
pub struct Steps {
    taken: Vec<(&'static str, Duration, bool)>,
}

impl Steps {
    /// Takes one step and prints how long it lasted.
    pub fn take<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n{}", bold(&format!("── {name}")));
        let start = Instant::now();
        let outcome = work();
        let lasted = start.elapsed();
        self.taken.push((name, lasted, outcome.is_ok()));
        match &outcome {
            Ok(_) => println!("{}", dim(&format!("   {name}: {:.1} s", lasted.as_secs_f64()))),
            Err(why) => println!("{}", red(&format!("   {name} failed after {:.1} s: {why}", lasted.as_secs_f64()))),
        }
        outcome.map_err(|_| format!("`{name}` failed"))
    }

    /// Prints every step with its duration, and the sum.
    pub fn table(&self) {
        println!();
        let mut sum = Duration::ZERO;
        for (name, lasted, passed) in &self.taken {
            let line = format!("{:>8.1} s  {name}", lasted.as_secs_f64());
            println!("{}", if *passed { line } else { red(&format!("{line}  FAILED")) });
            sum += *lasted;
        }
        println!("{:>8.1} s  {}", sum.as_secs_f64(), bold("together"));
    }

    /// Whether every step passed.
    pub fn passed(&self) -> bool {
        self.taken.iter().all(|(_, _, passed)| *passed)
    }
}

/// Runs a command with its output visible; anything but success is an error.
pub fn run(command: &mut Command) -> Result {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let line =
        std::iter::once(program).chain(command.get_args()).map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ");
    println!("{}", dim(&format!("   $ {line}")));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` ended with {status}")),
        Err(why) => Err(format!("`{line}` did not start: {why}")),
    }
}

/// Runs a command silently and returns what it printed, trimmed; nothing when it failed or is not there.
pub fn ask(command: &mut Command) -> Option<String> {
    let answer = command.output().ok().filter(|answer| answer.status.success())?;
    Some(String::from_utf8_lossy(&answer.stdout).trim().to_owned())
}

/// A cargo command, by the very cargo that runs this.
pub fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(words);
    command
}

/// A Node command.
pub fn node(words: &[&str]) -> Command {
    let mut command = Command::new("node");
    command.args(words);
    command
}

pub fn bold(text: &str) -> String {
    style("1", text)
}

pub fn dim(text: &str) -> String {
    style("2", text)
}

pub fn red(text: &str) -> String {
    style("31", text)
}

fn style(code: &str, text: &str) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if plain || !stdout().is_terminal() {
        return text.to_owned();
    }
    format!("\x1b[{code}m{text}\x1b[0m")
}
