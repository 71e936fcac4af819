export { element } from './element';
export { Player, type PlayerContent, type PlayerOptions } from './player';
