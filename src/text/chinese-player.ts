import { addTexts } from './translate';
import { player } from './zh/player';

// Imported for this alone, by an embed whose reader reads Chinese: the others do without.
addTexts({ zh: player });
