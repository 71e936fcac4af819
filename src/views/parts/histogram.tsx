import type { ReactElement } from 'react';
import type { Bucket } from '../../analysis/statistics';
import { formatDuration } from '../../text/duration';
import { translate } from '../../text/translate';

const BAR = 9;
const GAP = 2;
const HEIGHT = 18;

/** How many waits were how long, as bars by powers of ten; its words say each. */
export function Histogram({ buckets }: { readonly buckets: readonly Bucket[] }): ReactElement | null {
  if (buckets.length === 0) return null;
  const most = Math.max(...buckets.map(({ count }) => count));
  const width = buckets.length * (BAR + GAP);
  return (
    <svg className="wv-histogram" width={width} height={HEIGHT} role="img" aria-label={buckets.map(bucketWords).join('; ')}>
      {buckets.map((bucket, index) => {
        const height = bucket.count === 0 ? 0 : Math.max(2, Math.round((bucket.count / most) * HEIGHT));
        return (
          <rect key={bucket.from} x={index * (BAR + GAP)} y={HEIGHT - height} width={BAR} height={height} rx={1}>
            <title>{bucketWords(bucket)}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function bucketWords({ from, to, count }: Bucket): string {
  if (from === 0) return translate('views.numbers.bucketFirst', { to: formatDuration(to), count });
  return translate('views.numbers.bucket', { from: formatDuration(from), to: formatDuration(to), count });
}
