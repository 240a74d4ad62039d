"""The command line: options, and how every kind of ending is shown."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from gapress import __version__
from gapress.cli.catalogs import catalogs
from gapress.cli.show import say, show_problems, style
from gapress.cli.templates import templates
from gapress.errors import ContentError, GapressError
from gapress.writers import WRITERS

if TYPE_CHECKING:
    from datetime import datetime

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
FORMATS = tuple(WRITERS)
_AS_JSON = "gapress.json"


class App(click.Group):
    """The command group; turns every error into a message and an exit code."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run; where not even the help can be printed, say so."""
        try:
            return super().main(*args, **options)
        except OSError as error:
            _give_up_output(error)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; note whether a report is wanted as JSON, for errors too."""
        ctx.meta[_AS_JSON] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; show every error as a message."""
        as_json = ctx.meta[_AS_JSON]
        try:
            return super().invoke(ctx)
        except GapressError as error:
            if ctx.params.get("debug"):
                _print_traceback()
            if isinstance(error, ContentError):
                if as_json:
                    problems = [problem.as_json() for problem in error.problems]
                    click.echo(json.dumps({"problems": problems}, indent=2, ensure_ascii=False))
                else:
                    show_problems(error.problems)
            else:
                say(f"{style('error:', 'red')} {error}")
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (KeyboardInterrupt, click.Abort):
            say("interrupted; every kit is complete, or as it was")
            ctx.exit(130)
        except OSError as error:
            if ctx.params.get("debug"):
                _print_traceback()
            if error.errno == errno.EPIPE:  # who read the output has seen enough
                raise
            if not error.filename:
                _give_up_output(error)
            reason = f"{error.filename}: {error.strerror}"
            say(f"{style('error:', 'red')} {reason}; check access and space")
            ctx.exit(1)
        except Exception as error:  # noqa: BLE001 - a person never sees a traceback
            if ctx.params.get("debug"):
                _print_traceback()
            kind = type(error).__name__
            say(f"{style('error:', 'red')} internal error in gapress: {kind}: {error}")
            say("Run gapress --debug with the same command and report what it prints.")
            ctx.exit(1)


@click.group(
    cls=App,
    invoke_without_command=True,
    context_settings=CONTEXT,
    epilog="""
\b
Examples:
  gapress check            every problem in sources, catalogs and templates
  gapress render           all press kits, into dist/
  gapress render 2025-11-24-interpol-general-assembly --language ar --format pdf

Exit codes: 0 fine, 1 the content has problems, 2 wrong usage, 3 the machine lacks something.
""",
)
@click.version_option(__version__, prog_name="gapress")
@click.option(
    "-C",
    "--directory",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=".",
    help="Work in this folder.",
)
@click.option("--debug", is_flag=True, help="Show where an error comes from.")
@click.pass_context
def main(ctx: click.Context, directory: Path, debug: bool) -> None:
    """Make press kits in several languages from one structured press release."""
    if debug:  # App reads it, too
        import logging

        logging.basicConfig(format="%(message)s")
        logging.getLogger("gapress").setLevel(logging.DEBUG)
    with suppress(ValueError):  # not in the main thread of a program that calls this
        signal.signal(signal.SIGTERM, _interrupt)
    ctx.obj = directory.resolve()
    if ctx.invoked_subcommand is None:
        _what_next(directory.resolve())


def _give_up_output(error: OSError) -> NoReturn:
    """End where the output can't be written; Python would try again at the end, and complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    say(f"{style('error:', 'red')} the output: {error.strerror}; check access and space")
    sys.exit(3)


def _print_traceback() -> None:
    import traceback

    traceback.print_exc()


def _interrupt(*_: object) -> NoReturn:
    """Let a request to end take the same way as Ctrl-C."""
    raise KeyboardInterrupt


def _what_next(directory: Path) -> None:
    from gapress.errors import UsageError
    from gapress.workspace import Workspace

    try:
        workspace = Workspace.find(directory)
    except UsageError:
        click.echo("There is no newsroom here: no releases/_newsroom.yaml in this folder or above.")
        click.echo("Start one with gapress init, or go to a newsroom's folder.")
        click.echo("gapress --help lists the commands.")
        return
    slugs = workspace.slugs()
    click.echo(f"This newsroom has {len(slugs)} release{'' if len(slugs) == 1 else 's'}:")
    for slug in slugs:
        click.echo(f"  {slug}")
    click.echo("\nNext:")
    click.echo("  gapress check     find every problem in sources, catalogs and templates")
    click.echo("  gapress render    make the press kits, into dist/")
    click.echo("  gapress preview   see them in the browser, live, and translate there")
    click.echo("  gapress --help    all commands")


@main.command(
    epilog="""
