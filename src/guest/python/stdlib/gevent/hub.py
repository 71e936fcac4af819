from gevent._loop import Hub, LoopExit, Waiting, get_hub, getcurrent, sleep      # noqa: F401
