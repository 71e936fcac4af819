import { EditorState, type Extension } from '@codemirror/state';
import type { Language } from '../../text/languages';

/** The editor's own words in Chinese; in English it says them itself. */
const chinese: Record<string, string> = {
  'Find': '查找',
  'Replace': '替换',
  'next': '下一个',
  'previous': '上一个',
  'all': '全部',
  'match case': '区分大小写',
  'by word': '全字匹配',
  'regexp': '正则表达式',
  'replace': '替换',
  'replace all': '全部替换',
  'close': '关闭',
  'current match': '当前匹配',
  'on line': '位于行',
  'replaced $ matches': '已替换 $ 处',
  'replaced match on line $': '已替换第 $ 行的匹配',
  'Go to line': '转到行',
  'go': '转到',
  'Completions': '补全',
  'Diagnostics': '诊断',
  'No diagnostics': '没有诊断',
  'Control character': '控制字符',
  'Fold line': '折叠',
  'Unfold line': '展开',
  'folded code': '已折叠的代码',
  'unfold': '展开',
  'Folded lines': '已折叠的行',
  'Unfolded lines': '已展开的行',
  'to': '至',
  'Selection deleted': '已删除选区',
};

export function editorPhrases(language: Language): Extension {
  return language === 'zh' ? EditorState.phrases.of(chinese) : [];
}
