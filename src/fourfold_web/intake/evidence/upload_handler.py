"""How does a file of several gigabytes reach the disk, and when is it too much?"""

from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    StopFutureHandlers,
    StopUpload,
    TemporaryFileUploadHandler,
)

from fourfold_web.base.models import Officer
from fourfold_web.intake.evidence.store import incoming_folder

EVIDENCE_ADDRESS = "/evidence/"
TOO_LARGE = "fourfold.too_large"
"""What a request says of itself when its files were more than may come."""


class ArrivingFile(TemporaryUploadedFile):
    """A file on its way in, on the disk where it will stay."""

    def __init__(self, name: str, content_type: str) -> None:
        part = NamedTemporaryFile(dir=incoming_folder(), suffix=".part")  # noqa: SIM115
        UploadedFile.__init__(self, part, name, content_type, 0)


class EvidenceUpload(TemporaryFileUploadHandler):
    """Writes the files of evidence pages straight to the disk; others pass by it.

    What is more than may come is not written, and the form says so. Of somebody who
    may not bring evidence in, nothing is written at all.
    """

    def handle_raw_input(self, *_args: Any, **_kwargs: Any) -> Any:
        """Is the request one of ours, and how much may it bring?"""
        request = self.request
        assert request is not None
        self.ours = request.path.startswith(EVIDENCE_ADDRESS)
        officer = getattr(request, "user", None)
        may = isinstance(officer, Officer) and officer.may("analyse")
        self.left = settings.FOURFOLD_LARGEST_EVIDENCE if may else 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open the file on the disk of evidence."""
        if not self.ours:
            return
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        self.file = ArrivingFile(str(self.file_name), self.content_type or "")
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes | None:
        """Write a piece, unless there have been too many."""
        if not self.ours:
            return raw_data
        self.left -= len(raw_data)
        if self.left < 0:
            self.file.close()
            assert self.request is not None
            self.request.META[TOO_LARGE] = True
            raise StopUpload(connection_reset=False)
        self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> Any:
        """Hand over the file; none, where another handler has it."""
        return super().file_complete(file_size) if self.ours else None
