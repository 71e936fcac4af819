/** What the reader is told when something cannot be done, or could be done only in part. */
export const errors = {
  trace: {
    notJson: 'This is not a trace: it is not JSON ({{reason}}).',
    otherFormat: 'This is not a Weft trace: its "format" is {{format}}, not "weft-trace".',
    noFormat: 'This is not a Weft trace: it does not say "format": "weft-trace".',
    newerVersion:
      'Written by a newer Weft (format {{version}}; this one reads up to {{known}}): reload the page to get it.',
    badVersion: 'This trace is damaged: its "version" is {{version}}, not a whole number from 1.',
    badUnit: 'This trace has times in {{unit}}; only "ns" (nanoseconds) can be read.',
    missingColumn: 'This trace is damaged: its "columns" lack "{{column}}".',
    missingEvents: 'This trace is damaged: it has no list of "events".',
    cutInHeader: 'This trace is cut short before its first event: there is nothing to show.',
    cutShort_one: 'This trace is cut short: its one whole event was kept.',
    cutShort_other: 'This trace is cut short: the {{count}} whole events were kept.',
    damagedEvents_one: 'One event could not be read and was left out ({{example}}).',
    damagedEvents_other: '{{count}} events could not be read and were left out (the first: {{example}}).',
    unknownKinds_one: 'One event of a kind unknown here was left out: {{kinds}}.',
    unknownKinds_other: '{{count}} events of kinds unknown here were left out: {{kinds}}.',
    chromeEmpty: 'This file has no trace events in it.',
    chromeLeftOut_one: 'One event of a kind that Weft does not show was left out.',
    chromeLeftOut_other: '{{count}} events of kinds that Weft does not show were left out.',
    timeBackwards_one: 'The time ran backwards at one event; it was put at the time of the event before.',
    timeBackwards_other: 'The time ran backwards at {{count}} events; they were put at the time of the event before.',
    badProgram: 'The program in this trace is damaged; its text is not shown.',
    badFiles: 'The names of the files in this trace are damaged; lines are shown without them.',
  },
} as const;
