"""The command line: options, and how every kind of ending is shown."""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path

import click

from gapress import __version__
from gapress.cli.catalogs import catalogs
from gapress.cli.show import say, show_problems, style
from gapress.errors import ContentError, GapressError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
FORMATS = ("pdf", "docx", "html")
_AS_JSON = "gapress.json"


class App(click.Group):
    """The command group; turns every error into a message and an exit code."""

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
                traceback.print_exc()
            if isinstance(error, ContentError):
                if as_json:
                    problems = [problem.as_json() for problem in error.problems]
                    click.echo(json.dumps({"problems": problems}, indent=2, ensure_ascii=False))
                else:
                    show_problems(error.problems)
            else:
                say(f"{style('error:', 'red')} {error}")
            ctx.exit(error.exit_code)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except OSError as error:
            if ctx.params.get("debug"):
                traceback.print_exc()
            say(f"{style('error:', 'red')} {error.filename}: {error.strerror}; check access")
            ctx.exit(1)
        except Exception as error:  # noqa: BLE001 - a person never sees a traceback
            if ctx.params.get("debug"):
                traceback.print_exc()
            kind = type(error).__name__
            say(f"{style('error:', 'red')} a fault in gapress: {kind}: {error}")
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
    del debug  # read by App
    ctx.obj = directory.resolve()
    if ctx.invoked_subcommand is None:
        _what_next(directory.resolve())


def _what_next(directory: Path) -> None:
    from gapress.errors import UsageError
    from gapress.newsroom import Workspace

    try:
        workspace = Workspace.find(directory)
    except UsageError:
        click.echo("There is no newsroom here: no releases/_newsroom.yaml in this folder or above.")
        click.echo(
            "Go to a newsroom's folder, or write that file; gapress schema newsroom describes it."
        )
        click.echo("gapress --help lists the commands.")
        return
    slugs = workspace.slugs()
    click.echo(f"This newsroom has {len(slugs)} release{'' if len(slugs) == 1 else 's'}:")
    for slug in slugs:
        click.echo(f"  {slug}")
    click.echo("\nNext:")
    click.echo("  gapress check     find every problem in sources, catalogs and templates")
    click.echo("  gapress render    make the press kits, into dist/")
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
    as_json: bool,
    quiet: bool,
) -> None:
    """Make press kits: PDF, DOCX and HTML in every language.

    A language with a missing or fuzzy translation is refused; the others are made. Without SLUG,
    every release of the newsroom.
    """
    from gapress.cli.render import run_render

    sys.exit(
        run_render(
            directory,
            slugs,
            languages,
            formats or FORMATS,
            draft=draft,
            output=output,
            as_json=as_json,
            quiet=quiet,
        )
    )


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
    from gapress.cli.render import run_check

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


main.add_command(catalogs)
