import type { ReactElement, ReactNode } from 'react';
import { useStore } from 'zustand';
import {
  DEFAULT_START_METHOD, DEFAULT_VIRTUAL, MOST_CPUS, START_METHODS, type Clock, type Language, type RunSettings, type StartMethod,
} from '../../protocol/program';
import { POLICIES, STEP_KINDS, type PolicyName, type StepKind } from '../../protocol/words';
import form from '../controls/form-panel.module.css';
import { Popover } from '../controls/popover';
import { usePage, useText } from '../page';
import styles from './run-settings.module.css';

/** Those that need nothing but a name: the choices of a replay come with a program. */
const CHOSEN = POLICIES.filter((policy) => policy !== 'replay');
const LONGEST_QUANTUM = 10_000;
const LARGEST_SEED = 2 ** 31 - 1;

/** By which clock the next run goes and, where that is the virtual one, on how many CPUs and in what order. */
export function RunSettingsButton(): ReactElement {
  const text = useText();
  const { editor } = usePage();
  const settings = useStore(editor, (state) => state.settings);
  const language = useStore(editor, (state) => state.program.language);
  const word = settings.clock === 'real'
    ? text('ui.clock.real')
    : text('ui.clock.virtualWith', { count: settings.cpus ?? DEFAULT_VIRTUAL.cpus });
  return (
    <Popover
      kind="dialog"
      label={text('ui.clock.title')}
      button={{ icon: 'clock', compact: 'narrow', chevron: true, children: word, title: text('ui.clock.tip') }}
    >
      {() => <RunSettingsPanel language={language} settings={settings} onChange={(changed) => editor.setSettings({ ...settings, ...changed })} />}
    </Popover>
  );
}

interface FieldsProps {
  readonly settings: RunSettings;
  readonly onChange: (changed: Partial<RunSettings>) => void;
}

interface PanelProps extends FieldsProps {
  readonly language: Language;
}

function RunSettingsPanel({ language, settings, onChange }: PanelProps): ReactElement {
  const text = useText();
  return (
    <div className={form.panel}>
      <div className={styles.clocks} role="radiogroup" aria-label={text('ui.clock.title')}>
        {(['real', 'virtual'] as const).map((clock) => (
          <ClockChoice key={clock} clock={clock} chosen={settings.clock === clock} onChoose={() => onChange({ clock })} />
        ))}
      </div>
      {settings.clock === 'virtual' && <VirtualFields settings={settings} onChange={onChange} />}
      {language === 'python' && <PythonFields settings={settings} onChange={onChange} />}
    </div>
  );
}

function ClockChoice({ clock, chosen, onChoose }: {
  readonly clock: Clock;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}): ReactElement {
  const text = useText();
  return (
    <label className={styles.clock} data-chosen={chosen || undefined}>
      <input type="radio" name="clock" checked={chosen} onChange={onChoose} data-autofocus={chosen || undefined} />
      <span>
        <strong>{text(`ui.clock.${clock}`)}</strong>
        <small>{text(`ui.clock.${clock}About`)}</small>
      </span>
    </label>
  );
}

function PythonFields({ settings, onChange }: FieldsProps): ReactElement {
  const text = useText();
  const method = settings.startMethod ?? DEFAULT_START_METHOD;
  return (
    <div className={styles.fields}>
      <Field name={text('ui.python.startMethod')} about={text(`ui.python.${method}About`)}>
        <select value={method} onChange={(event) => onChange({ startMethod: event.currentTarget.value as StartMethod })}>
          {START_METHODS.map((name) => <option key={name} value={name}>{name}</option>)}
        </select>
      </Field>
    </div>
  );
}

function VirtualFields({ settings, onChange }: FieldsProps): ReactElement {
  const text = useText();
  const policy = settings.policy ?? DEFAULT_VIRTUAL.policy;
  const step = settings.step ?? DEFAULT_VIRTUAL.step;
  // Once left it is gone: its choices come from a search or a link.
  const names: readonly PolicyName[] = policy === 'replay' ? [...CHOSEN, 'replay'] : CHOSEN;
  return (
    <div className={styles.fields}>
      <Field name={text('ui.clock.cpus')}>
        <select value={settings.cpus ?? DEFAULT_VIRTUAL.cpus} onChange={(event) => onChange({ cpus: Number(event.currentTarget.value) })}>
          {Array.from({ length: MOST_CPUS }, (_, index) => <option key={index} value={index + 1}>{index + 1}</option>)}
        </select>
      </Field>
      <Field name={text('ui.clock.policy')} about={text(`ui.clock.policies.${policy}About`)}>
        <select value={policy} onChange={(event) => onChange({ policy: event.currentTarget.value as PolicyName })}>
          {names.map((name) => <option key={name} value={name}>{text(`ui.clock.policies.${name}`)}</option>)}
        </select>
      </Field>
      <Field name={text('ui.clock.step')} about={text(`ui.clock.steps.${step}About`)}>
        <select value={step} onChange={(event) => onChange({ step: event.currentTarget.value as StepKind })}>
          {STEP_KINDS.map((name) => <option key={name} value={name}>{text(`ui.clock.steps.${name}`)}</option>)}
        </select>
      </Field>
      <Field name={text('ui.clock.races')} about={text('ui.clock.racesAbout')}>
        <input type="checkbox" checked={settings.races ?? false} onChange={(event) => onChange({ races: event.currentTarget.checked })} />
      </Field>
      <Field name={text('ui.clock.quantum')}>
        <NumberInput value={settings.quantum ?? DEFAULT_VIRTUAL.quantum} least={0.001} most={LONGEST_QUANTUM} step="any" onValue={(quantum) => onChange({ quantum })} />
      </Field>
      <Field name={text('ui.clock.seed')} about={text('ui.clock.seedAbout')}>
        <NumberInput value={settings.seed ?? DEFAULT_VIRTUAL.seed} least={0} most={LARGEST_SEED} step={1} onValue={(seed) => onChange({ seed })} />
      </Field>
    </div>
  );
}

function Field({ name, about, children }: {
  readonly name: string;
  readonly about?: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <label className={form.field}>
      <span>{name}</span>
      {children}
      {about !== undefined && <small>{about}</small>}
    </label>
  );
}

/** What is not a number in range is left in the field and changes nothing. */
function NumberInput({ value, least, most, step, onValue }: {
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number | 'any';
  readonly onValue: (value: number) => void;
}): ReactElement {
  return (
    <input
      type="number" min={least} max={most} step={step} defaultValue={value}
      onChange={({ currentTarget }) => {
        if (currentTarget.validity.valid && currentTarget.value !== '') onValue(currentTarget.valueAsNumber);
      }}
    />
  );
}
