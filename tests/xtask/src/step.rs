//! Runs commands step by step, with a name and a duration for each.

use std::ffi::OsStr;
use std::io::{IsTerminal, stdout};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The error is a sentence for the person at the terminal.
pub type Result<T = ()> = std::result::Result<T, String>;

/// The steps so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<(&'static str, Duration, bool)>,
}

impl Steps {
    /// Runs one step and prints how long it took.
    pub fn run<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n{}", bold(&format!("── {name}")));
        let start = Instant::now();
        let outcome = work();
        let duration = start.elapsed();
        self.done.push((name, duration, outcome.is_ok()));
        match &outcome {
            Ok(_) => println!("{}", dim(&format!("   {name}: {:.1} s", duration.as_secs_f64()))),
            Err(why) => println!("{}", red(&format!("   {name} failed after {:.1} s: {why}", duration.as_secs_f64()))),
        }
        outcome.map_err(|_| format!("`{name}` failed"))
    }

    /// Prints each step with its duration, and the total.
    pub fn table(&self) {
        println!();
        let mut total = Duration::ZERO;
        for (name, duration, passed) in &self.done {
            let line = format!("{:>8.1} s  {name}", duration.as_secs_f64());
            println!("{}", if *passed { line } else { red(&format!("{line}  FAILED")) });
            total += *duration;
        }
        println!("{:>8.1} s  {}", total.as_secs_f64(), bold("in all"));
    }

    /// Whether every step passed.
    pub fn passed(&self) -> bool {
        self.done.iter().all(|(_, _, passed)| *passed)
    }
}

/// Runs a command and shows its output.
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

/// Runs a command silently and returns its output, trimmed. `None` if it failed or does not exist.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A cargo command, with the same cargo that runs this program.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// A Node command.
pub fn node(arguments: &[&str]) -> Command {
    let mut command = Command::new("node");
    command.args(arguments);
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
