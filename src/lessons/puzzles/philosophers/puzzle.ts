import { both } from '../../lesson';
import type { Puzzle } from '../puzzle';
import program from './program.py?raw';

export const puzzle: Puzzle = {
  id: 'philosophers',
  program,
  text: both(
    'Each takes the fork on the left, then the one on the right, eats, and puts both back. Left alone they eat one after the other.',
    '每个人先拿左边的叉子，再拿右边的，吃完把两把都放回。没有人干预时，他们一个接一个地吃。',
  ),
  hints: [
    both('A circle of three: each has one fork, and waits for the one that the next has.', '三个人的环：每人拿着一把叉子，等下一个人手里的那把。'),
    both('Round the table one way it takes two choices. It can be done with one, the other way round.', '沿着桌子的一个方向要选两次。换一个方向，只要一次。'),
    both('Zhuangzi has his left fork. Let Spinoza go: he takes his, and waits. Who goes on by itself then?', 'Zhuangzi 拿到了左叉。让 Spinoza 走：他拿到左叉后就得等。之后会自动轮到谁？'),
  ],
  check: (run) => run.deadlocked || both('All three have eaten.', '三个人都吃上了。'),
  moral: both(
    'It takes all three: with one of them left out the circle stays open. So it helps to let only two sit down at a time, or to let one of them take the right fork first.',
    '三个人缺一不可，少一个环就合不上。所以每次只让两个人入座，或者让其中一个先拿右叉，就能避免。',
  ),
};
