"""The command that opens the desk: desk."""

from pathlib import Path

import click

from evaluator.cli.terminal import FOLDER, fail

LOOPBACK = "127.0.0.1"


@click.command()
@click.argument("folder", type=FOLDER, default=".")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where to listen.  [default: any free port]")
@click.option("--no-browser", "quiet", is_flag=True, help="Print the address and open no browser.")
@click.option("--host", default=LOOPBACK, help="Only 127.0.0.1, this computer, is taken; it is here to say so.")
def desk(folder: Path, port: int, host: str, *, quiet: bool) -> None:
    """Open the desk: the whole job in a browser on this computer, for one programme or a folder of them."""
    from evaluator.desk import PortTakenError, serve

    if host != LOOPBACK:
        raise click.UsageError(
            f"The desk listens on {LOOPBACK} alone, which only this computer reaches; {host} is refused. Others work on"
            " the same folder with a desk of their own."
        )
    if not folder.exists():
        fail(f"There is no folder {folder}.")
    try:
        serve(folder, port, lambda address: click.echo(f"Open {address}"), opens=not quiet)
    except PortTakenError:
        raise click.UsageError(
            f"Another program listens at port {port}. Give another --port, or none: then any free one is taken."
        ) from None
