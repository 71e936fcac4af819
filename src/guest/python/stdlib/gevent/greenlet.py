from gevent._greenlet import Greenlet, iwait, joinall, killall, wait      # noqa: F401
