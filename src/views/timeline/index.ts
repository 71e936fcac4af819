export { intervalLabels } from './interval-labels';
export { prepareTimeline, timelineReader } from './prepare';
export { Timeline } from './timeline';
export type { TimelineProps, TimelineSelection, WaitsOf, WaitStops } from './timeline-types';
