export { OrderView } from './order';
