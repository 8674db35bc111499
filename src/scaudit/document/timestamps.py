"""Timestamps: a server's word on when a signature was there already (RFC 3161)."""

import time
import urllib.request
from asyncio import to_thread
from http.client import HTTPException

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from scaudit.errors import ProjectError

TIMEOUT = 20.0  # seconds
WAITS = (0.5, 2.0)  # seconds before the second and the third attempt
LARGEST = 1 << 20  # bytes; a timestamp has some thousand
GRANTED = ("granted", "granted_with_mods")


class Server(TimeStamper):
    """A timestamp server, asked once for each signature. What is wrong with its answers is a ProjectError."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The answer to one request, looked at: it must be for what was asked."""
        answer = await to_thread(self._answer, req.dump())
        try:
            response = tsp.TimeStampResp.load(answer, strict=True)
            granted = response["status"]["status"].native in GRANTED
            info = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
            own = info["message_imprint"].dump(), info["nonce"].native
        except (ValueError, TypeError, KeyError, AttributeError) as error:  # a refusal has no token, and is one too
            raise self._refused("it gives no timestamp") from error
        if not granted or own != (req["message_imprint"].dump(), req["nonce"].native):
            raise self._refused("its answer is none to what was asked")
        return response

    def _answer(self, request: bytes) -> bytes:
        for wait in (*WAITS, None):
            try:
                return self._asked(request)
            except (OSError, HTTPException) as error:
                if wait is None:
                    raise self._refused("it does not answer") from error
                time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _asked(self, request: bytes) -> bytes:
        kind = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        posted = urllib.request.Request(self._url, request, kind)  # noqa: S310 (the settings allow http and https)
        with urllib.request.urlopen(posted, timeout=TIMEOUT) as answer:  # noqa: S310
            return bytes(answer.read(LARGEST))

    def _refused(self, why: str) -> ProjectError:
        return ProjectError(
            f"The timestamp server {self._url} cannot be used: {why}; try later, or take signing.timestamp_url away."
        )
