export { Objects } from './objects';