\b
Examples:
  gapress render
  gapress render 2025-11-24-interpol-general-assembly --language fr --language ar
  gapress render --format pdf --output /tmp/kits
  gapress render --draft
"""
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option(
    "-l",
    "--language",
    "languages",
    multiple=True,
    metavar="LANGUAGE",
    help="Only this language; may be repeated. en-XA and ar-XB test layouts.",
)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Only this format; may be repeated.",
)
@click.option(
    "--draft",
    is_flag=True,
    help="Show untranslated texts too, under a watermark; files are named …-DRAFT.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Put the kits here instead of dist/.",
)
@click.option("--force", is_flag=True, help="Make everything again, up to date or not.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    envvar="GAPRESS_JOBS",
    help="Number of parallel processes (default: one per core).",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Run on a Dask cluster; scheduler address, e.g. tcp://host:8786.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.pass_obj
def render(
    directory: Path,
    slugs: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    draft: bool,
    output: Path | None,
    force: bool,
    jobs: int | None,
    cluster: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make press kits: PDF, DOCX, HTML, text, e-mail draft and news data in every language.

    A language with a missing or fuzzy translation is refused; the others are made. Only what has
    changed is made again, and each kit is replaced as a whole or not at all. Without SLUG, every
    release of the newsroom.
    """
    from gapress.cli.render import run_render
    from gapress.kit.build import Order

    order = Order(
        slugs=slugs,
        languages=list(dict.fromkeys(languages)),
        formats=list(dict.fromkeys(formats or FORMATS)),
        output=Path(),
        draft=draft,
        force=force,
        jobs=jobs or _cores(),
        cluster=cluster,
    )
    sys.exit(run_render(directory, order, output=output, as_json=as_json, quiet=quiet))


