/** What was found in a run. `line` and its like are ` (main.py:12)`, or nothing. */
export const findings = {
  'deadlock': 'deadlock: {{task}}{{line}} waits {{goal}} since {{since}}{{held}}, and nobody is left to wake it',
  'asleep for ever': 'asleep for ever: {{task}}{{line}} waits {{goal}} since {{since}}{{held}}, and nobody is left to wake it',
  'lock held by the dead': 'lock held by the dead: {{task}}{{line}} waits {{goal}} since {{since}}{{held}}',
  held: '; {{other}} has it{{line}}',
  heldByDead: '; {{other}} took it{{line}} and has ended with it',
  access: { read: 'read', write: 'write' },
  'data race': 'data race on {{variable}}: {{access}} by {{task}}{{line}}, and {{before}} by {{other}}{{beforeLine}} at {{since}}, which nothing puts in order',
  'lost update': 'lost update of {{variable}}: {{task}} read it{{readLine}}, {{other}} wrote it{{lostLine}}, and {{task}} wrote over that{{line}} what it had made of the older value',
  'child never joined': 'child never joined: {{other}}, which was started{{line}}, ended before {{task}}, and {{task}} ended without having waited for it',
  'queue never drained_one': 'queue never drained: one item was left in {{object}} at the end; {{task}} put the last{{line}}',
  'queue never drained_other': 'queue never drained: {{count}} items were left in {{object}} at the end; {{task}} put the last{{line}}',
  'never ends': 'never ends: {{task}}{{line}} was stopped after {{steps}} steps and {{operations}} kernel operations of the run',
  'replay parted': 'program and replay part at choice {{choice}}: the list says {{wanted}}, ready is {{ready}}',
  'worker died': '{{why}}',
} as const;
