"""The terminal door: check, score, advise, draw and generate from workshop files, and make links to live workshops.

Exit codes: 0 fine, 1 the input is wrong or a gate failed, 2 usage. Messages go to stderr, results to stdout.
"""

from __future__ import annotations

import sys

import typer

from canvas.errors import CanvasError
from templates.errors import TemplatesError
from views.terminal import content_verbs, judging_verbs, live_verbs, output_verbs
from views.terminal.support import hand_over

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.callback()(hand_over)
for verb in (
    judging_verbs.check,
    judging_verbs.score,
    judging_verbs.roadmap,
    judging_verbs.advise,
    judging_verbs.compare,
    judging_verbs.trend,
    output_verbs.diagram,
    output_verbs.report,
    output_verbs.adr,
    output_verbs.cards,
    output_verbs.canvas,
    output_verbs.scaffold,
    live_verbs.new,
    live_verbs.link,
    live_verbs.backup,
    live_verbs.restore,
    live_verbs.export,
    live_verbs.delete,
):
    app.command()(verb)
app.command("check-content")(content_verbs.check_content)


def main() -> None:
    """Run the command line; errors that are the user's to mend become one message and exit code 1."""
    try:
        app()
    except (CanvasError, TemplatesError) as error:
        typer.echo(error, err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