def _cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@main.command(
    epilog="""
\b
Example:
  gapress check 2025-11-24-interpol-general-assembly --json
"""
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--github", is_flag=True, help="Print them as GitHub shows them beside a change.")
@click.pass_obj
def check(directory: Path, slugs: tuple[str, ...], as_json: bool, github: bool) -> None:
    """Find every problem in sources, catalogs and templates, without rendering."""
    from gapress.cli.check import run_check

    sys.exit(run_check(directory, slugs, as_json=as_json, github=github))


@main.command(
    epilog="""
\b
Examples:
  gapress status
  gapress status --json
"""
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the kits are, instead of dist/.",
)
@click.pass_obj
def status(directory: Path, slugs: tuple[str, ...], as_json: bool, output: Path | None) -> None:
    """Show how every release stands: translations, embargo, kit."""
    from gapress.cli.status import run_status

    sys.exit(run_status(directory, slugs, as_json=as_json, output=output))


@main.command(
    epilog="""
\b
Examples:
  gapress verify
  gapress verify 2025-11-24-interpol-general-assembly --json
"""
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the kits are, instead of dist/.",
)
@click.pass_obj
def verify(directory: Path, slugs: tuple[str, ...], as_json: bool, output: Path | None) -> None:
    """Say whether kits are intact, and made from today's sources.

    A changed, a missing and an extra file, and a kit older than its sources, are told apart.
    """
    from gapress.cli.verify import run_verify

    sys.exit(run_verify(directory, slugs, as_json=as_json, output=output))


@main.command(
    epilog="""
\b
Examples:
  gapress schema release > releases/_release.schema.json
  gapress schema newsroom > releases/_newsroom.schema.json
"""
)
@click.argument("which", type=click.Choice(["release", "newsroom"]))
def schema(which: str) -> None:
    """Print the JSON Schema of a release or of _newsroom.yaml, for editors."""
    from gapress.newsroom import NewsroomEntry
    from gapress.release.model import Release
    from gapress.release.schema import json_schema

    model = Release if which == "release" else NewsroomEntry
    click.echo(json.dumps(json_schema(model), indent=2, ensure_ascii=False))


@main.command(
    epilog="""
\b
Example:
  gapress preview
"""
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8613,
    help="Listen here; 0 takes any free port.",
)
@click.option("--no-browser", is_flag=True, help="Don't open the page, only print its address.")
@click.pass_obj
def preview(directory: Path, port: int, no_browser: bool) -> None:
    """Show releases in a local web page, side by side, live on save; edit translations there.

    Only this machine can open it, and only with the address that is printed.
    """
    from gapress.cli.preview import run_preview

    sys.exit(run_preview(directory, port, with_browser=not no_browser))


@main.command(
    epilog="""
\b
Examples:
  gapress init my-newsroom
  gapress init my-newsroom --name "Ministry of Health" --language en --language fr-MA
  gapress init my-newsroom --name "وزارة الصحة" --source ar-MA --languages fr-MA,en
"""
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--name", help="The organisation.")
@click.option(
    "--source",
    default="en",
    show_default=True,
    metavar="TAG",
    help="The language that releases are written in, as fr or ar-MA; any whose labels ship.",
)
@click.option(
    "-l",
    "--language",
    "--languages",
    "languages",
    multiple=True,
    metavar="TAGS",
    help="A language, as fr or fr-MA, or several, as fr,ar; may be repeated. By default en, fr "
    "and ar.",
)
@click.option("--time-zone", metavar="NAME", help="As Africa/Casablanca; by default the machine's.")
@click.pass_obj
def init(
    directory: Path,
    folder: Path,
    name: str | None,
    source: str,
    languages: tuple[str, ...],
    time_zone: str | None,
) -> None:
    """Start a newsroom in FOLDER, with a first release that renders at once."""
    from gapress.cli.start import run_init

    sys.exit(run_init(directory, folder, name, source, languages, time_zone))


@main.command(
    epilog="""
\b
Examples:
  gapress new
  gapress new --kind statement --headline "A statement" --city Rabat --language en
  gapress new --from "holding statement" --city Rabat
  gapress new 2026-01-12-flood --from flood
  gapress new _skeletons/flood --from "holding statement"
"""
)
@click.argument("name", default="", metavar="[SLUG]")
@click.option(
    "--from",
    "source",
    metavar="NAME",
    help="A skeleton in releases/_skeletons/, a release, or a kind: press release, media advisory, "
    "statement, holding statement, results.",
)
@click.option("--headline", help="The headline.")
@click.option("--kind", metavar="KIND", help="As statement; or one of the newsroom's own kinds.")
@click.option("-l", "--language", metavar="LANGUAGE", help="The language in which it is written.")
@click.option("--city", help="Where it is issued.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="By default today.")
@click.option("--slug", default="", help="The same as SLUG.")
@click.pass_obj
def new(
    directory: Path,
    name: str,
    source: str | None,
    headline: str | None,
    kind: str | None,
    language: str | None,
    city: str | None,
    date: datetime | None,
    slug: str,
) -> None:
    """Start a release, named SLUG; asks for what no option says.

    With --from, it is a copy of a skeleton or of a former release, with its translations. What is
    still to be filled is a blank, and gapress render refuses the release until it is; so are the
    figures of a former release. A SLUG that begins with _skeletons/ makes a skeleton.
    """
    day = date.date() if date else None
    if name and slug and name != slug:
        raise click.UsageError(f"the name is given twice: {name}, and --slug {slug}")
    if source is None:
        from gapress.cli.start import run_new

        sys.exit(run_new(directory, headline, kind, language, city, day, name or slug))
    if kind:
        raise click.UsageError("--kind and --from don't go together: --from says which kind it is")
    from gapress.cli.start import run_new_from

    sys.exit(run_new_from(directory, source, headline, language, city, day, name or slug))


@main.command(
    "import",
    epilog="""
\b
Examples:
  gapress import "Communiqué final.docx"
  gapress import statement.docx 2026-01-12-quay --kind statement --language fr
""",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("slug", default="", metavar="[SLUG]")
@click.option("-l", "--language", metavar="LANGUAGE", help="The language in which it is written.")
@click.option("--kind", metavar="KIND", help="As statement; or one of the newsroom's own kinds.")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="By default that of its dateline, or today.",
)
@click.pass_obj
def import_(
    directory: Path,
    file: Path,
    slug: str,
    language: str | None,
    kind: str | None,
    date: datetime | None,
) -> None:
    """Start a release, named SLUG, from a Word file (.docx) that you were sent.

    Headings, lists, tables, quotations, pictures, links and footnotes become the release's own.
    What has no place in it is told, with its words. The Word file itself is only read.
    """
    from gapress.cli.word import run_import

    day = date.date() if date else None
    sys.exit(run_import(directory, file, slug, language or "", kind or "", day))


@main.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def fonts(directory: Path, slugs: tuple[str, ...], as_json: bool) -> None:
    """Show which fonts the PDFs are set in, and which characters they lack.

    Each family with where it comes from, how many letters of each of the newsroom's languages the
    fonts have, and every character of the releases that no PDF can show.
    """
    from gapress.cli.fonts import run_fonts

    sys.exit(run_fonts(directory, slugs, as_json=as_json))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def doctor(directory: Path, as_json: bool) -> None:
    """Tell what this machine has and lacks, and how to mend it."""
    from gapress.cli.start import run_doctor

    sys.exit(run_doctor(directory, as_json=as_json))


main.add_command(catalogs)
main.add_command(templates)
