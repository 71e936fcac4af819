export { MemoryView } from './memory';
