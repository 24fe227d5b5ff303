<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutSheet</name>
    <message>
        <source>About Chartmark</source>
        <translation>关于 Chartmark</translation>
    </message>
    <message>
        <source>Chartmark {0}</source>
        <translation>Chartmark {0}</translation>
    </message>
    <message>
        <source>Label entities in clinical records while a model learns beside you. Records, labels and models stay on this machine.

A model may memorise parts of the records it saw: treat an exported model as you treat the records. Chartmark is no medical device.

Apache License 2.0. The face of records is Atkinson Hyperlegible Next, SIL Open Font License 1.1.</source>
        <translation>在标注病历实体的同时，模型在一旁学习。病历、标注和模型都留在这台电脑上。

模型可能记住所见病历的片段：请像对待病历一样对待导出的模型。Chartmark 不是医疗器械。

Apache License 2.0。病历字体为 Atkinson Hyperlegible Next，SIL Open Font License 1.1。</translation>
    </message>
</context>
<context>
    <name>AcceptPanel</name>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Least confidence</source>
        <translation>最低置信度</translation>
    </message>
    <message>
        <source>Suggestions that would be accepted</source>
        <translation>将被接受的建议</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Accept all in this record from</source>
        <translation>接受本病历中不低于此置信度的全部建议</translation>
    </message>
    <message>
        <source>Accept all that is visible from</source>
        <translation>接受可见且不低于此置信度的全部建议</translation>
    </message>
    <message>
        <source>No suggestion is in sight. Scroll to some.</source>
        <translation>视野内没有建议。请滚动到有建议之处。</translation>
    </message>
    <message>
        <source>Accept {0} of {1} suggestions of this record</source>
        <translation>接受本病历 {1} 条建议中的 {0} 条</translation>
    </message>
    <message>
        <source>Accept {0} of {1} visible suggestions</source>
        <translation>接受 {1} 条可见建议中的 {0} 条</translation>
    </message>
    <message>
        <source>1 overlaps a surer one and stays open</source>
        <translation>1 条与更有把握的重叠，保持待定</translation>
    </message>
    <message>
        <source>{0} overlap surer ones and stay open</source>
        <translation>{0} 条与更有把握的重叠，保持待定</translation>
    </message>
    <message>
        <source>1 out of sight stays open</source>
        <translation>1 条不在视野内的保持待定</translation>
    </message>
    <message>
        <source>{0} out of sight stay open</source>
        <translation>{0} 条不在视野内的保持待定</translation>
    </message>
    <message>
        <source>Accept {0}</source>
        <translation>接受 {0} 条</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>{0}: {1}, dictionary</source>
        <translation>{0}：{1}，词典</translation>
    </message>
    <message>
        <source>{0}: {1}, {2} %</source>
        <translation>{0}：{1}，{2} %</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>no project is open</source>
        <translation>未打开项目</translation>
    </message>
    <message>
        <source>no record is open</source>
        <translation>未打开病历</translation>
    </message>
    <message>
        <source>the project is read only</source>
        <translation>项目为只读</translation>
    </message>
    <message>
        <source>there is nothing to do it to</source>
        <translation>没有可操作的对象</translation>
    </message>
</context>
<context>
    <name>AdaptBackboneDialog</name>
    <message>
        <source>Adapt to our records</source>
        <translation>适应我们的病历</translation>
    </message>
    <message>
        <source>Lets the backbone read the records, so that later trainings begin from one that knows how they are written. No labels are needed, and the fewer records are labelled, the more it is worth.</source>
        <translation>让基础模型阅读病历，使以后的训练从一个熟悉其写法的模型开始。不需要标注；已标注的病历越少，效果越明显。</translation>
    </message>
    <message>
        <source>Adapt</source>
        <translation>适应</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>时间(&amp;T)</translation>
    </message>
    <message>
        <source>The strip below shows how far it is; you can label meanwhile, and cancel.</source>
        <translation>底部的状态条显示进度；期间可以继续标注，也可以取消。</translation>
    </message>
    <message>
        <source>Records of the dev and test parts are left out, so that the scores stay honest. The next Retrain begins from the adapted backbone.</source>
        <translation>不使用开发集和测试集中的病历，以保证评分真实。下一次重新训练将从适应后的基础模型开始。</translation>
    </message>
    <message>
        <source>Give up the adapted one</source>
        <translation>放弃适应后的模型</translation>
    </message>
    <message>
        <source>Trainings begin from {0} now.</source>
        <translation>现在训练从 {0} 开始。</translation>
    </message>
</context>
<context>
    <name>AssertionVerbs</name>
    <message>
        <source>Select a label first: click it, or press Tab.</source>
        <translation>请先选择标注：点击它，或按 Tab。</translation>
    </message>
    <message>
        <source>Nothing is suggested for this label.</source>
        <translation>没有针对此标注的提示。</translation>
    </message>
    <message>
        <source>Nothing is suggested for the labels of this record.</source>
        <translation>没有针对本病历标注的提示。</translation>
    </message>
    <message>
        <source>Set for 1 label: {0}.</source>
        <translation>已为 1 个标注设置：{0}。</translation>
    </message>
    <message>
        <source>Set for {0} labels: {1}. One undo takes all back.</source>
        <translation>已为 {0} 个标注设置：{1}。一次撤销可全部撤回。</translation>
    </message>
    <message>
        <source>{0}: {1} set.</source>
        <translation>{0}：已设置 {1}。</translation>
    </message>
</context>
<context>
    <name>AttributeEditor</name>
    <message>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Attributes of {0}</source>
        <translation>{0} 的属性</translation>
    </message>
    <message>
        <source>Tab: next attribute</source>
        <translation>Tab：下一属性</translation>
    </message>
    <message>
        <source>Esc: close</source>
        <translation>Esc：关闭</translation>
    </message>
