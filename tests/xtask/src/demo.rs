//! The first command for a newcomer: prints one real decision, then serves the demo shop for the browser.

use std::env;
use std::net::TcpStream;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use crate::step::{Result, Steps, node, output_of, run};
use crate::{build, tools};

/// Builds the package, prints a decision, and serves the shop until the server is stopped.
pub fn demo(once: bool, open: bool) -> Result {
    let mut steps = Steps::default();
    steps.run("tools", || tools::wasm_target().and_then(|()| tools::packages()))?;
    steps.run("build", build::build)?;
    steps.run("one decision", || {
        run(&mut node(&["js/cli/index.js", "explain", "www/policies/casa-lola.json", "www/policies/purchase.json"]))
    })?;
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
    if output_of(command.arg(&url)).is_none() {
        println!("open {url} in a browser");
    }
}
