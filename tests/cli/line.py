"""A transport whose other end is the test: it closes, and is never full."""

import asyncio


class Line(asyncio.Transport):
    """What a protocol is given to speak on; what is written is for whoever takes it over to keep."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = False

    def close(self) -> None:
        self.closed = True

    def abort(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass
