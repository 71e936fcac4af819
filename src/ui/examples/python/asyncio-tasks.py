import asyncio


async def brew(drink, seconds):
    print('start', drink)
    # Here the coroutine gives its thread to the others.
    await asyncio.sleep(seconds)
    print('serve', drink)
    return drink


async def main():
    cups = asyncio.Queue(maxsize=1)

    async def wash():
        while (cup := await cups.get()) is not None:
            print('washed the cup of', cup)

    washing = asyncio.create_task(wash())
    served = await asyncio.gather(
        brew('tea', 0.3), brew('milk', 0.1), brew('cocoa', 0.2))
    for drink in served:
        await cups.put(drink)
    await cups.put(None)
    await washing


asyncio.run(main())
