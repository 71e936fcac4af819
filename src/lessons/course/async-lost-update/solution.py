import asyncio

VISITORS = 3
PAUSE = 0.1

count = 0
lock = asyncio.Lock()


async def visit():
    global count
    async with lock:
        seen = count
        await asyncio.sleep(PAUSE)
        count = seen + 1


async def main():
    await asyncio.gather(*(asyncio.create_task(visit(), name=f'visitor-{n}') for n in range(VISITORS)))
    print('visitors', count)


asyncio.run(main())
