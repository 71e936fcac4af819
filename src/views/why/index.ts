export { Why } from './why';
