// @ts-check

export const HELP = `weft: runs concurrent programs on Weft's machine, in a browser without a window

usage:
  npm run --silent weft -- run FILE... [options]
  npm run --silent weft -- record FILE [-o run.json] [options]
  npm run --silent weft -- picture FILE [-o out.svg] [options]
  npm run --silent weft -- explore FILE [options]
  npm run --silent weft -- grade FILE --lesson ID [options]
  npm run --silent weft -- --help | --version

Each FILE is one program; its language goes by the ending: .js or .mjs JavaScript, .py Python. Modules of the program's own
that it imports from its folder come along. What the program writes to its standard output and standard error comes out on
those of this command, as it is written. The page is built first where that is needed.

options of run:
  --clock CLOCK       "virtual" (the default): tasks run on virtual CPUs by a clock that only what they do moves, so that a run
                      is the same each time and a sleep takes no time; "real": tasks run as the browser runs them
  --cpus N            virtual CPUs, 1 to 8 (default 2); this and the next five are for the virtual clock
  --policy NAME       who goes next: round-robin (the default), fifo, priority (the older first), random, pct
  --step KIND         after what a task may lose its CPU: "call" (the default: a loop turn or a call), "line" or "bytecode" of the
                      program's own code, too; Python only, for in JavaScript nothing is shared between two operations
  --races             record loads and stores of variables, and say on standard error which of them race; Python (in JavaScript
                      what is shared is recorded anyway); under the virtual clock, unless --clock real is given
  --quantum MS        how long a task may have a CPU while others wait, in milliseconds of virtual time (default 5)
  --seed N            what all chance in a run comes from, of the program and of the policy (default 1)
  --replay FILE       follow the schedule of a run that --trace recorded under the virtual clock, with its settings
  --trace FILE        write the recorded run to FILE, as JSON (docs/trace-format.md); for one program, or --together
  --out DIR           write NAME.out, NAME.err, NAME.rc (the exit status) and NAME.trace.json for each program into DIR, which
                      is made where it is missing; NAME is the program's file name without its ending
  --stdin FILE        what programs read as their standard input; "-" is this command's own. Without it their standard input
                      is closed: reading it gives the end of the file at once
  --timeout SECONDS   stop a program that still runs after so long; its exit status is then 124
  --path DIR          put the folder DIR, which programs can read and not change, on sys.path; Python only; may be given
                      more than once
  --together          run all programs at the same time on one machine, a server before its clients: each is started when the one
                      before it listens (or has ended, or has done neither for 1 s of virtual or 3 s of real time). The run is
                      over when the last has ended; those that still go on a second later are stopped. Each line of output
                      begins with its program's name; Python only
  --jobs N            run up to N programs at a time (default 1); the output still comes program by program, in their order
  --help              print this and do nothing else

record runs one program and keeps its trace. Its options are those of run, except --trace, --out, --together and --jobs:
  -o, --out FILE      where the trace goes (default NAME.trace.json in this folder)

picture draws the timeline of a run, with its names, its legend and the fonts in it, as the page saves it. FILE is a program,
which is run first, or a recorded run (a trace that Weft wrote, or trace events of Chromium), whose name ends in .json.

options of picture:
  -o, --out FILE      where the picture goes; .svg or .png says which it is (default NAME.svg in this folder)
  --from, --to MOMENT the part of the run that is shown, as 1.5 (seconds), 1.5s, 200ms or 40us (default: all of it)
  --width PIXELS      of the whole picture, 400 to 8000 (default 1200); a PNG has twice as many, for it is looked at from near
  --theme NAME        light (the default) or dark
  --lang LANGUAGE     en (the default) or zh
  and for a program those of record that say how it is run

explore tries schedules of one program on one virtual CPU until one goes wrong: a finding (a deadlock, tasks that sleep for
ever), an uncaught exception, or lines of output that the first run does not have; in another order they are the same. First
comes the run that comes by itself, then systematically those with few preemptions, then random priorities (PCT), then dice. It
says what it found and how, writes that schedule to a file that "run --replay" takes, and prints a link that opens it on the
page; or it says how many schedules it tried and what that proves.

options of explore:
  --schedules N       try at most N schedules (default 1000)
  --preemptions K     of those that are tried systematically: take the CPU away at most K times (default 2)
  --seed S            what the random schedules come from (default 1); the program's own chance is the same in all of them
  --any-output        other output is nothing wrong
  -o, --out FILE      where the failing schedule goes (default NAME.replay.json in this folder)
  --page ADDRESS      what the link begins with (default http://localhost:5173/, where "npm start" serves the page)
  --stdin FILE        what every run reads as its standard input; without it that is closed
  --path DIR          as with run
  --timeout SECONDS   stop the search after so long, and say what was tried until then

grade judges a program by the exercise of a lesson, as the page does: it is run under each of the lesson's schedules, a dozen
or so, and what it did is what counts. Where it matters who goes when, a search over schedules follows, as explore does it,
for one under which the exercise's rule does not hold (or, of a program that was to be broken, does). It says in a sentence whether the exercise is solved and, where it is not, why;
what the run that shows it wrote to its standard error comes out on that of this command.

options of grade:
  --lesson ID         the lesson, by the name in its address on the page (#lesson=deadlock); an unknown one lists all
  --lang LANGUAGE     what the sentence is in: en (the default) or zh
  --trace FILE        write the run that shows it to FILE

exit status of run and record:
  that of the program; of several programs the first that is not 0
  124                 stopped at the timeout, or under the virtual clock because it would never end: every task waits for ever
                      (a deadlock), or it went beyond the limit of steps
  128 + N             ended by signal N
  1                   the program has a mistake that keeps it from starting, or ended in an uncaught error
  2                   the command line makes no sense: a missing file, an unknown option
  70                  the machine itself failed; the message says how
  130, 143            this command was interrupted (Ctrl-C) or terminated; the programs were stopped

exit status of picture:
  0                   the picture was written, however the program ended
  1                   the program has a mistake that keeps it from starting
  2, 70, 130, 143     as above

exit status of grade:
  0                   the exercise is solved
  1                   it is not, or the program has a mistake that keeps it from starting
  2, 70, 130, 143     as above

exit status of explore:
  0                   no schedule that was tried goes wrong
  1                   one does, or the program has a mistake that keeps it from starting
  2, 70, 130, 143     as above

environment:
  WEFT_BROWSER        path of the Chromium or Chrome to use; else Playwright's own, else the system's
  WEFT_BROWSER_FLAGS  further flags for it, separated by spaces
`;
