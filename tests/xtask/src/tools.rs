//! The tools that the commands need. Some are installed if they are missing; for the others the error says how to install them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::{Result, output_of, run};

/// The target of the Wasm builds.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure the compiler has the Wasm target.
pub fn wasm_target() -> Result {
    let folder = output_of(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))
        .ok_or("rustc is missing: install rustup from https://rustup.rs")?;
    if Path::new(&folder).is_dir() {
        return Ok(());
    }
    run(Command::new("rustup").args(["target", "add", WASM]))
        .map_err(|why| format!("{why}; install rustup from https://rustup.rs, or the target {WASM} in another way"))
}

/// Makes sure there is Node 20 or later, and that the npm packages are those of package-lock.json.
pub fn packages() -> Result {
    let version = output_of(Command::new("node").arg("--version"))
        .ok_or("Node is missing: install Node 20 or later from https://nodejs.org")?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    if major.is_none_or(|major: u32| major < 20) {
        return Err(format!("Node {version} is too old: install Node 20 or later from https://nodejs.org"));
    }

    let lock = fs::read("package-lock.json").map_err(|why| format!("package-lock.json: {why}"))?;
    let stamp = Path::new("node_modules/.installed-lock.json");
    if fs::read(stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(npm().args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::write(stamp, lock).map_err(|why| format!("{}: {why}", stamp.display()))
}

fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// A browser, and the driver through which wasm-bindgen-test controls it.
pub struct Chromium {
    pub browser: PathBuf,
    pub driver: PathBuf,
    /// the same engine in a program without windows: a page costs it a third of the processor time. Where there is none, the browser
    pub shell: PathBuf,
}

/// Finds Chromium and ChromeDriver. On Debian as root it installs them if they are missing.
pub fn chromium() -> Result<Chromium> {
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    install(&["chromium", "chromium-driver"]).unwrap_or_else(|| {
        Err("Chromium or ChromeDriver is missing: install both (Debian: `apt-get install chromium chromium-driver`, \
            macOS: `brew install --cask chromium chromedriver`, Windows: Chrome and its ChromeDriver on the PATH), \
            or name them in CHROMIUM and CHROMEDRIVER"
            .to_owned())
    })?;
    find_chromium().ok_or_else(|| "Chromium or ChromeDriver is still missing after apt-get install".to_owned())
}

/// The program without windows: that of the system, or on Debian as root one that is installed now. Whoever names a browser in `CHROMIUM` wants
/// that one.
fn headless_shell(browser: &Path) -> PathBuf {
    if from_variable("CHROMIUM").is_some() {
        return browser.to_path_buf();
    }
    let found = || on_path(&["chromium-headless-shell", "chrome-headless-shell"]);
    let installed = || install(&["chromium-headless-shell"])?.ok().and_then(|()| found());
    found().or_else(installed).unwrap_or_else(|| browser.to_path_buf())
}

/// Makes sure that tests can start a PostgreSQL of their own. On Debian as root it is installed if it is missing.
pub fn postgresql() -> Result {
    if has_postgresql() {
        return Ok(());
    }
    install(&["postgresql"]).unwrap_or_else(|| {
        Err("PostgreSQL is missing: install it (Debian: `apt-get install postgresql`, macOS: `brew install postgresql`), \
            or name the folder of its programs in POSTGRES_BIN"
            .to_owned())
    })?;
    if has_postgresql() { Ok(()) } else { Err("PostgreSQL is still missing after apt-get install".to_owned()) }
}

/// As `tests/server/postgres.js` looks for it.
fn has_postgresql() -> bool {
    let named = env::var_os("POSTGRES_BIN").is_some_and(|folder| Path::new(&folder).join("initdb").is_file());
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    named || on_path(&["initdb"]).is_some() || debian.into_iter().any(|one| one.path().join("bin/initdb").is_file())
}

/// Makes sure that tests can start a Redis of their own. On Debian as root it is installed if it is missing.
pub fn redis() -> Result {
    let found = || from_variable("REDIS_SERVER").or_else(|| on_path(&["redis-server"])).is_some();
    if found() {
        return Ok(());
    }
    install(&["redis-server"]).unwrap_or_else(|| {
        Err("Redis is missing: install it (Debian: `apt-get install redis-server`, macOS: `brew install redis`), \
            or name its program in REDIS_SERVER"
            .to_owned())
    })?;
    if found() { Ok(()) } else { Err("Redis is still missing after apt-get install".to_owned()) }
}

/// Installs packages of Debian. None: this is no Debian, or who runs this may not.
fn install(packages: &[&str]) -> Option<Result> {
    let debian = Path::new("/etc/debian_version").exists();
    let root = output_of(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    (debian && root).then(|| {
        let apt = || {
            let mut apt = Command::new("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=300"]);
            apt
        };
        run(apt().arg("update"))?;
        run(apt().args(["install", "-y", "--no-install-recommends"]).args(packages))
    })
}

fn find_chromium() -> Option<Chromium> {
    let browser = from_variable("CHROMIUM")
        .or_else(|| on_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]));
    let browser = browser.or_else(in_program_folders)?;
    let driver = from_variable("CHROMEDRIVER").or_else(|| on_path(&["chromedriver"]))?;
    let shell = headless_shell(&browser);
    Some(Chromium { browser, driver, shell })
}

fn from_variable(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION)))
        .find(|path| path.is_file())
}

fn in_program_folders() -> Option<PathBuf> {
    let mut paths = vec![
        PathBuf::from("/Applications/Chromium.app/Contents/MacOS/Chromium"),
        PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    ];
    for variable in ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"] {
        paths.extend(
            env::var_os(variable).map(|folder| PathBuf::from(folder).join("Google/Chrome/Application/chrome.exe")),
        );
    }
    paths.into_iter().find(|path| path.is_file())
}
