import asyncio

TASKS = 3
NAP = 2


async def brew(number):
    print('cup', number, 'begins')
    await asyncio.sleep(NAP)
    print('cup', number, 'is ready')


async def main():
    async with asyncio.TaskGroup() as group:
        for number in range(TASKS):
            group.create_task(brew(number), name=f'cup-{number}')
    print('all are ready')


asyncio.run(main())
