import time
from threading import Thread


class Download(Thread):
    """A thread with a result, which Thread has not."""

    def __init__(self, page, seconds):
        super().__init__(name=page)
        self.seconds = seconds
        self.size = None

    def run(self):
        time.sleep(self.seconds)
        self.size = int(self.seconds * 1000)


if __name__ == '__main__':
    pages = [Download('index', 0.2), Download('news', 0.4)]
    for page in pages:
        page.start()
    for page in pages:
        page.join()
        print(page.name, 'has', page.size, 'bytes')