</context>
<context>
    <name>AttributeForm</name>
    <message>
        <source>Flag: set or not</source>
        <translation>标志：有或无</translation>
    </message>
    <message>
        <source>Choice: one of a few values</source>
        <translation>选项：几个值之一</translation>
    </message>
    <message>
        <source>Text: typed freely</source>
        <translation>文本：自由输入</translation>
    </message>
    <message>
        <source>Code: looked up in a list</source>
        <translation>代码：在列表中查找</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>One line, shown as a tip in the palette</source>
        <translation>一行文字，在标签面板中作为提示显示</translation>
    </message>
    <message>
        <source>C&amp;hoices</source>
        <translation>选项(&amp;H)</translation>
    </message>
    <message>
        <source>One a line, in the order of their keys 1 to 9</source>
        <translation>每行一个，按快捷键 1 至 9 的顺序</translation>
    </message>
    <message>
        <source>For these &amp;labels</source>
        <translation>用于这些标签(&amp;L)</translation>
    </message>
    <message>
        <source>None ticked: for all labels</source>
        <translation>未勾选：用于所有标签</translation>
    </message>
    <message>
        <source>Load &amp;codes…</source>
        <translation>加载代码(&amp;C)…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Remove attribute</source>
        <translation>删除属性(&amp;R)</translation>
    </message>
    <message>
        <source>{0} codes from {1}</source>
        <translation>{0} 个代码，来自 {1}</translation>
    </message>
    <message>
        <source>No list loaded yet: a table (CSV) with a column of codes and one of terms.</source>
        <translation>尚未加载列表：需要含代码列和术语列的表格 (CSV)。</translation>
    </message>
    <message>
        <source>1 label has it, and keeps it when it is removed.</source>
        <translation>有 1 个标注使用它，删除后仍会保留。</translation>
    </message>
    <message>
        <source>{0} labels have it, and keep it when it is removed.</source>
        <translation>有 {0} 个标注使用它，删除后仍会保留。</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>类型(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>说明(&amp;D)</translation>
    </message>
</context>
<context>
    <name>AttributePage</name>
    <message>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Add: type a name, then Enter</source>
        <translation>添加：输入名称后按 Enter</translation>
    </message>
    <message>
        <source>Add attributes; names parted by commas</source>
        <translation>添加属性；名称用逗号分隔</translation>
    </message>
    <message>
        <source>No attributes yet. Every label can be negated, historical, family, uncertain and conditional; add on the left what else you want to say of labels: a severity, a side, an ICD-10 code.</source>
        <translation>还没有属性。每个标注都可设为否定、既往、家族史、不确定和有条件；可在左侧添加其他说明：严重程度、侧别、ICD-10 代码等。</translation>
    </message>
    <message>
        <source>{0}  ·  {1}</source>
        <translation>{0}  ·  {1}</translation>
    </message>
    <message>
        <source>Codes of {0}</source>
        <translation>{0} 的代码</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>表格 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>AttributeRows</name>
    <message>
        <source>Set or clear for the selected label</source>
        <translation>为所选标注设置或清除</translation>
    </message>
    <message>
        <source>Not defined in this project; it came with the record</source>
        <translation>本项目未定义；随病历而来</translation>
    </message>
    <message>
        <source>Choose a value for the selected label</source>
        <translation>为所选标注选择一个值</translation>
    </message>
</context>
<context>
    <name>AttributeSigns</name>
    <message>
        <source>hist</source>
        <translation>既往</translation>
    </message>
    <message>
        <source>fam</source>
        <translation>家族</translation>
    </message>
    <message>
        <source>if</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>neg?</source>
        <translation>否定?</translation>
    </message>
    <message>
        <source>hist?</source>
        <translation>既往?</translation>
    </message>
    <message>
        <source>fam?</source>
        <translation>家族?</translation>
    </message>
    <message>
        <source>unc?</source>
        <translation>疑似?</translation>
    </message>
    <message>
        <source>if?</source>
        <translation>条件?</translation>
    </message>
</context>
<context>
    <name>AttributeVerbs</name>
    <message>
        <source>Accept the suggestion first, then give the label its attributes.</source>
        <translation>请先接受建议，再为标注设置属性。</translation>
    </message>
    <message>
        <source>Select a label first: click it, or press Tab.</source>
        <translation>请先选择标注：点击它，或按 Tab。</translation>
    </message>
    <message>
        <source>No attributes are defined for {0}.</source>
        <translation>没有为 {0} 定义属性。</translation>
    </message>
    <message>
        <source>Define some</source>
        <translation>定义属性</translation>
    </message>
</context>
<context>
    <name>Backbones</name>
    <message>
        <source>Trainings begin from the usual backbone again.</source>
        <translation>训练重新从通常的基础模型开始。</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Bac&amp;k</source>
        <translation>返回(&amp;K)</translation>
    </message>
    <message>
        <source>Ne&amp;xt</source>
        <translation>下一步(&amp;X)</translation>
    </message>
    <message>
        <source>End &amp;tour</source>
        <translation>结束导览(&amp;T)</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>&amp;Finish</source>
        <translation>结束(&amp;F)</translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>Digit, first letter or Enter: take  ·  Del: clear</source>
        <translation>数字、首字母或 Enter：选用  ·  Del：清除</translation>
    </message>
    <message>
        <source>{0} (no longer offered)</source>
        <translation>{0}（不再提供）</translation>
    </message>
</context>
<context>
    <name>CodeField</name>
    <message>
        <source>Codes</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>No list is loaded: type the code. Labels and guideline loads one.</source>
        <translation>未加载列表：请直接输入代码。可在“标签与指南”中加载。</translation>
    </message>
    <message>
        <source>Arrows, Enter: take  ·  empty: clear</source>
        <translation>方向键、Enter：选用  ·  留空：清除</translation>
    </message>
    <message>
        <source>No code begins so, and no term has these words.</source>
        <translation>没有以此开头的代码，也没有含这些词的术语。</translation>
    </message>
</context>
<context>
    <name>ColourPicker</name>
    <message>
        <source>Colour as # and six hexadecimal digits</source>
        <translation>颜色：# 加六位十六进制数字</translation>
    </message>
    <message>
        <source># and six digits, 0 to 9 and A to F</source>
        <translation># 加六位 0–9、A–F</translation>
    </message>
    <message>
        <source>Contrast {0} to 1, reads well</source>
        <translation>对比度 {0}:1，清晰易读</translation>
    </message>
    <message>
        <source>Contrast {0} to 1: its name is set in a stronger tone</source>
        <translation>对比度 {0}:1：名称将使用更深的颜色</translation>
    </message>
</context>
<context>
    <name>ColumnDialog</name>
    <message>
        <source>Terms from {0}</source>
        <translation>来自 {0} 的术语</translation>
    </message>
    <message>
        <source>Choose the column that holds the terms.</source>
        <translation>请选择含术语的列。</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Column {0}</source>
        <translation>第 {0} 列</translation>
    </message>
    <message>
        <source>The first row is a &amp;term as well</source>
        <translation>首行也是术语(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Column</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>For example: {0}</source>
        <translation>例如：{0}</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Find a command, a label, a record or a project</source>
        <translation>查找命令、标签、病历或项目</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>发现的内容</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>没有该名称的内容。</translation>
    </message>
    <message>
        <source>Not now: {0}.</source>
        <translation>现在不行：{0}。</translation>
    </message>
    <message>
        <source>Enter runs it, Escape closes.</source>
        <translation>Enter 运行，Esc 关闭。</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Go by word</source>
        <translation>按词移动</translation>
    </message>
    <message>
        <source>Select by word</source>
        <translation>按词选择</translation>
    </message>
    <message>
        <source>Move the end by character</source>
        <translation>按字符移动终点</translation>
    </message>
    <message>
        <source>Move the start by character</source>
        <translation>按字符移动起点</translation>
    </message>
    <message>
        <source>Next and previous label or suggestion</source>
        <translation>下一个和上一个标注或建议</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Negated</source>
        <translation>否定</translation>
    </message>
    <message>
        <source>Historical</source>
        <translation>既往</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>家族史</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Conditional</source>
        <translation>有条件</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>病历(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Next record</source>
        <translation>下一份病历(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous record</source>
        <translation>上一份病历(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Done and next</source>
        <translation>完成并转到下一份(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Reopen record</source>
        <translation>重新打开病历(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Flag for a second look</source>
        <translation>标记待复查(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Go to a section…</source>
        <translation>转到章节(&amp;G)…</translation>
    </message>
    <message>
        <source>Next &amp;section</source>
        <translation>下一章节(&amp;S)</translation>
    </message>
    <message>
        <source>Previous se&amp;ction</source>
        <translation>上一章节(&amp;C)</translation>
    </message>
    <message>
        <source>Fold or &amp;unfold the section</source>
        <translation>折叠或展开章节(&amp;U)</translation>
    </message>
    <message>
        <source>Fold or unfold &amp;all sections</source>
        <translation>折叠或展开所有章节(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>标注(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Edit attributes…</source>
        <translation>编辑属性(&amp;E)…</translation>
    </message>
    <message>
        <source>Give the selected label values of its attributes</source>
        <translation>为所选标注设置属性值</translation>
    </message>
    <message>
        <source>Set what is s&amp;uggested</source>
        <translation>采用提示的属性(&amp;U)</translation>
    </message>
    <message>
        <source>Set the attributes that the sentence suggests for the selected label</source>
        <translation>为所选标注设置句子提示的属性</translation>
    </message>
    <message>
        <source>Set what is suggested for all labels of the record</source>
        <translation>为本病历所有标注采用提示的属性</translation>
    </message>
    <message>
        <source>Change &amp;label…</source>
        <translation>更改标签(&amp;L)…</translation>
    </message>
    <message>
        <source>Repeat the &amp;last label</source>
        <translation>重复上一个标签(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Delete label</source>
        <translation>删除标签(&amp;D)</translation>
    </message>
    <message>
        <source>Add a piece…</source>
        <translation>添加片段…</translation>
    </message>
    <message>
        <source>Add other words to the selected label</source>
        <translation>为所选标注添加其他词语</translation>
    </message>
    <message>
        <source>Remove a piece</source>
        <translation>删除片段</translation>
    </message>
    <message>
        <source>Label all identical mentions in this record…</source>
        <translation>标注本病历中的相同提及…</translation>
    </message>
    <message>
        <source>Label all identical mentions in all records…</source>
        <translation>标注所有病历中的相同提及…</translation>
    </message>
    <message>
        <source>&amp;Suggestion</source>
        <translation>建议(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Next suggestion</source>
        <translation>下一条建议(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous suggestion</source>
        <translation>上一条建议(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Accept</source>
        <translation>接受(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Reject</source>
        <translation>拒绝(&amp;R)</translation>
    </message>
    <message>
        <source>Accept all &amp;visible at or above…</source>
        <translation>接受所有可见且不低于此置信度的建议(&amp;V)…</translation>
    </message>
    <message>
        <source>Accept all in this record</source>
        <translation>接受本病历的全部建议</translation>
    </message>
    <message>
        <source>Reject all in this record</source>
        <translation>拒绝本病历的全部建议</translation>
    </message>
    <message>
        <source>Show only &amp;surer ones</source>
        <translation>只显示更有把握的(&amp;S)</translation>
    </message>
    <message>
        <source>Show &amp;less sure ones too</source>
        <translation>也显示把握较小的(&amp;L)</translation>
    </message>
    <message>
        <source>Show all suggestions</source>
        <translation>显示所有建议</translation>
    </message>
    <message>
        <source>Revie&amp;w suggestions one by one</source>
        <translation>逐条审阅建议(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>新建项目(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>打开项目(&amp;O)…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>&amp;Sample project</source>
        <translation>示例项目(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation>关闭项目(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Import records…</source>
        <translation>导入病历(&amp;I)…</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>&amp;Export labels…</source>
        <translation>导出标注(&amp;E)…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>设置(&amp;T)…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Find in record</source>
        <translation>在病历中查找(&amp;F)</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>查找下一处(&amp;N)</translation>
    </message>
    <message>
        <source>Find &amp;previous</source>
        <translation>查找上一处(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Search all records</source>
        <translation>搜索所有病历(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Labels and guideline…</source>
        <translation>标签与指南(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Term lists…</source>
        <translation>术语列表(&amp;T)…</translation>
    </message>
    <message>
        <source>Suggest a label wherever a term stands</source>
        <translation>在出现术语之处建议标签</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Retrain</source>
        <translation>重新训练(&amp;R)</translation>
    </message>
    <message>
        <source>Train the model on the records that are done</source>
        <translation>用已完成的病历训练模型</translation>
    </message>
    <message>
        <source>&amp;Quick update</source>
        <translation>快速更新(&amp;Q)</translation>
    </message>
    <message>
        <source>Teach the current model only the records that are new, within seconds</source>
        <translation>只让当前模型学习新的病历，几秒即可完成</translation>
    </message>
    <message>
        <source>Retrain t&amp;horoughly</source>
        <translation>充分训练(&amp;H)</translation>
    </message>
    <message>
        <source>Train four times over instead of twice and keep the mean: it takes twice as long and makes fewer mistakes</source>
        <translation>从头训练四次（而非两次）并取平均：耗时加倍，差错更少</translation>
    </message>
    <message>
        <source>&amp;Search for a recipe…</source>
        <translation>搜索训练配方(&amp;S)…</translation>
    </message>
    <message>
        <source>Find hyperparameters that suit this project better</source>
        <translation>寻找更适合本项目的超参数</translation>
    </message>
    <message>
        <source>&amp;Adapt to our records…</source>
        <translation>适应我们的病历(&amp;A)…</translation>
    </message>
    <message>
        <source>Let the backbone read all records, so that trainings begin from more</source>
        <translation>让基础模型阅读所有病历，使训练有更好的起点</translation>
    </message>
    <message>
        <source>&amp;Learn from a bigger model…</source>
        <translation>向更大的模型学习(&amp;L)…</translation>
    </message>
    <message>
        <source>Train the quick model also on what a bigger one says of the records</source>
        <translation>训练快速模型时也学习更大的模型对病历的判断</translation>
    </message>
    <message>
        <source>&amp;Export model…</source>
        <translation>导出模型(&amp;E)…</translation>
    </message>
    <message>
        <source>Export model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Show the &amp;queue</source>
        <translation>显示队列(&amp;Q)</translation>
    </message>
    <message>
        <source>Show or hide the queue</source>
        <translation>显示或隐藏队列</translation>
    </message>
    <message>
        <source>Show the la&amp;bels</source>
        <translation>显示标签(&amp;B)</translation>
    </message>
    <message>
        <source>Show or hide the labels</source>
        <translation>显示或隐藏标签</translation>
    </message>
    <message>
        <source>&amp;Pace</source>
        <translation>进度节奏(&amp;P)</translation>
    </message>
    <message>
        <source>Show or hide how the work goes, under the queue</source>
        <translation>显示或隐藏队列下方的进度节奏</translation>
    </message>
    <message>
        <source>Set a &amp;goal…</source>
        <translation>设定目标(&amp;G)…</translation>
    </message>
    <message>
        <source>Set how many records are to be done</source>
        <translation>设定要完成多少份病历</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>放大文字(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>缩小文字(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Usual text size</source>
        <translation>默认文字大小(&amp;U)</translation>
    </message>
    <message>
        <source>Go to the next &amp;part</source>
        <translation>转到下一部分(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Focus mode</source>
        <translation>专注模式(&amp;F)</translation>
    </message>
    <message>
        <source>Hide all but the record</source>
        <translation>只显示病历</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>浅色配色</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>深色配色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Colours of the desktop</source>
        <translation>桌面配色</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation>查找命令(&amp;F)…</translation>
    </message>
    <message>
        <source>Find and run any command by its name</source>
        <translation>按名称查找并运行命令</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Tour of three minutes</source>
        <translation>三分钟导览(&amp;T)</translation>
    </message>
    <message>
        <source>Learn the whole job in the sample project</source>
        <translation>在示例项目中了解全部流程</translation>
    </message>
    <message>
        <source>&amp;Change keys…</source>
        <translation>更改快捷键(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;About Chartmark</source>
        <translation>关于 Chartmark(&amp;A)</translation>
    </message>
</context>
<context>
    <name>Conductor</name>
    <message>
        <source>The project was closed while this run was training.</source>
        <translation>此次训练期间项目已关闭。</translation>
    </message>
    <message>
        <source>Wait until the worker is free, or cancel what it does.</source>
        <translation>请等后台进程空闲，或取消其任务。</translation>
    </message>
    <message>
        <source>A search for a recipe is going on.</source>
        <translation>正在搜索训练配方。</translation>
    </message>
    <message>
        <source>The backbone is being adapted.</source>
        <translation>正在适应基础模型。</translation>
    </message>
    <message>
        <source>A training is going on.</source>
        <translation>训练正在进行。</translation>
    </message>
    <message>
        <source>Export when it has finished, or stop it first.</source>
        <translation>请在它结束后导出，或先将其停止。</translation>
    </message>
    <message>
        <source>An export is going on already.</source>
        <translation>导出已在进行中。</translation>
    </message>
    <message>
        <source>A training is going on already.</source>
        <translation>训练已在进行中。</translation>
    </message>
    <message>
        <source>A model is being exported.</source>
        <translation>正在导出模型。</translation>
    </message>
    <message>
        <source>Wait until it is written, or cancel the export first.</source>
        <translation>请等待写入完成，或先取消导出。</translation>
    </message>
    <message>
        <source>Stop it first; what it found is kept, and it can be gone on with.</source>
        <translation>请先停止搜索；已有结果会保留，之后可以继续。</translation>
    </message>
    <message>
        <source>Wait until it is done, or cancel it first.</source>
        <translation>请等它完成，或先取消。</translation>
    </message>
    <message>
        <source>The forms of the model are being measured.</source>
        <translation>正在测量模型的各种形式。</translation>
    </message>
    <message>
        <source>The project is open read-only.</source>
        <translation>项目以只读方式打开。</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>The worker did not answer and was stopped.</source>
        <translation>后台进程无响应，已被停止。</translation>
    </message>
    <message>
        <source>Nothing was imported because some of it could not be read.</source>
        <translation>部分内容无法读取，因此未导入任何内容。</translation>
    </message>
    <message>
        <source>Mend the places named above, or import with --on-fault skip.</source>
        <translation>请修正上述各处，或用 --on-fault skip 导入。</translation>
    </message>
    <message>
        <source>Not in order: {count}.</source>
        <translation>有问题的项：{count}。</translation>
    </message>
    <message>
        <source>Restore the latest good backup.</source>
        <translation>请恢复最近的完好备份。</translation>
    </message>
    <message>
        <source>{file} cannot be labelled: {reason}.</source>
        <translation>无法标注 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Give plain text files.</source>
        <translation>请提供纯文本文件。</translation>
    </message>
    <message>
        <source>There is no interrupted run to resume.</source>
        <translation>没有可继续的中断训练。</translation>
    </message>
    <message>
        <source>Train without --resume.</source>
        <translation>请不加 --resume 训练。</translation>
    </message>
    <message>
        <source>The training ended without a model.</source>
        <translation>训练结束但没有模型。</translation>
    </message>
    <message>
        <source>Run the command again.</source>
        <translation>请重新运行命令。</translation>
    </message>
    <message>
        <source>{file} has no column {name}.</source>
        <translation>{file} 没有列 {name}。</translation>
    </message>
    <message>
        <source>Its columns are: {columns}.</source>
        <translation>其列为：{columns}。</translation>
    </message>
    <message>
        <source>The passphrase is empty.</source>
        <translation>密码短语为空。</translation>
    </message>
    <message>
        <source>Choose one of at least one character.</source>
        <translation>请使用至少一个字符。</translation>
    </message>
    <message>
        <source>Close it there, then run this command again.</source>
        <translation>请在那里关闭后再运行此命令。</translation>
    </message>
    <message>
        <source>A passphrase is needed.</source>
        <translation>需要密码短语。</translation>
    </message>
    <message>
        <source>Give it by --passphrase-file.</source>
        <translation>请用 --passphrase-file 提供。</translation>
    </message>
    <message>
        <source>{file} cannot be read.</source>
        <translation>无法读取 {file}。</translation>
    </message>
    <message>
        <source>Save the passphrase in it as UTF-8 text.</source>
        <translation>请将密码短语以 UTF-8 文本存入其中。</translation>
    </message>
    <message>
        <source>The model is too large for an ONNX file (2 GB).</source>
        <translation>模型过大，无法存为 ONNX 文件 (2 GB)。</translation>
    </message>
    <message>
        <source>Train a smaller backbone.</source>
        <translation>请训练较小的基础模型。</translation>
    </message>
    <message>
        <source>{out} cannot be written ({reason}).</source>
        <translation>无法写入 {out}（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>There is no dev record to verify the export with.</source>
        <translation>没有可用于核对导出的开发病历。</translation>
    </message>
    <message>
        <source>Mark records of the dev split as done first.</source>
        <translation>请先将开发部分的病历标为完成。</translation>
    </message>
    <message>
        <source>{out} is there already.</source>
        <translation>{out} 已存在。</translation>
    </message>
    <message>
        <source>Choose a folder that does not exist yet.</source>
        <translation>请选择尚不存在的文件夹。</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>文件夹 {folder} 不存在。</translation>
    </message>
    <message>
        <source>Make it first.</source>
        <translation>请先创建它。</translation>
    </message>
    <message>
        <source>Copying the model</source>
        <translation>正在复制模型</translation>
    </message>
    <message>
        <source>Converting the model to ONNX</source>
        <translation>正在将模型转换为 ONNX</translation>
    </message>
    <message>
        <source>Making the int8 model</source>
        <translation>正在生成 int8 模型</translation>
    </message>
    <message>
        <source>Checking the ONNX model on {count} dev records</source>
        <translation>正在 {count} 份开发病历上核对 ONNX 模型</translation>
    </message>
    <message>
        <source>Checking the int8 model on {count} dev records</source>
        <translation>正在 {count} 份开发病历上核对 int8 模型</translation>
    </message>
    <message>
        <source>Writing the model card</source>
        <translation>正在写模型卡片</translation>
    </message>
    <message>
        <source>{file} is in the way.</source>
        <translation>{file} 已占用该位置。</translation>
    </message>
    <message>
        <source>Move it, or choose another name.</source>
        <translation>请移走它，或选择其他名称。</translation>
    </message>
    <message>
        <source>{folder} holds no exported model.</source>
        <translation>{folder} 中没有导出的模型。</translation>
    </message>
    <message>
        <source>Choose a folder that Export model wrote.</source>
        <translation>请选择由“导出模型”生成的文件夹。</translation>
    </message>
    <message>
        <source>{file} is missing.</source>
        <translation>缺少 {file}。</translation>
    </message>
    <message>
        <source>Choose a folder that Export model wrote, or export again.</source>
        <translation>请选择由“导出模型”生成的文件夹，或重新导出。</translation>
    </message>
    <message>
        <source>{file} is not UTF-8 text.</source>
        <translation>{file} 不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Save it as UTF-8 first.</source>
        <translation>请先另存为 UTF-8。</translation>
    </message>
    <message>
        <source>{file} cannot be read ({reason}).</source>
        <translation>无法读取 {file}（{reason}）。</translation>
    </message>
    <message>
        <source>The model in {folder} is damaged.</source>
        <translation>{folder} 中的模型已损坏。</translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation>请重新导出。</translation>
    </message>
    <message>
        <source>{file} cannot be loaded.</source>
        <translation>无法加载 {file}。</translation>
    </message>
    <message>
        <source>Export the model again.</source>
        <translation>请重新导出模型。</translation>
    </message>
    <message>
        <source>The exported model answers otherwise than Chartmark on {differing} of {total} dev records, so nothing was exported.</source>
        <translation>导出的模型在 {total} 份开发病历中的 {differing} 份上与 Chartmark 结果不一致，因此未导出。</translation>
    </message>
    <message>
        <source>--repeat goes with neither --quick nor --resume.</source>
        <translation>--repeat 不能与 --quick 或 --resume 同时使用。</translation>
    </message>
    <message>
        <source>Give one of them.</source>
        <translation>请只给出其中一个。</translation>
    </message>
    <message>
        <source>--seed, --epochs, --rounds, --backbone and --teacher are for a full training.</source>
        <translation>--seed、--epochs、--rounds、--backbone 和 --teacher 用于完整训练。</translation>
    </message>
    <message>
        <source>Leave them out: what is continued or repeated has its own.</source>
        <translation>请去掉它们：继续或重复的训练有自己的设置。</translation>
    </message>
    <message>
        <source>The measuring was cancelled.</source>
        <translation>测量已取消。</translation>
    </message>
    <message>
        <source>The forms of the current model were not measured yet.</source>
        <translation>当前模型的各种形式尚未测量。</translation>
    </message>
    <message>
        <source>Leave out --show.</source>
        <translation>请去掉 --show。</translation>
    </message>
    <message>
        <source>There is no training {run}.</source>
        <translation>没有训练 {run}。</translation>
    </message>
    <message>
        <source>Leave --show out.</source>
        <translation>请去掉 --show。</translation>
    </message>
    <message>
        <source>The search was cancelled.</source>
        <translation>搜索已取消。</translation>
    </message>
    <message>
        <source>Go on with it by --resume.</source>
        <translation>可用 --resume 继续。</translation>
    </message>
    <message>
        <source>A passphrase is needed, and several processes cannot ask for it.</source>
        <translation>需要密码，而多个进程无法询问密码。</translation>
    </message>
    <message>
        <source>Give it by --passphrase-file, on each machine.</source>
        <translation>请在每台机器上用 --passphrase-file 提供。</translation>
    </message>
    <message>
        <source>Forms of a model are measured on records of the train and dev splits.</source>
        <translation>模型的形式是在训练部分和开发部分的病历上测量的。</translation>
    </message>
    <message>
        <source>Mark records of both as done first.</source>
        <translation>请先将两部分的一些病历标记为完成。</translation>
    </message>
    <message>
        <source>Measuring how fast each form reads</source>
        <translation>正在测量每种形式的读取速度</translation>
    </message>
    <message>
        <source>Making the smaller forms of the model</source>
        <translation>正在生成模型的较小形式</translation>
    </message>
    <message>
        <source>Measuring on {count} dev records: {form}</source>
        <translation>正在 {count} 份开发病历上测量：{form}</translation>
    </message>
    <message>
        <source>Making the smaller forms of the pruned model</source>
        <translation>正在生成剪枝模型的较小形式</translation>
    </message>
    <message>
        <source>There is no pruned form of this model.</source>
        <translation>此模型没有剪枝形式。</translation>
    </message>
    <message>
        <source>Measure its forms with pruning first.</source>
        <translation>请先在启用剪枝的情况下测量其形式。</translation>
    </message>
    <message>
        <source>There is no train record to calibrate static int8 by.</source>
        <translation>没有可用于校准静态 int8 的训练病历。</translation>
    </message>
    <message>
        <source>Choose another form of the model.</source>
        <translation>请选择模型的另一种形式。</translation>
    </message>
    <message>
        <source>full precision</source>
        <translation>全精度</translation>
    </message>
    <message>
        <source>int8, dynamic</source>
        <translation>int8，动态</translation>
    </message>
    <message>
        <source>int8, static</source>
        <translation>int8，静态</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>剪枝</translation>
    </message>
    <message>
        <source>pruned, int8</source>
        <translation>剪枝，int8</translation>
    </message>
    <message>
        <source>Taking out the neurons that matter least</source>
        <translation>正在去掉最不重要的神经元</translation>
    </message>
    <message>
        <source>Training what is left: {step} of {total}</source>
        <translation>正在训练剩余部分：第 {step} 步，共 {total} 步</translation>
    </message>
    <message>
        <source>Try again; if it stays so, retrain and export the new model.</source>
        <translation>请重试；若仍如此，请重新训练并导出新模型。</translation>
    </message>
    <message>
        <source>events were left out</source>
        <translation>略去了事件</translation>
    </message>
    <message>
        <source>relations were left out</source>
        <translation>略去了关系</translation>
    </message>
    <message>
        <source>equivalences were left out</source>
        <translation>略去了等价关系</translation>
    </message>
    <message>
        <source>codes (normalisations) were left out</source>
        <translation>略去了代码（规范化）</translation>
    </message>
    <message>
        <source>notes of annotators were left out</source>
        <translation>略去了标注者的备注</translation>
    </message>
    <message>
        <source>the text it speaks of ({file}) is not beside it</source>
        <translation>它所指的文本 ({file}) 不在旁边</translation>
    </message>
    <message>
        <source>no attribute with what it belongs to; the line is left out</source>
        <translation>没有属性或其所属对象；已略去该行</translation>
    </message>
    <message>
        <source>offsets outside the text; the line is left out</source>
        <translation>偏移超出文本；已略去该行</translation>
    </message>
    <message>
        <source>offsets that hold no character; the line is left out</source>
        <translation>偏移不含任何字符；已略去该行</translation>
    </message>
    <message>
        <source>quoted text is not the text at its offsets; the offsets are taken</source>
        <translation>引文与偏移处的原文不同；以偏移为准</translation>
    </message>
    <message>
        <source>it is no line of brat; the line is left out</source>
        <translation>不是 brat 的行；已略去该行</translation>
    </message>
    <message>
        <source>attributes that say no were left out</source>
        <translation>略去了取值为否的属性</translation>
    </message>
    <message>
        <source>attributes of annotations that are not there were left out</source>
        <translation>略去了不存在的标注的属性</translation>
    </message>
    <message>
        <source>attributes of events and relations were left out</source>
        <translation>略去了事件和关系的属性</translation>
    </message>
    <message>
        <source>no label with offsets; the line is left out</source>
        <translation>没有带偏移的标签；已略去该行</translation>
    </message>
    <message>
        <source>its id is taken by a line before; the line is left out</source>
        <translation>其编号已被前面的行使用；已略去该行</translation>
    </message>
    <message>
        <source>offsets that do not count the byte order mark</source>
        <translation>偏移未计入字节顺序标记</translation>
    </message>
    <message>
        <source>offsets that count UTF-16 units; turned into characters</source>
        <translation>偏移按 UTF-16 单元计；已换算为字符</translation>
    </message>
    <message>
        <source>offsets that count a line end once</source>
        <translation>偏移将换行计为一个字符</translation>
    </message>
    <message>
        <source>labels with characters that brat does not take, written with _</source>
        <translation>标签含 brat 不接受的字符，已用 _ 代替</translation>
    </message>
    <message>
        <source>attributes with characters that brat does not take, written with _</source>
        <translation>属性含 brat 不接受的字符，已用 _ 代替</translation>
    </message>
    <message>
        <source>spans of nothing but line ends</source>
        <translation>只含换行的片段</translation>
    </message>
    <message>
        <source>{name}: {reason}.</source>
        <translation>{name}：{reason}。</translation>
    </message>
    <message>
        <source>Nothing was loaded. Choose a table with a column of codes and one of terms.</source>
        <translation>未加载任何内容。请选择含代码列和术语列的表格。</translation>
    </message>
    <message>
        <source>The file {name} is empty.</source>
        <translation>文件 {name} 为空。</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>请选择其他。</translation>
    </message>
    <message>
        <source>The file {name} has a header but no codes.</source>
        <translation>文件 {name} 有表头但没有代码。</translation>
    </message>
    <message>
        <source>{name}, line {line}: {reason}.</source>
        <translation>{name}，第 {line} 行：{reason}。</translation>
    </message>
    <message>
        <source>Nothing was loaded. Mend the line and load the file again.</source>
        <translation>未加载任何内容。请修正该行后重新加载文件。</translation>
    </message>
    <message>
        <source>this row has {count} fields, the first has {width}</source>
        <translation>此行有 {count} 个字段，首行有 {width} 个</translation>
    </message>
    <message>
        <source>this row has no code</source>
        <translation>此行没有代码</translation>
    </message>
    <message>
        <source>what stands in the column of codes is no code</source>
        <translation>代码列中的内容不是代码</translation>
    </message>
    <message>
        <source>its columns are {names}</source>
        <translation>其列为 {names}</translation>
    </message>
    <message>
        <source>its columns are {names} and {count} more</source>
        <translation>其列为 {names} 及另外 {count} 列</translation>
    </message>
    <message>
        <source>it has no column of that name; {columns}</source>
        <translation>没有该名称的列；{columns}</translation>
    </message>
    <message>
        <source>it has no column that is known to hold a text; {columns}</source>
        <translation>没有已知含文本的列；{columns}</translation>
    </message>
    <message>
        <source>it has no column &apos;{column}&apos;; {columns}</source>
        <translation>没有列“{column}”；{columns}</translation>
    </message>
    <message>
        <source>I tag without its B; read as if it opened an entity</source>
        <translation>I 标记前缺少 B；按实体开头读取</translation>
    </message>
    <message>
        <source>tag that breaks IOBES; read as if it opened or ended an entity</source>
        <translation>不合 IOBES 的标记；按实体的开头或结尾读取</translation>
    </message>
    <message>
        <source>no line holds a word</source>
        <translation>没有含词语的行</translation>
    </message>
    <message>
        <source>not {wanted} columns but {found}; its sentence is left out</source>
        <translation>应有 {wanted} 列，实有 {found} 列；已略去该句</translation>
    </message>
    <message>
        <source>no tag in column {column} (from 0); its sentence is left out</source>
        <translation>第 {column} 列（从 0 起）没有标记；已略去该句</translation>
    </message>
    <message>
        <source>text comment that does not hold the words; words joined</source>
        <translation>文本注释与词语不符；已将词语连接</translation>
    </message>
    <message>
        <source>no word in column {column} (from 0); its sentence is left out</source>
        <translation>第 {column} 列（从 0 起）没有词语；已略去该句</translation>
    </message>
    <message>
        <source>text comments without words were left out</source>
        <translation>略去了没有词语的文本注释</translation>
    </message>
    <message>
        <source>words and tags cannot stand in the same column</source>
        <translation>词语和标记不能在同一列</translation>
    </message>
    <message>
        <source>there is no column {column} (from 0): most lines have {width}</source>
        <translation>没有第 {column} 列（从 0 起）：多数行有 {width} 列</translation>
    </message>
    <message>
        <source>no column holds tags (O, B-..., I-...): choose the tag column</source>
        <translation>没有含标记 (O, B-..., I-...) 的列：请选择标记列</translation>
    </message>
    <message>
        <source>text between the record&apos;s own words, written as words</source>
        <translation>病历自带词语之间的文本，已写为词语</translation>
    </message>
    <message>
        <source>words that hold blanks or overlap, written in parts</source>
        <translation>含空白或重叠的词语，已分开写出</translation>
    </message>
    <message>
        <source>spans that begin or end inside a word, moved to its edge</source>
        <translation>起止于词内的片段，已移至词边界</translation>
    </message>
    <message>
        <source>attributes of spans</source>
        <translation>片段的属性</translation>
    </message>
    <message>
        <source>labels with blanks, written with _</source>
        <translation>标签含空白，已用 _ 代替</translation>
    </message>
    <message>
        <source>discontinuous spans</source>
        <translation>不连续的片段</translation>
    </message>
    <message>
        <source>spans over a line end, cut there</source>
        <translation>跨越换行的片段，已在该处切开</translation>
    </message>
    <message>
        <source>spans without a word</source>
        <translation>不含词语的片段</translation>
    </message>
    <message>
        <source>overlapping spans (the longest is written)</source>
        <translation>重叠的片段（写出最长的）</translation>
    </message>
    <message>
        <source>a quotation mark stands where none can be</source>
        <translation>引号出现在不该有的位置</translation>
    </message>
    <message>
        <source>a quoted field that begins here is never closed</source>
        <translation>从此处开始的带引号字段没有结束</translation>
    </message>
    <message>
        <source>its format is {format}, which Chartmark does not read</source>
        <translation>其格式为 {format}，Chartmark 不支持读取</translation>
    </message>
    <message>
        <source>it is a Prodigy patterns file, which holds no records</source>
        <translation>这是 Prodigy 模式文件，不含病历</translation>
    </message>
    <message>
        <source>relations between spans were left out</source>
        <translation>略去了片段间的关系</translation>
    </message>
    <message>
        <source>comments were left out</source>
        <translation>略去了注释</translation>
    </message>
    <message>
        <source>spans of rejected records were left out</source>
        <translation>略去了被拒绝病历的片段</translation>
    </message>
    <message>
        <source>spans of ignored records were left out</source>
        <translation>略去了被忽略病历的片段</translation>
    </message>
    <message>
        <source>it is not a JSON object</source>
        <translation>不是 JSON 对象</translation>
    </message>
    <message>
        <source>it was written by a newer Chartmark</source>
        <translation>由更新版本的 Chartmark 写出</translation>
    </message>
    <message>
        <source>the text of this record is empty</source>
        <translation>此病历文本为空</translation>
    </message>
    <message>
        <source>a span has no label</source>
        <translation>有片段没有标签</translation>
    </message>
    <message>
        <source>a stretch is not a start and an end</source>
        <translation>有一段不是起点和终点</translation>
    </message>
    <message>
        <source>the start or end of a span is not a whole number</source>
        <translation>有片段的起点或终点不是整数</translation>
    </message>
    <message>
        <source>a span is empty or outside the text</source>
        <translation>有片段为空或超出文本</translation>
    </message>
    <message>
        <source>the attributes of a span are not a list of names</source>
        <translation>有片段的属性不是名称列表</translation>
    </message>
    <message>
        <source>the pieces of a span are not a list</source>
        <translation>有片段的各部分不是列表</translation>
    </message>
    <message>
        <source>the pieces of a span are not in order from its start to its end</source>
        <translation>有片段的各部分未按起止顺序排列</translation>
    </message>
    <message>
        <source>the origin of a span is unknown</source>
        <translation>有片段的来源未知</translation>
    </message>
    <message>
        <source>a record that was rejected is taken as not reviewed</source>
        <translation>被拒绝的病历视为未审阅</translation>
    </message>
    <message>
        <source>a record that was ignored is taken as not reviewed</source>
        <translation>被忽略的病历视为未审阅</translation>
    </message>
    <message>
        <source>a record with an empty list of labels is taken as not reviewed</source>
        <translation>标注列表为空的病历视为未审阅</translation>
    </message>
    <message>
        <source>word boundaries that do not fit the text were left out</source>
        <translation>略去了与文本不符的词边界</translation>
    </message>
    <message>
        <source>this record has no text</source>
        <translation>此病历没有文本</translation>
    </message>
    <message>
        <source>labels of whole records were left out</source>
        <translation>略去了整份病历的标签</translation>
    </message>
    <message>
        <source>a span is neither an object nor start, end and label</source>
        <translation>有片段既不是对象，也不是起点、终点和标签</translation>
    </message>
    <message>
        <source>a record with a single decision is taken as not reviewed</source>
        <translation>只含单个判断的病历视为未审阅</translation>
    </message>
    <message>
        <source>its &apos;{key}&apos; is not a list</source>
        <translation>其“{key}”不是列表</translation>
    </message>
    <message>
        <source>something follows the end of the JSON array</source>
        <translation>JSON 数组结束后还有内容</translation>
    </message>
    <message>
        <source>its JSON is nested too deeply</source>
        <translation>其 JSON 嵌套过深</translation>
    </message>
    <message>
        <source>it is not valid JSON ({reason})</source>
        <translation>不是有效的 JSON（{reason}）</translation>
    </message>
    <message>
        <source>it holds a number that is too long</source>
        <translation>含有过长的数字</translation>
    </message>
    <message>
        <source>the JSON array is broken off here</source>
        <translation>JSON 数组在此处中断</translation>
    </message>
    <message>
        <source>it is empty and was passed over</source>
        <translation>文件为空，已跳过</translation>
    </message>
    <message>
        <source>its encoding was taken to be {encoding}</source>
        <translation>其编码推断为 {encoding}</translation>
    </message>
    <message>
        <source>it cannot be opened ({reason})</source>
        <translation>无法打开（{reason}）</translation>
    </message>
    <message>
        <source>not a file that can be read</source>
        <translation>不是可读取的文件</translation>
    </message>
    <message>
        <source>There is no format of that name.</source>
        <translation>没有该名称的格式。</translation>
    </message>
    <message>
        <source>Use {formats}.</source>
        <translation>请使用 {formats}。</translation>
    </message>
    <message>
        <source>The folder {folder} holds no records.</source>
        <translation>文件夹 {folder} 中没有病历。</translation>
    </message>
    <message>
        <source>quoted text has other blanks around it than the text; the offsets are taken</source>
        <translation>引文前后空白与原文不同；以偏移为准</translation>
    </message>
    <message>
        <source>line ends after the first, written as blanks</source>
        <translation>首个之后的换行，已写为空格</translation>
    </message>
    <message>
        <source>no line holds a title (ID|t|...)</source>
        <translation>没有含标题的行 (ID|t|...)</translation>
    </message>
    <message>
        <source>discontinuous spans; other programs may read each as one stretch</source>
        <translation>不连续的标注；其他程序可能把每个读作一段连续文本</translation>
    </message>
    <message>
        <source>labels with tabs, written with _</source>
        <translation>标签含制表符，已用 _ 代替</translation>
    </message>
    <message>
        <source>no label; the line is left out</source>
        <translation>没有标签；已略去该行</translation>
    </message>
    <message>
        <source>record that came before; only the first is read</source>
        <translation>重复出现的病历；只读取第一份</translation>
    </message>
    <message>
        <source>record that came before, with other annotations; only the first is read</source>
        <translation>重复出现且标注不同的病历；只读取第一份</translation>
    </message>
    <message>
        <source>its id is taken by another record; this one is left out</source>
        <translation>其编号已被另一份病历使用；已略去本份</translation>
    </message>
    <message>
        <source>no offsets; the line is left out</source>
        <translation>没有偏移；已略去该行</translation>
    </message>
    <message>
        <source>abstract without its title; the line is left out</source>
        <translation>摘要缺少标题；已略去该行</translation>
    </message>
    <message>
        <source>neither text nor an annotation; the line is left out</source>
        <translation>既非文本也非标注；已略去该行</translation>
    </message>
    <message>
        <source>annotation of another record; the line is left out</source>
        <translation>属于另一份病历的标注；已略去该行</translation>
    </message>
    <message>
        <source>codes were left out</source>
        <translation>略去了代码</translation>
    </message>
    <message>
        <source>its format is not known; name it if it is one that Chartmark reads</source>
        <translation>格式未知；若是 Chartmark 可读取的格式，请指定</translation>
    </message>
    <message>
        <source>spans of the same stretch and label as another are kept once</source>
        <translation>范围和标签相同的片段只保留一个</translation>
    </message>
    <message>
        <source>Choose files of a format that Chartmark reads: {formats}.</source>
        <translation>请选择 Chartmark 可读取格式的文件：{formats}。</translation>
    </message>
    <message>
        <source>None of the {count} files can be imported; of {file}: {reason}.</source>
        <translation>{count} 个文件都无法导入；{file}：{reason}。</translation>
    </message>
    <message>
        <source>{file} cannot be imported: {reason}.</source>
        <translation>无法导入 {file}：{reason}。</translation>
    </message>
    <message>
        <source>it holds a NUL character</source>
        <translation>含有 NUL 字符</translation>
    </message>
    <message>
        <source>it holds half a surrogate pair, which is no character</source>
        <translation>含有半个代理对，不是字符</translation>
    </message>
    <message>
        <source>this row has {fields} fields, the header has {width}</source>
        <translation>此行有 {fields} 个字段，表头有 {width} 个</translation>
    </message>
    <message>
        <source>a row without a text was passed over</source>
        <translation>跳过了没有文本的行</translation>
    </message>
    <message>
        <source>it has a header but no rows</source>
        <translation>有表头但没有数据行</translation>
    </message>
    <message>
        <source>{name} is over 200 MB.</source>
        <translation>{name} 超过 200 MB。</translation>
    </message>
    <message>
        <source>Choose a smaller list.</source>
        <translation>请选择较小的列表。</translation>
    </message>
    <message>
        <source>There is no term in {name}.</source>
        <translation>{name} 中没有术语。</translation>
    </message>
    <message>
        <source>Choose another file or column.</source>
        <translation>请选择其他文件或列。</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}).</source>
        <translation>无法读取 {name}（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择其他文件。</translation>
    </message>
    <message>
        <source>{name} is not a text: {reason}.</source>
        <translation>{name} 不是文本：{reason}。</translation>
    </message>
    <message>
        <source>Save it as UTF-8 and try again.</source>
        <translation>请另存为 UTF-8 后重试。</translation>
    </message>
    <message>
        <source>files that hold no records (licences, settings and the like) were passed over</source>
        <translation>跳过了不含病历的文件（许可证、设置等）</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be searched ({reason}).</source>
        <translation>无法搜索文件夹 {folder}（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another, or change who may read it.</source>
        <translation>请选择其他文件夹，或更改读取权限。</translation>
    </message>
    <message>
        <source>{file} is not there.</source>
        <translation>{file} 不存在。</translation>
    </message>
    <message>
        <source>Choose a file or folder that is.</source>
        <translation>请选择存在的文件或文件夹。</translation>
    </message>
    <message>
        <source>This format cannot be written.</source>
        <translation>无法写出此格式。</translation>
    </message>
    <message>
        <source>The folder {folder} is not there.</source>
        <translation>文件夹 {folder} 不存在。</translation>
    </message>
    <message>
        <source>Choose one that is.</source>
        <translation>请选择存在的文件夹。</translation>
    </message>
    <message>
        <source>Choose another name, or allow it to be overwritten.</source>
        <translation>请选择其他名称，或允许覆盖。</translation>
    </message>
    <message>
        <source>{out} is there and is not a folder.</source>
        <translation>{out} 已存在且不是文件夹。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择其他名称。</translation>
    </message>
    <message>
        <source>{out} is there and is not a file.</source>
        <translation>{out} 已存在且不是文件。</translation>
    </message>
    <message>
        <source>{out} holds other files than an export, which would be lost.</source>
        <translation>{out} 中有导出以外的文件，将会丢失。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose another place, or make room on the disk.</source>
        <translation>请选择其他位置，或清理磁盘空间。</translation>
    </message>
    <message>
        <source>the disk refuses</source>
        <translation>磁盘拒绝写入</translation>
    </message>
    <message>
        <source>The device {device} is not in this machine.</source>
        <translation>这台电脑没有设备 {device}。</translation>
    </message>
    <message>
        <source>Choose auto or cpu.</source>
        <translation>请选择 auto 或 cpu。</translation>
    </message>
    <message>
        <source>CPU ({count} threads)</source>
        <translation>CPU（{count} 个线程）</translation>
    </message>
    <message>
        <source>There is no device called {device}.</source>
        <translation>没有名为 {device} 的设备。</translation>
    </message>
    <message>
        <source>Choose auto, cpu, cuda, xpu or mps.</source>
        <translation>请选择 auto、cpu、cuda、xpu 或 mps。</translation>
    </message>
    <message>
        <source>Install Chartmark again (make setup).</source>
        <translation>请重新安装 Chartmark (make setup)。</translation>
    </message>
    <message>
        <source>Choose the folder of a downloaded encoder, or allow the network for a hub name.</source>
        <translation>请选择已下载编码器的文件夹，或允许联网按名称获取。</translation>
    </message>
    <message>
        <source>This backbone cannot be loaded as a token classifier.</source>
        <translation>此基础模型无法作为词元分类器加载。</translation>
    </message>
    <message>
        <source>Choose the folder of an encoder such as BERT, RoBERTa or DeBERTa.</source>
        <translation>请选择 BERT、RoBERTa 或 DeBERTa 等编码器的文件夹。</translation>
    </message>
    <message>
        <source>This backbone&apos;s tokenizer cannot be used.</source>
        <translation>无法使用此基础模型的分词器。</translation>
    </message>
    <message>
        <source>Choose a backbone with a tokenizer.json.</source>
        <translation>请选择带有 tokenizer.json 的基础模型。</translation>
    </message>
    <message>
        <source>The embedded backbone is missing.</source>
        <translation>缺少自带的基础模型。</translation>
    </message>
    <message>
        <source>The embedded backbone&apos;s weights are damaged.</source>
        <translation>自带基础模型的权重已损坏。</translation>
    </message>
    <message>
        <source>Retrain, or choose another version.</source>
        <translation>请重新训练，或选择其他版本。</translation>
    </message>
    <message>
        <source>{folder} holds no Hugging Face model.</source>
        <translation>{folder} 中没有 Hugging Face 模型。</translation>
    </message>
    <message>
        <source>Choose a folder with a config.json.</source>
        <translation>请选择带有 config.json 的文件夹。</translation>
    </message>
    <message>
        <source>{folder} has no safetensors weights.</source>
        <translation>{folder} 中没有 safetensors 权重。</translation>
    </message>
    <message>
        <source>Convert them first: Chartmark does not open pickled weights.</source>
        <translation>请先转换：Chartmark 不打开 pickle 权重。</translation>
    </message>
    <message>
        <source>{folder} holds no model of Chartmark&apos;s.</source>
        <translation>{folder} 中没有 Chartmark 的模型。</translation>
    </message>
    <message>
        <source>The configuration in {folder} does not tell the encoder&apos;s size.</source>
        <translation>{folder} 中的配置没有说明编码器的大小。</translation>
    </message>
    <message>
        <source>An encoder cannot be {hidden} wide.</source>
        <translation>编码器的宽度不能是 {hidden}。</translation>
    </message>
    <message>
        <source>Choose a multiple of {width}.</source>
        <translation>请选择 {width} 的倍数。</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Saving codes</source>
        <translation>正在保存代码</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>There is no record to export.</source>
        <translation>没有可导出的病历。</translation>
    </message>
    <message>
        <source>Mark records as done first, or export all records.</source>
        <translation>请先将病历标为完成，或导出所有病历。</translation>
    </message>
    <message>
        <source>This project has no model yet.</source>
        <translation>此项目还没有模型。</translation>
    </message>
    <message>
        <source>Press Retrain to make one first.</source>
        <translation>请先按“重新训练”生成一个。</translation>
    </message>
    <message>
        <source>Forms are kept in the project.</source>
        <translation>各种形式保存在项目中。</translation>
    </message>
    <message>
        <source>There is nothing to import in the chosen files.</source>
        <translation>所选文件中没有可导入的内容。</translation>
    </message>
    <message>
        <source>Choose files that hold records.</source>
        <translation>请选择含有病历的文件。</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>Looking for terms</source>
        <translation>正在查找术语</translation>
    </message>
    <message>
        <source>There is no label named {name}.</source>
        <translation>没有名为 {name} 的标签。</translation>
    </message>
    <message>
        <source>Choose one of the scheme.</source>
        <translation>请选择标签方案中的标签。</translation>
    </message>
    <message>
        <source>There is no model to update yet.</source>
        <translation>还没有可更新的模型。</translation>
    </message>
    <message>
        <source>Retrain first.</source>
        <translation>请先重新训练。</translation>
    </message>
    <message>
        <source>The folder of the model {model} is gone.</source>
        <translation>模型 {model} 的文件夹不见了。</translation>
    </message>
    <message>
        <source>The labels have changed since {model} was trained.</source>
        <translation>自 {model} 训练以来，标签已更改。</translation>
    </message>
    <message>
        <source>Retrain in full: a quick update cannot learn other labels.</source>
        <translation>请进行完整训练：快速更新学不了其他标签。</translation>
    </message>
    <message>
        <source>No record to train on was done or corrected since {model} was trained.</source>
        <translation>自 {model} 训练以来，没有可用于训练的病历被完成或更正。</translation>
    </message>
    <message>
        <source>Label more records and mark them as done, or retrain in full.</source>
        <translation>请标注更多病历并标记为已完成，或进行完整训练。</translation>
    </message>
    <message>
        <source>{count} records are new since the last full training, which learned from {base}.</source>
        <translation>自上次完整训练（学习了 {base} 份病历）以来，新增了 {count} 份病历。</translation>
    </message>
    <message>
        <source>{count} quick updates were made since the last full training.</source>
        <translation>自上次完整训练以来，已进行了 {count} 次快速更新。</translation>
    </message>
    <message>
        <source>The last quick update did not make the model better.</source>
        <translation>上一次快速更新没有使模型变好。</translation>
    </message>
    <message>
        <source>Training {run} kept no record to repeat it from.</source>
        <translation>训练 {run} 没有留下可据以重复的记录。</translation>
    </message>
    <message>
        <source>Choose one that got as far as its first update.</source>
        <translation>请选择至少进行到第一次更新的训练。</translation>
    </message>
    <message>
        <source>The folder of {model}, which training {run} continued, is gone.</source>
        <translation>训练 {run} 所继续的 {model} 的文件夹不见了。</translation>
    </message>
    <message>
        <source>Put it back, or train in full.</source>
        <translation>请将其放回，或进行完整训练。</translation>
    </message>
    <message>
        <source>Choose one that `chartmark runs` lists.</source>
        <translation>请选择 `chartmark runs` 列出的一个。</translation>
    </message>
    <message>
        <source>There is no model {name}.</source>
        <translation>没有模型 {name}。</translation>
    </message>
    <message>
        <source>The folder of {model}, which training {run} learned from, is gone.</source>
        <translation>训练 {run} 所学习的 {model} 的文件夹已不存在。</translation>
    </message>
    <message>
        <source>There is no search to go on with.</source>
        <translation>没有可以继续的搜索。</translation>
    </message>
    <message>
        <source>Begin a new one.</source>
        <translation>请开始新的搜索。</translation>
    </message>
    <message>
        <source>The project&apos;s recipe has changed since this search began.</source>
        <translation>自这次搜索开始以来，项目的训练配方已经改变。</translation>
    </message>
    <message>
        <source>Only {done} records are marked done.</source>
        <translation>只有 {done} 份病历标为完成。</translation>
    </message>
    <message>
        <source>Mark at least {least} records as done, then retrain.</source>
        <translation>请将至少 {least} 份病历标为完成，然后重新训练。</translation>
    </message>
    <message>
        <source>Discarded.</source>
        <translation>已放弃。</translation>
    </message>
    <message>
        <source>{model} is now the current model (F1 {f1}).</source>
        <translation>{model} 现为当前模型（F1 {f1}）。</translation>
    </message>
    <message>
        <source>{model} is now the current model (F1 {f1}): too near to {was} to tell, and the mean of more rounds.</source>
        <translation>{model} 现为当前模型（F1 {f1}）：与之前的 {was} 难分高下，而它是更多轮训练的平均。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>{model} is ready (F1 {f1}) but the current model stays: it has {was} on the same records.</source>
        <translation>{model} 已就绪（F1 {f1}），但保留当前模型：它在相同病历上为 {was}。</translation>
    </message>
    <message>
        <source>An attribute needs a name.</source>
        <translation>属性需要名称。</translation>
    </message>
    <message>
        <source>Type one.</source>
        <translation>请输入一个。</translation>
    </message>
    <message>
        <source>The name of an attribute has letters, digits, _ and - only.</source>
        <translation>属性名称只能含字母、数字、_ 和 -。</translation>
    </message>
    <message>
        <source>Write severity or icd-10, say.</source>
        <translation>例如写 severity 或 icd-10。</translation>
    </message>
    <message>
        <source>Every label has the attribute {name} already.</source>
        <translation>每个标签都已有属性 {name}。</translation>
    </message>
    <message>
        <source>There is an attribute named {name} already.</source>
        <translation>已有名为 {name} 的属性。</translation>
    </message>
    <message>
        <source>A choice of the attribute {name} is empty or there twice.</source>
        <translation>属性 {name} 有一个选项为空或重复。</translation>
    </message>
    <message>
        <source>Write each choice once, on a line of its own.</source>
        <translation>每个选项写一次，各占一行。</translation>
    </message>
    <message>
        <source>{share} % of the words are unknown to the backbone. Choose one for their language, or build one: chartmark backbone build.</source>
        <translation>基础模型不认识 {share} % 的词。请选择适合其语言的基础模型，或自行构建：chartmark backbone build。</translation>
    </message>
    <message>
        <source>One training takes {seconds} seconds here, and a search at least {least} of them: {minutes} minutes.</source>
        <translation>在本机上一次训练需要 {seconds} 秒，而一次搜索至少需要 {least} 次训练：{minutes} 分钟。</translation>
    </message>
    <message>
        <source>Resume the search with more time.</source>
        <translation>请给更多时间，继续搜索。</translation>
    </message>
    <message>
        <source>{count} trials in a row failed. {reason}</source>
        <translation>连续 {count} 次试验失败。{reason}</translation>
    </message>
    <message>
        <source>Nothing was changed. Mend what is said, then resume the search.</source>
        <translation>没有任何改动。请按提示处理，然后继续搜索。</translation>
    </message>
    <message>
        <source>{name} cannot be renamed: {count} labels have it.</source>
        <translation>无法重命名 {name}：有 {count} 个标注使用它。</translation>
    </message>
    <message>
        <source>Clear it there first, or define another attribute.</source>
        <translation>请先在那些位置清除它，或定义另一个属性。</translation>
    </message>
    <message>
        <source>The copy is not whole.</source>
        <translation>副本不完整。</translation>
    </message>
    <message>
        <source>Check the disk, then try again.</source>
        <translation>请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>The attribute {name} takes no codes.</source>
        <translation>属性 {name} 不接受代码。</translation>
    </message>
    <message>
        <source>Make it an attribute of the kind code first.</source>
        <translation>请先将其设为代码类型的属性。</translation>
    </message>
    <message>
        <source>This can no longer be done: the record has changed since.</source>
        <translation>此操作已无法进行：病历此后有变动。</translation>
    </message>
    <message>
        <source>Look at the record as it is now and repeat what you meant.</source>
        <translation>请查看病历的现状，再重复您的操作。</translation>
    </message>
    <message>
        <source>That stretch has this label already.</source>
        <translation>该处已有此标签。</translation>
    </message>
    <message>
        <source>Delete one of the two.</source>
        <translation>请删除其中一个。</translation>
    </message>
    <message>
        <source>There is no project in {folder}.</source>
        <translation>{folder} 中没有项目。</translation>
    </message>
    <message>
        <source>Choose a folder that ends in .chartmark.</source>
        <translation>请选择以 .chartmark 结尾的文件夹。</translation>
    </message>
    <message>
        <source>The project in {folder} cannot be read ({reason}).</source>
        <translation>无法读取 {folder} 中的项目（{reason}）。</translation>
    </message>
    <message>
        <source>Ask for the right to read its folder.</source>
        <translation>请申请读取该文件夹的权限。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>请清理一些空间后重试。</translation>
    </message>
    <message>
        <source>The project is busy in another program.</source>
        <translation>项目正被另一程序占用。</translation>
    </message>
    <message>
        <source>Close it there, then try again.</source>
        <translation>请在那里关闭后重试。</translation>
    </message>
    <message>
        <source>The project&apos;s file cannot be read or written.</source>
        <translation>无法读写项目文件。</translation>
    </message>
    <message>
        <source>See that its disk is connected and that its folder is yours, then try again.</source>
        <translation>请确认磁盘已连接且文件夹归您所有，然后重试。</translation>
    </message>
    <message>
        <source>The project can only be read.</source>
        <translation>此项目只能阅读。</translation>
    </message>
    <message>
        <source>Ask for the right to write in its folder.</source>
        <translation>请申请写入该文件夹的权限。</translation>
    </message>
    <message>
        <source>The project&apos;s file is damaged.</source>
        <translation>项目文件已损坏。</translation>
    </message>
    <message>
        <source>Restore the latest backup.</source>
        <translation>请恢复最近的备份。</translation>
    </message>
    <message>
        <source>This project is encrypted.</source>
        <translation>此项目已加密。</translation>
    </message>
    <message>
        <source>Give its passphrase.</source>
        <translation>请输入其密码短语。</translation>
    </message>
    <message>
        <source>This project is not encrypted.</source>
        <translation>此项目未加密。</translation>
    </message>
    <message>
        <source>Open it without a passphrase.</source>
        <translation>请不用密码短语打开。</translation>
    </message>
    <message>
        <source>It was opened for reading.</source>
        <translation>已以只读方式打开。</translation>
    </message>
    <message>
        <source>This project is open for reading only.</source>
        <translation>此项目以只读方式打开。</translation>
    </message>
    <message>
        <source>Another Chartmark has this project open; it can be read here meanwhile.</source>
        <translation>另一个 Chartmark 已打开此项目；在此期间这里只能阅读。</translation>
    </message>
    <message>
        <source>{folder} cannot be made ({reason}).</source>
        <translation>无法创建 {folder}（{reason}）。</translation>
    </message>
    <message>
        <source>Its folder cannot be written in; it can be read only.</source>
        <translation>其文件夹不可写入；只能阅读。</translation>
    </message>
    <message>
        <source>The passphrase does not open this project.</source>
        <translation>密码短语无法打开此项目。</translation>
    </message>
    <message>
        <source>Type it again; capital letters count. Nothing was changed.</source>
        <translation>请重新输入；区分大小写。未作任何更改。</translation>
    </message>
    <message>
        <source>An older Chartmark made this project.</source>
        <translation>此项目由旧版本的 Chartmark 创建。</translation>
    </message>
    <message>
        <source>Open it once for writing, which brings it up to date.</source>
        <translation>请以可写方式打开一次，即可更新。</translation>
    </message>
    <message>
        <source>This run cannot be resumed.</source>
        <translation>此次训练无法继续。</translation>
    </message>
    <message>
        <source>Start a new one.</source>
        <translation>请开始新的训练。</translation>
    </message>
    <message>
        <source>Chartmark ended while this run was training.</source>
        <translation>此次训练期间 Chartmark 已退出。</translation>
    </message>
    <message>
        <source>A label needs a name.</source>
        <translation>标签需要名称。</translation>
    </message>
    <message>
        <source>There is a label named {label} already.</source>
        <translation>已有名为 {label} 的标签。</translation>
    </message>
    <message>
        <source>The key of a label is a single character.</source>
        <translation>标签的快捷键为单个字符。</translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation>请选择一个。</translation>
    </message>
    <message>
        <source>The key {key} belongs to {label}.</source>
        <translation>快捷键 {key} 属于 {label}。</translation>
    </message>
    <message>
        <source>Choose another key.</source>
        <translation>请选择其他键。</translation>
    </message>
    <message>
        <source>The colour of a label is # and six hexadecimal digits.</source>
        <translation>标签颜色为 # 加六位十六进制数字。</translation>
    </message>
    <message>
        <source>The list has no name.</source>
        <translation>列表没有名称。</translation>
    </message>
    <message>
        <source>There is a list named {name} already.</source>
        <translation>已有名为 {name} 的列表。</translation>
    </message>
    <message>
        <source>A newer Chartmark made this project.</source>
        <translation>此项目由更新版本的 Chartmark 创建。</translation>
    </message>
    <message>
        <source>Update Chartmark to open it.</source>
        <translation>请更新 Chartmark 后打开。</translation>
    </message>
    <message>
        <source>There is no encoding of that name.</source>
        <translation>没有该名称的编码。</translation>
    </message>
    <message>
        <source>Use a name such as utf-8, cp1252, iso-8859-1 or gb18030, or leave it out.</source>
        <translation>请使用 utf-8、cp1252、iso-8859-1 或 gb18030 等名称，或留空。</translation>
    </message>
    <message>
        <source>it holds NUL bytes and is no text file</source>
        <translation>含有 NUL 字节，不是文本文件</translation>
    </message>
    <message>
        <source>it holds NUL characters and is no text file</source>
        <translation>含有 NUL 字符，不是文本文件</translation>
    </message>
    <message>
        <source>it is not UTF-8, and no other encoding is plausible; name it</source>
        <translation>不是 UTF-8，也无法推断其他编码；请指定编码</translation>
    </message>
    <message>
        <source>it is not valid {encoding} here</source>
        <translation>此处不是有效的 {encoding}</translation>
    </message>
    <message>
        <source>it is UTF-8 with a damaged place here</source>
        <translation>是 UTF-8，但此处已损坏</translation>
    </message>
    <message>
        <source>The pattern in line {line} matches an empty text.</source>
        <translation>第 {line} 行的模式会匹配空文本。</translation>
    </message>
    <message>
        <source>Let it ask for at least one character: + instead of *, say.</source>
        <translation>请让它至少匹配一个字符：例如用 + 代替 *。</translation>
    </message>
    <message>
        <source>Line {line} is not a regular expression: {reason}.</source>
        <translation>第 {line} 行不是正则表达式：{reason}。</translation>
    </message>
    <message>
        <source>Mend that line, or choose plain terms.</source>
        <translation>请修正该行，或选择普通术语。</translation>
    </message>
    <message>
        <source>Not every machine has the checkpoint to go on from.</source>
        <translation>并非每台机器都有用于继续训练的检查点。</translation>
    </message>
    <message>
        <source>Copy the project&apos;s folder, its runs included, to each machine again.</source>
        <translation>请把项目文件夹（包括其中的训练记录）重新复制到每台机器。</translation>
    </message>
    <message>
        <source>The bigger model has other labels than the one that is to learn from it.</source>
        <translation>较大的模型与要向它学习的模型标签不同。</translation>
    </message>
    <message>
        <source>Train it anew on the labels of today.</source>
        <translation>请用现在的标签重新训练它。</translation>
    </message>
    <message>
        <source>Several processes cannot compute together on the device {device}.</source>
        <translation>多个进程无法在设备 {device} 上共同计算。</translation>
    </message>
    <message>
        <source>Start one process, or give --device cpu.</source>
        <translation>请只启动一个进程，或使用 --device cpu。</translation>
    </message>
    <message>
        <source>Each process trains the whole model; it cannot be parted among them.</source>
        <translation>每个进程都训练完整的模型；模型不能拆分到各进程。</translation>
    </message>
    <message>
        <source>Choose no FSDP, DeepSpeed or Megatron in accelerate&apos;s settings.</source>
        <translation>请不要在 accelerate 的设置中选择 FSDP、DeepSpeed 或 Megatron。</translation>
    </message>
    <message>
        <source>{count} processes cannot all use the device {device}.</source>
        <translation>{count} 个进程不能都使用设备 {device}。</translation>
    </message>
    <message>
        <source>Leave the number out: each process takes the one of its own number.</source>
        <translation>请去掉编号：每个进程使用与自己编号相同的设备。</translation>
    </message>
    <message>
        <source>{count} processes were started on a machine with {devices} devices of kind {device}.</source>
        <translation>在只有 {devices} 个 {device} 设备的机器上启动了 {count} 个进程。</translation>
    </message>
    <message>
        <source>Start one process for each device, or give --device cpu.</source>
        <translation>请每个设备启动一个进程，或使用 --device cpu。</translation>
    </message>
    <message>
        <source>Process {rank}: {words}</source>
        <translation>进程 {rank}：{words}</translation>
    </message>
    <message>
        <source>The processes do not have the same records or the same backbone.</source>
        <translation>各进程的记录或基础模型不一致。</translation>
    </message>
    <message>
        <source>Copy the project&apos;s folder, and the backbone&apos;s, to each machine again.</source>
        <translation>请把项目文件夹和基础模型文件夹重新复制到每台机器。</translation>
    </message>
    <message>
        <source>The training has lost its way: its loss is no number any more.</source>
        <translation>训练已失控：损失不再是有效数值。</translation>
    </message>
    <message>
        <source>The feed-forward layers of this model are of a kind that cannot be pruned.</source>
        <translation>此模型的前馈层属于无法剪枝的类型。</translation>
    </message>
    <message>
        <source>Measure its other forms alone.</source>
        <translation>请只测量它的其他形式。</translation>
    </message>
    <message>
        <source>The weights of {name} are not those that the training learned from.</source>
        <translation>{name} 的权重不是该训练所学习的那些权重。</translation>
    </message>
    <message>
        <source>The project has no labels.</source>
        <translation>此项目没有标签。</translation>
    </message>
    <message>
        <source>Add a label first.</source>
        <translation>请先添加标签。</translation>
    </message>
    <message>
        <source>No record to train on has a label.</source>
        <translation>用于训练的病历都没有标注。</translation>
    </message>
    <message>
        <source>Label some records and mark them as done.</source>
        <translation>请标注一些病历并标为完成。</translation>
    </message>
    <message>
        <source>No record held back for dev has a label.</source>
        <translation>留作开发的病历都没有标注。</translation>
    </message>
    <message>
        <source>Mark more labelled records as done, of at least two patients.</source>
        <translation>请将更多已标注病历标为完成，且至少来自两位患者。</translation>
    </message>
    <message>
        <source>Only one process can learn from a bigger model.</source>
        <translation>只有单个进程才能向更大的模型学习。</translation>
    </message>
    <message>
        <source>Use chartmark train for it.</source>
        <translation>请使用 chartmark train。</translation>
    </message>
    <message>
        <source>The disk is full; the training could not be saved.</source>
        <translation>磁盘已满；训练无法保存。</translation>
    </message>
    <message>
        <source>Make room, then resume it or retrain.</source>
        <translation>请清理空间，然后继续或重新训练。</translation>
    </message>
    <message>
        <source>Memory ran out; going on with smaller batches ({count} windows).</source>
        <translation>内存不足；改用更小的批次继续（{count} 个窗口）。</translation>
    </message>
    <message>
        <source>There is not enough memory even for one window at a time.</source>
        <translation>内存不足，连一个窗口也无法处理。</translation>
    </message>
    <message>
        <source>Shorten the windows in the settings, or close other programs.</source>
        <translation>请在设置中缩短窗口，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Memory ran out with {count} windows at a time in each process.</source>
        <translation>每个进程一次处理 {count} 个窗口时内存不足。</translation>
    </message>
    <message>
        <source>Start them again with --micro-batch {half}; --resume goes on from the last checkpoint.</source>
        <translation>请用 --micro-batch {half} 重新启动；--resume 会从最后的检查点继续。</translation>
    </message>
    <message>
        <source>{count} labels overlap one of another name. They are too few to learn from; of each pair the model learns the longer one.</source>
        <translation>有 {count} 个标注与另一名称的标注重叠。数量太少，无法从中学习；每一对中模型只学习较长的一个。</translation>
    </message>
    <message>
        <source>The model cannot learn {count} labels: they are discontinuous or overlap a longer one.</source>
        <translation>模型无法学习 {count} 个标注：它们不连续，或与更长的标注重叠。</translation>
    </message>
    <message>
        <source>The worker ended with an error (code {code}). Nothing you labelled is affected; you can resume.</source>
        <translation>后台进程出错退出（代码 {code}）。您的标注不受影响；可以继续训练。</translation>
    </message>
    <message>
        <source>The worker ended.</source>
        <translation>后台进程已结束。</translation>
    </message>
    <message>
        <source>The worker was stopped by the system, most often because memory ran out. Close other programs or choose a smaller batch, then resume.</source>
        <translation>后台进程被系统停止，多半因内存不足。请关闭其他程序或减小批次，然后继续训练。</translation>
    </message>
    <message>
        <source>The graphics processor failed and the worker had to start again; you can resume.</source>
        <translation>显卡出错，后台进程已重启；您可以继续训练。</translation>
    </message>
    <message>
        <source>The worker crashed ({signal}). Nothing you labelled is affected; you can resume.</source>
        <translation>后台进程崩溃（{signal}）。您的标注不受影响；可以继续训练。</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>内存不足。</translation>
    </message>
    <message>
        <source>Close other programs, then try again.</source>
        <translation>请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>The worker has no project.</source>
        <translation>后台进程没有打开项目。</translation>
    </message>
    <message>
        <source>Cutting the records into windows</source>
        <translation>正在将病历切分为窗口</translation>
    </message>
    <message>
        <source>There is too little text to learn from.</source>
        <translation>可供学习的文本太少。</translation>
    </message>
    <message>
        <source>Import more records; those of the dev and test splits are left out.</source>
        <translation>请导入更多病历；开发集和测试集的病历不使用。</translation>
    </message>
    <message>
        <source>This backbone&apos;s tokenizer has no token for a hidden word.</source>
        <translation>此基础模型的分词器没有用于遮盖词的标记。</translation>
    </message>
    <message>
        <source>Choose an encoder such as BERT, RoBERTa or DeBERTa.</source>
        <translation>请选择 BERT、RoBERTa 或 DeBERTa 之类的编码器。</translation>
    </message>
    <message>
        <source>Collecting the words of the records</source>
        <translation>正在收集病历中的词</translation>
    </message>
    <message>
        <source>Too few words stand in the records of at least {count} patients.</source>
        <translation>出现在至少 {count} 位患者病历中的词太少。</translation>
    </message>
    <message>
        <source>Import more records, or allow words of fewer patients in the vocabulary.</source>
        <translation>请导入更多病历，或允许词表包含较少患者的词。</translation>
    </message>
    <message>
        <source>Loading the backbone</source>
        <translation>正在加载基础模型</translation>
    </message>
    <message>
        <source>The last checkpoint is damaged; going on from the one before.</source>
        <translation>最近的检查点已损坏；将从前一个检查点继续。</translation>
    </message>
    <message>
        <source>The last checkpoint is damaged; the training begins anew.</source>
        <translation>最近的检查点已损坏；训练将重新开始。</translation>
    </message>
    <message>
        <source>{count} labels overlap one of another name, so the model learns each name by itself and can find both.</source>
        <translation>{count} 个标注与其他名称的标注重叠，因此模型对每种名称分别学习，两者都能找到。</translation>
    </message>
    <message>
        <source>The pre-training has lost its way: its loss is no number any more.</source>
        <translation>预训练已失控：损失不再是数值。</translation>
    </message>
    <message>
        <source>Try again with another seed.</source>
        <translation>请换一个随机种子重试。</translation>
    </message>
    <message>
        <source>Retrain with another seed in the settings; if it recurs, choose another backbone.</source>
        <translation>请在设置中换一个随机种子后重新训练；如果再次出现，请选择其他基础模型。</translation>
    </message>
    <message>
        <source>{share} % of the words are unknown to the backbone.</source>
        <translation>基础模型不认识 {share} % 的词。</translation>
    </message>
    <message>
        <source>Choose one for their language, or build one: chartmark backbone build.</source>
        <translation>请选择适合其语言的基础模型，或自行构建：chartmark backbone build。</translation>
    </message>
    <message>
        <source>The result may differ, for not all is as it was (before, in brackets): {differences}.</source>
        <translation>结果可能不同，因为并非一切如前（括号内为以前的）：{differences}。</translation>
    </message>
    <message>
        <source>The weights of {name} are not those that the training began from.</source>
        <translation>{name} 的权重不是那次训练开始时的权重。</translation>
    </message>
    <message>
        <source>Put the former ones back, or start a new training.</source>
        <translation>请放回原来的权重，或开始新的训练。</translation>
    </message>
    <message>
        <source>Memory is short: one window at a time needs {needed} GiB, and {free} GiB are free. Close other programs, or choose shorter windows or a smaller backbone.</source>
        <translation>内存不足：每次处理一个窗口需要 {needed} GiB，而可用内存为 {free} GiB。请关闭其他程序，或选择更短的窗口或更小的基础模型。</translation>
    </message>
    <message>
        <source>Memory has room for {count} windows at a time; updates stay the same.</source>
        <translation>内存一次可容纳 {count} 个窗口；每次更新的结果不变。</translation>
    </message>
    <message>
        <source>The labels have changed since the model was trained that is to be continued.</source>
        <translation>自要继续训练的模型训练以来，标签已更改。</translation>
    </message>
    <message>
        <source>Retrain in full.</source>
        <translation>请进行完整训练。</translation>
    </message>
    <message>
        <source>Some labels overlap now, and the model that is to be continued cannot hold those.</source>
        <translation>现在有些标签重叠，而要继续训练的模型无法表示它们。</translation>
    </message>
    <message>
        <source>Open the project again.</source>
        <translation>请重新打开项目。</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}.</source>
        <translation>无法读取 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Give text files, or files of records.</source>
        <translation>请提供文本文件或病历文件。</translation>
    </message>
    <message>
        <source>No record of the {split} split is done.</source>
        <translation>{split} 部分没有已完成的病历。</translation>
    </message>
    <message>
        <source>Import labelled records with --split {split}, or mark some as done.</source>
        <translation>请用 --split {split} 导入已标注的病历，或将一些病历标为完成。</translation>
    </message>
    <message>
        <source>There is no comparison with the current model. {reason}</source>
        <translation>无法与当前模型比较。{reason}</translation>
    </message>
    <message>
        <source>The graphics processor failed.</source>
        <translation>显卡出错。</translation>
    </message>
    <message>
        <source>The worker starts again by itself; resume then, on the CPU if it recurs.</source>
        <translation>后台进程会自动重启；届时请继续训练，若再次发生请改用 CPU。</translation>
    </message>
    <message>
        <source>Reading the records</source>
        <translation>正在读取病历</translation>
    </message>
    <message>
        <source>Comparing with the current model</source>
        <translation>正在与当前模型比较</translation>
    </message>
    <message>
        <source>Making a faster form of the model for many records</source>
        <translation>正在为大量病历生成更快的模型形式</translation>
    </message>
    <message>
        <source>The disk is full; the search could not be saved.</source>
        <translation>磁盘已满；无法保存搜索。</translation>
    </message>
    <message>
        <source>Make room, then resume it.</source>
        <translation>请腾出空间，然后继续搜索。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong in the worker: {bug}.</source>
        <translation>后台进程发生意外错误：{bug}。</translation>
    </message>
    <message>
        <source>Your labels are safe. Try again; if it recurs, report this line.</source>
        <translation>您的标注安全无恙。请重试；若再次发生，请报告此行。</translation>
    </message>
    <message>
        <source>The bigger model reads the records</source>
        <translation>较大的模型正在读取病历</translation>
    </message>
    <message>
        <source>Another process of this training ended.</source>
        <translation>本次训练的另一个进程已结束。</translation>
    </message>
    <message>
        <source>See what it said; --resume goes on from the last checkpoint.</source>
        <translation>请查看它的提示；--resume 会从最后的检查点继续。</translation>
    </message>
    <message>
        <source>The learning libraries cannot be loaded: {bug}.</source>
        <translation>无法加载学习库：{bug}。</translation>
    </message>
    <message>
        <source>Install Chartmark again (make setup). Labelling works without them.</source>
        <translation>请重新安装 Chartmark (make setup)。没有它们仍可标注。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>This label is gone.</source>
        <translation>此标注已不存在。</translation>
    </message>
    <message>
        <source>Select another one.</source>
        <translation>请选择其他标注。</translation>
    </message>
    <message>
        <source>This is no key that a command can have.</source>
        <translation>此键不能用作命令的快捷键。</translation>
    </message>
    <message>
        <source>Press another one.</source>
        <translation>请换一个。</translation>
    </message>
    <message>
        <source>{key} belongs to the text, to fields or to the desktop.</source>
        <translation>{key} 用于文本、输入框或桌面。</translation>
    </message>
    <message>
        <source>Press another key.</source>
        <translation>请换一个键。</translation>
    </message>
    <message>
        <source>{key} may open a menu.</source>
        <translation>{key} 可能会打开菜单。</translation>
    </message>
    <message>
        <source>Add Ctrl or Shift, or press another key.</source>
        <translation>请加按 Ctrl 或 Shift，或换一个键。</translation>
    </message>
    <message>
        <source>Fields and buttons need {key}.</source>
        <translation>输入框和按钮要用 {key}。</translation>
    </message>
    <message>
        <source>Add Ctrl, or press another key.</source>
        <translation>请加按 Ctrl，或换一个键。</translation>
    </message>
    <message>
        <source>{key} belongs to “{command}”.</source>
        <translation>{key} 属于“{command}”。</translation>
    </message>
    <message>
        <source>Take it over, or press another key.</source>
        <translation>可将其转用于此，或换一个键。</translation>
    </message>
    <message>
        <source>This label is in one piece.</source>
        <translation>此标注只有一个片段。</translation>
    </message>
    <message>
        <source>Delete the label itself.</source>
        <translation>请直接删除该标注。</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <source>Delete the list {0}?</source>
        <translation>删除列表 {0}？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Open suggestions that go with it: {0}. Labels that came of it stay.</source>
        <translation>随之消失的待定建议：{0}。由此产生的标注会保留。</translation>
    </message>
    <message>
        <source>Undo does not take this back.</source>
        <translation>此操作无法撤销。</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>What is shown of training</source>
        <translation>训练显示内容</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>Hide {0}</source>
        <translation>隐藏{0}</translation>
    </message>
    <message>
        <source>Hide; the View menu brings it back</source>
        <translation>隐藏；可从“视图”菜单恢复</translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>EmptyQueue</name>
    <message>
        <source>No record matches the search and the filters.</source>
        <translation>没有符合搜索和筛选条件的病历。</translation>
    </message>
    <message>
        <source>Show all records</source>
        <translation>显示所有病历</translation>
    </message>
    <message>
        <source>There are no records yet.</source>
        <translation>还没有病历。</translation>
    </message>
    <message>
        <source>Import records…</source>
        <translation>导入病历…</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export labels</source>
        <translation>导出标注</translation>
    </message>
    <message>
        <source>Writes the records with their labels, for other programs.</source>
        <translation>写出病历及其标注，供其他程序使用。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>All parts</source>
        <translation>所有部分</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Dev</source>
        <translation>开发</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Only records that are &amp;done</source>
        <translation>仅已完成的病历(&amp;D)</translation>
    </message>
    <message>
        <source>Place of the export</source>
        <translation>导出位置</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>位置(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Replace what is there</source>
        <translation>替换已有内容(&amp;R)</translation>
    </message>
    <message>
        <source>Open &amp;folder</source>
        <translation>打开文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>How the first record is written</source>
        <translation>第一份病历的写出形式</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>病历</translation>
    </message>
    <message>
        <source>Part of the d&amp;ata</source>
        <translation>数据部分(&amp;A)</translation>
    </message>
    <message>
        <source>Part of the data</source>
        <translation>数据部分</translation>
    </message>
    <message>
        <source>No record matches. Mark records as done first, or export all.</source>
        <translation>没有符合条件的病历。请先将病历标为完成，或导出全部。</translation>
    </message>
    <message>
        <source>1 record</source>
        <translation>1 份病历</translation>
    </message>
    <message>
        <source>{0} records</source>
        <translation>{0} 份病历</translation>
    </message>
    <message>
        <source>1 label</source>
        <translation>1 个标注</translation>
    </message>
    <message>
        <source>{0} labels</source>
        <translation>{0} 个标注</translation>
    </message>
    <message>
        <source>Choose a place.</source>
        <translation>请选择位置。</translation>
    </message>
    <message>
        <source>The folder is not there.</source>
        <translation>文件夹不存在。</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>This is there already.</source>
        <translation>已存在。</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <translation>已取消，未写入任何内容。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>ExportFormats</name>
    <message>
        <source>everything, a record a line</source>
        <translation>全部内容，每行一份病历</translation>
    </message>
    <message>
        <source>a word a line; no overlaps, no attributes</source>
        <translation>每行一词；不支持重叠和属性</translation>
    </message>
    <message>
        <source>a folder; overlaps, pieces, attributes</source>
        <translation>一个文件夹；支持重叠、多片段和属性</translation>
    </message>
    <message>
        <source>one file; overlaps, pieces, but no attributes</source>
        <translation>一个文件；支持重叠、多片段，不支持属性</translation>
    </message>
</context>
<context>
    <name>ExportModelDialog</name>
    <message>
        <source>Export model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>Writes a folder that finds labels in new text without Chartmark.</source>
        <translation>生成一个文件夹，无需 Chartmark 即可在新文本中识别实体。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Looking for the model…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <source>&amp;Name of the folder</source>
        <translation>文件夹名称(&amp;N)</translation>
    </message>
    <message>
        <source>Place of the folder</source>
        <translation>文件夹位置</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>位置(&amp;P)</translation>
    </message>
    <message>
        <source>In it: the model and its tokenizer, ONNX forms in full and eight-bit precision, predict.py to run them, a model card with the scores, and checksums. All forms are run on the dev records before the export counts as done.</source>
        <translation>其中包括：模型及其分词器、全精度与八位精度的 ONNX 模型、运行它们的 predict.py、含评分的模型卡片以及校验和。所有形式都会先在开发病历上运行，导出才算完成。</translation>
    </message>
    <message>
        <source>In it: this form of the model alone and its tokenizer, predict.py to run it, a model card with the scores, and checksums. It is run on the dev records before the export counts as done.</source>
        <translation>内含：仅此形式的模型及其分词器、用于运行的 predict.py、带有得分的模型卡和校验和。导出完成之前会在开发病历上运行一遍。</translation>
    </message>
    <message>
        <source>A model may remember pieces of the records it learned from. Give it only to people who may see those records.</source>
        <translation>模型可能记住所学病历的片段。只应提供给有权查看这些病历的人。</translation>
    </message>
    <message>
        <source>Model {0}</source>
        <translation>模型 {0}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>A folder cannot have this name.</source>
        <translation>文件夹不能使用此名称。</translation>
    </message>
    <message>
        <source>There is a folder of this name already.</source>
        <translation>已有同名文件夹。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择其他名称。</translation>
    </message>
    <message>
        <source>Makes {0}</source>
        <translation>将创建 {0}</translation>
    </message>
</context>
<context>
    <name>ExportedPage</name>
    <message>
        <source>Record</source>
        <translation>病历</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>已略去</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>{0} records with {1} labels were written.</source>
        <translation>已写出 {0} 份病历、{1} 个标注。</translation>
    </message>
    <message>
        <source>The format could not hold all of them as they are:</source>
        <translation>此格式无法原样容纳全部内容：</translation>
    </message>
    <message>
        <source>Nothing was left out.</source>
        <translation>没有略去任何内容。</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this record</source>
        <translation>在本病历中查找</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>上一处匹配</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>下一处匹配</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Not in this record</source>
        <translation>本病历中没有</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
</context>
<context>
    <name>Findable</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Label as {0}</source>
        <translation>标注为 {0}</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>病历</translation>
    </message>
    <message>
        <source>Open project {0}</source>
        <translation>打开项目 {0}</translation>
    </message>
    <message>
        <source>Recent project</source>
        <translation>最近的项目</translation>
    </message>
</context>
<context>
    <name>FlagField</name>
    <message>
        <source>Space: set or clear</source>
        <translation>空格：设置或清除</translation>
    </message>
</context>
<context>
    <name>FocusMode</name>
    <message>
        <source>Leave focus  (Esc)</source>
        <translation>退出专注模式（Esc）</translation>
    </message>
    <message>
        <source>Bring queue, labels and menus back  (Esc or F11)</source>
        <translation>恢复队列、标签和菜单（Esc 或 F11）</translation>
    </message>
</context>
<context>
    <name>Folding</name>
    <message>
        <source>All sections folded</source>
        <translation>已折叠所有章节</translation>
    </message>
    <message>
        <source>All sections unfolded</source>
        <translation>已展开所有章节</translation>
    </message>
    <message>
        <source>Unfold this section</source>
        <translation>展开本章节</translation>
    </message>
    <message>
        <source>Fold this section</source>
        <translation>折叠本章节</translation>
    </message>
</context>
<context>
    <name>FormChoice</name>
    <message>
        <source>&amp;Form</source>
        <translation>形式(&amp;F)</translation>
    </message>
    <message>
        <source>P&amp;runed forms too, without</source>
        <translation>同时生成剪枝形式，去掉(&amp;R)</translation>
    </message>
    <message>
        <source>Takes out the neurons that matter least, then trains for a moment</source>
        <translation>去掉最不重要的神经元，然后短暂训练</translation>
    </message>
    <message>
        <source> % of the inner neurons</source>
        <translation> % 的内部神经元</translation>
    </message>
    <message>
        <source>Share of the inner neurons to take out</source>
        <translation>要去掉的内部神经元的比例</translation>
    </message>
    <message>
        <source>Measure to see what each form weighs, how fast it reads and how good.</source>
        <translation>点击“测量”，查看每种形式的大小、读取速度和质量。</translation>
    </message>
    <message>
        <source>Measured on {0} dev records, read one by one on this machine&apos;s processor.</source>
        <translation>在 {0} 份开发病历上测得，由本机处理器逐份读取。</translation>
    </message>
    <message>
        <source>Getting ready to measure…</source>
        <translation>正在准备测量…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>测量(&amp;M)</translation>
    </message>
</context>
<context>
    <name>FormTable</name>
    <message>
        <source>Form of the model</source>
        <translation>模型的形式</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Words/s</source>
        <translation>词/秒</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Full precision and int8, dynamic</source>
        <translation>全精度和动态 int8</translation>
    </message>
</context>
<context>
    <name>GoalPopup</name>
    <message>
        <source>Goal</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Records to be done</source>
        <translation>要完成的病历数</translation>
    </message>
    <message>
        <source>records a day</source>
        <translation>份病历/日</translation>
    </message>
    <message>
        <source>records in this session</source>
        <translation>份病历（本次会话）</translation>
    </message>
    <message>
        <source>For the day or for this session</source>
        <translation>按日或按本次会话</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>&amp;Goal</source>
        <translation>目标(&amp;G)</translation>
    </message>
</context>
<context>
    <name>Grip</name>
    <message>
        <source>Height of the charts</source>
        <translation>图表高度</translation>
    </message>
    <message>
        <source>Draw to change the height of the charts</source>
        <translation>拖动以改变图表高度</translation>
    </message>
</context>
<context>
    <name>GuidedTour</name>
    <message>
        <source>New here? A tour of three minutes shows the whole job.</source>
        <translation>初次使用？三分钟导览带您了解全部流程。</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>开始导览</translation>
    </message>
    <message>
        <source>Well done.</source>
        <translation>做得好。</translation>
    </message>
</context>
<context>
    <name>GuidelineEdit</name>
    <message>
        <source>What counts and what does not. **Bold**, *italic*, - lists.</source>
        <translation>哪些该标、哪些不该标。**粗体**、*斜体*、- 列表。</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>HistoryChart</name>
    <message>
        <source>F1 on dev by trial</source>
        <translation>各次试验在 dev 上的 F1</translation>
    </message>
    <message>
        <source>Each trial adds a mark here.</source>
        <translation>每次试验会在此添加一个标记。</translation>
    </message>
    <message>
        <source>trial {0}</source>
        <translation>试验 {0}</translation>
    </message>
    <message>
        <source>F1 {0}</source>
        <translation>F1 {0}</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import records</source>
        <translation>导入病历</translation>
    </message>
    <message>
        <source>Text, CSV, JSONL, CoNLL, brat and PubTator files; each is recognised by itself.</source>
        <translation>文本、CSV、JSONL、CoNLL、brat 和 PubTator 文件；均可自动识别。</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>First records</source>
        <translation>前几份病历</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>No record was found in it.</source>
        <translation>其中未找到病历。</translation>
    </message>
    <message>
        <source>This report stays in the project.</source>
        <translation>此报告保留在项目中。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was imported.</source>
        <translation>已取消，未导入任何内容。</translation>
    </message>
</context>
<context>
    <name>KeyCaps</name>
    <message>
        <source>Take {0} away</source>
        <translation>移除 {0}</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>无快捷键</translation>
    </message>
</context>
<context>
    <name>KeyCapture</name>
    <message>
        <source>Press the new keys</source>
        <translation>按下新的快捷键</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Key; press the one you want, Backspace for none</source>
        <translation>快捷键；按下所需的键，退格键表示无</translation>
    </message>
    <message>
        <source>Press the key you want; Backspace for none</source>
        <translation>按下所需的键；退格键表示无</translation>
    </message>
    <message>
        <source>The key {0} is taken by “{1}”. Choose another, or free it: Help &gt; Change keys.</source>
        <translation>快捷键 {0} 已被“{1}”占用。请选择其他，或在“帮助 &gt; 更改快捷键”中释放它。</translation>
    </message>
    <message>
        <source>The key {0} belongs to {1}. Choose another.</source>
        <translation>快捷键 {0} 属于 {1}。请选择其他。</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Your labels</source>
        <translation>您的标签</translation>
    </message>
    <message>
        <source>In the text</source>
        <translation>文中</translation>
    </message>
    <message>
        <source>&amp;Change keys…</source>
        <translation>更改快捷键(&amp;C)…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{0} is with “{1}”</source>
        <translation>{0} 属于“{1}”</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Choose a command, then press its new keys. A change holds at once.</source>
        <translation>选择命令，然后按下新的快捷键。更改立即生效。</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>更改快捷键</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Filter by name or key</source>
        <translation>按名称或快捷键筛选</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其快捷键</translation>
    </message>
    <message>
        <source>&amp;Default keys</source>
        <translation>默认快捷键(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Reset all…</source>
        <translation>全部重置(&amp;R)…</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>It has {0} already.</source>
        <translation>它已使用 {0}。</translation>
    </message>
    <message>
        <source>{0} belongs to “{1}”. Take it over, or press another key.</source>
        <translation>{0} 属于“{1}”。可将其转用于此，或换一个键。</translation>
    </message>
    <message>
        <source>&amp;Take it over</source>
        <translation>转用于此(&amp;T)</translation>
    </message>
    <message>
        <source>{0} belongs to {1} now.</source>
        <translation>{0} 现在属于 {1}。</translation>
    </message>
    <message>
        <source>Every command gets its default keys.</source>
        <translation>所有命令恢复默认快捷键。</translation>
    </message>
    <message>
        <source>These labels have no key then: {0}.</source>
        <translation>以下标签将没有快捷键：{0}。</translation>
    </message>
    <message>
        <source>&amp;Reset all</source>
        <translation>全部重置(&amp;R)</translation>
    </message>
    <message>
        <source>{0} is the key of the label {1}.</source>
        <translation>{0} 是标签 {1} 的快捷键。</translation>
    </message>
    <message>
        <source>Press another key.</source>
        <translation>请换一个键。</translation>
    </message>
    <message>
        <source>Take it over and leave the label without a key, or press another one.</source>
        <translation>可将其转用于此，使该标签没有快捷键；或换一个键。</translation>
    </message>
</context>
<context>
    <name>LabelExamples</name>
    <message>
        <source>**Label:** {0}.</source>
        <translation>**标注：**{0}。</translation>
    </message>
    <message>
        <source>**Do not label:** {0}.</source>
        <translation>**不标注：**{0}。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>LabelForm</name>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>颜色(&amp;C)</translation>
    </message>
    <message>
        <source>One line, shown as a tip in the palette</source>
        <translation>一行文字，在标签面板中作为提示显示</translation>
    </message>
    <message>
        <source>Guideline of the label</source>
        <translation>标签指南</translation>
    </message>
    <message>
        <source>Add e&amp;xamples from the records</source>
        <translation>从病历添加示例(&amp;X)</translation>
    </message>
    <message>
        <source>What was labelled so most often, and what was turned down</source>
        <translation>最常如此标注的内容，以及被拒绝的内容</translation>
    </message>
    <message>
        <source>Label to merge into</source>
        <translation>合并到的标签</translation>
    </message>
    <message>
        <source>&amp;Merge…</source>
        <translation>合并(&amp;M)…</translation>
    </message>
    <message>
        <source>Merge into</source>
        <translation>合并到</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>说明(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Guideline</source>
        <translation>标注指南(&amp;G)</translation>
    </message>
    <message>
        <source>A label needs a name.</source>
        <translation>标签需要名称。</translation>
    </message>
    <message>
        <source>Type one.</source>
        <translation>请输入一个。</translation>
    </message>
    <message>
        <source>There is a label named {0} already.</source>
        <translation>已有名为 {0} 的标签。</translation>
    </message>
    <message>
        <source>Choose another name, or merge the two.</source>
        <translation>请选择其他名称，或合并两者。</translation>
    </message>
</context>
<context>
    <name>LabelList</name>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>key {0}</source>
        <translation>快捷键 {0}</translation>
    </message>
    <message>
        <source>{0} in all records</source>
        <translation>所有病历中 {0} 处</translation>
    </message>
</context>
<context>
    <name>LabelRow</name>
    <message>
        <source>Name of the label</source>
        <translation>标签名称</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>删除 {0}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>LabelRows</name>
    <message>
        <source>disease, medication, symptom</source>
        <translation>疾病, 药物, 症状</translation>
    </message>
    <message>
        <source>Names of labels, parted by commas</source>
        <translation>标签名称，用逗号分隔</translation>
    </message>
    <message>
        <source>There is a label named {0} already.</source>
        <translation>已有名为 {0} 的标签。</translation>
    </message>
</context>
<context>
    <name>LabelsDialog</name>
    <message>
        <source>Labels and guideline</source>
        <translation>标签与指南</translation>
    </message>
    <message>
        <source>Every change is saved at once and holds for all records.</source>
        <translation>每项更改立即保存，并对所有病历生效。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Add: type a name, then Enter</source>
        <translation>添加：输入名称后按 Enter</translation>
    </message>
    <message>
        <source>Add labels; names parted by commas</source>
        <translation>添加标签；名称用逗号分隔</translation>
    </message>
    <message>
        <source>Guideline of all labels</source>
        <translation>所有标签的指南</translation>
    </message>
    <message>
        <source>No labels yet. Add the first one on the left.</source>
        <translation>还没有标签。请在左侧添加第一个。</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Guideline</source>
        <translation>标注指南</translation>
    </message>
    <message>
        <source>What holds for all labels. Markdown on the left, as it reads on the right.</source>
        <translation>适用于所有标签的说明。左侧为 Markdown，右侧为显示效果。</translation>
    </message>
    <message>
        <source>There is a label named {0} already.</source>
        <translation>已有名为 {0} 的标签。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择其他名称。</translation>
    </message>
    <message>
        <source>Nothing in the records is labelled {0} yet.</source>
        <translation>病历中还没有标注为 {0} 的内容。</translation>
    </message>
    <message>
        <source>Label a few places first.</source>
        <translation>请先标注几处。</translation>
    </message>
</context>
<context>
    <name>Lessons</name>
    <message>
        <source>The queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Records wait here. Once a model has read them, the one that teaches it most stands on top. Ticks show what is done. {key} opens the next one.</source>
        <translation>病历在此等候。模型读过后，最有助于学习的排在最前。勾号表示已完成。{key} 打开下一份。</translation>
    </message>
    <message>
        <source>Label a diagnosis</source>
        <translation>标注一个诊断</translation>
    </message>
    <message>
        <source>Drag over a few words of the record: the selection keeps to whole words. Then press 1, 2 or 3. With keys alone: the arrows go by word, with Shift they select.</source>
        <translation>拖过病历中的几个词：选区会对齐整词。然后按 1、2 或 3。只用键盘时：方向键按词移动，加 Shift 选择。</translation>
    </message>
    <message>
        <source>Say how it is meant</source>
        <translation>说明其含义</translation>
    </message>
    <message>
        <source>The label is still selected. Press {key} if the record denies it. The letters beside the attributes do the others: historical, family, uncertain, conditional.</source>
        <translation>标注仍处于选中状态。若病历否认它，请按 {key}。属性旁的字母对应其余几项：既往、家族史、不确定、有条件。</translation>
    </message>
    <message>
        <source>Nothing is lost</source>
        <translation>什么都不会丢</translation>
    </message>
    <message>
        <source>Each act was on disk before you saw it. {key} takes back the last one, and the one before it, as far as you like. Try it.</source>
        <translation>每步操作在您看到之前就已写入磁盘。{key} 可撤销上一步，再上一步，想撤多少都行。试一试。</translation>
    </message>
    <message>
        <source>Done and next</source>
        <translation>完成并转到下一份</translation>
    </message>
    <message>
        <source>When a record is read to its end, press {key}. Only records that are done teach the model: what you left unlabelled in them counts as no entity.</source>
        <translation>读完一份病历后，请按 {key}。只有已完成的病历才会教给模型：其中未标注的内容视为非实体。</translation>
    </message>
    <message>
        <source>Retrain</source>
        <translation>重新训练</translation>
    </message>
    <message>
        <source>One click, or {key}. The model learns on this machine while you go on labelling; nothing leaves it. Half of the sample&apos;s records are labelled for you.</source>
        <translation>点击一次，或按 {key}。模型在这台电脑上学习，您可继续标注；任何内容都不会离开。示例病历已有一半为您标注好。</translation>
    </message>
    <message>
        <source>Watch it learn</source>
        <translation>看它学习</translation>
    </message>
    <message>
        <source>The strip shows progress and F1, and opens into charts for every label. When it is done, the model marks the unread records with dashed suggestions.</source>
        <translation>训练条显示进度和 F1，展开后可见各标签的图表。完成后，模型会在未读病历上以虚线标出建议。</translation>
    </message>
    <message>
        <source>Judge, do not type</source>
        <translation>判断，而非输入</translation>
    </message>
    <message>
        <source>{key} goes to the next suggestion; Enter accepts it, X turns it down, and a label&apos;s key corrects it. Each answer helps the next model.</source>
        <translation>{key} 转到下一条建议；Enter 接受，X 拒绝，按标签快捷键则更正。每次判断都有助于下一个模型。</translation>
    </message>
    <message>
        <source>All the rest</source>
        <translation>其余全部</translation>
    </message>
    <message>
        <source>{key} lists everything that can be done: type a few letters. The question mark shows all keys. Make your own project whenever you like; this one stays to play with.</source>
        <translation>{key} 列出所有可做的事：输入几个字母即可。问号显示全部快捷键。随时可以创建自己的项目；此项目留作练习。</translation>
    </message>
</context>
<context>
    <name>LossChart</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>nats per word, by step</source>
        <translation>每词奈特数（按步）</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Loss by step</source>
        <translation>各步损失</translation>
    </message>
    <message>
        <source>Learning rate by step</source>
        <translation>各步学习率</translation>
    </message>
    <message>
        <source>The loss appears here as soon as a training runs.</source>
        <translation>训练开始后，损失会显示在这里。</translation>
    </message>
    <message>
        <source>now {0:.3f}</source>
        <translation>当前 {0:.3f}</translation>
    </message>
    <message>
        <source>step {0} · loss {1:.3f} · rate {2} · {3} tokens/s</source>
        <translation>第 {0} 步 · 损失 {1:.3f} · 学习率 {2} · {3} 词元/秒</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Chartmark</source>
        <translation>Chartmark</translation>
    </message>
    <message>
        <source>Toolbar</source>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>Something unexpected went wrong. Your labels are safe, and you can go on. A report without any record text was written.</source>
        <translation>发生意外错误。您的标注安全无恙，可以继续。已写入一份不含病历文本的报告。</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>显示报告</translation>
    </message>
    <message>
        <source>{0} (read only)</source>
        <translation>{0}（只读）</translation>
    </message>
    <message>
        <source>{0} – Chartmark</source>
        <translation>{0} – Chartmark</translation>
    </message>
</context>
<context>
    <name>MarginStrip</name>
    <message>
        <source>Labels, suggestions and hits in the whole record</source>
        <translation>整份病历中的标注、建议和匹配</translation>
    </message>
</context>
<context>
    <name>MemoryTable</name>
    <message>
        <source>Memory that a training takes at most</source>
        <translation>训练最多占用的内存</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>On the processor</source>
        <translation>使用处理器</translation>
    </message>
    <message>
        <source>On a graphics card</source>
        <translation>使用显卡</translation>
    </message>
    <message>
        <source>At a time here</source>
        <translation>本机每次</translation>
    </message>
    <message>
        <source>It is known once the backbone is a folder on this machine.</source>
        <translation>基础模型成为本机上的文件夹后即可得知。</translation>
    </message>
    <message>
        <source>{0} are free. An update has up to {1} windows; as many of them go through the model at a time as fit, which changes the speed and not the model.</source>
        <translation>可用内存 {0}。一次更新最多包含 {1} 个窗口；每次送入模型的窗口数以内存容得下为限，这只影响速度，不影响模型。</translation>
    </message>
    <message>
        <source>Not even one window fits. Choose shorter windows or a smaller backbone, or close other programs.</source>
        <translation>连一个窗口也放不下。请选择更短的窗口或更小的基础模型，或关闭其他程序。</translation>
    </message>
    <message>
        <source>none fits</source>
        <translation>放不下</translation>
    </message>
</context>
<context>
    <name>MentionsDialog</name>
    <message>
        <source>Label “{0}” as {1}</source>
        <translation>将“{0}”标注为 {1}</translation>
    </message>
    <message>
        <source>Finds the places that do not have the label yet. One undo for all.</source>
        <translation>查找尚未标注的位置。一次撤销可全部撤回。</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>&amp;This record</source>
        <translation>本病历(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;All records</source>
        <translation>所有病历(&amp;A)</translation>
    </message>
    <message>
        <source>Only &amp;unread records</source>
        <translation>仅未读病历(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Whole words only</source>
        <translation>全字匹配(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Match capital letters</source>
        <translation>区分大小写(&amp;M)</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>&amp;Every place</source>
        <translation>所有位置(&amp;E)</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>and {0} more, which are labelled too</source>
        <translation>另有 {0} 处，也会标注</translation>
    </message>
    <message>
        <source>Label {0} places</source>
        <translation>标注 {0} 处</translation>
    </message>
    <message>
        <source>Label 1 place</source>
        <translation>标注 1 处</translation>
    </message>
    <message>
        <source>It stands nowhere without this label.</source>
        <translation>没有尚未标注的位置。</translation>
    </message>
    <message>
        <source>No place is ticked.</source>
        <translation>未勾选任何位置。</translation>
    </message>
    <message>
        <source>Label {0} of {1} places?</source>
        <translation>标注 {1} 处中的 {0} 处？</translation>
    </message>
    <message>
        <source>Label 1 place in 1 record?</source>
        <translation>标注 1 份病历中的 1 处？</translation>
    </message>
    <message>
        <source>Label {0} places in 1 record?</source>
        <translation>标注 1 份病历中的 {0} 处？</translation>
    </message>
    <message>
        <source>Label {0} places in {1} records?</source>
        <translation>标注 {1} 份病历中的 {0} 处？</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Merge {0} into {1}?</source>
        <translation>将 {0} 合并到 {1}？</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>1 place labelled {0} becomes {1}.</source>
        <translation>1 处 {0} 标注将改为 {1}。</translation>
    </message>
    <message>
        <source>{2} places labelled {0} become {1}.</source>
        <translation>{2} 处 {0} 标注将改为 {1}。</translation>
    </message>
    <message>
        <source>Where both stand on the very same words, one stays. {0} leaves the palette.</source>
        <translation>若两者标注了相同的词，只保留一个。{0} 将从面板中移除。</translation>
    </message>
    <message>
        <source>Undo does not take this back.</source>
        <translation>此操作无法撤销。</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建于</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Choose a training to see its curves and report</source>
        <translation>选择一次训练以查看其曲线和报告</translation>
    </message>
    <message>
        <source>Each finished training adds a model here.</source>
        <translation>每次训练完成后，模型会出现在这里。</translation>
    </message>
    <message>
        <source>current</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Use {0}</source>
        <translation>使用 {0}</translation>
    </message>
    <message>
        <source>Make {0} the current model and score the unread records</source>
        <translation>将 {0} 设为当前模型并为未读病历评分</translation>
    </message>
</context>
<context>
    <name>NewProjectDialog</name>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>A project is one folder with your records, labels and models.</source>
        <translation>项目是一个文件夹，存放您的病历、标注和模型。</translation>
    </message>
    <message>
        <source>Create project</source>
        <translation>创建项目</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Place of the project</source>
        <translation>项目位置</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>位置(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Labels</source>
        <translation>标签(&amp;L)</translation>
    </message>
    <message>
        <source>Type names, parted by commas; Enter adds them.</source>
        <translation>输入名称，用逗号分隔；按 Enter 添加。</translation>
    </message>
    <message>
        <source>&amp;Encrypt with a passphrase</source>
        <translation>用密码短语加密(&amp;E)</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密码短语</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>再次输入密码短语</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>再次输入</translation>
    </message>
    <message>
        <source>Nobody can recover a lost passphrase, and with it the records. Write it down and keep it where only you find it.</source>
        <translation>密码短语一旦丢失便无法找回，病历也随之丢失。请将其记下，存放在只有您能找到的地方。</translation>
    </message>
    <message>
        <source>There is a project of this name already.</source>
        <translation>已有同名项目。</translation>
    </message>
    <message>
        <source>Choose another name or place.</source>
        <translation>请选择其他名称或位置。</translation>
    </message>
    <message>
        <source>This is a file.</source>
        <translation>这是文件。</translation>
    </message>
    <message>
        <source>Choose a folder instead.</source>
        <translation>请改选文件夹。</translation>
    </message>
    <message>
        <source>Makes {0}</source>
        <translation>将创建 {0}</translation>
    </message>
    <message>
        <source>Makes {0} and the folders above it</source>
        <translation>将创建 {0} 及其上级文件夹</translation>
    </message>
    <message>
        <source>A folder cannot have this name.</source>
        <translation>文件夹不能使用此名称。</translation>
    </message>
    <message>
        <source>Leave out slashes, colons, quotes and dots at its ends.</source>
        <translation>请去掉斜杠、冒号、引号以及首尾的点。</translation>
    </message>
    <message>
        <source>Weak: easily guessed. Four or more unusual words are good.</source>
        <translation>弱：容易猜到。四个以上不常见的词较好。</translation>
    </message>
    <message>
        <source>Fair. Longer is better.</source>
        <translation>尚可。越长越好。</translation>
    </message>
    <message>
        <source>Strong.</source>
        <translation>强。</translation>
    </message>
    <message>
        <source>A project needs a name.</source>
        <translation>项目需要名称。</translation>
    </message>
    <message>
        <source>Type one.</source>
        <translation>请输入一个。</translation>
    </message>
    <message>
        <source>A project needs a place.</source>
        <translation>项目需要存放位置。</translation>
    </message>
    <message>
        <source>A project needs at least one label.</source>
        <translation>项目至少需要一个标签。</translation>
    </message>
    <message>
        <source>Type names, parted by commas.</source>
        <translation>请输入名称，用逗号分隔。</translation>
    </message>
    <message>
        <source>Type a passphrase, or do not encrypt the project.</source>
        <translation>请输入密码短语，或不加密项目。</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Type it again.</source>
        <translation>请再输入一次。</translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>正在创建…</translation>
    </message>
</context>
<context>
    <name>OpenProjectDialog</name>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Choose one that you had open before, or its folder.</source>
        <translation>选择以前打开过的项目，或其文件夹。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Folder of the project</source>
        <translation>项目文件夹</translation>
    </message>
    <message>
        <source>A folder that ends in {0}</source>
        <translation>以 {0} 结尾的文件夹</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>, encrypted</source>
        <translation>，已加密</translation>
    </message>
</context>
<context>
    <name>OptionsForm</name>
    <message>
        <source>Detect</source>
        <translation>自动检测</translation>
    </message>
    <message>
        <source>&amp;Encoding</source>
        <translation>编码(&amp;E)</translation>
    </message>
    <message>
        <source>Column of the &amp;text</source>
        <translation>文本列(&amp;T)</translation>
    </message>
    <message>
        <source>Column of the record&apos;s &amp;name</source>
        <translation>病历名称列(&amp;N)</translation>
    </message>
    <message>
        <source>Column of the &amp;patient</source>
        <translation>患者列(&amp;P)</translation>
    </message>
    <message>
        <source>Column of the &amp;words</source>
        <translation>词语列(&amp;W)</translation>
    </message>
    <message>
        <source>Column of the &amp;tags</source>
        <translation>标记列(&amp;T)</translation>
    </message>
    <message>
        <source>As recognised</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>&amp;Sentences in a record</source>
        <translation>每份病历的句数(&amp;S)</translation>
    </message>
    <message>
        <source>Part of the &amp;data</source>
        <translation>数据部分(&amp;D)</translation>
    </message>
    <message>
        <source>Leave out what cannot be read</source>
        <translation>略过无法读取的内容</translation>
    </message>
    <message>
        <source>Import all or nothing</source>
        <translation>全部导入，否则不导入</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>As the files say</source>
        <translation>按文件所述</translation>
    </message>
    <message>
        <source>Records keep the part their file names.</source>
        <translation>病历保留文件所述的部分。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>70 % train, 15 % dev, 15 % test; the records of a patient stay together.</source>
        <translation>70 % 训练、15 % 开发、15 % 测试；同一患者的病历不会分开。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>The model learns from these records.</source>
        <translation>模型从这些病历学习。</translation>
    </message>
    <message>
        <source>Dev</source>
        <translation>开发</translation>
    </message>
    <message>
        <source>Watches a training, and chooses the best moment to stop.</source>
        <translation>监控训练，并选择最佳停止时机。</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Kept away from training, for an honest score at the end.</source>
        <translation>不参与训练，用于最后的客观评分。</translation>
    </message>
</context>
<context>
    <name>Outcomes</name>
    <message>
        <source>{0} scored {1} unread records; the queue is ranked anew.</source>
        <translation>{0} 已为 {1} 份未读病历评分；队列已重新排序。</translation>
    </message>
    <message>
        <source>The forms of {0} are measured.</source>
        <translation>{0} 的各种形式已测量。</translation>
    </message>
    <message>
        <source>Export model shows them and writes the one you choose.</source>
        <translation>“导出模型”会列出它们，并写出您选择的一种。</translation>
    </message>
    <message>
        <source>The backbone is adapted to the records.</source>
        <translation>基础模型已适应这些病历。</translation>
    </message>
    <message>
        <source>Press Retrain to begin from it.</source>
        <translation>按“重新训练”即从它开始。</translation>
    </message>
    <message>
        <source>The training was cancelled; its model was not kept.</source>
        <translation>训练已取消；未保留其模型。</translation>
    </message>
    <message>
        <source>The search was cancelled; it can be gone on with.</source>
        <translation>搜索已取消；之后可以继续。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Training {0} failed. {1}</source>
        <translation>训练 {0} 失败。{1}</translation>
    </message>
    <message>
        <source>Training {0} was interrupted. {1}</source>
        <translation>训练 {0} 已中断。{1}</translation>
    </message>
    <message>
        <source>{0} is the current model now.</source>
        <translation>{0} 现为当前模型。</translation>
    </message>
    <message>
        <source>{0} is ready: F1 {1:.2f} on dev.</source>
        <translation>{0} 已就绪：开发集 F1 {1:.2f}。</translation>
    </message>
    <message>
        <source>{0} is ready (F1 {1:.2f}) and replaces {2}.</source>
        <translation>{0} 已就绪（F1 {1:.2f}），取代 {2}。</translation>
    </message>
    <message>
        <source>{0} is not better (F1 {1:.3f}): {2} stays, with {3:.3f}.</source>
        <translation>{0} 没有更好（F1 {1:.3f}）：保留 {2}，其为 {3:.3f}。</translation>
    </message>
    <message>
        <source>Label more records and retrain, or choose it under Models.</source>
        <translation>请标注更多病历后重新训练，或在“模型”中选用它。</translation>
    </message>
    <message>
        <source>The new model is better: {0} replaces {1} (F1 {2:.3f}, was {3:.3f}).</source>
        <translation>新模型更好：{0} 取代 {1}（F1 {2:.3f}，原为 {3:.3f}）。</translation>
    </message>
    <message>
        <source>The new model is as good: {0} replaces {1} (F1 {2:.3f}, was {3:.3f}).</source>
        <translation>新模型同样好：{0} 取代 {1}（F1 {2:.3f}，原为 {3:.3f}）。</translation>
    </message>
    <message>
        <source>full precision</source>
        <translation>全精度</translation>
    </message>
    <message>
        <source>{0} {1:.3f}</source>
        <translation>{0} {1:.3f}</translation>
    </message>
    <message>
        <source>Exported and checked on {0} records: F1 {1}.</source>
        <translation>已导出，并在 {0} 份病历上核对：F1 {1}。</translation>
    </message>
</context>
<context>
    <name>PaceBar</name>
    <message>
        <source>Click to set a goal</source>
        <translation>点击设定目标</translation>
    </message>
    <message>
        <source>{0} an hour</source>
        <translation>每小时 {0}</translation>
    </message>
    <message>
        <source>At this pace {0} records and {1} labels an hour of work. Pauses do not count. Click to set a goal.</source>
        <translation>按此节奏，每工作一小时完成 {0} 份病历、{1} 个标注。停顿不计。点击设定目标。</translation>
    </message>
    <message>
        <source>{0} on this record</source>
        <translation>本病历用时 {0}</translation>
    </message>
    <message>
        <source>{0} of {1} today</source>
        <translation>今日 {0} / {1}</translation>
    </message>
    <message>
        <source>{0} of {1} this session</source>
        <translation>本次会话 {0} / {1}</translation>
    </message>
    <message>
        <source>Press to set a goal</source>
        <translation>按下以设定目标</translation>
    </message>
    <message>
        <source>1 record</source>
        <translation>1 份病历</translation>
    </message>
    <message>
        <source>{0} records</source>
        <translation>{0} 份病历</translation>
    </message>
    <message>
        <source>1 label</source>
        <translation>1 个标注</translation>
    </message>
    <message>
        <source>{0} labels</source>
        <translation>{0} 个标注</translation>
    </message>
</context>
<context>
    <name>PaceVerbs</name>
    <message>
        <source>Your goal of 1 record is reached.</source>
        <translation>已达到 1 份病历的目标。</translation>
    </message>
    <message>
        <source>Your goal of {0} records is reached.</source>
        <translation>已达到 {0} 份病历的目标。</translation>
    </message>
</context>
<context>
    <name>PaletteDock</name>
    <message>
        <source>Edit labels and guideline</source>
        <translation>编辑标签与指南</translation>
    </message>
    <message>
        <source>Guideline</source>
        <translation>标注指南</translation>
    </message>
    <message>
        <source>Add the first label…</source>
        <translation>添加第一个标签…</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>*No guideline yet. Write down what counts and what does not.*</source>
        <translation>*还没有指南。请写明哪些该标、哪些不该标。*</translation>
    </message>
</context>
<context>
    <name>PaletteRow</name>
    <message>
        <source>suggested</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>{0} in this record</source>
        <translation>本病历中 {0} 处</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>ParallelChart</name>
    <message>
        <source>Hyperparameters and F1 of each trial</source>
        <translation>每次试验的超参数与 F1</translation>
    </message>
    <message>
        <source>Each trial adds a line here, through its values to its F1.</source>
        <translation>每次试验会在此添加一条线，穿过其各项取值直到 F1。</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Open “{0}”</source>
        <translation>打开“{0}”</translation>
    </message>
    <message>
        <source>This project is encrypted. Its passphrase opens it.</source>
        <translation>此项目已加密，需用密码短语打开。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密码短语</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>密码短语(&amp;P)</translation>
    </message>
    <message>
        <source>Capital letters count.</source>
        <translation>区分大小写。</translation>
    </message>
</context>
<context>
    <name>PassphraseField</name>
    <message>
        <source>Caps Lock seems to be on.</source>
        <translation>大写锁定似乎已开启。</translation>
    </message>
    <message>
        <source>Hide what is typed</source>
        <translation>隐藏输入内容</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>显示输入内容</translation>
    </message>
</context>
<context>
    <name>PathField</name>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
</context>
<context>
    <name>PieceVerbs</name>
    <message>
        <source>Accept the suggestion first, then add a piece to the label.</source>
        <translation>请先接受建议，再为标注添加片段。</translation>
    </message>
    <message>
        <source>Select a label or some words first, then add other words to it.</source>
        <translation>请先选择标注或一些词，再添加其他词。</translation>
    </message>
    <message>
        <source>Select the other words, then press {0} again or Enter; Escape gives up.</source>
        <translation>选择其他词，然后再按 {0} 或 Enter；Esc 放弃。</translation>
    </message>
    <message>
        <source>Select a label in several pieces first: this one has no other.</source>
        <translation>请先选择含多个片段的标注：此标注只有一个片段。</translation>
    </message>
    <message>
        <source>Select the other words first: arrows go there, Shift+arrows take.</source>
        <translation>请先选择其他词：方向键移动，Shift+方向键选取。</translation>
    </message>
    <message>
        <source>Now press a label&apos;s key: all pieces become one label.</source>
        <translation>现在按标签的快捷键：所有片段成为一个标注。</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>As the controls</source>
        <translation>与界面相同</translation>
    </message>
    <message>
        <source>With serifs</source>
        <translation>衬线字体</translation>
    </message>
    <message>
        <source>All letters as wide</source>
        <translation>等宽字体</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Light, dark, high contrast, or as the desktop is.</source>
        <translation>浅色、深色、高对比度，或跟随桌面。</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of the window; records stay as they are.</source>
        <translation>窗口的语言；病历保持原样。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Size of everything</source>
        <translation>整体大小</translation>
    </message>
    <message>
        <source>Text, controls and distances together.</source>
        <translation>文字、控件和间距一起缩放。</translation>
    </message>
    <message>
        <source>80 %</source>
        <translation>80 %</translation>
    </message>
    <message>
        <source>90 %</source>
        <translation>90 %</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>110 %</source>
        <translation>110 %</translation>
    </message>
    <message>
        <source>125 %</source>
        <translation>125 %</translation>
    </message>
    <message>
        <source>150 %</source>
        <translation>150 %</translation>
    </message>
    <message>
        <source>175 %</source>
        <translation>175 %</translation>
    </message>
    <message>
        <source>200 %</source>
        <translation>200 %</translation>
    </message>
    <message>
        <source>Face of the record&apos;s text</source>
        <translation>病历字体</translation>
    </message>
    <message>
        <source>Atkinson Hyperlegible tells l, I and 1, and O and 0, well apart.</source>
        <translation>Atkinson Hyperlegible 能清楚区分 l、I、1 以及 O、0。</translation>
    </message>
    <message>
        <source>Length of the record&apos;s lines</source>
        <translation>病历行长</translation>
    </message>
    <message>
        <source>At most so many letters, where the window is wide enough.</source>
        <translation>窗口足够宽时，每行最多的字符数。</translation>
    </message>
    <message>
        <source>Distance of the record&apos;s lines</source>
        <translation>病历行距</translation>
    </message>
    <message>
        <source>In percent of the text&apos;s size.</source>
        <translation>以文字大小的百分比计。</translation>
    </message>
    <message>
        <source>Size of the record&apos;s text</source>
        <translation>病历文字大小</translation>
    </message>
    <message>
        <source>In pixels; the controls keep their size.</source>
        <translation>以像素计；界面控件大小不变。</translation>
    </message>
    <message>
        <source>Order of the queue</source>
        <translation>队列顺序</translation>
    </message>
    <message>
        <source>Which unread records come first once a model has read them.</source>
        <translation>模型读过后，哪些未读病历排在前面。</translation>
    </message>
    <message>
        <source>Most to learn, long records evened out</source>
        <translation>最值得学习，长短病历已均衡</translation>
    </message>
    <message>
        <source>Least confident</source>
        <translation>最没有把握</translation>
    </message>
    <message>
        <source>Closest decision</source>
        <translation>最难取舍</translation>
    </message>
    <message>
        <source>Most undecided</source>
        <translation>最犹豫不决</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Open the last project at start</source>
        <translation>启动时打开上次的项目</translation>
    </message>
    <message>
        <source>An encrypted one asks for its passphrase first.</source>
        <translation>加密项目会先要求输入密码短语。</translation>
    </message>
    <message>
        <source>Train on</source>
        <translation>训练设备</translation>
    </message>
    <message>
        <source>The fastest device is found by itself.</source>
        <translation>自动选择最快的设备。</translation>
    </message>
    <message>
        <source>The fastest device</source>
        <translation>最快的设备</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>处理器 (CPU)</translation>
    </message>
    <message>
        <source>NVIDIA or AMD graphics (CUDA, ROCm)</source>
        <translation>NVIDIA 或 AMD 显卡 (CUDA, ROCm)</translation>
    </message>
    <message>
        <source>Apple graphics (MPS)</source>
        <translation>Apple 显卡 (MPS)</translation>
    </message>
    <message>
        <source>Intel graphics (XPU)</source>
        <translation>Intel 显卡 (XPU)</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Folder of a Hugging Face encoder to train from; empty for the one that comes with Chartmark.</source>
        <translation>用于训练的 Hugging Face 编码器文件夹；留空则使用 Chartmark 自带的。</translation>
    </message>
    <message>
        <source>Length of the windows</source>
        <translation>窗口长度</translation>
    </message>
    <message>
        <source>Sub-tokens that the model reads at once. Long windows need more memory.</source>
        <translation>模型一次读取的子词数。窗口越长，所需内存越多。</translation>
    </message>
    <message>
        <source>As the recipe has it</source>
        <translation>按训练配方</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed on the same records gives the same model.</source>
        <translation>相同病历、相同种子得到相同模型。</translation>
    </message>
    <message>
        <source>Fetch a backbone by its name</source>
        <translation>按名称获取基础模型</translation>
    </message>
    <message>
        <source>Lets a backbone that is no folder be downloaded from Hugging Face. No record leaves this machine.</source>
        <translation>允许从 Hugging Face 下载并非文件夹的基础模型。病历不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Show suggestions from</source>
        <translation>显示建议的起始置信度</translation>
    </message>
    <message>
        <source>Less confident ones, in per cent, are hidden.</source>
        <translation>低于此置信度（百分比）的会被隐藏。</translation>
    </message>
    <message>
        <source>Accept visible suggestions from</source>
        <translation>接受可见建议的起始置信度</translation>
    </message>
    <message>
        <source>The confidence, in per cent, that was asked for last.</source>
        <translation>上次要求的置信度（百分比）。</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>进度节奏</translation>
    </message>
    <message>
        <source>Records and labels an hour, under the queue.</source>
        <translation>在队列下方显示每小时的病历数和标注数。</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Records to be done; 0 for no goal.</source>
        <translation>要完成的病历数；0 表示无目标。</translation>
    </message>
    <message>
        <source>The goal is for the day</source>
        <translation>目标按日计</translation>
    </message>
    <message>
        <source>Otherwise it is for one session.</source>
        <translation>否则按一次会话计。</translation>
    </message>
</context>
<context>
    <name>ProgressPage</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>Reading files</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>Saving records</source>
        <translation>正在保存病历</translation>
    </message>
    <message>
        <source>Looking for terms</source>
        <translation>正在查找术语</translation>
    </message>
    <message>
        <source>Writing records</source>
        <translation>正在写入病历</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>{0}, {1} left</source>
        <translation>{0}，剩余{1}</translation>
    </message>
    <message>
        <source>about {0} s</source>
        <translation>约 {0} 秒</translation>
    </message>
    <message>
        <source>about {0} min</source>
        <translation>约 {0} 分钟</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>To do</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation>已标记</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>dev</source>
        <translation>开发</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>1 suggestion</source>
        <translation>1 条建议</translation>
    </message>
    <message>
        <source>{0} suggestions</source>
        <translation>{0} 条建议</translation>
    </message>
    <message>
        <source>1 label</source>
        <translation>1 个标注</translation>
    </message>
    <message>
        <source>{0} labels</source>
        <translation>{0} 个标注</translation>
    </message>
    <message>
        <source>{0} characters</source>
        <translation>{0} 个字符</translation>
    </message>
</context>
<context>
    <name>QueueDock</name>
    <message>
        <source>Search all records</source>
        <translation>搜索所有病历</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>病历</translation>
    </message>
    <message>
        <source>1 record</source>
        <translation>1 份病历</translation>
    </message>
    <message>
        <source>{0} records</source>
        <translation>{0} 份病历</translation>
    </message>
    <message>
        <source>{0} of {1} done</source>
        <translation>已完成 {0} / {1}</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>任意状态</translation>
    </message>
    <message>
        <source>Any part of the data</source>
        <translation>数据的任意部分</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>开发</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Any label</source>
        <translation>任意标签</translation>
    </message>
    <message>
        <source>All records</source>
        <translation>所有病历</translation>
    </message>
    <message>
        <source>Which records are shown</source>
        <translation>显示哪些病历</translation>
    </message>
    <message>
        <source>Order of unread records: {0}</source>
        <translation>未读病历顺序：{0}</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>Patient {0}</source>
        <translation>患者 {0}</translation>
    </message>
    <message>
        <source>Score {0:.3f}: what the model could learn</source>
        <translation>得分 {0:.3f}：模型可学到的程度</translation>
    </message>
</context>
<context>
    <name>RecordArea</name>
    <message>
        <source>Saved {0}</source>
        <translation>已保存 {0}</translation>
    </message>
    <message>
        <source>{0}: on disk {1:.1f} ms after it was asked for</source>
        <translation>{0}：发出后 {1:.1f} 毫秒写入磁盘</translation>
    </message>
    <message>
        <source>Patient {0}</source>
        <translation>患者 {0}</translation>
    </message>
    <message>
        <source>{0} characters</source>
        <translation>{0} 个字符</translation>
    </message>
    <message>
        <source>1 character</source>
        <translation>1 个字符</translation>
    </message>
</context>
<context>
    <name>RecordPage</name>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>No record yet. A training keeps one from its first update on.</source>
        <translation>还没有记录。训练从第一次更新起会留下记录。</translation>
    </message>
    <message>
        <source>Training {0}</source>
        <translation>训练 {0}</translation>
    </message>
    <message>
        <source>To repeat it: {0}</source>
        <translation>重复此训练：{0}</translation>
    </message>
    <message>
        <source>{0} passes of {1} updates, {2} windows each, {3} at once</source>
        <translation>{0} 轮，每轮 {1} 次更新，每次 {2} 个窗口，同时 {3} 个</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Began from</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>SHA-256 of the weights: {0}</source>
        <translation>权重的 SHA-256：{0}</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>{0} sub-tokens, {1} shared</source>
        <translation>{0} 个子词，重叠 {1} 个</translation>
    </message>
    <message>
        <source>Computed on</source>
        <translation>计算设备</translation>
    </message>
    <message>
        <source>threads: {0}</source>
        <translation>线程：{0}</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>能耗</translation>
    </message>
    <message>
        <source>{0}, each from the beginning; the model is the mean of them</source>
        <translation>{0} 次，每次从头开始；模型取其平均</translation>
    </message>
    <message>
        <source>{0}, each from the beginning, {1} at a time; the model is the mean of them</source>
        <translation>{0} 次，每次从头开始，{1} 次同时进行；模型取其平均</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>训练次数</translation>
    </message>
    <message>
        <source>Full training, learns from {0} too</source>
        <translation>完整训练，同时向 {0} 学习</translation>
    </message>
    <message>
        <source>Full training</source>
        <translation>完整训练</translation>
    </message>
    <message>
        <source>Continues {0}</source>
        <translation>继续 {0}</translation>
    </message>
    <message>
        <source>as of entry {0} of the history</source>
        <translation>截至历史记录第 {0} 条</translation>
    </message>
    <message>
        <source>{0} records to learn from, {1} to check on</source>
        <translation>学习 {0} 份病历，检验 {1} 份</translation>
    </message>
    <message>
        <source>not told by this machine</source>
        <translation>这台机器未提供</translation>
    </message>
    <message>
        <source>{0} Wh, all programs together</source>
        <translation>{0} 瓦时（所有程序合计）</translation>
    </message>
</context>
<context>
    <name>RecordSketch</name>
    <message>
        <source>Preview of the first records</source>
        <translation>前几份病历的预览</translation>
    </message>
</context>
<context>
    <name>RecordVerbs</name>
    <message>
        <source>Select some text first.</source>
        <translation>请先选择文字。</translation>
    </message>
    <message>
        <source>Give a label first: this key gives the last one again.</source>
        <translation>请先标注一次：此键会重复上一个标签。</translation>
    </message>
    <message>
        <source>Select a label first: click it, or press Tab.</source>
        <translation>请先选择标注：点击它，或按 Tab。</translation>
    </message>
    <message>
        <source>There are no suggestions in this record.</source>
        <translation>本病历中没有建议。</translation>
    </message>
    <message>
        <source>Select a label first: all that reads the same gets it too.</source>
        <translation>请先选择标注：相同的文字也会得到它。</translation>
    </message>
    <message>
        <source>Only what is in one piece can be sought in other places.</source>
        <translation>只有单一片段的内容才能在其他位置查找。</translation>
    </message>
    <message>
        <source>Change label</source>
        <translation>更改标签</translation>
    </message>
    <message>
        <source>Label as</source>
        <translation>标注为</translation>
    </message>
</context>
<context>
    <name>RecordView</name>
    <message>
        <source>by hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>from a suggestion</source>
        <translation>来自建议</translation>
    </message>
    <message>
        <source>given to all mentions</source>
        <translation>应用于所有提及</translation>
    </message>
    <message>
        <source>from a term list</source>
        <translation>来自术语列表</translation>
    </message>
    <message>
        <source>negated</source>
        <translation>否定</translation>
    </message>
    <message>
        <source>historical</source>
        <translation>既往</translation>
    </message>
    <message>
        <source>family</source>
        <translation>家族史</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>conditional</source>
        <translation>有条件</translation>
    </message>
    <message>
        <source>{0} {1} %, suggested</source>
        <translation>{0} {1} %，建议</translation>
    </message>
    <message>
        <source>{0}, suggested by the term list {1}</source>
        <translation>{0}，由术语列表 {1} 建议</translation>
    </message>
    <message>
        <source>in {0} pieces</source>
        <translation>共 {0} 个片段</translation>
    </message>
    <message>
        <source>{0}; suggested: {1}</source>
        <translation>{0}；提示：{1}</translation>
    </message>
    <message>
        <source>Text selected in {0} pieces</source>
        <translation>已选择 {0} 个片段的文字</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>病历</translation>
    </message>
</context>
<context>
    <name>ReportModel</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Spans</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Labelled spans in the dev records</source>
        <translation>开发病历中的已标注片段</translation>
    </message>
    <message>
        <source>All labels (micro)</source>
        <translation>所有标签（微平均）</translation>
    </message>
    <message>
        <source>Mean of labels (macro)</source>
        <translation>按标签平均（宏平均）</translation>
    </message>
    <message>
        <source>Mean by spans (weighted)</source>
        <translation>按片段平均（加权）</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>Parts</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Read otherwise, or left out</source>
        <translation>读法有变或被略去</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Faults ({0})</source>
        <translation>错误（{0}）</translation>
    </message>
    <message>
        <source>Notes ({0})</source>
        <translation>说明（{0}）</translation>
    </message>
    <message>
        <source>Nothing was imported, because some of it could not be read.</source>
        <translation>部分内容无法读取，因此未导入任何内容。</translation>
    </message>
    <message>
        <source>No record is new.</source>
        <translation>没有新病历。</translation>
    </message>
    <message>
        <source>1 record was added.</source>
        <translation>已添加 1 份病历。</translation>
    </message>
    <message>
        <source>{0} records were added.</source>
        <translation>已添加 {0} 份病历。</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Already here</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>New labels</source>
        <translation>新标签</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Mend the places below, or import again and leave them out.</source>
        <translation>请修正以下各处，或重新导入并略过它们。</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>如何处理</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} 等，另有 {1} 个</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>No evaluation yet. A training makes one after each pass.</source>
        <translation>尚无评测。训练在每轮之后评测一次。</translation>
    </message>
    <message>
        <source>Confidence is off by {0} points of 100 on average (expected calibration error).</source>
        <translation>置信度平均偏差为 {0} 个百分点（期望校准误差）。</translation>
    </message>
    <message>
        <source>Confidence is off by {0} points of 100 on average, without calibration by {1} (expected calibration error).</source>
        <translation>置信度平均偏差为 {0} 个百分点，未校准时为 {1}（期望校准误差）。</translation>
    </message>
    <message>
        <source>Calibration is fitted on these dev records; here each half is measured with what the other half gave.</source>
        <translation>校准是在这些开发病历上拟合的；此处每一半均用另一半得到的结果来衡量。</translation>
    </message>
    <message>
        <source>{0}, the current model, on its dev records</source>
        <translation>当前模型 {0} 在其开发病历上的结果</translation>
    </message>
    <message>
        <source>Training {0}</source>
        <translation>训练 {0}</translation>
    </message>
    <message>
        <source>{0} on {1} dev records</source>
        <translation>{0}，{1} 份开发病历</translation>
    </message>
    <message>
        <source>Change: against the model before, on the same records.</source>
        <translation>变化：与上一个模型在相同病历上比较。</translation>
    </message>
    <message>
        <source>Training {0}, best so far (step {1})</source>
        <translation>训练 {0}，目前最佳（第 {1} 步）</translation>
    </message>
    <message>
        <source>Change: against {0} as it was measured at its own training. Both are measured on the same records at the end.</source>
        <translation>变化：与 {0} 训练时的结果比较。结束时两者会在相同病历上评测。</translation>
    </message>
</context>
<context>
    <name>ReportTable</name>
    <message>
        <source>&amp;Copy all</source>
        <translation>全部复制(&amp;C)</translation>
    </message>
</context>
<context>
    <name>Restart</name>
    <message>
        <source>Language and scale hold from the next start. Everything is saved.</source>
        <translation>语言和缩放从下次启动起生效。所有内容均已保存。</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>立即重启</translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message>
        <source>Next record</source>
        <translation>下一份病历</translation>
    </message>
    <message>
        <source>Go on; this record stays as it is</source>
        <translation>继续；本病历保持不变</translation>
    </message>
    <message>
        <source>End the review</source>
        <translation>结束审阅</translation>
    </message>
    <message>
        <source>End the review  (Esc)</source>
        <translation>结束审阅（Esc）</translation>
    </message>
    <message>
        <source>No suggestion is selected: J goes to the next one.</source>
        <translation>未选择建议：按 J 转到下一条。</translation>
    </message>
    <message>
        <source>dictionary</source>
        <translation>词典</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>“{0}”</translation>
    </message>
    <message>
        <source>1 suggestion left here</source>
        <translation>本处还剩 1 条建议</translation>
    </message>
    <message>
        <source>{0} suggestions left here</source>
        <translation>本处还剩 {0} 条建议</translation>
    </message>
    <message>
        <source>Review: record {0} of {1}</source>
        <translation>审阅：第 {0} 份，共 {1} 份</translation>
    </message>
    <message>
        <source>{0}  ·  {1}  ·  a label&apos;s key corrects</source>
        <translation>{0}  ·  {1}  ·  按标签快捷键更正</translation>
    </message>
</context>
<context>
    <name>ReviewMode</name>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>The review is over: no other record of this queue shows a suggestion.</source>
        <translation>审阅完毕：此队列中没有其他病历含有建议。</translation>
    </message>
</context>
<context>
    <name>ScoreChart</name>
    <message>
        <source>Precision, recall and F1 by step</source>
        <translation>各步精确率、召回率和 F1</translation>
    </message>
    <message>
        <source>Precision, recall and F1 appear here after the first evaluation.</source>
        <translation>首次评测后，精确率、召回率和 F1 会显示在这里。</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>now, step {0}</source>
        <translation>当前，第 {0} 步</translation>
    </message>
    <message>
        <source>{0} · the best so far</source>
        <translation>{0} · 目前最佳</translation>
    </message>
    <message>
        <source>all labels</source>
        <translation>所有标签</translation>
    </message>
    <message>
        <source>model before</source>
        <translation>上一个模型</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Show {0} on the dev records</source>
        <translation>显示 {0} 在开发病历上的结果</translation>
    </message>
    <message>
        <source>on dev, by step</source>
        <translation>开发集（按步）</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Current recipe</source>
        <translation>当前配方</translation>
    </message>
    <message>
        <source>New recipe</source>
        <translation>新配方</translation>
    </message>
    <message>
        <source>Best, checked</source>
        <translation>最佳（复核）</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Given up early</source>
        <translation>提前放弃</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>How long to search</source>
        <translation>搜索时长</translation>
    </message>
    <message>
        <source>Search for a recipe</source>
        <translation>搜索训练配方</translation>
    </message>
    <message>
        <source>Go on with the last search</source>
        <translation>继续上次搜索</translation>
    </message>
    <message>
        <source>Stop after this trial</source>
        <translation>本次试验后停止</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use the built-in recipe</source>
        <translation>使用内置配方</translation>
    </message>
</context>
<context>
    <name>SearchWords</name>
    <message>
        <source>A better recipe is now the default: F1 {0} on dev on average, was {1}; chance explains {2} at most.</source>
        <translation>更好的配方现已成为默认：dev 上平均 F1 为 {0}，此前为 {1}；偶然最多能解释 {2} 的差异。</translation>
    </message>
    <message>
        <source>Retrain to use it.</source>
        <translation>重新训练即可使用。</translation>
    </message>
    <message>
        <source>The current recipe stays: the best one found reaches F1 {0}, the current one {1}, and chance alone explains a difference of {2}.</source>
        <translation>保留当前配方：找到的最佳配方 F1 为 {0}，当前配方为 {1}，而仅凭偶然就能解释 {2} 的差异。</translation>
    </message>
    <message>
        <source>The current recipe stays: none of {0} trials did better.</source>
        <translation>保留当前配方：{0} 次试验中没有更好的。</translation>
    </message>
    <message>
        <source>The search was stopped after {0} trials; it can be gone on with.</source>
        <translation>搜索在 {0} 次试验后停止；之后可以继续。</translation>
    </message>
    <message>
        <source>A search trains the current recipe with several seeds, then tries others. A new one becomes the default only if it is better than chance explains.</source>
        <translation>搜索先用多个随机种子训练当前配方，再尝试其他配方。只有当新配方的提升超出偶然所能解释时，才会成为默认。</translation>
    </message>
    <message>
        <source>The first trial is going on.</source>
        <translation>第一次试验正在进行。</translation>
    </message>
    <message>
        <source>{0} trials so far, the best with F1 {1}.</source>
        <translation>目前已有 {0} 次试验，最佳 F1 为 {1}。</translation>
    </message>
    <message>
        <source>The search was cut off after {0} trials; it can be gone on with.</source>
        <translation>搜索在 {0} 次试验后中断；之后可以继续。</translation>
    </message>
    <message>
        <source>Next training: the built-in recipe</source>
        <translation>下次训练：内置配方</translation>
    </message>
    <message>
        <source>Next training: this project&apos;s own recipe</source>
        <translation>下次训练：本项目自己的配方</translation>
    </message>
</context>
<context>
    <name>Searcher</name>
    <message>
        <source>The next training takes the built-in recipe.</source>
        <translation>下次训练将使用内置配方。</translation>
    </message>
</context>
<context>
    <name>SectionList</name>
    <message>
        <source>Go to a section</source>
        <translation>转到章节</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>No section is called that.</source>
        <translation>没有该名称的章节。</translation>
    </message>
</context>
<context>
    <name>SectionVerbs</name>
    <message>
        <source>Here is nothing to fold: the caret is in no section of two lines.</source>
        <translation>这里没有可折叠的内容：光标不在两行以上的章节中。</translation>
    </message>
    <message>
        <source>Here is nothing to fold: each section is one line.</source>
        <translation>这里没有可折叠的内容：每个章节只有一行。</translation>
    </message>
    <message>
        <source>This is the last section.</source>
        <translation>这是最后一个章节。</translation>
    </message>
    <message>
        <source>This is the first section.</source>
        <translation>这是第一个章节。</translation>
    </message>
    <message>
        <source>No headings were found in this record.</source>
        <translation>本病历中未找到标题。</translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message>
        <source>1 line</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>{0} lines</source>
        <translation>{0} 行</translation>
    </message>
    <message>
        <source>1 label</source>
        <translation>1 个标注</translation>
    </message>
    <message>
        <source>{0} labels</source>
        <translation>{0} 个标注</translation>
    </message>
    <message>
        <source>1 suggestion</source>
        <translation>1 条建议</translation>
    </message>
    <message>
        <source>{0} suggestions</source>
        <translation>{0} 条建议</translation>
    </message>
    <message>
        <source>1 hit</source>
        <translation>1 处匹配</translation>
    </message>
    <message>
        <source>{0} hits</source>
        <translation>{0} 处匹配</translation>
    </message>
    <message>
        <source>{0}, folded: {1}</source>
        <translation>{0}，已折叠：{1}</translation>
    </message>
    <message>
        <source>{0}, unfolded</source>
        <translation>{0}，已展开</translation>
    </message>
    <message>
        <source>chief complaint</source>
        <translation>主诉</translation>
    </message>
    <message>
        <source>history of present illness</source>
        <translation>现病史</translation>
    </message>
    <message>
        <source>past medical history</source>
        <translation>既往史</translation>
    </message>
    <message>
        <source>family history</source>
        <translation>家族史</translation>
    </message>
    <message>
        <source>social history</source>
        <translation>社会史</translation>
    </message>
    <message>
        <source>review of systems</source>
        <translation>系统回顾</translation>
    </message>
    <message>
        <source>medications</source>
        <translation>用药</translation>
    </message>
    <message>
        <source>allergies</source>
        <translation>过敏史</translation>
    </message>
    <message>
        <source>examination</source>
        <translation>查体</translation>
    </message>
    <message>
        <source>results</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>assessment</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>course</source>
        <translation>病程</translation>
    </message>
    <message>
        <source>procedures</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>计划</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>No record matches the search and the filters. The queue can show all.</source>
        <translation>没有符合搜索和筛选条件的病历。队列可显示全部。</translation>
    </message>
    <message>
        <source>This project has no records yet. Import some: {0}.</source>
        <translation>此项目还没有病历。请导入：{0}。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>For you on this machine. A change holds at once; language and size of everything from the next start.</source>
        <translation>仅对您在这台电脑上生效。更改立即生效；语言和整体大小从下次启动起生效。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>SourceList</name>
    <message>
        <source>Files and folders to import</source>
        <translation>要导入的文件和文件夹</translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <translation>添加文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <translation>添加文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Files to import</source>
        <translation>要导入的文件</translation>
    </message>
    <message>
        <source>Folder to import</source>
        <translation>要导入的文件夹</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余 {0}</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>{0} tokens/s</source>
        <translation>{0} 词元/秒</translation>
    </message>
    <message>
        <source>Hide the charts</source>
        <translation>隐藏图表</translation>
    </message>
    <message>
        <source>Show the charts</source>
        <translation>显示图表</translation>
    </message>
</context>
<context>
    <name>SuggestionBar</name>
    <message>
        <source>Previous suggestion</source>
        <translation>上一条建议</translation>
    </message>
    <message>
        <source>Next suggestion</source>
        <translation>下一条建议</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>dictionary</source>
        <translation>词典</translation>
    </message>
    <message>
        <source>{0} % sure</source>
        <translation>把握 {0} %</translation>
    </message>
    <message>
        <source>{0} of {1}: {2}, {3}</source>
        <translation>{0} / {1}：{2}，{3}</translation>
    </message>
    <message>
        <source>No suggestion is that sure</source>
        <translation>没有如此有把握的建议</translation>
    </message>
    <message>
        <source>1 suggestion</source>
        <translation>1 条建议</translation>
    </message>
    <message>
        <source>{0} suggestions</source>
        <translation>{0} 条建议</translation>
    </message>
    <message>
        <source>{0} of {1} shown</source>
        <translation>显示 {0} / {1}</translation>
    </message>
    <message>
        <source>Show suggestions from this confidence on</source>
        <translation>显示不低于此置信度的建议</translation>
    </message>
    <message>
        <source>Show suggestions from this confidence on  (&lt; and &gt;)</source>
        <translation>显示不低于此置信度的建议（&lt; 和 &gt;）</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
</context>
<context>
    <name>SuggestionVerbs</name>
    <message>
        <source>The filter hides all {0} suggestions of this record.</source>
        <translation>筛选隐藏了本病历的全部 {0} 条建议。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>There are no suggestions in this record. They come from the model: press Retrain once some records are done.</source>
        <translation>本病历中没有建议。建议来自模型：完成一些病历后请按“重新训练”。</translation>
    </message>
    <message>
        <source>{0} accepted.</source>
        <translation>已接受 {0} 条。</translation>
    </message>
    <message>
        <source>{0} rejected.</source>
        <translation>已拒绝 {0} 条。</translation>
    </message>
    <message>
        <source>Hidden by the filter and still open: {0}.</source>
        <translation>被筛选隐藏且仍待定：{0}。</translation>
    </message>
    <message>
        <source>Overlapping surer ones and still open: {0}.</source>
        <translation>与更有把握的重叠且仍待定：{0}。</translation>
    </message>
</context>
<context>
    <name>Swatch</name>
    <message>
        <source>Colour {0}</source>
        <translation>颜色 {0}</translation>
    </message>
</context>
<context>
    <name>TeacherDialog</name>
    <message>
        <source>Learn from a bigger model</source>
        <translation>向更大的模型学习</translation>
    </message>
    <message>
        <source>Trains the usual, quick model on your labels and on what a bigger one says of the records, also of unread ones.</source>
        <translation>用您的标注以及更大的模型对病历（包括未读病历）的判断来训练常用的快速模型。</translation>
    </message>
    <message>
        <source>Retrain</source>
        <translation>重新训练</translation>
    </message>
    <message>
        <source>&amp;Bigger model</source>
        <translation>更大的模型(&amp;B)</translation>
    </message>
    <message>
        <source>To have one, choose a bigger backbone in the settings and retrain, then choose the usual one again. Records of the dev and test parts are left out, so that the scores stay honest.</source>
        <translation>要得到这样的模型：在设置中选择更大的基础模型并重新训练，然后再选回常用的基础模型。开发集和测试集的病历不参与，使评分保持真实。</translation>
    </message>
    <message>
        <source>{0}, F1 {1}, from {2}</source>
        <translation>{0}，F1 {1}，基于 {2}</translation>
    </message>
    <message>
        <source>the embedded backbone</source>
        <translation>内置基础模型</translation>
    </message>
    <message>
        <source>There is no model yet.</source>
        <translation>还没有模型。</translation>
    </message>
    <message>
        <source>Retrain first.</source>
        <translation>请先重新训练。</translation>
    </message>
</context>
<context>
    <name>TermListForm</name>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>术语</translation>
    </message>
    <message>
        <source>Regular expressions</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>&amp;Whole words only</source>
        <translation>全字匹配(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Match capital letters</source>
        <translation>区分大小写(&amp;M)</translation>
    </message>
    <message>
        <source>Also for records imported &amp;later</source>
        <translation>也用于以后导入的病历(&amp;L)</translation>
    </message>
    <message>
        <source>One term a line</source>
        <translation>每行一个术语</translation>
    </message>
    <message>
        <source>&amp;Terms, one a line</source>
        <translation>术语，每行一个(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Import from file…</source>
        <translation>从文件导入(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Patterns, one a line</source>
        <translation>模式，每行一个(&amp;P)</translation>
    </message>
    <message>
        <source>La&amp;bel</source>
        <translation>标签(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>类型(&amp;K)</translation>
    </message>
</context>
<context>
    <name>TermListRows</name>
    <message>
        <source>Term lists</source>
        <translation>术语列表</translation>
    </message>
    <message>
        <source>{0}, {1}, terms: {2}</source>
        <translation>{0}，{1}，术语数：{2}</translation>
    </message>
</context>
<context>
    <name>TermListsDialog</name>
    <message>
        <source>Term lists</source>
        <translation>术语列表</translation>
    </message>
    <message>
        <source>Wherever a term stands in an unread record, its label is suggested.</source>
        <translation>未读病历中凡出现术语之处，都会建议其标签。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>&amp;New list</source>
        <translation>新建列表(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Delete list…</source>
        <translation>删除列表(&amp;D)…</translation>
    </message>
    <message>
        <source>No lists yet. Make the first one on the left, then type or import its terms.</source>
        <translation>还没有列表。请在左侧新建，然后输入或导入术语。</translation>
    </message>
    <message>
        <source>List {0}</source>
        <translation>列表 {0}</translation>
    </message>
    <message>
        <source>Import terms</source>
        <translation>导入术语</translation>
    </message>
    <message>
        <source>Terms (*.txt *.csv *.tsv *.tab)</source>
        <translation>术语 (*.txt *.csv *.tsv *.tab)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>TermPreview</name>
    <message>
        <source>Examples in this record</source>
        <translation>本病历中的示例</translation>
    </message>
    <message>
        <source>Open a record to see what the list finds in it.</source>
        <translation>打开一份病历，查看列表在其中的匹配。</translation>
    </message>
    <message>
        <source>The patterns take too long over this record. Make them simpler.</source>
        <translation>这些模式在本病历上耗时过长。请简化它们。</translation>
    </message>
    <message>
        <source>1 match in this record</source>
        <translation>本病历中 1 处匹配</translation>
    </message>
    <message>
        <source>{0} matches in this record</source>
        <translation>本病历中 {0} 处匹配</translation>
    </message>
    <message>
        <source>{0}, of these the first {1}:</source>
        <translation>{0}，其中前 {1} 处：</translation>
    </message>
</context>
<context>
    <name>TermRun</name>
    <message>
        <source>&amp;Suggest in all unread records</source>
        <translation>在所有未读病历中建议(&amp;S)</translation>
    </message>
    <message>
        <source>Only in this &amp;record</source>
        <translation>仅在本病历中(&amp;R)</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>停止(&amp;O)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>{0} of {1} records</source>
        <translation>{0} / {1} 份病历</translation>
    </message>
    <message>
        <source>{0}, {1} left</source>
        <translation>{0}，剩余{1}</translation>
    </message>
    <message>
        <source>There is no unread record to look through.</source>
        <translation>没有可查找的未读病历。</translation>
    </message>
    <message>
        <source>1 suggestion</source>
        <translation>1 条建议</translation>
    </message>
    <message>
        <source>{0} suggestions</source>
        <translation>{0} 条建议</translation>
    </message>
    <message>
        <source>1 record</source>
        <translation>1 份病历</translation>
    </message>
    <message>
        <source>{0} records</source>
        <translation>{0} 份病历</translation>
    </message>
    <message>
        <source>{0} in {1}</source>
        <translation>{1} 中 {0}</translation>
    </message>
    <message>
        <source>Stopped after {0} of {1} records: {2}</source>
        <translation>在 {0} / {1} 份病历后停止：{2}</translation>
    </message>
    <message>
        <source>Records over which the patterns took too long: {0}</source>
        <translation>模式耗时过长的病历：{0}</translation>
    </message>
    <message>
        <source>{0}. {1}</source>
        <translation>{0}。{1}</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>Enter: take  ·  empty: clear</source>
        <translation>Enter：选用  ·  留空：清除</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stop and keep best</source>
        <translation>停止并保留最佳</translation>
    </message>
    <message>
        <source>Stop after this trial</source>
        <translation>本次试验后停止</translation>
    </message>
    <message>
        <source>Finish early</source>
        <translation>提前完成</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Quick update</source>
        <translation>快速更新</translation>
    </message>
    <message>
        <source>Score unread records</source>
        <translation>为未读病历评分</translation>
    </message>
    <message>
        <source>Adapt to our records</source>
        <translation>适应我们的病历</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Hold the training; the model stays in memory</source>
        <translation>暂停训练；模型保留在内存中</translation>
    </message>
    <message>
        <source>Go on where the training was held</source>
        <translation>从暂停处继续训练</translation>
    </message>
    <message>
        <source>End the training now and finish with the best model so far</source>
        <translation>立即结束训练，保留目前最好的模型</translation>
    </message>
    <message>
        <source>Let the running trial come to its end; the search can be gone on with later</source>
        <translation>让正在进行的试验完成；之后可以继续搜索</translation>
    </message>
    <message>
        <source>Let what was learned so far settle, for a tenth of the time, and keep it</source>
        <translation>用已用时间的十分之一让已学到的内容稳定下来，并予以保留</translation>
    </message>
    <message>
        <source>End this and keep nothing of it</source>
        <translation>结束，且不保留任何结果</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint</source>
        <translation>从最近的检查点继续</translation>
    </message>
    <message>
        <source>Give up this training and delete its checkpoints</source>
        <translation>放弃此次训练并删除其检查点</translation>
    </message>
    <message>
        <source>Teach the current model only the records that are new, within seconds</source>
        <translation>只让当前模型学习新的病历，几秒即可完成</translation>
    </message>
    <message>
        <source>Have the current model suggest labels in them and rank the queue</source>
        <translation>让当前模型为它们提出标注建议并对队列排序</translation>
    </message>
    <message>
        <source>Let the backbone read the records while you label: the fewer are labelled, the better the next models are for it</source>
        <translation>让基础模型在您标注时阅读病历：已标注的病历越少，接下来的模型受益越大</translation>
    </message>
    <message>
        <source>Show the exported model&apos;s folder</source>
        <translation>显示导出模型的文件夹</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped early</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>All passes done.</source>
        <translation>所有轮次已完成。</translation>
    </message>
    <message>
        <source>It no longer got better.</source>
        <translation>已不再提升。</translation>
    </message>
    <message>
        <source>Stopped by hand; the best model was kept.</source>
        <translation>已手动停止；保留了最佳模型。</translation>
    </message>
</context>
<context>
    <name>TrialsModel</name>
    <message>
        <source>Trial</source>
        <translation>试验</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>所训练的</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束方式</translation>
    </message>
</context>
<context>
    <name>TrialsTable</name>
    <message>
        <source>Trials</source>
        <translation>试验</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Chartmark</source>
        <translation>Chartmark</translation>
    </message>
    <message>
        <source>Label entities in clinical records while a model learns beside you. Records never leave this machine.</source>
        <translation>在标注病历实体的同时，模型在一旁学习。病历绝不离开这台电脑。</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
</context>
<context>
    <name>WindowVerbs</name>
    <message>
        <source>Name your labels, choose a folder, set a passphrase if you wish.</source>
        <translation>为标签命名，选择文件夹，也可设置密码短语。</translation>
    </message>
    <message>
        <source>Go on with a project on this machine.</source>
        <translation>继续使用这台电脑上的项目。</translation>
    </message>
    <message>
        <source>120 synthetic notes, part of them labelled: try everything safely.</source>
        <translation>120 份合成病历，部分已标注：可放心尝试所有功能。</translation>
    </message>
    <message>
        <source>All records of this queue are done. Retrain, or show other records.</source>
        <translation>此队列的病历已全部完成。请重新训练，或显示其他病历。</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>The worker is loading; the training begins then…</source>
        <translation>后台进程正在加载；随后开始训练…</translation>
    </message>
    <message>
        <source>Getting ready to train…</source>
        <translation>正在准备训练…</translation>
    </message>
    <message>
        <source>Pausing after this step…</source>
        <translation>本步之后暂停…</translation>
    </message>
    <message>
        <source>Round {0} of {1}: learning from {2} records, checking on {3}…</source>
        <translation>第 {0}/{1} 次训练：正在学习 {2} 份病历，用 {3} 份检验…</translation>
    </message>
    <message>
        <source>Learning from {0} records, checking on {1}…</source>
        <translation>正在学习 {0} 份病历，用 {1} 份检验…</translation>
    </message>
    <message>
        <source>Paused at step {0}</source>
        <translation>暂停于第 {0} 步</translation>
    </message>
    <message>
        <source>Stopping; the best model so far is kept…</source>
        <translation>正在停止；保留目前最好的模型…</translation>
    </message>
    <message>
        <source>Comparing with the current model on {0} records…</source>
        <translation>正在 {0} 份病历上与当前模型比较…</translation>
    </message>
    <message>
        <source>Scored {0} of {1} records</source>
        <translation>已评分 {0} / {1} 份病历</translation>
    </message>
    <message>
        <source>Exporting: {0}…</source>
        <translation>正在导出：{0}…</translation>
    </message>
    <message>
        <source>Getting ready to export…</source>
        <translation>正在准备导出…</translation>
    </message>
    <message>
        <source>Getting ready to measure…</source>
        <translation>正在准备测量…</translation>
    </message>
    <message>
        <source>Adapting the backbone to the records, {0}…</source>
        <translation>正在让基础模型适应病历，{0}…</translation>
    </message>
    <message>
        <source>Getting ready to adapt…</source>
        <translation>正在准备适应…</translation>
    </message>
    <message>
        <source>Putting {0} rounds together…</source>
        <translation>正在合并 {0} 次训练的结果…</translation>
    </message>
    <message>
        <source>Finishing early; what was learned so far settles…</source>
        <translation>正在提前完成；已学到的内容正在稳定下来…</translation>
    </message>
    <message>
        <source>Rounds {0}–{1} of {2}: learning from {3} records, checking on {4}…</source>
        <translation>第 {0}–{1} 次训练，共 {2} 次：正在学习 {3} 份病历，用 {4} 份检验…</translation>
    </message>
    <message>
        <source>The search stops after this trial…</source>
        <translation>搜索将在本次试验后停止…</translation>
    </message>
    <message>
        <source>Getting ready to search…</source>
        <translation>正在准备搜索…</translation>
    </message>
    <message>
        <source>Measuring the current recipe, trial {0}…</source>
        <translation>正在测量当前配方，试验 {0}…</translation>
    </message>
    <message>
        <source>Searching for a recipe, trial {0}…</source>
        <translation>正在搜索配方，试验 {0}…</translation>
    </message>
    <message>
        <source>Checking the best recipe, trial {0}…</source>
        <translation>正在复核最佳配方，试验 {0}…</translation>
    </message>
    <message>
        <source>No model yet: press Retrain, and go on labelling meanwhile</source>
        <translation>还没有模型：请按“重新训练”，同时可继续标注</translation>
    </message>
    <message>
        <source>No model yet: mark at least {0} records as done, then press Retrain</source>
        <translation>还没有模型：请将至少 {0} 份病历标为完成，然后按“重新训练”</translation>
    </message>
    <message>
        <source>{0} · F1 {1:.2f} on dev</source>
        <translation>{0} · 开发集 F1 {1:.2f}</translation>
    </message>
    <message>
        <source>new records: {0}</source>
        <translation>新病历：{0}</translation>
    </message>
    <message>
        <source>A full training is due: {0}</source>
        <translation>应进行一次完整训练：{0}</translation>
    </message>
</context>
<context>
    <name>WorkerConnection</name>
    <message>
        <source>The worker did not answer and was stopped.</source>
        <translation>后台进程无响应，已被停止。</translation>
    </message>
</context>
<context>
    <name>_Mark</name>
    <message>
        <source>metformin</source>
        <translation>二甲双胍</translation>
    </message>
</context>
<context>
    <name>_Paths</name>
    <message>
        <source>Drop files or folders here, or add them below.</source>
        <translation>将文件或文件夹拖到此处，或在下方添加。</translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} 小时 {1} 分钟</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} 分 {1} 秒</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} 分钟</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
</context>
</TS>
