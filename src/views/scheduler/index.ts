export { SchedulerView } from './scheduler';
