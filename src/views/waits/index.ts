export { Waits } from './waits';
