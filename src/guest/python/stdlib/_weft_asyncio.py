"""asyncio on CPython's own event loop: Pyodide's, which rests on the browser's, cannot wait for kernel objects."""
import asyncio
from asyncio import runners


def install():
    asyncio.run = runners.run
    asyncio.events._set_event_loop_policy(None)
    asyncio.events._set_running_loop(None)
