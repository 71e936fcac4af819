import { useState, type ReactElement, type ReactNode } from 'react';
import { csvOf } from '../../analysis/csv';
import { translate } from '../../text/translate';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** What the rows are sorted by, and what stands in a file. */
  readonly value: (row: Row) => string | number;
  /** What is shown; the value where it is left out. */
  readonly cell?: (row: Row) => ReactNode;
  readonly number?: boolean;
}

interface TableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  readonly current?: (row: Row) => boolean;
  readonly fileName: string;
  readonly onSave: (name: string, text: string, type: string) => void;
}

interface Order {
  readonly key: string;
  readonly down: boolean;
}

/** Rows that can be sorted by each column and kept as a file. */
export function Table<Row>(props: TableProps<Row>): ReactElement {
  const { caption, columns, rows, rowKey, current, fileName, onSave } = props;
  const [order, setOrder] = useState<Order>();
  const sorted = sortRows(rows, columns, order);
  const save = (): void => {
    const cells = sorted.map((row) => columns.map(({ value }) => value(row)));
    onSave(fileName, csvOf([columns.map(({ title }) => title), ...cells]), 'text/csv');
  };
  return (
    <section className="wv-table">
      <header className="wv-bar">
        <h3>{caption}</h3>
        <button type="button" className="wv-button" onClick={save}>{translate('views.csv')}</button>
      </header>
      <div className="wv-scroll" role="region" aria-label={caption} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.key} scope="col" data-number={column.number} aria-sort={sortOf(column.key, order)}
                >
                  <button
                    type="button" title={translate('views.numbers.sort', { column: column.title })}
                    onClick={() => setOrder(nextOrder(column, order))}
                  >
                    {column.title}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={rowKey(row)} aria-current={current?.(row) === true || undefined}>
                {columns.map(({ key, cell, value, number }, index) => {
                  const content = cell === undefined ? value(row) : cell(row);
                  return index === 0
                    ? <th key={key} scope="row">{content}</th>
                    : <td key={key} data-number={number}>{content}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function sortOf(key: string, order: Order | undefined): 'ascending' | 'descending' | 'none' {
  if (order?.key !== key) return 'none';
  return order.down ? 'descending' : 'ascending';
}

/** Numbers begin with the greatest, names with the first; a third click brings the rows' own order back. */
function nextOrder<Row>({ key, number = false }: Column<Row>, order: Order | undefined): Order | undefined {
  if (order?.key !== key) return { key, down: number };
  return order.down === number ? { key, down: !number } : undefined;
}

export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | undefined): readonly Row[] {
  const column = columns.find(({ key }) => key === order?.key);
  if (column === undefined || order === undefined) return rows;
  const by = order.down ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, two] = [column.value(a), column.value(b)];
    if (typeof one === 'number' && typeof two === 'number') return (one - two) * by;
    return String(one).localeCompare(String(two), undefined, { numeric: true }) * by;
  });
}
