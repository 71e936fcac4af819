import asyncio
import time

TICKS = 4
BLOCK = 2


async def clock():
    for tick in range(TICKS):
        print('tick', tick)
        await asyncio.sleep(0.5)


async def report():
    await asyncio.sleep(0.7)
    time.sleep(BLOCK)  # not awaited
    print('report is written')


async def main():
    await asyncio.gather(
        asyncio.create_task(clock(), name='clock'),
        asyncio.create_task(report(), name='report'),
    )


asyncio.run(main())
