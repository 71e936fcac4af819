def shm_open(*a, **k):
    raise OSError(38, 'not yet')
def shm_unlink(*a, **k):
    raise OSError(38, 'not yet')
