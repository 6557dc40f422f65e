//! One command for a newcomer: one real decision on the terminal, then the shop in the browser.

use std::env;
use std::net::TcpStream;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use crate::step::{Result, Steps, ask, node, run};
use crate::{build, tools};

/// Builds, prints a decision, and serves the shop until it is stopped.
pub fn demo(once: bool, open: bool) -> Result {
    let mut steps = Steps::default();
    steps.take("tools", || tools::wasm_target().and_then(|()| tools::packages()))?;
    steps.take("build", build::build)?;
    steps.take("one decision", || run(&mut node(&["tests/xtask/print.js"])))?;
    steps.table();
    if once {
        return Ok(());
    }

    println!();
    let mut server = node(&["tests/server.js"]).spawn().map_err(|why| format!("node: {why}"))?;
    if open {
        open_browser(&env::var("PORT").unwrap_or_else(|_| "8080".to_owned()));
    }
    match server.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("the server ended with {status}")),
        Err(why) => Err(format!("the server: {why}")),
    }
}

fn open_browser(port: &str) {
    let address = format!("127.0.0.1:{port}");
    for _ in 0..50 {
        if TcpStream::connect(&address).is_ok() {
            break;
        }
        sleep(Duration::from_millis(100));
    }
    let url = format!("http://{address}/");
    let mut command = match env::consts::OS {
        "macos" => Command::new("open"),
        "windows" => Command::new("explorer"),
        _ => Command::new("xdg-open"),
    };
    if ask(command.arg(&url)).is_none() {
        println!("open {url} in a browser");
    }
}
