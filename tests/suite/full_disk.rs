//! Disks, quotas and files that can take no more: the command says so, what was acknowledged stays, and with room
//! the next command goes on without anybody's help.

#![cfg(unix)]

use std::process::{Command, Output};

use crate::support::{PROGRAM, Sandbox};

/// Runs a shell script in the sandbox, by another program; the script's `"$1"` is Annals.
fn script(sandbox: &Sandbox, wrapper: &[&str], script: &str) -> Output {
    let [program, arguments @ ..] = wrapper else {
        panic!("a wrapper begins with a program")
    };
    Command::new(program)
        .args(arguments)
        .args(["sh", "-c", script, "sh", PROGRAM])
        .current_dir(sandbox.path("."))
        .env("ANNALS_LOCATION", ".annals")
        .output()
        .unwrap()
}

fn documents(sandbox: &Sandbox) -> u64 {
    let stats = sandbox.annals(&["stats", "--format", "json"]);
    let stats = stats.without_panic().exits(0).json();
    stats["documents"].as_u64().unwrap()
}

/// A process that may write no file beyond some size meets the same refusals as on a full disk, at any place.
#[test]
fn files_that_can_grow_no_more_lose_nothing() {
    let expected = Sandbox::with_news().quads();
    let mut failures = 0;
    // In blocks of 512 bytes, as POSIX has it for `ulimit -f`; some shells count 1,024.
    for blocks in [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 1024] {
        let sandbox = Sandbox::new();
        let articles = ["ingest", "examples/news/articles", "--quiet"];
        sandbox.annals(&articles).exits(0);
        let before = documents(&sandbox);
        let limited = format!(
            "trap '' XFSZ; ulimit -f {blocks}; \"$1\" ingest examples/news --quiet --format json"
        );
        let output = script(&sandbox, &["env"], &limited);
        let messages = String::from_utf8_lossy(&output.stderr);
        assert!(!messages.contains("panicked"), "{blocks}: {messages}");
        // 3: done, with the refusals that the examples have.
        if output.status.code() != Some(3) {
            assert_eq!(output.status.code(), Some(1), "{blocks}: {messages}");
            assert!(
                messages.contains("hint: the disk is full"),
                "{blocks}: {messages}"
            );
            failures += 1;
        }
        assert!(documents(&sandbox) >= before, "{blocks}");
        sandbox.annals(&["check"]).exits(0);
        sandbox
            .annals(&["ingest", "examples/news", "--quiet"])
            .exits(3);
        assert!(sandbox.quads() == expected, "{blocks}");
    }
    assert!(failures > 2, "only {failures} runs met the limit");
}

/// A file system of its own in a namespace of its own, which not every system lets a user have.
const NAMESPACE: [&str; 2] = ["unshare", "-rm"];

/// Fills file systems of many sizes, then gives them room.
const FILL: &str = r#"
set -e
mkdir disk
for kilobytes in 64 96 128 192 256 384 512 768 1024 1536 2048 3072 4096 16384 131072; do
    mount -t tmpfs -o size=${kilobytes}k none disk
    export ANNALS_LOCATION=disk/store
    code=0; "$1" ingest examples/news/articles --quiet >disk.out 2>disk.err || code=$?
    if [ $code -eq 0 ]; then
        "$1" ingest examples/news --quiet >disk.out 2>disk.err || code=$?
        held=9
    else
        held=0
    fi
    case $code in
        3) echo "$kilobytes enough" ;;
        1) grep -q 'hint: the disk is full' disk.err || { echo "$kilobytes says"; cat disk.err; exit 1; }
           echo "$kilobytes full" ;;
        *) echo "$kilobytes exits $code"; cat disk.err; exit 1 ;;
    esac
    mount -o remount,size=200m disk
    if [ $held -gt 0 ]; then
        "$1" stats --format json >disk.out
    fi
    code=0; "$1" ingest examples/news --quiet >disk.out 2>disk.err || code=$?
    [ $code -eq 3 ] || { echo "$kilobytes again exits $code"; cat disk.err; exit 1; }
    "$1" check >disk.out
    "$1" export --format nq >quads.$kilobytes
    umount disk
done
"#;

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_loses_nothing() {
    let sandbox = Sandbox::new();
    let mount = "mkdir try && mount -t tmpfs none try";
    if !script(&sandbox, &NAMESPACE, mount).status.success() {
        // Nothing can be mounted here; the test of single files stands for this one.
        return;
    }
    let output = script(&sandbox, &NAMESPACE, FILL);
    let told = String::from_utf8_lossy(&output.stdout);
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}{messages}");
    assert!(told.contains("full") && told.contains("enough"), "{told}");
    let expected = Sandbox::with_news().quads();
    for line in told.lines() {
        let (kilobytes, _) = line.split_once(' ').unwrap();
        let quads = std::fs::read_to_string(sandbox.path(&format!("quads.{kilobytes}"))).unwrap();
        assert!(quads == expected, "{line}");
    }
}
