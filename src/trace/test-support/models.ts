import { buildModel } from '../model';
import type { TraceModel } from '../trace';
import { TraceBuilder } from '../trace-builder';
import { traceFromText } from '../trace-text';
import type { RecordWriter } from './record-writer';

export function modelFromText(drawing: string): TraceModel {
  return buildModel(traceFromText(drawing));
}

export function modelOfRecords(writer: RecordWriter): TraceModel {
  const builder = new TraceBuilder({ clock: 'real' });
  builder.append(writer.take());
  return buildModel(builder.snapshot());
}
