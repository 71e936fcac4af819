import asyncio

TASKS = 3


async def brew(number):
    print('cup', number, 'begins')
    await asyncio.sleep(2)
    print('cup', number, 'is ready')


async def main():
    for number in range(TASKS):
        await brew(number)
    print('all are ready')


asyncio.run(main())
