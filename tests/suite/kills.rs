//! Processes killed at any moment: what was acknowledged is there afterwards, nothing is half there,
//! and what is derived is brought up to it.
//!
//! `ANNALS_KILLS` is the number of kills at random moments, 40 where it is not set. The test that
//! kills at every system call needs `strace` and minutes, so it runs only when asked for
//! (`cargo test --test suite -- --ignored every_system_call --nocapture`).

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{Random, Sandbox, number_of};

/// Kills of one store before the next one takes its place, so that no store grows slow.
const KILLS_OF_A_STORE: usize = 50;

/// Documents of one command; they are acknowledged together or not at all.
const DOCUMENTS: u64 = 3;

/// Where kills landed, and how long the next command took to open what they left.
#[derive(Debug, Default)]
struct Tally {
    before_acknowledgement: usize,
    after_acknowledgement: usize,
    after_the_end: usize,
    slowest_to_reopen: Duration,
}

/// A store that is killed again and again.
struct Victim {
    sandbox: Sandbox,
    files: usize,
    /// Documents that must be there.
    acknowledged: u64,
}

impl Victim {
    fn new() -> Self {
        let mut victim = Self {
            sandbox: Sandbox::new(),
            files: 0,
            acknowledged: 0,
        };
        let mut command = victim.next_ingest();
        assert!(command.wait().unwrap().success());
        victim.acknowledged = DOCUMENTS;
        victim
    }

    /// Starts to ingest three further documents.
    fn next_ingest(&mut self) -> Child {
        let path = self.next_file();
        let arguments = ["ingest", &path, "--quiet"];
        self.sandbox.process(&arguments).spawn().unwrap()
    }

    fn next_file(&mut self) -> String {
        self.files += 1;
        let path = format!("in/{:04}.jsonl", self.files);
        let document = |part: u64| {
            let (n, day) = (self.files, 1 + self.files % 28);
            format!(
                "{{\"id\": \"{n}-{part}\", \"title\": \"Ferry {n} of line {part} sinks off Malta\", \
                 \"dct\": \"2018-0{part}-{day:02}\", \"text\": \"Ferry {n} of line {part} sinks off Malta\\n\\n\
                 On {day} January 2018 Angela Merkel sent boat {n} from Berlin to Valletta.\"}}\n"
            )
        };
        let lines: String = (1..=DOCUMENTS).map(document).collect();
        self.sandbox.write(&path, lines);
        path
    }

    /// Opens the store after a kill and looks whether all is there; `has_ended` says that the
    /// command had told its success before.
    fn look(&mut self, has_ended: bool, tally: &mut Tally) {
        let start = Instant::now();
        let stats = ["stats", "--format", "json"];
        let stats = self.sandbox.annals(&stats).without_panic().exits(0).json();
        tally.slowest_to_reopen = tally.slowest_to_reopen.max(start.elapsed());
        let held = stats["documents"].as_u64().unwrap();
        let all = self.acknowledged + DOCUMENTS;
        assert!(
            held == all || (held == self.acknowledged && !has_ended),
            "{held} documents of {} or {all}",
            self.acknowledged
        );
        *match (has_ended, held == all) {
            (true, _) => &mut tally.after_the_end,
            (false, true) => &mut tally.after_acknowledgement,
            (false, false) => &mut tally.before_acknowledgement,
        } += 1;
        self.sandbox.annals(&["check"]).without_panic().exits(0);
        self.acknowledged = held;
    }

    /// A store that was never killed holds the same, and no file is left over.
    fn compare(&self) {
        let ingest = ["ingest", "in", "--quiet"];
        self.sandbox.annals(&ingest).exits(0);
        let unharmed = Sandbox::new();
        crate::support::copy(&self.sandbox.path("in"), &unharmed.path("in"));
        unharmed.annals(&ingest).exits(0);
        assert!(self.sandbox.quads() == unharmed.quads());
        let is_leftover = |file: &String| {
            [".tmp", "graph.new", "bulk-"]
                .iter()
                .any(|w| file.contains(w))
        };
        let mut left = self.sandbox.files(".annals");
        left.retain(is_leftover);
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "a long run reports what it did")]
fn no_kill_loses_what_was_acknowledged() {
    let kills = number_of("ANNALS_KILLS").unwrap_or(40);
    let mut random = Random::default();
    let mut tally = Tally::default();
    let mut victim = Victim::new();
    // How long a command takes; those that ended before their kill tell it.
    let mut usual = Duration::from_millis(100);
    for kill in 1..=kills {
        let start = Instant::now();
        let mut command = victim.next_ingest();
        sleep(usual.mul_f64(random.below(1300) as f64 / 1000.0));
        let has_ended = command.try_wait().unwrap().is_some_and(|s| s.success());
        usual = match has_ended {
            true => usual.min(start.elapsed()),
            false => usual.mul_f64(1.05).min(Duration::from_secs(5)),
        };
        command.kill().unwrap();
        command.wait().unwrap();
        victim.look(has_ended, &mut tally);
        if kill % KILLS_OF_A_STORE == 0 || kill == kills {
            victim.compare();
            victim = Victim::new();
        }
    }
    println!("{kills} kills: {tally:?}");
}

#[test]
fn a_killed_rebuild_is_done_again() {
    let sandbox = Sandbox::with_news();
    let quads = sandbox.quads();
    let mut random = Random::default();
    for _ in 0..8 {
        let mut rebuild = sandbox.process(&["rebuild"]).spawn().unwrap();
        sleep(Duration::from_millis(random.below(200) as u64));
        rebuild.kill().unwrap();
        rebuild.wait().unwrap();
        assert!(sandbox.quads() == quads);
        sandbox.annals(&["check"]).exits(0);
    }
}

/// System calls that change what lies on disk.
const CALLS: [&str; 10] = [
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "ftruncate",
    "unlink",
    "unlinkat",
    "pwrite64",
    "write",
];

#[test]
#[ignore = "needs strace and some minutes"]
#[expect(clippy::print_stdout, reason = "a long run reports what it did")]
fn no_kill_at_every_system_call_loses_anything() {
    let mut tally = Tally::default();
    for call in CALLS {
        let mut victim = Victim::new();
        let mut kills = 0;
        for when in 1..2000 {
            let path = victim.next_file();
            let inject = format!("inject={call}:signal=KILL:when={when}");
            let status = Command::new("strace")
                .args([
                    "-f",
                    "-qq",
                    "-o",
                    "/dev/null",
                    "-e",
                    &format!("trace={call}"),
                ])
                .args(["-e", &inject, crate::support::PROGRAM])
                .args(["ingest", &path, "--quiet"])
                .current_dir(victim.sandbox.path("."))
                .env("ANNALS_LOCATION", ".annals")
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .status()
                .expect("strace is installed");
            victim.look(status.success(), &mut tally);
            if status.success() {
                break;
            }
            kills += 1;
            if when % KILLS_OF_A_STORE == 0 {
                victim.compare();
                victim = Victim::new();
            }
        }
        victim.compare();
        println!("{call}: {kills} kills");
    }
    println!("{tally:?}");
}
