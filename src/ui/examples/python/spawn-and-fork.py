import multiprocessing as mp

secret = 'nobody knows'


def tell():
    print(mp.current_process().name, 'says:', secret)


if __name__ == '__main__':
    secret = 'the answer is 42'
    for method in 'fork', 'spawn':
        # A fork is a copy of this process, with all it knows.
        # A spawned process starts from nothing: it imports
        # this file, where nobody has told the secret yet.
        context = mp.get_context(method)
        child = context.Process(target=tell, name=method)
        child.start()
        child.join()
