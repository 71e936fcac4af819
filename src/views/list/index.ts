export { EventList } from './event-list';
