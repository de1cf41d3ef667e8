"""The commands, their options, and what becomes of what goes wrong."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TypeAlias

from incidents.serving.commands import (
    briefs,
    logins,
    pruning,
    pushing,
    rolling,
    sharing,
    tables,
    teaching,
    versions,
)
from incidents.serving.commands.screen import Screen
from incidents.table.errors import IncidentsError, say_cause
from incidents.table.setting_readers import ROLES
from incidents.table.settings import read_settings
from incidents.versions.catalog import Catalog
from incidents.versions.protected import seeing

Run = Callable[[argparse.Namespace, Catalog, Screen], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

WRONG, STOPPED = 2, 130
_STATUSES = """exit status:
  0    done; `check`, `import`, `rollup`: every row accepted; `diff`: nothing is different
  1    `check`, `import`: rows were set aside, or a problem of level error;
       `rollup`: rows were set aside; `diff`: differences; `push`: a damaged version was left out
  2    a file or the store cannot be read or written, nothing can be used, the command is not
       understood, or it broke by a fault of its own
  130  stopped, by Ctrl+C or SIGTERM
"""
_FILES = (
    "a table (CSV, XLSX, XLS, Parquet, GeoJSON, GeoPackage, zipped CSV) or a folder with"
    " incidents.csv"
)


def main(
    arguments: Sequence[str] | None = None,
    catalog: Catalog | None = None,
    screen: Screen | None = None,
) -> int:
    """Run one command; gives the exit status. What goes wrong is told in a sentence.

    Parameters
    ----------
    arguments
        Words after the program's name; None for those of the process.
    catalog
        None for one by the settings of the environment.
    """
    given = make_parser().parse_args(arguments)
    screen = screen or Screen()
    try:
        # Whoever runs a command has the files.
        with seeing(True):
            return int(given.run(given, catalog or Catalog(read_settings()), screen))
    except IncidentsError as error:
        _tell(error, given, screen)
    except BrokenPipeError:
        screen.let_go()
    except OSError as error:
        name = f'"{error.filename}"' if error.filename else "A file"
        _tell(f"{name} cannot be read or written: {say_cause(error)}.", given, screen)
    except KeyboardInterrupt:
        screen.tell("Stopped. Nothing is kept in half; run it again.")
        return STOPPED
    return WRONG


def _tell(error: object, given: argparse.Namespace, screen: Screen) -> None:
    """What went wrong, in a sentence; to a program that asked for JSON as JSON, too."""
    if getattr(given, "json", False):
        screen.say_json({"error": str(error)})
    screen.tell(error)


def make_parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(
        prog="python -m incidents",
        description="Check, import, export and compare tables of incidents, as the pages do.",
        epilog=_STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, words, run in (
        ("check", "tell every problem of a table; keep nothing", tables.check),
        ("import", "make a version of one or more tables, to be opened by a link", tables.keep),
    ):
        command = _add(commands, name, words, run)
        command.add_argument("files", nargs="+", metavar="FILE", help=_FILES)
        command.add_argument(
            "--profile", help="how its columns are read: a name, or a YAML file (default: by them)"
        )
        command.add_argument("--overrides", metavar="CSV", help="places set by hand")
        command.add_argument("--name", help="name of the dataset (default: that of the file)")
        _add_most(command, 50, "problems")
    words = "let a table that you trust teach where its places are, for later tables"
    command = _add(commands, "teach", words, teaching.teach)
    command.add_argument("table", metavar="TABLE", help=_FILES)
    command.add_argument("--source", required=True, help="whose table it is, as shown with a place")
    command.add_argument("--licence", required=True, help="under which its places may be used")
    command.add_argument("--profile", help="how its columns are read: a name, or a YAML file")
    words = "roll a table of any size up into a folder that the dashboard serves; again for more"
    command = _add(commands, "rollup", words, rolling.roll)
    command.add_argument(
        "source", metavar="SOURCE", help="folder of Parquet files, or its address: s3://…, gs://…"
    )
    command.add_argument("target", metavar="TARGET", help="folder to be made, or brought up to it")
    command.add_argument(
        "--engine",
        default="duckdb",
        help="duckdb; local: Spark on this machine; spark://HOST:PORT (default: duckdb)",
    )
    command.add_argument("--profile", help="how its columns are read: a name, or a YAML file")
    command.add_argument("--name", help="name of the dataset (default: that of the source)")
    command.add_argument("--workers", type=_count, help="processes at once (default: processors)")
    command = _add(commands, "snapshots", "list the versions that are kept", versions.show)
    command.add_argument("--all", action="store_true", help="also those that visitors made")
    _add_export(commands)
    _add_brief(commands)
    command = _add(commands, "diff", "tell what is different between two versions", versions.diff)
    command.add_argument("before", metavar="A", help="id of a version, or newest")
    command.add_argument("after", metavar="B", help="id of a version, or newest")
    command.add_argument("--out", metavar="FILE", help="write every cell that is different as CSV")
    _add_most(command, 20, "rows of each table")
    words = "take away what expired of the versions that visitors published, see the settings"
    command = _add(commands, "prune", words, pruning.prune)
    command.add_argument("--dry-run", action="store_true", help="only tell which; change nothing")
    words = "put all that the folder of snapshots holds into INCIDENTS_STORE, for several servers"
    _add(commands, "push", words, pushing.push)
    _add_share(commands)
    words = "end all logins that somebody has made until now; or list whose were ended"
    command = _add(commands, "logout", words, logins.log_out)
    command.add_argument("who", nargs="?", default="", metavar="WHO", help="address, or `sub`")
    return parser


def _add_share(commands: Commands) -> None:
    words = "make a link that opens the dashboard for a time; list such links, or revoke them"
    command = _add(commands, "share", words, sharing.share)
    command.add_argument("--days", type=_days, default=7, help="how long (default: 7)")
    command.add_argument("--label", default="", help="whom it is for: so it is listed")
    command.add_argument(
        "--role", choices=ROLES, default=ROLES[0], help=f"what they may do (default: {ROLES[0]})"
    )
    command.add_argument(
        "--url",
        default="http://localhost:8501",
        help="address of the dashboard, as readers open it (default: http://localhost:8501)",
    )
    what = command.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="list the links, without their tokens")
    words = f"have this one, or `{sharing.ALL}`, open nothing from now on"
    what.add_argument("--revoke", metavar="ID", help=words)


def _days(text: str) -> int:
    days = _count(text)
    if not 1 <= days <= sharing.LONGEST:
        raise argparse.ArgumentTypeError(f"write a number of days from 1 to {sharing.LONGEST:,}.")
    return days


def _add(commands: Commands, name: str, words: str, run: Run) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=words,
        description=f"{words[0].upper()}{words[1:]}.",
        epilog=_STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    if name not in ("export", "brief"):
        command.add_argument("--json", action="store_true", help="answer in JSON, for a program")
    return command


def _add_most(command: argparse.ArgumentParser, most: int, what: str) -> None:
    words = f"list at most so many {what}; 0 = all (default: {most})"
    command.add_argument("--most", type=_count, default=most, metavar="N", help=words)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f'"{text}" is not a number from 0.')
    return int(text)


def _add_export(commands: Commands) -> None:
    words = "write the incidents of a version, or the table it was made from"
    command = _add(commands, "export", words, versions.export)
    command.add_argument("version", metavar="ID", help="id of a version, or newest")
    command.add_argument(
        "--format",
        choices=versions.FORMATS,
        help="source: every row and cell as it was brought, with what became of it, as CSV, whose"
        " formulas get an apostrophe, or exactly if --out ends in .parquet"
        " (default: by the name of the file, else csv)",
    )
    _add_filters(command)
    command.add_argument("--dataset", metavar="NAME", help="which of several (with source)")
    command.add_argument(
        "--part",
        choices=("incidents", "reports", "claims"),
        default="incidents",
        help="which table of it (with source)",
    )


def _add_filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", metavar="FILE", help="default: the standard output")
    command.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help='as in a link: --filter "type=air strike" --filter scope=all; attacks only if no'
        " scope is given",
    )


def _add_brief(commands: Commands) -> None:
    words = "write a view of a version as one HTML file, to keep, to send and to print"
    command = _add(commands, "brief", words, briefs.write)
    command.add_argument("version", metavar="ID", help="id of a version, or newest")
    _add_filters(command)
    words = "where the dashboard is served, so that the brief leads back to the live view"
    command.add_argument("--link", metavar="ADDRESS", help=words)
