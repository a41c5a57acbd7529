//! The command line: one file per subcommand. The only code that prints, reads the environment or
//! decides on exit codes; everything it does is done by the library.

mod alias;
mod arguments;
mod backup;
mod check;
mod completions;
mod diff;
mod eval;
mod export;
mod extract;
mod extractor;
mod failure;
mod file;
mod forget;
mod formats;
mod graph;
mod history;
mod ingest;
mod interrupt;
mod names;
mod node_kind;
mod output;
mod path;
mod progress;
mod query;
mod rebuild;
mod search;
mod session;
mod show;
mod stats;
mod timeline;
mod train;
mod validate;
mod watch;
mod why;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

pub use failure::Failure;
use output::Format;

/// Reads news and turns it into a knowledge graph you can question.
#[derive(Debug, Parser)]
#[command(name = "annals", version, max_term_width = 100, after_help = EXAMPLES)]
#[command(subcommand_precedence_over_arg = true)]
pub struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  annals ingest examples/news
  annals timeline \"Syria intervention 2015–2017\"
  annals why \"Palmyra\"

Exit codes: 0 done, 1 failed or nothing found, 2 wrong usage, 3 some documents refused,
4 a limit was hit, 5 the store is locked or damaged, 130 stopped with Ctrl-C.";

/// Options of every command.
#[derive(Debug, Args)]
struct Globals {
    /// The store's folder. Without it, `.annals` here or in a folder above is used
    #[arg(
        short,
        long,
        global = true,
        value_name = "DIR",
        env = "ANNALS_LOCATION"
    )]
    location: Option<PathBuf>,
    /// Question these files instead of a store: nothing is written
    #[arg(long, global = true, value_name = "PATH", num_args = 1.., value_delimiter = None)]
    input: Vec<PathBuf>,
    /// Say less on standard error
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Ingest(ingest::Ingest),
    Watch(watch::Watch),
    Timeline(timeline::TimelineCommand),
    Query(query::QueryCommand),
    Search(search::SearchCommand),
    Show(show::Show),
    Why(why::Why),
    History(history::History),
    Path(path::PathCommand),
    Graph(graph::GraphCommand),
    Export(export::Export),
    Stats(stats::Stats),
    Validate(validate::Validate),
    Alias(alias::Alias),
    Forget(forget::Forget),
    Check(check::Check),
    Rebuild(rebuild::Rebuild),
    Backup(backup::Backup),
    Diff(diff::Diff),
    Extract(extract::Extract),
    Formats(formats::Formats),
    Eval(eval::Eval),
    Train(train::Train),
    Completions(completions::Completions),
}

/// Runs the program with arguments as the operating system gives them, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> ExitCode {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !crate::store::is_guarded() {
            report(panic);
        }
    }));
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return failure::usage(&error),
    };
    let done = match cli.command.questions() || cli.globals.input.is_empty() {
        true => cli.command.execute(&cli.globals),
        false => Err(Failure::usage("this command has no use for --input")
            .hint("--input is for commands that ask, such as timeline, query and show")),
    };
    match done {
        Ok(code) => code,
        Err(error) => failure::report(&error),
    }
}

/// The text of a file that was named; `-` is standard input.
fn read_text(path: &std::path::Path) -> Result<String, Failure> {
    let text = if path.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin().lock())
    } else {
        std::fs::read_to_string(path)
    };
    text.map_err(|error| Failure::not_found(format!("{}: {error}", path.display())))
}

impl Command {
    /// Whether it asks what a store, or files in its place, have to say.
    const fn questions(&self) -> bool {
        match self {
            Self::Timeline(_)
            | Self::Query(_)
            | Self::Search(_)
            | Self::Show(_)
            | Self::Why(_)
            | Self::History(_)
            | Self::Path(_)
            | Self::Graph(_)
            | Self::Export(_)
            | Self::Stats(_)
            | Self::Validate(_) => true,
            Self::Alias(alias) => alias.questions(),
            Self::Ingest(_)
            | Self::Watch(_)
            | Self::Forget(_)
            | Self::Check(_)
            | Self::Rebuild(_)
            | Self::Backup(_)
            | Self::Diff(_)
            | Self::Extract(_)
            | Self::Formats(_)
            | Self::Eval(_)
            | Self::Train(_)
            | Self::Completions(_) => false,
        }
    }

    fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        match self {
            Self::Ingest(command) => command.execute(globals),
            Self::Watch(command) => command.execute(globals),
            Self::Timeline(command) => command.execute(globals),
            Self::Query(command) => command.execute(globals),
            Self::Search(command) => command.execute(globals),
            Self::Show(command) => command.execute(globals),
            Self::Why(command) => command.execute(globals),
            Self::History(command) => command.execute(globals),
            Self::Path(command) => command.execute(globals),
            Self::Graph(command) => command.execute(globals),
            Self::Export(command) => command.execute(globals),
            Self::Stats(command) => command.execute(globals),
            Self::Validate(command) => command.execute(globals),
            Self::Alias(command) => command.execute(globals),
            Self::Forget(command) => command.execute(globals),
            Self::Check(command) => command.execute(globals),
            Self::Rebuild(command) => command.execute(globals),
            Self::Backup(command) => command.execute(globals),
            Self::Diff(command) => command.execute(),
            Self::Formats(command) => command.execute(),
            Self::Extract(command) => command.execute(globals),
            Self::Eval(command) => command.execute(globals),
            Self::Train(command) => command.execute(globals),
            Self::Completions(command) => command.execute(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
