import type { ReactElement } from 'react';
import { translate } from '../../text/translate';
import { Popover } from './popover';
import type { PictureKind } from './save-picture';

interface PicturePanelProps {
  readonly onSave: (kind: PictureKind) => void;
  readonly onClose: () => void;
}

/** What is in view as a picture to keep. */
export function PicturePanel({ onSave, onClose }: PicturePanelProps): ReactElement {
  return (
    <Popover title={translate('timeline.picture.title')} onClose={onClose}>
      <div className="wt-picture">
        <p>{translate('timeline.picture.about')}</p>
        {(['svg', 'png'] as const).map((kind) => (
          <button key={kind} type="button" className="wt-way" onClick={() => onSave(kind)}>
            {translate(`timeline.picture.${kind}`)}
          </button>
        ))}
      </div>
    </Popover>
  );
}
