export { Processes } from './processes';
