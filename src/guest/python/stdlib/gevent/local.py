"""Values of their own for each greenlet."""
from greenlet import getcurrent
from weakref import WeakKeyDictionary

__all__ = ['local']


class local:
    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        object.__setattr__(self, '_values', WeakKeyDictionary())
        object.__setattr__(self, '_arguments', (args, kwargs))
        return self

    def _own(self):
        values = object.__getattribute__(self, '_values')
        me = getcurrent()
        if me not in values:
            values[me] = {}
            if type(self) is not local and len(values) > 1:
                args, kwargs = object.__getattribute__(self, '_arguments')
                self.__init__(*args, **kwargs)
        return values[me]

    def __getattribute__(self, name):
        if name in ('_own', '__class__', '__init__'):
            return object.__getattribute__(self, name)
        own = object.__getattribute__(self, '_own')()
        if name == '__dict__':
            return own
        if name in own:
            return own[name]
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        self._own()[name] = value

    def __delattr__(self, name):
        try:
            del self._own()[name]
        except KeyError:
            raise AttributeError(name) from None
