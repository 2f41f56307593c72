"""How far is the work, for somebody who waits at a terminal?"""

import sys
import threading
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

PATIENCE_SECONDS = 2.0


class Waiting:
    """A line on stderr that says how far the work is, once it takes over two seconds.

    Nothing is shown where stderr is no terminal.
    """

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._timer: threading.Timer | None = None
        self._share, self._doing = 0.0, "Reading"
        self._lock = threading.Lock()

    def tell(self, share: float, doing: str) -> None:
        """Say how far the work is, 0 to 1, and what it does."""
        with self._lock:
            self._share, self._doing = share, doing
            if self._bar is not None:
                self._bar.update(
                    self._bar.task_ids[0], completed=int(100 * share), description=doing
                )

    def __enter__(self) -> "Waiting":
        """Begin to wait."""
        if sys.stderr.isatty():
            self._timer = threading.Timer(PATIENCE_SECONDS, self._show)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            bar, self._bar, self._timer = self._bar, None, None
        if bar is not None:
            bar.stop()

    def _show(self) -> None:
        with self._lock:
            if self._timer is None:
                return
            parts = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            self._bar = Progress(*parts, console=Console(stderr=True), transient=True)
            self._bar.add_task(self._doing, total=100, completed=int(100 * self._share))
            self._bar.start()
