"""Strict headers for every page that we serve, residents' and staff's."""

from collections.abc import Callable

from flask import Response

_ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def strict(csp: str) -> Callable[[Response], Response]:
    """A function for `app.after_request` that adds the headers; what a view has set itself stays.

    `csp` is the whole Content-Security-Policy. `Referrer-Policy` is not `no-referrer`, because
    then browsers send `Origin: null` with our own forms and their origin could not be checked.
    """
    wanted = {**_ALWAYS, "Content-Security-Policy": csp}

    def add(response: Response) -> Response:
        there = {name.casefold() for name, _ in response.headers}
        response.headers.extend([pair for pair in wanted.items() if pair[0].casefold() not in there])
        return response

    return add
