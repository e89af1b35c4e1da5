<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AcceptPane</name>
    <message>
        <source>Checked, is good</source>
        <translation>已检查，正常</translation>
    </message>
    <message>
        <source>Lamp or lens changed</source>
        <translation>更换了光源或镜头</translation>
    </message>
    <message>
        <source>Camera was adjusted</source>
        <translation>调整了相机</translation>
    </message>
    <message>
        <source>Why may the line run all the same?</source>
        <translation>为什么仍可运行？</translation>
    </message>
    <message>
        <source>Accept the set-up as it is</source>
        <translation>接受当前设置</translation>
    </message>
    <message>
        <source>Accept? For all cameras, recorded in your name</source>
        <translation>是否接受？对所有相机有效，并以您的姓名记录</translation>
    </message>
</context>
<context>
    <name>AccountsTab</name>
    <message>
        <source>Name</source>
        <translation>账号名</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>Choose an account to change it</source>
        <translation>请选择要更改的账号</translation>
    </message>
</context>
<context>
    <name>Alarm</name>
    <message>
        <source>A camera is not connected</source>
        <translation>相机未连接</translation>
    </message>
    <message>
        <source>Results cannot be recorded</source>
        <translation>结果无法记录</translation>
    </message>
    <message>
        <source>The recipe cannot be used</source>
        <translation>配方无法使用</translation>
    </message>
    <message>
        <source>An error in the program</source>
        <translation>程序内部错误</translation>
    </message>
    <message>
        <source>Parts without an image are rejected</source>
        <translation>无图像的零件一律剔除</translation>
    </message>
    <message>
        <source>Parts that cannot be recorded are rejected</source>
        <translation>无法记录的零件一律剔除</translation>
    </message>
    <message>
        <source>The station does not start</source>
        <translation>工位不启动检测</translation>
    </message>
    <message>
        <source>An image could not be stored</source>
        <translation>图像未能保存</translation>
    </message>
    <message>
        <source>The disk is nearly full</source>
        <translation>磁盘空间即将用尽</translation>
    </message>
    <message>
        <source>The recipe&apos;s file differs from its active revision</source>
        <translation>配方文件与启用的版本不同</translation>
    </message>
    <message>
        <source>Another revision of this recipe is active now</source>
        <translation>该配方已启用另一版本</translation>
    </message>
    <message>
        <source>A model on trial was taken out of service</source>
        <translation>试用中的模型已停用</translation>
    </message>
    <message>
        <source>The scanner is not connected</source>
        <translation>扫码枪未连接</translation>
    </message>
    <message>
        <source>A picture could not be judged</source>
        <translation>有图像无法判定</translation>
    </message>
    <message>
        <source>Scores or pictures have drifted from the frozen reference</source>
        <translation>分数或图像已偏离冻结的基准</translation>
    </message>
    <message>
        <source>The channel of models is not as it should be</source>
        <translation>模型通道有问题</translation>
    </message>
    <message>
        <source>The plant&apos;s store refuses this station&apos;s records</source>
        <translation>工厂存储拒绝接收本工位的记录</translation>
    </message>
    <message>
        <source>Records have waited too long to leave the station</source>
        <translation>记录等待上传的时间过长</translation>
    </message>
    <message>
        <source>Some records cannot be sent as they are</source>
        <translation>部分记录无法按原样上传</translation>
    </message>
    <message>
        <source>The PLC does not answer</source>
        <translation>PLC 没有响应</translation>
    </message>
    <message>
        <source>The PLC does not take results</source>
        <translation>PLC 没有取走结果</translation>
    </message>
    <message>
        <source>Inspection goes on and results are recorded</source>
        <translation>检测继续进行，结果照常记录</translation>
    </message>
    <message>
        <source>Results are recorded, images are left out</source>
        <translation>结果照常记录，图像暂不保存</translation>
    </message>
    <message>
        <source>The active revision is loaded, the file is not</source>
        <translation>已加载启用的版本，未加载文件</translation>
    </message>
    <message>
        <source>The line goes on with the one that is loaded</source>
        <translation>产线继续使用已加载的版本</translation>
    </message>
    <message>
        <source>The model before it decides every part</source>
        <translation>由之前的模型判定所有零件</translation>
    </message>
    <message>
        <source>Inspection goes on; numbers can be typed</source>
        <translation>检测继续进行；序列号可手动输入</translation>
    </message>
    <message>
        <source>Inspection goes on; records are kept until they can be sent</source>
        <translation>检测继续进行；记录保留在本机，直到可以上传</translation>
    </message>
    <message>
        <source>They are kept on the station; the others are sent</source>
        <translation>这些记录保留在本机；其余照常上传</translation>
    </message>
    <message>
        <source>No part is triggered; results wait for the PLC</source>
        <translation>不再触发产品；结果等待 PLC 读取</translation>
    </message>
    <message>
        <source>The result was lost to the PLC, which rejects the part; it is recorded</source>
        <translation>PLC 没有收到该结果，产品将被剔除；结果已记录</translation>
    </message>
    <message>
        <source>Check cable and power of the camera</source>
        <translation>检查相机的线缆和电源</translation>
    </message>
    <message>
        <source>Call the lead: check the disk</source>
        <translation>呼叫班长：检查磁盘</translation>
    </message>
    <message>
        <source>Call the lead: make room on the disk</source>
        <translation>呼叫班长：清理磁盘空间</translation>
    </message>
    <message>
        <source>Call the lead</source>
        <translation>呼叫班长</translation>
    </message>
    <message>
        <source>Engineer: take the file in as a draft, or put it back</source>
        <translation>工程师：将文件纳入为草稿，或恢复原文件</translation>
    </message>
    <message>
        <source>Choose the recipe again when the line may pause</source>
        <translation>产线可暂停时，请重新选择配方</translation>
    </message>
    <message>
        <source>Call quality: see the package under Models</source>
        <translation>呼叫质量人员：在“模型”中查看该模型包</translation>
    </message>
    <message>
        <source>Check cable and power of the scanner</source>
        <translation>检查扫码枪的线缆和电源</translation>
    </message>
    <message>
        <source>Call the lead: who publishes models must look</source>
        <translation>呼叫班长：请模型发布者检查</translation>
    </message>
    <message>
        <source>Call the lead: IT must look at the store and the station&apos;s key</source>
        <translation>呼叫班长：请 IT 检查存储和工位密钥</translation>
    </message>
    <message>
        <source>Call the lead: IT must look at the network</source>
        <translation>呼叫班长：请 IT 检查网络</translation>
    </message>
    <message>
        <source>Call the lead: IT must look at the data folder</source>
        <translation>呼叫班长：请 IT 检查数据文件夹</translation>
    </message>
    <message>
        <source>Check cable and program of the PLC</source>
        <translation>检查 PLC 的电缆和程序</translation>
    </message>
    <message>
        <source>Call automation: the PLC does not acknowledge</source>
        <translation>请联系自动化人员：PLC 没有确认结果</translation>
    </message>
    <message>
        <source>Parts without a valid result are rejected</source>
        <translation>无有效结果的零件一律剔除</translation>
    </message>
    <message>
        <source>The set-up of a camera differs from its reference</source>
        <translation>相机的安装状态与基准不同</translation>
    </message>
    <message>
        <source>A camera has no usable reference</source>
        <translation>相机没有可用的基准</translation>
    </message>
    <message>
        <source>The difference is recorded; the line stops where the recipe says so</source>
        <translation>差异已记录；配方要求时停线</translation>
    </message>
    <message>
        <source>The set-up of this camera is not compared</source>
        <translation>该相机的安装状态不作比较</translation>
    </message>
    <message>
        <source>Call the lead: check how the camera is mounted</source>
        <translation>呼叫班长：检查相机的安装</translation>
    </message>
    <message>
        <source>Call the lead: save a reference</source>
        <translation>呼叫班长：保存基准</translation>
    </message>
    <message>
        <source>The picture of the web has drifted</source>
        <translation>卷材图像发生漂移</translation>
    </message>
    <message>
        <source>Many lines of the web are lost</source>
        <translation>卷材图像丢行过多</translation>
    </message>
    <message>
        <source>The line-scan camera is not set for this web</source>
        <translation>线扫相机的设置与该卷材不符</translation>
    </message>
    <message>
        <source>A new model needs to be looked at</source>
        <translation>需要查看一个新模型</translation>
    </message>
    <message>
        <source>What has a missing line has no result</source>
        <translation>缺行的部分无结果</translation>
    </message>
    <message>
        <source>Inspection goes on; what cannot be believed is not taken</source>
        <translation>检测继续；不可信的内容不采用</translation>
    </message>
    <message>
        <source>Inspection goes on; what nobody approved decides nothing</source>
        <translation>检测继续；未经批准的模型不参与决定</translation>
    </message>
    <message>
        <source>Clean the lens and the light</source>
        <translation>清洁镜头和光源</translation>
    </message>
    <message>
        <source>Call quality: see History, Drift, and what is named first</source>
        <translation>通知质量人员：查看“历史 – 漂移”，先查列在首位的项目</translation>
    </message>
    <message>
        <source>Check the cable of the camera and the speed of the web</source>
        <translation>检查相机线缆和卷材速度</translation>
    </message>
    <message>
        <source>Call the lead: check speed, exposure and encoder</source>
        <translation>呼叫班长：检查速度、曝光和编码器</translation>
    </message>
    <message>
        <source>The audit chain is not as the station left it, or cannot be signed</source>
        <translation>审计链与工位所写的不一致，或无法签名</translation>
    </message>
    <message>
        <source>Inspection goes on; nothing of the station can be changed</source>
        <translation>检测继续；工位不能作任何更改</translation>
    </message>
    <message>
        <source>Call the lead: who had access to the data folder?</source>
        <translation>呼叫班长：谁接触过数据文件夹？</translation>
    </message>
</context>
<context>
    <name>AlarmLine</name>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>No alarm</source>
        <translation>无报警</translation>
    </message>
    <message>
        <source>Alarms are not known</source>
        <translation>报警状态未知</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>(and {count} more)</source>
        <translation>（另有 {count} 条）</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>Agree</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>False reject</source>
        <translation>误判</translation>
    </message>
    <message>
        <source>Missed defect</source>
        <translation>漏检</translation>
    </message>
    <message>
        <source>Unsure, ask lead</source>
        <translation>不确定，问班长</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Defect is real</source>
        <translation>确有缺陷</translation>
    </message>
    <message>
        <source>Part is good</source>
        <translation>零件合格</translation>
    </message>
    <message>
        <source>{answer} · {operator} · recorded</source>
        <translation>{answer} · {operator} · 已记录</translation>
    </message>
</context>
<context>
    <name>AnswerBar</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>AnswerPane</name>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
</context>
<context>
    <name>AppraiserTable</name>
    <message>
        <source>Appraiser</source>
        <translation>评价人</translation>
    </message>
    <message>
        <source>Alone</source>
        <translation>单独</translation>
    </message>
    <message>
        <source>With model</source>
        <translation>参照模型</translation>
    </message>
</context>
<context>
    <name>Audit</name>
    <message>
        <source>Answer given</source>
        <translation>给出答复</translation>
    </message>
    <message>
        <source>Answer taken back</source>
        <translation>撤回答复</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Sign-in refused</source>
        <translation>登录被拒绝</translation>
    </message>
    <message>
        <source>Account added</source>
        <translation>新增账号</translation>
    </message>
    <message>
        <source>Account changed</source>
        <translation>更改账号</translation>
    </message>
    <message>
        <source>Secret set</source>
        <translation>设置登录方式</translation>
    </message>
    <message>
        <source>Secret taken away</source>
        <translation>移除登录方式</translation>
    </message>
    <message>
        <source>Signature refused</source>
        <translation>签名被拒绝</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>无权操作</translation>
    </message>
    <message>
        <source>Drift found</source>
        <translation>发现漂移</translation>
    </message>
    <message>
        <source>Limits frozen</source>
        <translation>冻结控制限</translation>
    </message>
    <message>
        <source>Chart point commented</source>
        <translation>为控制图的点加备注</translation>
    </message>
    <message>
        <source>Lot changed</source>
        <translation>更换批次</translation>
    </message>
    <message>
        <source>Key retired</source>
        <translation>停用密钥</translation>
    </message>
    <message>
        <source>Key trusted</source>
        <translation>信任密钥</translation>
    </message>
    <message>
        <source>Model made champion</source>
        <translation>模型正式启用</translation>
    </message>
    <message>
        <source>Canary begun</source>
        <translation>模型开始试用</translation>
    </message>
    <message>
        <source>Model offered</source>
        <translation>下发模型</translation>
    </message>
    <message>
        <source>Older model allowed</source>
        <translation>允许较旧的模型</translation>
    </message>
    <message>
        <source>Model proved</source>
        <translation>模型通过验证</translation>
    </message>
    <message>
        <source>Model refused</source>
        <translation>拒绝模型</translation>
    </message>
    <message>
        <source>Earlier champion restored</source>
        <translation>恢复先前的模型</translation>
    </message>
    <message>
        <source>Model retired</source>
        <translation>模型退役</translation>
    </message>
    <message>
        <source>Model rolled back</source>
        <translation>模型回退</translation>
    </message>
    <message>
        <source>Model put in shadow</source>
        <translation>模型开始影子运行</translation>
    </message>
    <message>
        <source>Shadow of a model ended</source>
        <translation>模型停止影子运行</translation>
    </message>
    <message>
        <source>Promotion of a model signed</source>
        <translation>签名投入使用模型</translation>
    </message>
    <message>
        <source>Recipe activated</source>
        <translation>启用配方</translation>
    </message>
    <message>
        <source>Recipe approved</source>
        <translation>批准配方</translation>
    </message>
    <message>
        <source>Recipe asked for by the PLC</source>
        <translation>PLC 请求配方</translation>
    </message>
    <message>
        <source>Recipe commissioned</source>
        <translation>配方投入使用</translation>
    </message>
    <message>
        <source>Draft of a recipe saved</source>
        <translation>保存配方草稿</translation>
    </message>
    <message>
        <source>Recipe retired</source>
        <translation>停用配方</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>复判</translation>
    </message>
    <message>
        <source>Review taken back</source>
        <translation>撤回复判</translation>
    </message>
    <message>
        <source>Plan of the blind sample</source>
        <translation>盲检抽样方案</translation>
    </message>
    <message>
        <source>Part of a study judged</source>
        <translation>判定研究零件</translation>
    </message>
    <message>
        <source>Study closed</source>
        <translation>结束研究</translation>
    </message>
    <message>
        <source>Study started</source>
        <translation>开始研究</translation>
    </message>
    <message>
        <source>Marked as suspect</source>
        <translation>标记为可疑件</translation>
    </message>
    <message>
        <source>Alarm acknowledged</source>
        <translation>确认报警</translation>
    </message>
    <message>
        <source>Database restored from a backup</source>
        <translation>从备份恢复数据库</translation>
    </message>
    <message>
        <source>Database begun without a backup</source>
        <translation>无备份，新建数据库</translation>
    </message>
    <message>
        <source>Camera command</source>
        <translation>相机指令</translation>
    </message>
    <message>
        <source>Database begun</source>
        <translation>数据库建立</translation>
    </message>
    <message>
        <source>Program started</source>
        <translation>程序启动</translation>
    </message>
    <message>
        <source>Program ended</source>
        <translation>程序结束</translation>
    </message>
    <message>
        <source>Records exported</source>
        <translation>导出记录</translation>
    </message>
    <message>
        <source>Camera setting written</source>
        <translation>写入相机参数</translation>
    </message>
    <message>
        <source>Set-up compared</source>
        <translation>比对设置</translation>
    </message>
    <message>
        <source>Flat field taught</source>
        <translation>平场标定</translation>
    </message>
    <message>
        <source>Model passed its trial</source>
        <translation>模型通过试用</translation>
    </message>
    <message>
        <source>OK withheld</source>
        <translation>未放行 OK</translation>
    </message>
    <message>
        <source>Recipe loaded</source>
        <translation>加载配方</translation>
    </message>
    <message>
        <source>Recovered after a crash</source>
        <translation>崩溃后恢复</translation>
    </message>
    <message>
        <source>Reference saved</source>
        <translation>保存基准</translation>
    </message>
    <message>
        <source>Roll started</source>
        <translation>开始新卷</translation>
    </message>
    <message>
        <source>Roll ended</source>
        <translation>结束本卷</translation>
    </message>
    <message>
        <source>Series of sent records begun</source>
        <translation>已开始新的发送序列</translation>
    </message>
    <message>
        <source>Set-up accepted</source>
        <translation>接受设置</translation>
    </message>
    <message>
        <source>Shutdown asked for</source>
        <translation>请求关闭</translation>
    </message>
    <message>
        <source>Sending of records asked for</source>
        <translation>请求发送记录</translation>
    </message>
    <message>
        <source>Test shot</source>
        <translation>试拍</translation>
    </message>
    <message>
        <source>The station has not signed the chain yet</source>
        <translation>工位尚未对审计链签名</translation>
    </message>
    <message>
        <source>Checked and signed by the station up to row {number}, {time}; hash {hash}</source>
        <translation>工位已检查并签名至第 {number} 行，{time}；哈希 {hash}</translation>
    </message>
</context>
<context>
    <name>AuditBar</name>
    <message>
        <source>Subject holds</source>
        <translation>对象包含</translation>
    </message>
    <message>
        <source>From, 2026-01-31</source>
        <translation>从 2026-01-31</translation>
    </message>
    <message>
        <source>Until, 2026-01-31</source>
        <translation>到 2026-01-31</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>所有操作</translation>
    </message>
    <message>
        <source>A day is written as 2026-01-31</source>
        <translation>日期请写成 2026-01-31</translation>
    </message>
</context>
<context>
    <name>AuditDetail</name>
    <message>
        <source>Before</source>
        <translation>更改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>更改后</translation>
    </message>
    <message>
        <source>No row is chosen</source>
        <translation>未选择行</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Choose a row to see what it changed</source>
        <translation>选择一行，查看更改内容</translation>
    </message>
</context>
<context>
    <name>AuditTab</name>
    <message>
        <source>Older</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Newer</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>No rows</source>
        <translation>没有记录</translation>
    </message>
    <message>
        <source>Rows {first} to {last}</source>
        <translation>第 {first} 至 {last} 行</translation>
    </message>
</context>
<context>
    <name>CameraGrid</name>
    <message>
        <source>All cameras</source>
        <translation>全部相机</translation>
    </message>
    <message>
        <source>Cameras {first}–{last}</source>
        <translation>相机 {first}–{last}</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>CameraList</name>
    <message>
        <source>Next cameras</source>
        <translation>其他相机</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>No camera: load a recipe</source>
        <translation>没有相机：请加载配方</translation>
    </message>
</context>
<context>
    <name>CameraPane</name>
    <message>
        <source>Camera {name}</source>
        <translation>相机 {name}</translation>
    </message>
    <message>
        <source>no image</source>
        <translation>无图像</translation>
    </message>
</context>
<context>
    <name>CameraTile</name>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>differing: {count}</source>
        <translation>偏差项：{count}</translation>
    </message>
    <message>
        <source>as reference</source>
        <translation>与基准一致</translation>
    </message>
</context>
<context>
    <name>Cause</name>
    <message>
        <source>The part was not inspected</source>
        <translation>零件未被检测</translation>
    </message>
    <message>
        <source>The next trigger came before the station was ready</source>
        <translation>触发过快，工位尚未就绪</translation>
    </message>
    <message>
        <source>The camera is not connected</source>
        <translation>相机未连接</translation>
    </message>
    <message>
        <source>The camera delivered no image</source>
        <translation>未收到相机图像</translation>
    </message>
    <message>
        <source>The image arrived incomplete</source>
        <translation>图像不完整</translation>
    </message>
    <message>
        <source>The camera repeats the same image</source>
        <translation>相机图像冻结，重复同一幅</translation>
    </message>
    <message>
        <source>The image is too old</source>
        <translation>图像已过期</translation>
    </message>
    <message>
        <source>The image belongs to another part</source>
        <translation>图像不属于该零件</translation>
    </message>
    <message>
        <source>The image is too dark, too bright or blurred</source>
        <translation>图像过暗、过亮或模糊</translation>
    </message>
    <message>
        <source>The model gave no valid answer</source>
        <translation>模型输出无效</translation>
    </message>
    <message>
        <source>The model is not the one of the recipe</source>
        <translation>模型与配方不符</translation>
    </message>
    <message>
        <source>The model found a defect that the recipe does not know</source>
        <translation>模型报出配方未定义的缺陷</translation>
    </message>
    <message>
        <source>One camera gave no result</source>
        <translation>有一台相机无结果</translation>
    </message>
    <message>
        <source>One camera gave two results</source>
        <translation>有一台相机给出重复结果</translation>
    </message>
    <message>
        <source>The result came too late</source>
        <translation>结果超时</translation>
    </message>
    <message>
        <source>The result could not be recorded</source>
        <translation>结果未能记录</translation>
    </message>
    <message>
        <source>The part has no serial number</source>
        <translation>零件没有序列号</translation>
    </message>
    <message>
        <source>The serial number is not one of this recipe</source>
        <translation>序列号不符合本配方的格式</translation>
    </message>
    <message>
        <source>The serial number was inspected before</source>
        <translation>该序列号已检测过</translation>
    </message>
    <message>
        <source>Two codes on the part disagree</source>
        <translation>零件上的两个码不一致</translation>
    </message>
    <message>
        <source>Nobody knows whether the serial number is new</source>
        <translation>无法确认序列号是否重复</translation>
    </message>
    <message>
        <source>An error in the program</source>
        <translation>程序内部错误</translation>
    </message>
    <message>
        <source>The program stopped during the inspection</source>
        <translation>检测过程中程序中断</translation>
    </message>
    <message>
        <source>This screen connects by itself</source>
        <translation>本画面会自动连接</translation>
    </message>
    <message>
        <source>The station cannot run</source>
        <translation>工位无法运行</translation>
    </message>
    <message>
        <source>The station is starting</source>
        <translation>工位正在启动</translation>
    </message>
    <message>
        <source>The station does not answer</source>
        <translation>工位程序没有响应</translation>
    </message>
    <message>
        <source>The station rejected the part</source>
        <translation>工位已剔除该零件</translation>
    </message>
</context>
<context>
    <name>Chain</name>
    <message>
        <source>Took back: {decision}</source>
        <translation>撤回：{decision}</translation>
    </message>
    <message>
        <source>taken back by {name}</source>
        <translation>已被 {name} 撤回</translation>
    </message>
    <message>
        <source>Reviewed blind; told when all blind answers are given</source>
        <translation>已做盲检复判；全部盲检答案给出后才显示</translation>
    </message>
    <message>
        <source>Review: {answer}</source>
        <translation>复判：{answer}</translation>
    </message>
    <message>
        <source>blind</source>
        <translation>盲检</translation>
    </message>
    <message>
        <source>adjudication</source>
        <translation>裁定</translation>
    </message>
    <message>
        <source>Marked as suspect</source>
        <translation>标记为可疑件</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>工位</translation>
    </message>
    <message>
        <source>OK withheld: the record came after the deadline</source>
        <translation>OK 未放行：记录晚于时限</translation>
    </message>
    <message>
        <source>The line was told NO RESULT. Here and in the counts the part stands as OK.</source>
        <translation>已向产线报告“无结果”。在此处和统计中，该零件仍计为 OK。</translation>
    </message>
</context>
<context>
    <name>Charts</name>
    <message>
        <source>Reading the records …</source>
        <translation>正在读取记录 …</translation>
    </message>
    <message>
        <source>light: mean grey level</source>
        <translation>亮度：平均灰度</translation>
    </message>
    <message>
        <source>light: dark share</source>
        <translation>亮度：过暗占比</translation>
    </message>
    <message>
        <source>light: bright share</source>
        <translation>亮度：过亮占比</translation>
    </message>
    <message>
        <source>focus</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>position: to the right, px</source>
        <translation>位置：向右（像素）</translation>
    </message>
    <message>
        <source>position: downwards, px</source>
        <translation>位置：向下（像素）</translation>
    </message>
    <message>
        <source>position: turned, degrees</source>
        <translation>位置：转角（度）</translation>
    </message>
    <message>
        <source>spread of the scores</source>
        <translation>分数分布</translation>
    </message>
    <message>
        <source>another model since the reference</source>
        <translation>基准之后换了模型</translation>
    </message>
    <message>
        <source>Freeze this period as reference</source>
        <translation>将此时段冻结为基准</translation>
    </message>
    <message>
        <source>No reference is frozen: on trial the first half, {begin} to {end}, stands in; no alarms.</source>
        <translation>尚未冻结基准：暂以前半时段 {begin} 至 {end} 作为试用基准；不发报警。</translation>
    </message>
    <message>
        <source>Reference {begin} to {end}, frozen by {who}: {reason}</source>
        <translation>基准 {begin} 至 {end}，由 {who} 冻结：{reason}</translation>
    </message>
    <message>
        <source>Signal of the chart</source>
        <translation>图中信号</translation>
    </message>
    <message>
        <source>Means of at least {count} parts</source>
        <translation>子组均值（每组至少 {count} 件）</translation>
    </message>
    <message>
        <source>Limits of the average</source>
        <translation>EWMA 控制限</translation>
    </message>
    <message>
        <source>Slow average (EWMA)</source>
        <translation>指数加权移动平均（EWMA）</translation>
    </message>
    <message>
        <source>Drift alarms, at most one a day</source>
        <translation>漂移报警，每天最多一条</translation>
    </message>
    <message>
        <source>none: no reference is frozen</source>
        <translation>无：尚未冻结基准</translation>
    </message>
    <message>
        <source>none in this period</source>
        <translation>此时段内无</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Scores against the reference (PSI)</source>
        <translation>分数分布与基准对比（PSI）</translation>
    </message>
    <message>
        <source>no shift beyond chance</source>
        <translation>未超出随机波动</translation>
    </message>
    <message>
        <source>critical value {critical} at {confidence}; {then} parts then, {now} now</source>
        <translation>临界值 {critical}（置信水平 {confidence}）；基准 {then} 件，当前 {now} 件</translation>
    </message>
    <message>
        <source>Mix of recipes against the reference (PSI)</source>
        <translation>配方构成与基准对比（PSI）</translation>
    </message>
    <message>
        <source>A reference from another model does not hold: freeze a new one.</source>
        <translation>由其他模型得到的基准不再有效：请冻结新的基准。</translation>
    </message>
    <message>
        <source>Another model since the reference</source>
        <translation>基准之后换了模型</translation>
    </message>
    <message>
        <source>not recorded with each part: see the set-up check</source>
        <translation>不随每个零件记录：请查看设置核对</translation>
    </message>
    <message>
        <source>Position of the part</source>
        <translation>零件位置</translation>
    </message>
    <message>
        <source>PSI / critical</source>
        <translation>PSI / 临界值</translation>
    </message>
    <message>
        <source>Now above then</source>
        <translation>当前高于基准的概率</translation>
    </message>
    <message>
        <source>What moved most: where to look first. It is not proved to be the cause.</source>
        <translation>变化最大的信号：先从这里查起。但并不证明它就是原因。</translation>
    </message>
    <message>
        <source>Comment on {when}</source>
        <translation>备注 {when}</translation>
    </message>
    <message>
        <source>Reason for freezing</source>
        <translation>冻结理由</translation>
    </message>
    <message>
        <source>Reason for freezing, or comment on the point</source>
        <translation>冻结理由，或对该点的备注</translation>
    </message>
    <message>
        <source>Kind of defect</source>
        <translation>缺陷类别</translation>
    </message>
    <message>
        <source>Zone of the part</source>
        <translation>零件区域</translation>
    </message>
    <message>
        <source>Reason of NO RESULT</source>
        <translation>无结果的原因</translation>
    </message>
    <message>
        <source>Bars by</source>
        <translation>分类方式</translation>
    </message>
    <message>
        <source>Camera of the map</source>
        <translation>分布图的相机</translation>
    </message>
    <message>
        <source>no zone</source>
        <translation>无区域</translation>
    </message>
    <message>
        <source>Nothing of this kind was counted in this period</source>
        <translation>此时段内没有此类计数</translation>
    </message>
    <message>
        <source>It is proved to be more frequent than the next.</source>
        <translation>统计上显著多于下一项。</translation>
    </message>
    <message>
        <source>Its lead over the next may be chance.</source>
        <translation>与下一项的差距可能只是随机波动。</translation>
    </message>
    <message>
        <source>{count} counted</source>
        <translation>共 {count} 个</translation>
    </message>
    <message>
        <source>The most frequent</source>
        <translation>最常见的一项</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Up to here</source>
        <translation>累计占比</translation>
    </message>
    <message>
        <source>Share of each, and of all up to it (line)</source>
        <translation>各项占比与累计占比（折线）</translation>
    </message>
    <message>
        <source>Where they lie, camera {camera}</source>
        <translation>缺陷位置，相机 {camera}</translation>
    </message>
    <message>
        <source> (picture: part {part}, OK)</source>
        <translation>（图片：零件 {part}，OK）</translation>
    </message>
    <message>
        <source>{count} findings at x {x}, y {y} of the frame</source>
        <translation>画面 x {x}、y {y} 处有 {count} 个缺陷</translation>
    </message>
    <message>
        <source>Only settled blind reviews of drawn parts count; the sample is kept by recipe and time.</source>
        <translation>只统计被抽中零件的已定论盲检复判；盲检样本按配方和时间保存。</translation>
    </message>
    <message>
        <source>Parts told OK, by distance from the threshold</source>
        <translation>判为 OK 的零件，按与阈值的距离分层</translation>
    </message>
    <message>
        <source>Parts told NG or REVIEW, by distance from the threshold</source>
        <translation>判为 NG 或待判的零件，按与阈值的距离分层</translation>
    </message>
    <message>
        <source>To be proved: escapes below</source>
        <translation>待证明：漏检率低于</translation>
    </message>
    <message>
        <source>Escapes: of the parts told OK, the share that is bad</source>
        <translation>漏检率：判为 OK 的零件中不良品的占比</translation>
    </message>
    <message>
        <source>Is it proved to be below {limit}?</source>
        <translation>是否已证明低于 {limit}？</translation>
    </message>
    <message>
        <source>Should none of them find a bad part. Nothing is proved yet.</source>
        <translation>前提是其中未再发现不良品。目前尚不能证明。</translation>
    </message>
    <message>
        <source>Yes: at most {bound} at {confidence}, from {total} reviews</source>
        <translation>是：不超过 {bound}（置信水平 {confidence}），依据 {total} 次复判</translation>
    </message>
    <message>
        <source>All reviews in one pot. Not used: parts near the threshold are drawn more often, so this figure tells of the drawing and not of the line.</source>
        <translation>把所有复判混在一起计算。不采用：靠近阈值的零件抽得更多，此数反映的是抽样方式，而不是产线。</translation>
    </message>
    <message>
        <source>Naive figure, for comparison only</source>
        <translation>未分层的简单估计，仅供对比</translation>
    </message>
    <message>
        <source>Overkill: of the parts told NG or REVIEW, the share that is good</source>
        <translation>过杀率（误判）：判为 NG 或待判的零件中良品的占比</translation>
    </message>
    <message>
        <source>Caught: of all bad parts, the share told NG or REVIEW</source>
        <translation>检出率：全部不良品中判为 NG 或待判的占比</translation>
    </message>
    <message>
        <source>Not an estimate: people chose these parts themselves, so they say nothing about the rest.</source>
        <translation>不是估计值：这些零件由人员自行挑选，不能代表其余零件。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>People&apos;s decisions in this period</source>
        <translation>此时段内的人工决定</translation>
    </message>
    <message>
        <source>Drawn with</source>
        <translation>抽样概率</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>零件</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>抽中</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>已复判</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待复判</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Naive, not used</source>
        <translation>简单估计，不采用</translation>
    </message>
    <message>
        <source>Escapes, with their intervals</source>
        <translation>漏检率及其置信区间</translation>
    </message>
    <message>
        <source>Overkill and caught parts, with their intervals</source>
        <translation>过杀率与检出率及其置信区间</translation>
    </message>
    <message>
        <source>Overkill</source>
        <translation>过杀率</translation>
    </message>
    <message>
        <source>Caught</source>
        <translation>检出率</translation>
    </message>
    <message>
        <source>Rejected (NG and REVIEW), of the judged parts: Laney p′ chart</source>
        <translation>剔除（NG 与待判）占已判零件的比例：Laney p′ 图</translation>
    </message>
    <message>
        <source>NO RESULT, of all triggers: Laney p′ chart</source>
        <translation>无结果占全部触发的比例：Laney p′ 图</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>剔除</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>缺陷</translation>
    </message>
    <message>
        <source>NO RESULT</source>
        <translation>无结果</translation>
    </message>
    <message>
        <source>outside the limits</source>
        <translation>超出控制限</translation>
    </message>
    <message>
        <source>nine on one side of the centre</source>
        <translation>连续九点在中心线同一侧</translation>
    </message>
    <message>
        <source>Freeze limits from this period</source>
        <translation>由此时段冻结控制限</translation>
    </message>
    <message>
        <source>One point is a</source>
        <translation>每点代表</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>单位缺陷数</translation>
    </message>
    <message>
        <source>Limits on trial</source>
        <translation>试用控制限</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>控制限</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心线</translation>
    </message>
    <message>
        <source>{when}: no parts</source>
        <translation>{when}：无零件</translation>
    </message>
    <message>
        <source>{when}: {value}, {count} of {total}</source>
        <translation>{when}：{value}，{total} 中的 {count}</translation>
    </message>
    <message>
        <source>limits {low} to {high}</source>
        <translation>控制限 {low} 至 {high}</translation>
    </message>
    <message>
        <source>No limits: the points are shown alone.</source>
        <translation>没有控制限：只显示各点。</translation>
    </message>
    <message>
        <source>and {count} earlier</source>
        <translation>以及更早的 {count} 处</translation>
    </message>
    <message>
        <source>Limits from {count} subgroups, {begin} to {end}, frozen on {day} by {who}: {reason}</source>
        <translation>控制限来自 {begin} 至 {end} 的 {count} 个子组，由 {who} 于 {day} 冻结：{reason}</translation>
    </message>
    <message>
        <source>Half of the decisions took less time than a look</source>
        <translation>半数决定的用时还不够看一眼</translation>
    </message>
    <message>
        <source>Nearly all is agreed to, and known-bad images go unseen</source>
        <translation>几乎全部同意，而已知不良图像未被看出</translation>
    </message>
    <message>
        <source>Nobody decided anything in this period.</source>
        <translation>此时段内没有人工决定。</translation>
    </message>
    <message>
        <source>Figures of the team, never of a person. Answers to known-bad images: of all recipes.</source>
        <translation>只统计团队，绝不针对个人。对已知不良图像的回答：不分配方。</translation>
    </message>
    <message>
        <source>Signs that answers are stamped</source>
        <translation>走过场的迹象</translation>
    </message>
    <message>
        <source>Only decisions that were timed count.</source>
        <translation>只统计有用时记录的决定。</translation>
    </message>
    <message>
        <source>Talk with the team: are the parts looked at, is there time for it?</source>
        <translation>请与团队谈谈：零件看了吗？时间够吗？</translation>
    </message>
    <message>
        <source>{low} to {high} s; {total} decisions; a sign below {limit} s</source>
        <translation>{low} 至 {high} 秒；{total} 次决定；低于 {limit} 秒视为迹象</translation>
    </message>
    <message>
        <source>Time of a decision, median</source>
        <translation>决定用时中位数</translation>
    </message>
    <message>
        <source>a sign above {limit}, if known-bad images are missed as well</source>
        <translation>高于 {limit} 且同时漏看已知不良图像时，视为迹象</translation>
    </message>
    <message>
        <source>Agreed with the station</source>
        <translation>与工位判定一致</translation>
    </message>
    <message>
        <source>Known-bad images missed in reviews</source>
        <translation>复判中漏看的已知不良图像</translation>
    </message>
    <message>
        <source>Cannot say: none was shown in this period</source>
        <translation>无法判断：此时段内未出示过</translation>
    </message>
    <message>
        <source>a sign above {limit}</source>
        <translation>高于 {limit} 视为迹象</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>人工决定</translation>
    </message>
    <message>
        <source>Decisions in this period</source>
        <translation>此时段内的人工决定</translation>
    </message>
    <message>
        <source>about {seconds} s: {count} decisions</source>
        <translation>约 {seconds} 秒：{count} 次决定</translation>
    </message>
    <message>
        <source>How long decisions took, seconds</source>
        <translation>决定用时（秒）</translation>
    </message>
    <message>
        <source>Cannot say: at least {count} more parts are needed</source>
        <translation>无法判断：至少还需 {count} 个零件</translation>
    </message>
    <message>
        <source>Cannot say: at least {count} more good parts are needed</source>
        <translation>无法判断：至少还需 {count} 个良品</translation>
    </message>
    <message>
        <source>Cannot say: at least {count} more bad parts are needed</source>
        <translation>无法判断：至少还需 {count} 个不良品</translation>
    </message>
    <message>
        <source>Cannot say: at least {count} more blind reviews are needed</source>
        <translation>无法判断：至少还需 {count} 次盲检复判</translation>
    </message>
    <message>
        <source>Cannot say: at least {count} more decisions are needed</source>
        <translation>无法判断：至少还需 {count} 次人工决定</translation>
    </message>
    <message>
        <source>Cannot say: at least {count} more subgroups are needed</source>
        <translation>无法判断：至少还需 {count} 个子组</translation>
    </message>
    <message>
        <source>Cannot say: not one event was counted</source>
        <translation>无法判断：没有计到任何事件</translation>
    </message>
    <message>
        <source>exact interval</source>
        <translation>精确置信区间</translation>
    </message>
    <message>
        <source>score interval</source>
        <translation>Wilson 置信区间</translation>
    </message>
    <message>
        <source>stratified, gamma interval</source>
        <translation>分层，伽马置信区间</translation>
    </message>
    <message>
        <source>exact interval of a count</source>
        <translation>计数的精确置信区间</translation>
    </message>
    <message>
        <source>interval with the extra variation</source>
        <translation>含额外变异的置信区间</translation>
    </message>
    <message>
        <source>safe combination of both rates</source>
        <translation>两个比率的保守组合</translation>
    </message>
    <message>
        <source>product of exact intervals</source>
        <translation>精确置信区间之积</translation>
    </message>
    <message>
        <source>interval of order statistics</source>
        <translation>次序统计量置信区间</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>天</translation>
    </message>
    <message>
        <source>verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>人工决定</translation>
    </message>
    <message>
        <source>kind of defect</source>
        <translation>缺陷类别</translation>
    </message>
    <message>
        <source>serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>lot</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>{low} to {high} at {confidence}; {count} of {total}; {method}</source>
        <translation>{low} 至 {high}（置信水平 {confidence}）；{total} 中的 {count}；{method}</translation>
    </message>
    <message>
        <source>Counted in whole hours, {begin} to {end}.</source>
        <translation>按整小时统计，{begin} 至 {end}。</translation>
    </message>
    <message>
        <source>Not counted by the hour, so not applied here: {names}.</source>
        <translation>未按小时统计，此处不应用：{names}。</translation>
    </message>
    <message>
        <source>Nothing was recorded in this period.</source>
        <translation>此时段内没有记录。</translation>
    </message>
    <message>
        <source>Cycle time, trigger to verdict</source>
        <translation>节拍时间（触发至判定）</translation>
    </message>
    <message>
        <source>Model time</source>
        <translation>模型用时</translation>
    </message>
    <message>
        <source>Yield</source>
        <translation>合格率</translation>
    </message>
    <message>
        <source>First-pass yield: as the station alone judged</source>
        <translation>首次合格率：仅按工位判定</translation>
    </message>
    <message>
        <source>Final yield: after people&apos;s decisions and reviews</source>
        <translation>最终合格率：经人工决定和复判之后</translation>
    </message>
    <message>
        <source>NO RESULT, of all triggers; in no yield</source>
        <translation>无结果占全部触发的比例；不计入任何合格率</translation>
    </message>
    <message>
        <source>True only if every part passes all of these as stages: {names}.</source>
        <translation>仅当每个零件依次经过这些工序时才成立：{names}。</translation>
    </message>
    <message>
        <source>Rolled yield over the recipes</source>
        <translation>各配方的累积直通率（RTY）</translation>
    </message>
    <message>
        <source>Defects per million opportunities</source>
        <translation>百万机会缺陷数（DPMO）</translation>
    </message>
    <message>
        <source>{low} to {high} at {confidence}; {count} findings, {each} opportunities a part: its labels</source>
        <translation>{low} 至 {high}（置信水平 {confidence}）；{count} 个缺陷，每件 {each} 个机会（即缺陷类别数）</translation>
    </message>
    <message>
        <source>Nothing was timed</source>
        <translation>没有计时</translation>
    </message>
    <message>
        <source>First pass</source>
        <translation>首次</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>最终</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>99 %</source>
        <translation>99 %</translation>
    </message>
    <message>
        <source>Cycle time by day, ms</source>
        <translation>每日节拍时间（毫秒）</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>已判</translation>
    </message>
    <message>
        <source>By day, the newest first</source>
        <translation>按日，最近的在前</translation>
    </message>
    <message>
        <source>By day, the newest {count} first</source>
        <translation>按日，最近 {count} 天在前</translation>
    </message>
    <message>
        <source>scores, as ranks</source>
        <translation>分数（秩变换）</translation>
    </message>
    <message>
        <source>{when}: mean {mean}, in the reference</source>
        <translation>{when}：均值 {mean}，属于基准时段</translation>
    </message>
    <message>
        <source>{when}: mean {mean}, average {average}, limits {low} to {high}</source>
        <translation>{when}：均值 {mean}，EWMA {average}，控制限 {low} 至 {high}</translation>
    </message>
    <message>
        <source>left the limits</source>
        <translation>超出控制限</translation>
    </message>
    <message>
        <source>moved, beyond chance</source>
        <translation>已偏移，超出随机波动</translation>
    </message>
    <message>
        <source>Findings on rejected parts, per judged part: Laney u′ chart</source>
        <translation>剔除零件上的缺陷数，按已判零件计：Laney u′ 图</translation>
    </message>
    <message>
        <source>Limits on trial, from the {count} subgroups shown; no rule is applied.</source>
        <translation>试用控制限，来自所示 {count} 个子组；不应用判异准则。</translation>
    </message>
    <message>
        <source>median; 95 % below {usual}, 99 % below {worst}; {count} parts, in bins 10 % wide</source>
        <translation>中位数；95 % 低于 {usual}，99 % 低于 {worst}；{count} 件，分箱宽 10 %</translation>
    </message>
    <message>
        <source>Choose a period in which the line ran well as the time of the filter, say why, and freeze it as reference. Then this chart shows how far the signal has moved since.</source>
        <translation>请在筛选的时间中选一个产线运行良好的时段，写明理由，并冻结为基准。之后本图显示信号自那时起偏移了多少。</translation>
    </message>
    <message>
        <source>{value} ({low} to {high})</source>
        <translation>{value}（{low} 至 {high}）</translation>
    </message>
    <message>
        <source>Told OK, drawn with {probability}</source>
        <translation>判为 OK，抽样概率 {probability}</translation>
    </message>
    <message>
        <source>Told NG or REVIEW, drawn with {probability}</source>
        <translation>判为 NG 或待判，抽样概率 {probability}</translation>
    </message>
    <message>
        <source>The sample: drawn parts, filled where reviewed, hatched where they wait</source>
        <translation>抽样：抽中的零件，实心为已复判，斜线为待复判</translation>
    </message>
    <message>
        <source>{reviewed} of {drawn} reviewed, {waiting} wait, {found} found</source>
        <translation>{drawn} 中已复判 {reviewed}，待复判 {waiting}，发现 {found}</translation>
    </message>
    <message>
        <source>Nothing can be said yet: no part of this period was drawn for a blind review. Parts are drawn while the line runs; answer the queue of the blind sample on the review screen.</source>
        <translation>目前什么都不能说：此时段没有零件被抽入盲检样本。产线运行时会抽取零件；请在复判画面处理盲检样本队列。</translation>
    </message>
    <message>
        <source>to be proved: below {limit}</source>
        <translation>待证明：低于 {limit}</translation>
    </message>
    <message>
        <source>Escapes, from the sample</source>
        <translation>漏检，来自抽样</translation>
    </message>
    <message>
        <source>Yield by day, with the interval of each</source>
        <translation>每日良率，各带区间</translation>
    </message>
</context>
<context>
    <name>ClassTiles</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>Part</source>
        <translation>零件</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Defect or cause</source>
        <translation>缺陷或原因</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>分数</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>人工决定</translation>
    </message>
    <message>
        <source>By</source>
        <translation>决定人</translation>
    </message>
</context>
<context>
    <name>ColumnProfile</name>
    <message>
        <source>Column profile</source>
        <translation>列灰度曲线</translation>
    </message>
    <message>
        <source>No picture of a web yet</source>
        <translation>尚无卷材图像</translation>
    </message>
    <message>
        <source>Ripple {percent} %</source>
        <translation>不均匀度 {percent} %</translation>
    </message>
    <message>
        <source>Ripple {percent} %, before {before} %</source>
        <translation>不均匀度 {percent} %，校正前 {before} %</translation>
    </message>
    <message>
        <source>Mean {percent} %</source>
        <translation>平均 {percent} %</translation>
    </message>
    <message>
        <source>{count} groups too bright</source>
        <translation>{count} 组过亮</translation>
    </message>
    <message>
        <source>{count} groups too dark</source>
        <translation>{count} 组过暗</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Slider</source>
        <translation>滑动分界</translation>
    </message>
    <message>
        <source>By turns</source>
        <translation>交替显示</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>No image of this part is stored here</source>
        <translation>此处没有存储该零件的图像</translation>
    </message>
    <message>
        <source>Part {number} has no record</source>
        <translation>零件 {number} 没有记录</translation>
    </message>
</context>
<context>
    <name>CountersPane</name>
    <message>
        <source>Triggers</source>
        <translation>触发</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>待判</translation>
    </message>
    <message>
        <source>No result</source>
        <translation>无结果</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>检测中</translation>
    </message>
</context>
<context>
    <name>CrossPane</name>
    <message>
        <source>Candidate: OK</source>
        <translation>候选：OK</translation>
    </message>
    <message>
        <source>Candidate: rejected</source>
        <translation>候选：剔除</translation>
    </message>
    <message>
        <source>Champion: OK</source>
        <translation>现役：OK</translation>
    </message>
    <message>
        <source>Champion: rejected</source>
        <translation>现役：剔除</translation>
    </message>
</context>
<context>
    <name>DeedsBar</name>
    <message>
        <source>Change as draft</source>
        <translation>作为草稿修改</translation>
    </message>
    <message>
        <source>Save draft</source>
        <translation>保存草稿</translation>
    </message>
    <message>
        <source>Drop changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Take in the file</source>
        <translation>纳入文件</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Make active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Retire</source>
        <translation>停用</translation>
    </message>
</context>
<context>
    <name>DefectList</name>
    <message>
        <source>No roll runs</source>
        <translation>当前没有卷料</translation>
    </message>
    <message>
        <source>Start a roll to inspect the web</source>
        <translation>开始新卷后才检测卷材</translation>
    </message>
    <message>
        <source>Ended: {metres} m, {told} m inspected</source>
        <translation>已结束：{metres} m，已检测 {told} m</translation>
    </message>
    <message>
        <source>Roll {name}</source>
        <translation>卷号 {name}</translation>
    </message>
    <message>
        <source>{metres} m, {told} m inspected</source>
        <translation>{metres} m，已检测 {told} m</translation>
    </message>
    <message>
        <source>No defect on this roll</source>
        <translation>本卷未发现缺陷</translation>
    </message>
</context>
<context>
    <name>DetailHead</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>较早</translation>
    </message>
    <message>
        <source>Newer</source>
        <translation>较新</translation>
    </message>
    <message>
        <source>Compare with …</source>
        <translation>与…比较</translation>
    </message>
    <message>
        <source>Mark as suspect …</source>
        <translation>标记为可疑件…</translation>
    </message>
</context>
<context>
    <name>DetailPage</name>
    <message>
        <source>Recording…</source>
        <translation>正在记录…</translation>
    </message>
    <message>
        <source>Sign in to decide</source>
        <translation>请先登录再做决定</translation>
    </message>
    <message>
        <source>Evidence pack: {why}</source>
        <translation>证据包：{why}</translation>
    </message>
    <message>
        <source>Only a lead may take back what was decided</source>
        <translation>只有班长可以撤回已做的决定</translation>
    </message>
    <message>
        <source>Part {number} has no record</source>
        <translation>零件 {number} 没有记录</translation>
    </message>
    <message>
        <source>No image of this part is stored here</source>
        <translation>此处没有存储该零件的图像</translation>
    </message>
</context>
<context>
    <name>DifferenceTable</name>
    <message>
        <source>As reference</source>
        <translation>与基准一致</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
</context>
<context>
    <name>EnlargedPane</name>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>No image of this part is stored</source>
        <translation>未保存该零件的图像</translation>
    </message>
    <message>
        <source>Only the small picture is stored</source>
        <translation>仅保存了缩略图</translation>
    </message>
    <message>
        <source>Tap to close</source>
        <translation>点按关闭</translation>
    </message>
</context>
<context>
    <name>Evaluation</name>
    <message>
        <source>Golden set</source>
        <translation>标准集</translation>
    </message>
    <message>
        <source>Overkill</source>
        <translation>过杀</translation>
    </message>
    <message>
        <source>Right alone</source>
        <translation>谁判得更对</translation>
    </message>
    <message>
        <source>Random controls</source>
        <translation>随机对照</translation>
    </message>
    <message>
        <source>Time for a part</source>
        <translation>每件用时</translation>
    </message>
    <message>
        <source>Golden tensors</source>
        <translation>标准张量</translation>
    </message>
    <message>
        <source>held</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>REFUSED</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>未要求</translation>
    </message>
    <message>
        <source>Golden set: escapes</source>
        <translation>标准集：漏检</translation>
    </message>
    <message>
        <source>Golden set: overkill</source>
        <translation>标准集：过杀</translation>
    </message>
    <message>
        <source>Golden set: escapes of {kind}</source>
        <translation>标准集：{kind}漏检</translation>
    </message>
    <message>
        <source>Drawn at random: escapes</source>
        <translation>随机抽取：漏检</translation>
    </message>
    <message>
        <source>Drawn at random: overkill</source>
        <translation>随机抽取：过杀</translation>
    </message>
    <message>
        <source>Gate: {rule}</source>
        <translation>门槛：{rule}</translation>
    </message>
    <message>
        <source>escapes of {kind}</source>
        <translation>{kind}漏检</translation>
    </message>
    <message>
        <source>{count} of {total}: {share} ({low} to {high})</source>
        <translation>{total} 件中 {count} 件：{share}（{low} 至 {high}）</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Workbook (*.xlsx)</source>
        <translation>工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>Report (*.pdf)</source>
        <translation>报告 (*.pdf)</translation>
    </message>
    <message>
        <source>Evidence pack (*.zip)</source>
        <translation>证据包 (*.zip)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Kind of file</source>
        <translation>文件类型</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Workbook</source>
        <translation>工作簿</translation>
    </message>
    <message>
        <source>Shift report</source>
        <translation>班次报告</translation>
    </message>
    <message>
        <source>Evidence pack</source>
        <translation>证据包</translation>
    </message>
</context>
<context>
    <name>ExportPane</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Writing … {count} parts so far</source>
        <translation>正在写入 … 已写 {count} 件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Exported, {count} parts: {path}</source>
        <translation>已导出 {count} 件：{path}</translation>
    </message>
    <message>
        <source>Not exported. {why}</source>
        <translation>未导出。{why}</translation>
    </message>
</context>
<context>
    <name>Fact</name>
    <message>
        <source>Image taken</source>
        <translation>取像</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Inspected</source>
        <translation>检测</translation>
    </message>
    <message>
        <source>Code read</source>
        <translation>读码</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>零件</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>人工决定</translation>
    </message>
    <message>
        <source>Highest score of each label</source>
        <translation>各类缺陷的最高分数</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Camera {name}</source>
        <translation>相机 {name}</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>卷</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>工位</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>zone {name}</source>
        <translation>区域 {name}</translation>
    </message>
    <message>
        <source>Nobody has said anything</source>
        <translation>尚无任何记录</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Too dark</source>
        <translation>过暗</translation>
    </message>
    <message>
        <source>Too bright</source>
        <translation>过亮</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>清晰度</translation>
    </message>
</context>
<context>
    <name>FeatureModel</name>
    <message>
        <source>Feature</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>{value} (read only)</source>
        <translation>{value}（只读）</translation>
    </message>
</context>
<context>
    <name>FeaturePage</name>
    <message>
        <source>Not read yet</source>
        <translation>尚未读取</translation>
    </message>
    <message>
        <source>This camera has no features to set</source>
        <translation>此相机没有可设置的参数</translation>
    </message>
    <message>
        <source>Touch a feature to change it</source>
        <translation>点按参数进行修改</translation>
    </message>
</context>
<context>
    <name>FeatureTree</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Features of the camera</source>
        <translation>相机参数</translation>
    </message>
</context>
<context>
    <name>FieldPage</name>
    <message>
        <source>Field</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>启用版本</translation>
    </message>
</context>
<context>
    <name>Filter</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>人工决定</translation>
    </message>
    <message>
        <source>Defect</source>
        <translation>缺陷</translation>
    </message>
    <message>
        <source>Serial number begins</source>
        <translation>序列号开头</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>决定人</translation>
    </message>
    <message>
        <source>Why no result</source>
        <translation>无结果原因</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>This shift</source>
        <translation>本班</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>From – to …</source>
        <translation>起止时间…</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Clear all</source>
        <translation>全部清除</translation>
    </message>
    <message>
        <source>scan or type</source>
        <translation>扫描或输入</translation>
    </message>
    <message>
        <source>Scanned here: never the next part&apos;s number</source>
        <translation>在此扫描：不会成为下一个零件的序列号</translation>
    </message>
</context>
<context>
    <name>FindingList</name>
    <message>
        <source>No defect found</source>
        <translation>未发现缺陷</translation>
    </message>
    <message>
        <source>{label} · zone {region}</source>
        <translation>{label} · 区域 {region}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 处</translation>
    </message>
    <message>
        <source>{finding} · {along} mm along, {across} mm across</source>
        <translation>{finding} · 纵向 {along} mm，横向 {across} mm</translation>
    </message>
</context>
<context>
    <name>FirstWords</name>
    <message>
        <source>This station has no accounts yet: whoever gives a name may work at the line, and nothing more.</source>
        <translation>本工位还没有账号：报上名字的人可以在产线上操作，但仅限于此。</translation>
    </message>
    <message>
        <source>The administrator makes the other accounts. There is no password to begin with: choose one now.</source>
        <translation>其他账号由管理员创建。没有初始密码：请现在设置一个。</translation>
    </message>
    <message>
        <source>Nobody can read it or set it anew for you: keep it where only the plant&apos;s own people find it.</source>
        <translation>没有人能查看它，也没有人能替您重设：请保存在只有本厂人员能找到的地方。</translation>
    </message>
</context>
<context>
    <name>FlatField</name>
    <message>
        <source>Below 5 % on white {where}: give more light, or clean the lens.</source>
        <translation>白色目标上低于 5 %，{where}：请增强光照或清洁镜头。</translation>
    </message>
    <message>
        <source>Above 95 % on white {where}: give less light, or expose for less time.</source>
        <translation>白色目标上高于 95 %，{where}：请减弱光照或缩短曝光时间。</translation>
    </message>
    <message>
        <source>Above 25 % with the cap on {where}: put the cap on and teach dark again.</source>
        <translation>盖上镜头盖后仍高于 25 %，{where}：请盖好镜头盖，重新采集暗场。</translation>
    </message>
    <message>
        <source>No brighter on white than with the cap on {where}: teach both again.</source>
        <translation>白色目标不比盖上镜头盖时亮，{where}：请重新采集暗场和白场。</translation>
    </message>
    <message>
        <source>A gain above 4 would be needed {where}: make the light more even across the web.</source>
        <translation>所需增益超过 4，{where}：请使横向光照更均匀。</translation>
    </message>
    <message>
        <source>Only {count} dark lines were taken and {least} are needed: let more pass.</source>
        <translation>暗场只采集到 {count} 行，需要 {least} 行：请让更多行通过。</translation>
    </message>
    <message>
        <source>Only {count} white lines were taken and {least} are needed: let more pass.</source>
        <translation>白场只采集到 {count} 行，需要 {least} 行：请让更多行通过。</translation>
    </message>
    <message>
        <source>Dark and white were taken with different widths: teach both again.</source>
        <translation>暗场与白场的宽度不同：请两者都重新采集。</translation>
    </message>
    <message>
        <source>The levels are no levels of columns: teach the flat field again.</source>
        <translation>采集到的灰度无效：请重新标定平场。</translation>
    </message>
    <message>
        <source>Column {column} has become {share} brighter than when the run began: clean the lens and the light, then teach the flat field again.</source>
        <translation>第 {column} 列比开始运行时亮了 {share}：请清洁镜头和光源，然后重新标定平场。</translation>
    </message>
    <message>
        <source>Column {column} has become {share} darker than when the run began: clean the lens and the light, then teach the flat field again.</source>
        <translation>第 {column} 列比开始运行时暗了 {share}：请清洁镜头和光源，然后重新标定平场。</translation>
    </message>
    <message>
        <source>in column {first}</source>
        <translation>第 {first} 列</translation>
    </message>
    <message>
        <source>in {count} columns, the first is {first}</source>
        <translation>共 {count} 列，首列为 {first}</translation>
    </message>
</context>
<context>
    <name>FlatFieldPane</name>
    <message>
        <source>Flat field</source>
        <translation>平场校正</translation>
    </message>
</context>
<context>
    <name>FlatWizard</name>
    <message>
        <source>Flat field</source>
        <translation>平场校正</translation>
    </message>
    <message>
        <source>Step 1 of 3: dark</source>
        <translation>第 1 步（共 3 步）：暗场</translation>
    </message>
    <message>
        <source>Step 2 of 3: white</source>
        <translation>第 2 步（共 3 步）：白场</translation>
    </message>
    <message>
        <source>Step 3 of 3: result</source>
        <translation>第 3 步（共 3 步）：结果</translation>
    </message>
    <message>
        <source>Flat field saved</source>
        <translation>平场已保存</translation>
    </message>
    <message>
        <source>There is no line-scan camera to teach</source>
        <translation>没有可标定的线扫相机</translation>
    </message>
    <message>
        <source>Taking lines: keep everything as it is</source>
        <translation>正在采集：请保持现状</translation>
    </message>
    <message>
        <source>The line is running: pause it first</source>
        <translation>产线正在运行：请先暂停</translation>
    </message>
    <message>
        <source>The station does not answer</source>
        <translation>工位程序没有响应</translation>
    </message>
    <message>
        <source>Every column is made to answer alike, from dark lines and from white ones</source>
        <translation>用暗场和白场使各列响应一致</translation>
    </message>
    <message>
        <source>Put the cap on the lens, then take the dark lines</source>
        <translation>盖上镜头盖，然后采集暗场</translation>
    </message>
    <message>
        <source>Take the cap off and move a white target, or put it out of focus: then take its lines</source>
        <translation>取下镜头盖，移动白色目标或使其离焦，然后采集白场</translation>
    </message>
    <message>
        <source>The profile beside this shows the white target before and after: save it or discard it</source>
        <translation>左侧曲线显示白色目标校正前后的灰度：请保存或放弃</translation>
    </message>
    <message>
        <source>The flat field is used from now on</source>
        <translation>从现在起使用此平场</translation>
    </message>
    <message>
        <source>Teach flat field</source>
        <translation>标定平场</translation>
    </message>
    <message>
        <source>Take dark lines</source>
        <translation>采集暗场</translation>
    </message>
    <message>
        <source>Take white lines</source>
        <translation>采集白场</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Teach again</source>
        <translation>重新标定</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>FormPane</name>
    <message>
        <source>The badge was scanned</source>
        <translation>已读取工牌</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>GaugePane</name>
    <message>
        <source>{now}, reference {reference}</source>
        <translation>{now}，基准 {reference}</translation>
    </message>
</context>
<context>
    <name>Headline</name>
    <message>
        <source>The station does not answer</source>
        <translation>工位无应答</translation>
    </message>
    <message>
        <source>No camera to look at</source>
        <translation>没有可查看的相机</translation>
    </message>
    <message>
        <source>Camera {name} is not connected</source>
        <translation>相机 {name} 未连接</translation>
    </message>
    <message>
        <source>Test shot: waiting for the model</source>
        <translation>试拍：等待模型结果</translation>
    </message>
    <message>
        <source>The picture stands still</source>
        <translation>画面已冻结</translation>
    </message>
    <message>
        <source>The line is running: its parts are shown</source>
        <translation>产线运行中：显示经过的零件</translation>
    </message>
    <message>
        <source>Live picture of camera {name}</source>
        <translation>相机 {name} 的实时画面</translation>
    </message>
</context>
<context>
    <name>HistogramPane</name>
    <message>
        <source>Grey levels</source>
        <translation>灰度分布</translation>
    </message>
    <message>
        <source>black {percent} %</source>
        <translation>全黑 {percent} %</translation>
    </message>
    <message>
        <source>white {percent} %</source>
        <translation>全白 {percent} %</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>尚无测量值</translation>
    </message>
    <message>
        <source>Grey levels, reference as line</source>
        <translation>灰度分布，线为基准</translation>
    </message>
</context>
<context>
    <name>HistoryTab</name>
    <message>
        <source>SPC</source>
        <translation>SPC</translation>
    </message>
    <message>
        <source>Pareto</source>
        <translation>柏拉图</translation>
    </message>
    <message>
        <source>Yield</source>
        <translation>合格率</translation>
    </message>
    <message>
        <source>Escapes</source>
        <translation>漏检</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>漂移</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>零件</translation>
    </message>
</context>
<context>
    <name>JudgePage</name>
    <message>
        <source>Good</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>不良</translation>
    </message>
    <message>
        <source>Go on later</source>
        <translation>稍后继续</translation>
    </message>
    <message>
        <source>{title}: part {code} – {number} of {showings}</source>
        <translation>{title}：零件 {code} – 第 {number} / {showings} 个</translation>
    </message>
    <message>
        <source>An answer cannot be taken back. You may stop at any time and go on later.</source>
        <translation>答案不能撤回。您可以随时停下，稍后继续。</translation>
    </message>
    <message>
        <source>The model says: bad</source>
        <translation>模型判定：不良</translation>
    </message>
    <message>
        <source>The model says: good</source>
        <translation>模型判定：合格</translation>
    </message>
    <message>
        <source>The image of this part is not stored any more: go on later and tell who runs the study</source>
        <translation>该零件的图像已不再保存：请稍后继续，并告知研究负责人</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Kind of defect</source>
        <translation>缺陷类别</translation>
    </message>
</context>
<context>
    <name>KnownPane</name>
    <message>
        <source>Hidden until you have answered: verdict, scores, marks, and what others said</source>
        <translation>您作答之前不显示：判定、分数、标记，以及他人的意见</translation>
    </message>
    <message>
        <source>The records are being read</source>
        <translation>正在读取记录</translation>
    </message>
    <message>
        <source>Another reviewer says otherwise: an adjudicator settles it</source>
        <translation>另一位复判员意见不同：由裁定人裁定</translation>
    </message>
    <message>
        <source>Other reviewers: {answers}</source>
        <translation>其他复判员：{answers}</translation>
    </message>
</context>
<context>
    <name>Label</name>
    <message>
        <source>Scratch</source>
        <translation>划痕</translation>
    </message>
    <message>
        <source>Dent</source>
        <translation>凹坑</translation>
    </message>
    <message>
        <source>Stain</source>
        <translation>污渍</translation>
    </message>
    <message>
        <source>Chip</source>
        <translation>崩边</translation>
    </message>
    <message>
        <source>Missing hole</source>
        <translation>缺孔</translation>
    </message>
    <message>
        <source>Contamination</source>
        <translation>异物</translation>
    </message>
    <message>
        <source>Anomaly</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>Defect</source>
        <translation>缺陷</translation>
    </message>
    <message>
        <source>Blowhole</source>
        <translation>气孔</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>断裂</translation>
    </message>
    <message>
        <source>Crack</source>
        <translation>裂纹</translation>
    </message>
    <message>
        <source>Fray</source>
        <translation>磨损</translation>
    </message>
    <message>
        <source>Uneven</source>
        <translation>不均匀</translation>
    </message>
    <message>
        <source>Roll mark</source>
        <translation>辊印</translation>
    </message>
    <message>
        <source>Inclusion</source>
        <translation>夹杂</translation>
    </message>
    <message>
        <source>Missing thread</source>
        <translation>缺线</translation>
    </message>
    <message>
        <source>Knot</source>
        <translation>结头</translation>
    </message>
    <message>
        <source>Hole</source>
        <translation>孔洞</translation>
    </message>
    <message>
        <source>Gel</source>
        <translation>凝胶点</translation>
    </message>
    <message>
        <source>Bubble</source>
        <translation>气泡</translation>
    </message>
    <message>
        <source>Wrong length</source>
        <translation>长度不符</translation>
    </message>
</context>
<context>
    <name>LineGlance</name>
    <message>
        <source>Back to the line</source>
        <translation>返回产线</translation>
    </message>
    <message>
        <source>The station does not answer</source>
        <translation>工位无应答</translation>
    </message>
    <message>
        <source>No part yet</source>
        <translation>尚无零件</translation>
    </message>
    <message>
        <source>{verdict} · parts that wait for you: {count}</source>
        <translation>{verdict} · 等您处理的零件：{count}</translation>
    </message>
    <message>
        <source>Part {number}</source>
        <translation>零件 {number}</translation>
    </message>
    <message>
        <source>Parts that wait for you: {count}</source>
        <translation>等待您处理的零件：{count}</translation>
    </message>
    <message>
        <source>The line&apos;s verdicts are hidden during a review</source>
        <translation>复判期间不显示产线的判定</translation>
    </message>
</context>
<context>
    <name>ListFoot</name>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>最早</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>{count} 个新零件</translation>
    </message>
    <message>
        <source>{count} new and more</source>
        <translation>{count} 个以上新零件</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>Judge parts</source>
        <translation>评价零件</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Close study</source>
        <translation>结束研究</translation>
    </message>
    <message>
        <source>New study</source>
        <translation>新建研究</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Parts (bad)</source>
        <translation>零件（不良）</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>{parts} parts, {bad} of them bad ({share}); {trials} trials</source>
        <translation>{parts} 个零件，其中不良 {bad} 个（{share}）；{trials} 轮</translation>
    </message>
    <message>
        <source>Started by {name}, {time}</source>
        <translation>由 {name} 于 {time} 开始</translation>
    </message>
    <message>
        <source>Closed by {name}, {time}</source>
        <translation>由 {name} 于 {time} 结束</translation>
    </message>
    <message>
        <source>There is no study yet</source>
        <translation>还没有研究</translation>
    </message>
    <message>
        <source>Sign in to judge parts</source>
        <translation>请登录后评价零件</translation>
    </message>
    <message>
        <source>The report opens when you have judged all of your own parts: it would tell you the answers</source>
        <translation>您评价完自己的全部零件后才能打开报告：报告会透露答案</translation>
    </message>
    <message>
        <source>{left} showings have no answer yet. Close all the same?</source>
        <translation>还有 {left} 次展示没有答案。仍要结束吗？</translation>
    </message>
    <message>
        <source>Close it?</source>
        <translation>要结束吗？</translation>
    </message>
</context>
<context>
    <name>LiveTools</name>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>参考线</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>No picture</source>
        <translation>没有画面</translation>
    </message>
    <message>
        <source>The picture of this test shot is not here</source>
        <translation>没有此次试拍的画面</translation>
    </message>
    <message>
        <source>The first picture appears here</source>
        <translation>第一幅画面将显示在这里</translation>
    </message>
</context>
<context>
    <name>Lock</name>
    <message>
        <source>The station does not answer</source>
        <translation>工位无应答</translation>
    </message>
    <message>
        <source>No camera is chosen</source>
        <translation>未选择相机</translation>
    </message>
    <message>
        <source>The camera is not connected</source>
        <translation>相机未连接</translation>
    </message>
    <message>
        <source>The line is running: pause it first (F12)</source>
        <translation>产线运行中：请先暂停 (F12)</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Inspection station</source>
        <translation>检测工位</translation>
    </message>
</context>
<context>
    <name>Measure</name>
    <message>
        <source>Exposure</source>
        <translation>曝光时间</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>增益</translation>
    </message>
    <message>
        <source>Picture rate</source>
        <translation>帧率</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>触发</translation>
    </message>
    <message>
        <source>Pixel format</source>
        <translation>像素格式</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Grey levels</source>
        <translation>灰度分布</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Same picture</source>
        <translation>画面相符度</translation>
    </message>
    <message>
        <source>Shift to the right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Shift downwards</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>Checked when it is saved</source>
        <translation>保存时检查</translation>
    </message>
    <message>
        <source>{camera} · Package found</source>
        <translation>{camera} · 找到的模型包</translation>
    </message>
    <message>
        <source>{camera} · Its labels</source>
        <translation>{camera} · 模型标签</translation>
    </message>
    <message>
        <source>{camera} · Check</source>
        <translation>{camera} · 检查</translation>
    </message>
    <message>
        <source>Fits: hash, labels, input</source>
        <translation>符合：哈希、标签、输入</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Offered</source>
        <translation>已下发</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Proved</source>
        <translation>已验证</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>影子</translation>
    </message>
    <message>
        <source>Canary</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>现役</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>已退役</translation>
    </message>
    <message>
        <source>Rolled back</source>
        <translation>已回退</translation>
    </message>
    <message>
        <source>Its offer was read. It is fetched and proved next: signature, hash, contract, golden images</source>
        <translation>已读到下发信息。接着取回并验证：签名、哈希、接口约定、标准图像</translation>
    </message>
    <message>
        <source>It was refused and decides nothing</source>
        <translation>已拒绝，不参与任何判定</translation>
    </message>
    <message>
        <source>Signature, hash, contract and golden images hold. Let it run in shadow to see how it judges</source>
        <translation>签名、哈希、接口约定、标准图像均通过。可让它影子运行，看它如何判定</translation>
    </message>
    <message>
        <source>It judges beside the champion and is recorded. It decides nothing. Two people may promote it</source>
        <translation>与现役模型并行判定并记录，不参与决定。两人签名后可投入使用</translation>
    </message>
    <message>
        <source>It decides {share} of the parts under its stop rule. Roll it back at any time</source>
        <translation>在停止规则下决定 {share} 的零件。可随时回退</translation>
    </message>
    <message>
        <source>It is the champion: it decides all parts. Roll it back at any time</source>
        <translation>它是现役模型，决定全部零件。可随时回退</translation>
    </message>
    <message>
        <source>Another package is the champion after it</source>
        <translation>之后由另一个模型包担任现役</translation>
    </message>
    <message>
        <source>It was taken out of service</source>
        <translation>已停止使用</translation>
    </message>
    <message>
        <source>canary {version}: {share}</source>
        <translation>试用 {version}：{share}</translation>
    </message>
</context>
<context>
    <name>ModelsScreen</name>
    <message>
        <source>Packages</source>
        <translation>模型包</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>影子运行</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
</context>
<context>
    <name>NearStrip</name>
    <message>
        <source>Compare with a good part</source>
        <translation>与良品比较</translation>
    </message>
    <message>
        <source>Compare with a confirmed bad part</source>
        <translation>与已确认的不良品比较</translation>
    </message>
    <message>
        <source>Nearest good</source>
        <translation>最相近的良品</translation>
    </message>
    <message>
        <source>Known good</source>
        <translation>已知良品</translation>
    </message>
    <message>
        <source>Nearest bad</source>
        <translation>最相近的不良品</translation>
    </message>
    <message>
        <source>Known bad</source>
        <translation>已知不良品</translation>
    </message>
    <message>
        <source>No confirmed good part yet</source>
        <translation>尚无已确认的良品</translation>
    </message>
    <message>
        <source>No confirmed bad part yet</source>
        <translation>尚无已确认的不良品</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>The answer was not recorded: answer again</source>
        <translation>判定未被记录：请重新判定</translation>
    </message>
    <message>
        <source>Not sent: the station cannot be reached</source>
        <translation>未发送：无法连接工位</translation>
    </message>
    <message>
        <source>Serial numbers cannot be typed for this recipe</source>
        <translation>本配方不能手动输入序列号</translation>
    </message>
    <message>
        <source>Unknown command code {value}</source>
        <translation>未知的指令条码 {value}</translation>
    </message>
    <message>
        <source>Drawn on camera {value}: tap the boxes away to draw here</source>
        <translation>方框画在相机 {value} 上：先点掉方框，才能画在这里</translation>
    </message>
    <message>
        <source>This answer is not possible now</source>
        <translation>当前不能作此判定</translation>
    </message>
    <message>
        <source>The scanned code is too long</source>
        <translation>扫描的条码过长</translation>
    </message>
    <message>
        <source>The scanned code holds characters that cannot be used</source>
        <translation>扫描的条码含有无法使用的字符</translation>
    </message>
    <message>
        <source>Not on this screen: go back to the line first</source>
        <translation>本画面不可用：请先返回产线</translation>
    </message>
    <message>
        <source>Finish or cancel the answer first</source>
        <translation>请先完成或取消当前判定</translation>
    </message>
    <message>
        <source>The scan was not complete: scan again</source>
        <translation>扫描不完整：请重新扫描</translation>
    </message>
    <message>
        <source>No serial number was given</source>
        <translation>没有序列号</translation>
    </message>
    <message>
        <source>Not taken: {value} is no serial number of this recipe</source>
        <translation>未接受：{value} 不是本配方的序列号</translation>
    </message>
    <message>
        <source>Not taken: {value} waits for the next part already</source>
        <translation>未接受：{value} 已在等待下一件</translation>
    </message>
    <message>
        <source>Not taken: {value} is being inspected now</source>
        <translation>未接受：{value} 正在检测</translation>
    </message>
    <message>
        <source>Not taken: {value} was inspected before</source>
        <translation>未接受：{value} 已检测过</translation>
    </message>
    <message>
        <source>Not taken: the records cannot say whether {value} is new</source>
        <translation>未接受：无法从记录中确认 {value} 是否重复</translation>
    </message>
    <message>
        <source>Not taken: two codes that disagree</source>
        <translation>未接受：两个码不一致</translation>
    </message>
    <message>
        <source>Not taken: {value}. This recipe has no serial numbers</source>
        <translation>未接受：{value}。本配方没有序列号</translation>
    </message>
    <message>
        <source>Not taken: {value}. The camera reads the serial number</source>
        <translation>未接受：{value}。序列号由相机读取</translation>
    </message>
    <message>
        <source>{value}: only a scanner that types can scan command codes</source>
        <translation>{value}：指令条码只能用键盘式扫码枪扫描</translation>
    </message>
    <message>
        <source>There is no recipe for the code {value}</source>
        <translation>没有与 {value} 对应的配方</translation>
    </message>
    <message>
        <source>Several recipes have the code {value}: call the lead</source>
        <translation>多个配方使用同一个码 {value}：呼叫班长</translation>
    </message>
    <message>
        <source>nobody is signed in</source>
        <translation>无人登录</translation>
    </message>
    <message>
        <source>sign in with your badge or name first</source>
        <translation>请先刷工牌或输入姓名登录</translation>
    </message>
    <message>
        <source>no recipe is loaded</source>
        <translation>未加载配方</translation>
    </message>
    <message>
        <source>choose a recipe</source>
        <translation>请选择配方</translation>
    </message>
    <message>
        <source>the line is running</source>
        <translation>产线正在运行</translation>
    </message>
    <message>
        <source>pause the line first</source>
        <translation>请先暂停</translation>
    </message>
    <message>
        <source>the line is not running</source>
        <translation>产线未运行</translation>
    </message>
    <message>
        <source>start the line first</source>
        <translation>请先启动运行</translation>
    </message>
    <message>
        <source>this part has no record</source>
        <translation>该零件没有检测记录</translation>
    </message>
    <message>
        <source>choose a recorded part</source>
        <translation>请选择有记录的零件</translation>
    </message>
    <message>
        <source>there is no decision to take back</source>
        <translation>没有可撤销的判定</translation>
    </message>
    <message>
        <source>choose another part</source>
        <translation>请选择其他零件</translation>
    </message>
    <message>
        <source>the database is too slow</source>
        <translation>数据库响应过慢</translation>
    </message>
    <message>
        <source>check the disk</source>
        <translation>请检查磁盘</translation>
    </message>
    <message>
        <source>too many verdicts wait for the database: make room on the disk, then start again</source>
        <translation>等待写入数据库的结果过多：请清理磁盘空间后重新运行</translation>
    </message>
    <message>
        <source>The connection was lost: begin again</source>
        <translation>连接已断开：请重新开始</translation>
    </message>
    <message>
        <source>no camera looks at an endless web</source>
        <translation>没有检测连续卷材的相机</translation>
    </message>
    <message>
        <source>load a recipe whose camera has part=web</source>
        <translation>请加载相机设为 part=web 的配方</translation>
    </message>
    <message>
        <source>the roll has no usable name</source>
        <translation>卷号不可用</translation>
    </message>
    <message>
        <source>give a name of at most 100 letters</source>
        <translation>卷号最多 100 个字符</translation>
    </message>
    <message>
        <source>no roll runs</source>
        <translation>当前没有卷料</translation>
    </message>
    <message>
        <source>start a roll first</source>
        <translation>请先开始新卷</translation>
    </message>
    <message>
        <source>an endless web has no parts to trigger</source>
        <translation>连续卷材没有可触发的零件</translation>
    </message>
    <message>
        <source>start the line: the web is taken as it comes</source>
        <translation>请启动产线：卷材随到随检</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>this name was given already</source>
        <translation>此账号名已用过</translation>
    </message>
    <message>
        <source>names are never given twice: choose another</source>
        <translation>账号名不会重复使用：请另选一个</translation>
    </message>
    <message>
        <source>the two PINs differ</source>
        <translation>两次输入的 PIN 不同</translation>
    </message>
    <message>
        <source>the two passwords differ</source>
        <translation>两次输入的密码不同</translation>
    </message>
    <message>
        <source>type both again</source>
        <translation>请重新输入两次</translation>
    </message>
    <message>
        <source>nobody could sign in to this account</source>
        <translation>此账号将无法登录</translation>
    </message>
    <message>
        <source>give a badge, a PIN or a password</source>
        <translation>请设置工牌、PIN 或密码</translation>
    </message>
    <message>
        <source>Give the full name</source>
        <translation>请填写姓名</translation>
    </message>
    <message>
        <source>Nothing can be exported while the station does not answer</source>
        <translation>工位没有响应，无法导出</translation>
    </message>
    <message>
        <source>This needs an account: set up an administrator first</source>
        <translation>需要账户：请先设置管理员</translation>
    </message>
    <message>
        <source>An export is being written</source>
        <translation>正在写入导出文件</translation>
    </message>
    <message>
        <source>the station was lost before it had noted the export: export again</source>
        <translation>工位在登记导出之前失去连接：请重新导出</translation>
    </message>
    <message>
        <source>Give a reason</source>
        <translation>请填写原因</translation>
    </message>
    <message>
        <source>Sign it with your own password</source>
        <translation>请用您自己的密码签名</translation>
    </message>
    <message>
        <source>Looked for {value}: a scan here is never the next part&apos;s number</source>
        <translation>已查找 {value}：此处的扫描不会作为下一件的序列号</translation>
    </message>
    <message>
        <source>sign in with your badge, PIN or password</source>
        <translation>请用工牌、PIN 或密码登录</translation>
    </message>
    <message>
        <source>the rights that hold now do not allow this</source>
        <translation>当前权限不允许此操作</translation>
    </message>
    <message>
        <source>sign in again with your password</source>
        <translation>请用密码重新登录</translation>
    </message>
    <message>
        <source>ask somebody whose role may</source>
        <translation>请找有权限的人员</translation>
    </message>
    <message>
        <source>the role of who signed may not do this</source>
        <translation>签名人的角色无权执行此操作</translation>
    </message>
    <message>
        <source>let somebody sign who may</source>
        <translation>请由有权限的人签名</translation>
    </message>
    <message>
        <source>this needs an account</source>
        <translation>此操作需要账号</translation>
    </message>
    <message>
        <source>set up an administrator first</source>
        <translation>请先设置管理员</translation>
    </message>
    <message>
        <source>changes cannot be audited now, so none is made</source>
        <translation>目前无法写入审计记录，因此不作任何更改</translation>
    </message>
    <message>
        <source>this badge is not known</source>
        <translation>不认识此工牌</translation>
    </message>
    <message>
        <source>the name or the secret is wrong</source>
        <translation>账号名、PIN 或密码错误</translation>
    </message>
    <message>
        <source>try again</source>
        <translation>请重试</translation>
    </message>
    <message>
        <source>too many wrong attempts</source>
        <translation>错误次数过多</translation>
    </message>
    <message>
        <source>wait before you try again</source>
        <translation>请稍后再试</translation>
    </message>
    <message>
        <source>this is no name for an account</source>
        <translation>这不能作为账号名</translation>
    </message>
    <message>
        <source>give 1 to 40 letters without a blank at either end</source>
        <translation>请输入 1 至 40 个字符，首尾不留空格</translation>
    </message>
    <message>
        <source>the password has not 10 to 200 letters</source>
        <translation>密码须为 10 至 200 个字符</translation>
    </message>
    <message>
        <source>choose a longer password</source>
        <translation>请选择更长的密码</translation>
    </message>
    <message>
        <source>the PIN is not made of 4 to 8 digits</source>
        <translation>PIN 须为 4 至 8 位数字</translation>
    </message>
    <message>
        <source>choose 4 to 8 digits</source>
        <translation>请选择 4 至 8 位数字</translation>
    </message>
    <message>
        <source>the badge&apos;s text has not 4 to 200 letters</source>
        <translation>工牌内容须为 4 至 200 个字符</translation>
    </message>
    <message>
        <source>scan another badge</source>
        <translation>请换一张工牌</translation>
    </message>
    <message>
        <source>this badge belongs to somebody else</source>
        <translation>此工牌属于其他人</translation>
    </message>
    <message>
        <source>the station would have no administrator any more</source>
        <translation>这样工位将没有管理员</translation>
    </message>
    <message>
        <source>make somebody else an administrator with a password first</source>
        <translation>请先让另一人成为有密码的管理员</translation>
    </message>
    <message>
        <source>there is an administrator already</source>
        <translation>已有管理员</translation>
    </message>
    <message>
        <source>let an administrator who is there make the account</source>
        <translation>请由现有管理员创建账号</translation>
    </message>
    <message>
        <source>a first password is given by an administrator</source>
        <translation>首个密码由管理员设置</translation>
    </message>
    <message>
        <source>let an administrator give you one</source>
        <translation>请由管理员为您设置</translation>
    </message>
    <message>
        <source>this is no export</source>
        <translation>这不是导出文件</translation>
    </message>
    <message>
        <source>export again</source>
        <translation>请重新导出</translation>
    </message>
    <message>
        <source>the file cannot be written</source>
        <translation>无法写入文件</translation>
    </message>
    <message>
        <source>the report cannot be written</source>
        <translation>无法写入报告</translation>
    </message>
    <message>
        <source>choose another folder</source>
        <translation>请选择其他文件夹</translation>
    </message>
    <message>
        <source>choose another folder, or make room</source>
        <translation>请选择其他文件夹，或腾出空间</translation>
    </message>
    <message>
        <source>the station has no signing key yet</source>
        <translation>工位还没有签名密钥</translation>
    </message>
    <message>
        <source>let the engine run for a minute: it makes the key when it first signs</source>
        <translation>让引擎运行一分钟：首次签名时会生成密钥</translation>
    </message>
    <message>
        <source>the signing key is readable for the engine&apos;s account alone, so this one cannot sign</source>
        <translation>签名密钥只有引擎的账户可读，当前账户无法签名</translation>
    </message>
    <message>
        <source>run station-app export pack as the account that runs the engine</source>
        <translation>请以运行引擎的账户执行 station-app export pack</translation>
    </message>
    <message>
        <source>Your role may not do this</source>
        <translation>您的角色无权执行此操作</translation>
    </message>
    <message>
        <source>Sign in first: scan your badge, or tap Sign in</source>
        <translation>请先登录：刷工牌，或点按“登录”</translation>
    </message>
    <message>
        <source>Sign in again with your password to do this</source>
        <translation>请用密码重新登录后再操作</translation>
    </message>
    <message>
        <source>nobody differs about this part</source>
        <translation>对此零件没有分歧</translation>
    </message>
    <message>
        <source>review it as any other</source>
        <translation>请按普通零件复判</translation>
    </message>
    <message>
        <source>you are one of those who differ about this part</source>
        <translation>您是持不同意见者之一</translation>
    </message>
    <message>
        <source>leave it to a third person</source>
        <translation>请交给第三个人</translation>
    </message>
    <message>
        <source>an adjudication says good or bad</source>
        <translation>裁定必须给出合格或不合格</translation>
    </message>
    <message>
        <source>leave it to another person</source>
        <translation>请交给其他人</translation>
    </message>
    <message>
        <source>this part was not drawn for a blind review</source>
        <translation>此零件未被抽中盲检</translation>
    </message>
    <message>
        <source>choose the next part</source>
        <translation>请选择下一件</translation>
    </message>
    <message>
        <source>you have answered this part before, and have seen its marks since</source>
        <translation>您以前答过此零件，之后看过它的标记</translation>
    </message>
    <message>
        <source>a second reviewer must be another person</source>
        <translation>第二位复判员必须是另一个人</translation>
    </message>
    <message>
        <source>you have decided about this part before: your review cannot be blind</source>
        <translation>您已判定过此零件：您的复判不再是盲检</translation>
    </message>
    <message>
        <source>leave it to another reviewer</source>
        <translation>请交给另一位复判员</translation>
    </message>
    <message>
        <source>people differ about this part already</source>
        <translation>对此零件已有分歧</translation>
    </message>
    <message>
        <source>settle it as an adjudication, or choose another queue</source>
        <translation>请以裁定解决，或选择其他队列</translation>
    </message>
    <message>
        <source>there is no such known-bad image</source>
        <translation>没有这张已知不合格图像</translation>
    </message>
    <message>
        <source>you have answered this one already</source>
        <translation>您已经答过这一件</translation>
    </message>
    <message>
        <source>there is no such review</source>
        <translation>没有此复判</translation>
    </message>
    <message>
        <source>choose another one</source>
        <translation>请另选一个</translation>
    </message>
    <message>
        <source>somebody else&apos;s review cannot be taken back</source>
        <translation>不能撤回他人的复判</translation>
    </message>
    <message>
        <source>add a review of yours</source>
        <translation>请添加您自己的复判</translation>
    </message>
    <message>
        <source>an answer about a known-bad image stays</source>
        <translation>对已知不合格图像的答案不能撤回</translation>
    </message>
    <message>
        <source>go on: it measures the reviewers and says nothing about a part</source>
        <translation>请继续：它只衡量复判员，不说明任何零件</translation>
    </message>
    <message>
        <source>this review was taken back already</source>
        <translation>此复判已撤回</translation>
    </message>
    <message>
        <source>there is no such part or review</source>
        <translation>没有此零件或复判</translation>
    </message>
    <message>
        <source>a suspect needs a reason</source>
        <translation>标记可疑件需要原因</translation>
    </message>
    <message>
        <source>say what is doubtful about the part</source>
        <translation>请说明零件可疑之处</translation>
    </message>
    <message>
        <source>limits are frozen for a reason</source>
        <translation>冻结界限需要理由</translation>
    </message>
    <message>
        <source>say why from this period</source>
        <translation>请说明为何采用此时段</translation>
    </message>
    <message>
        <source>this is no period</source>
        <translation>这不是一个时段</translation>
    </message>
    <message>
        <source>choose one that ends after it begins</source>
        <translation>请选择结束晚于开始的时段</translation>
    </message>
    <message>
        <source>the study has no title</source>
        <translation>研究没有标题</translation>
    </message>
    <message>
        <source>say what it is about</source>
        <translation>请说明研究的内容</translation>
    </message>
    <message>
        <source>a study has 1 to 10 trials</source>
        <translation>一项研究有 1 至 10 轮</translation>
    </message>
    <message>
        <source>choose two or three: with one nobody can differ from themselves</source>
        <translation>请选择两轮或三轮：只有一轮无法看出自身的不一致</translation>
    </message>
    <message>
        <source>a part stands in the study twice</source>
        <translation>有零件在研究中出现两次</translation>
    </message>
    <message>
        <source>choose each part once</source>
        <translation>每个零件只选一次</translation>
    </message>
    <message>
        <source>a study needs a good and a bad part at least</source>
        <translation>研究至少需要一个合格零件和一个不良零件</translation>
    </message>
    <message>
        <source>choose good and bad parts: at least 50 of them, 30 to 50 % bad, tell something</source>
        <translation>请选择合格与不良零件：至少 50 个、其中 30 至 50 % 不良，结果才有意义</translation>
    </message>
    <message>
        <source>there is no such part</source>
        <translation>没有这个零件</translation>
    </message>
    <message>
        <source>choose recorded parts</source>
        <translation>请选择有记录的零件</translation>
    </message>
    <message>
        <source>nobody is to judge in this study</source>
        <translation>这项研究没有评价人</translation>
    </message>
    <message>
        <source>choose an appraiser; two or more tell more</source>
        <translation>请选择评价人；两位以上更能说明问题</translation>
    </message>
    <message>
        <source>an appraiser stands in the study twice</source>
        <translation>有评价人在研究中出现两次</translation>
    </message>
    <message>
        <source>choose each of them once</source>
        <translation>每人只选一次</translation>
    </message>
    <message>
        <source>the study would have more than 6000 showings</source>
        <translation>研究的展示将超过 6000 次</translation>
    </message>
    <message>
        <source>take fewer parts, appraisers or trials</source>
        <translation>请减少零件、评价人或轮数</translation>
    </message>
    <message>
        <source>there is no active account of this name</source>
        <translation>没有该名称的有效账户</translation>
    </message>
    <message>
        <source>choose appraisers from the accounts</source>
        <translation>请从账户中选择评价人</translation>
    </message>
    <message>
        <source>the role of this appraiser does not judge parts</source>
        <translation>该评价人的角色不判定零件</translation>
    </message>
    <message>
        <source>choose somebody who decides about parts</source>
        <translation>请选择判定零件的人员</translation>
    </message>
    <message>
        <source>there is no such study</source>
        <translation>没有这项研究</translation>
    </message>
    <message>
        <source>choose one from the list</source>
        <translation>请从列表中选择</translation>
    </message>
    <message>
        <source>look at the list of studies</source>
        <translation>请查看研究列表</translation>
    </message>
    <message>
        <source>this is no time of looking at a part</source>
        <translation>这不是有效的查看时间</translation>
    </message>
    <message>
        <source>open the showing again</source>
        <translation>请重新打开该展示</translation>
    </message>
    <message>
        <source>no image of this part is stored</source>
        <translation>该零件没有保存图像</translation>
    </message>
    <message>
        <source>this part has no result to compare with</source>
        <translation>该零件没有可比较的结果</translation>
    </message>
    <message>
        <source>leave this part out, and choose another one</source>
        <translation>请去掉该零件，另选一个</translation>
    </message>
    <message>
        <source>people have settled this part otherwise than the study&apos;s standard says</source>
        <translation>人员对该零件的定论与研究的标准不同</translation>
    </message>
    <message>
        <source>take the settled answer for the standard, or leave it out</source>
        <translation>请以定论为标准，或去掉该零件</translation>
    </message>
    <message>
        <source>this study is closed</source>
        <translation>这项研究已结束</translation>
    </message>
    <message>
        <source>read its report, or start a new one</source>
        <translation>请查看其报告，或新建研究</translation>
    </message>
    <message>
        <source>not every showing of this study has an answer yet</source>
        <translation>这项研究还有展示没有答案</translation>
    </message>
    <message>
        <source>say why it ends before all of them are answered</source>
        <translation>请说明为何在全部回答之前结束</translation>
    </message>
    <message>
        <source>there is no such showing in this study</source>
        <translation>这项研究中没有这次展示</translation>
    </message>
    <message>
        <source>this showing is another person&apos;s</source>
        <translation>这次展示属于另一个人</translation>
    </message>
    <message>
        <source>sign in as the appraiser who is to judge</source>
        <translation>请以应评价的评价人身份登录</translation>
    </message>
    <message>
        <source>this showing is answered already; a study&apos;s answer is never changed</source>
        <translation>这次展示已有答案；研究的答案绝不更改</translation>
    </message>
    <message>
        <source>go on with the next one</source>
        <translation>请继续下一个</translation>
    </message>
    <message>
        <source>another showing comes first</source>
        <translation>应先进行另一次展示</translation>
    </message>
    <message>
        <source>judge them in the order of the plan</source>
        <translation>请按计划的顺序评价</translation>
    </message>
    <message>
        <source>the model&apos;s verdict must be shown here</source>
        <translation>此处必须显示模型的判定</translation>
    </message>
    <message>
        <source>the model&apos;s verdict must not be shown here</source>
        <translation>此处不得显示模型的判定</translation>
    </message>
</context>
<context>
    <name>OpacityBar</name>
    <message>
        <source>Reference {percent} %</source>
        <translation>基准 {percent} %</translation>
    </message>
</context>
<context>
    <name>OpacitySlider</name>
    <message>
        <source>Heat map {percent} %</source>
        <translation>热力图 {percent} %</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热力图</translation>
    </message>
</context>
<context>
    <name>OperatorScreen</name>
    <message>
        <source>The first part appears here</source>
        <translation>等待第一个零件</translation>
    </message>
    <message>
        <source>No image</source>
        <translation>无图像</translation>
    </message>
    <message>
        <source>No image of this part is stored here</source>
        <translation>此零件没有保存图像</translation>
    </message>
</context>
<context>
    <name>OverlayBar</name>
    <message>
        <source>Live only</source>
        <translation>仅实时</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>轮廓</translation>
    </message>
</context>
<context>
    <name>OwnTab</name>
    <message>
        <source>Set: {secrets}</source>
        <translation>已设置：{secrets}</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>无人登录</translation>
    </message>
    <message>
        <source>A first password, or PIN, is given by an administrator</source>
        <translation>首个密码或 PIN 由管理员设置</translation>
    </message>
</context>
<context>
    <name>PackagePanel</name>
    <message>
        <source>Take {model} out of service? {champion} decides from the next part on</source>
        <translation>停用 {model}？从下一件起由 {champion} 决定</translation>
    </message>
    <message>
        <source>The champion before it</source>
        <translation>之前的现役模型</translation>
    </message>
    <message>
        <source>{model} · {recipe} / {camera} · {stage}</source>
        <translation>{model} · {recipe} / {camera} · {stage}</translation>
    </message>
    <message>
        <source>{stage}: {why}</source>
        <translation>{stage}：{why}</translation>
    </message>
    <message>
        <source>{names} signed for its promotion. It begins with the second signature, of another person</source>
        <translation>{names} 已为投入使用签名。另一人签名后才开始</translation>
    </message>
    <message>
        <source>Start shadow</source>
        <translation>开始影子运行</translation>
    </message>
    <message>
        <source>Stop shadow</source>
        <translation>停止影子运行</translation>
    </message>
    <message>
        <source>Promote …</source>
        <translation>投入使用 …</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>回退</translation>
    </message>
</context>
<context>
    <name>PackageRows</name>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>This package</source>
        <translation>本模型包</translation>
    </message>
    <message>
        <source>The one it replaces</source>
        <translation>被替换的模型包</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>模型包</translation>
    </message>
    <message>
        <source>Channel, number</source>
        <translation>通道与编号</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Decides</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>{parts} parts, {other} judged otherwise</source>
        <translation>{parts} 件，其中 {other} 件判定不同</translation>
    </message>
    <message>
        <source>In shadow</source>
        <translation>影子运行</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>签名</translation>
    </message>
</context>
<context>
    <name>PackagesPage</name>
    <message>
        <source>Model packages at this station</source>
        <translation>本工位的模型包</translation>
    </message>
    <message>
        <source>Look at the channel now</source>
        <translation>立即查看通道</translation>
    </message>
    <message>
        <source>Read from a stick or folder …</source>
        <translation>从 U 盘或文件夹读取 …</translation>
    </message>
    <message>
        <source>The channel is looked at by itself now and then; nothing of it decides unasked</source>
        <translation>工位会定时自动查看通道；未经许可，其中任何模型都不参与决定</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Recipe / camera</source>
        <translation>配方 / 相机</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始时间</translation>
    </message>
    <message>
        <source>Replaces</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>The station does not answer</source>
        <translation>工位没有应答</translation>
    </message>
    <message>
        <source>No model has come to this station yet.</source>
        <translation>本工位还没有收到任何模型。</translation>
    </message>
    <message>
        <source>Models are trained elsewhere, pass the gate, and are offered through the channel that the station file names, signed by a key that this station trusts. The station looks there by itself.</source>
        <translation>模型在别处训练，通过门槛后，经工位配置文件中指定的通道下发，并带有本工位信任的密钥的签名。工位会自动查看通道。</translation>
    </message>
    <message>
        <source>A stick or a folder with the same layout does as well.</source>
        <translation>布局相同的 U 盘或文件夹也可以。</translation>
    </message>
    <message>
        <source>What comes is proved first; it decides nothing before two people promote it.</source>
        <translation>收到的模型先经过验证；两人签名投入使用之前，它不参与任何决定。</translation>
    </message>
    <message>
        <source>Stick or folder with models</source>
        <translation>存有模型的 U 盘或文件夹</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>Page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
</context>
<context>
    <name>PartHeader</name>
    <message>
        <source>Part {number} of {total}</source>
        <translation>第 {number} 件，共 {total} 件</translation>
    </message>
    <message>
        <source>Part {number}</source>
        <translation>零件 {number}</translation>
    </message>
    <message>
        <source>Whole part looked at</source>
        <translation>已看过整个零件</translation>
    </message>
    <message>
        <source>Not looked at whole: {cameras}</source>
        <translation>尚未看完整：{cameras}</translation>
    </message>
    <message>
        <source>Not looked at whole yet</source>
        <translation>尚未看完整个零件</translation>
    </message>
</context>
<context>
    <name>PartLine</name>
    <message>
        <source>Part {number}</source>
        <translation>零件 {number}</translation>
    </message>
    <message>
        <source>{name} · lot {lot}</source>
        <translation>{name} · 批次 {lot}</translation>
    </message>
    <message>
        <source>Looking back: {name}</source>
        <translation>回看：{name}</translation>
    </message>
    <message>
        <source>Last known: {name}</source>
        <translation>最后一件：{name}</translation>
    </message>
    <message>
        <source>Recording…</source>
        <translation>正在记录…</translation>
    </message>
</context>
<context>
    <name>PartTitle</name>
    <message>
        <source>Part {number}</source>
        <translation>零件 {number}</translation>
    </message>
</context>
<context>
    <name>PartsList</name>
    <message>
        <source>The records cannot be read: {reason}</source>
        <translation>无法读取记录：{reason}</translation>
    </message>
    <message>
        <source>No part is recorded yet</source>
        <translation>还没有记录任何零件</translation>
    </message>
    <message>
        <source>No recorded part fulfils this filter</source>
        <translation>没有符合此筛选条件的零件</translation>
    </message>
</context>
<context>
    <name>PartsTab</name>
    <message>
        <source>Tap the part to compare with part {number}</source>
        <translation>请点选要与零件 {number} 比较的零件</translation>
    </message>
</context>
<context>
    <name>PartsTable</name>
    <message>
        <source>Parts</source>
        <translation>零件</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>Accounts</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>My secrets</source>
        <translation>我的登录方式</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Badge: scan it now</source>
        <translation>工牌：请现在扫描</translation>
    </message>
    <message>
        <source>PIN, 4 to 8 digits</source>
        <translation>PIN，4 至 8 位数字</translation>
    </message>
    <message>
        <source>PIN again</source>
        <translation>再次输入 PIN</translation>
    </message>
    <message>
        <source>Password, at least 10 letters</source>
        <translation>密码，至少 10 个字符</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>再次输入密码</translation>
    </message>
    <message>
        <source>Reason, kept for ever</source>
        <translation>原因（永久保存）</translation>
    </message>
    <message>
        <source>A good password</source>
        <translation>密码强度好</translation>
    </message>
    <message>
        <source>Your own password, to sign this</source>
        <translation>您自己的密码，用于签名</translation>
    </message>
    <message>
        <source>Set up the administrator</source>
        <translation>设置管理员</translation>
    </message>
    <message>
        <source>Name of the account</source>
        <translation>账号名</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>新增账号</translation>
    </message>
    <message>
        <source>Change name, role or state</source>
        <translation>更改姓名、角色或状态</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>工牌</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Change my PIN</source>
        <translation>更改我的 PIN</translation>
    </message>
    <message>
        <source>Change my password</source>
        <translation>更改我的密码</translation>
    </message>
    <message>
        <source>Too short: at least 10 letters</source>
        <translation>太短：至少 10 个字符</translation>
    </message>
    <message>
        <source>Weak: it holds the name, which everybody knows</source>
        <translation>弱：含有人人皆知的名字</translation>
    </message>
    <message>
        <source>Weak: too few different letters, or letters in a row</source>
        <translation>弱：不同字符太少，或为连续字符</translation>
    </message>
    <message>
        <source>Usable. Four words that do not belong together are better</source>
        <translation>可用。四个互不相关的词更好</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Your PIN as it is now, to sign this</source>
        <translation>您现在的 PIN，用于签名</translation>
    </message>
    <message>
        <source>none: cannot sign in</source>
        <translation>无：不能登录</translation>
    </message>
</context>
<context>
    <name>PicturePage</name>
    <message>
        <source>Nothing measured yet</source>
        <translation>尚无测量值</translation>
    </message>
    <message>
        <source>No reference yet: when the picture is as it should be, save it as reference</source>
        <translation>尚无基准：画面调好后，请保存为基准</translation>
    </message>
</context>
<context>
    <name>PlanPage</name>
    <message>
        <source>Title of the study</source>
        <translation>研究的标题</translation>
    </message>
    <message>
        <source>{count} trials</source>
        <translation>{count} 轮</translation>
    </message>
    <message>
        <source>Model beside the people</source>
        <translation>同时评价模型</translation>
    </message>
    <message>
        <source>Start study</source>
        <translation>开始研究</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Bad: {count} of {offered} chosen</source>
        <translation>不良：已选 {count} / {offered}</translation>
    </message>
    <message>
        <source>Good: {count} of {offered} chosen</source>
        <translation>合格：已选 {count} / {offered}</translation>
    </message>
    <message>
        <source>No settled part with a stored image is found: review parts first</source>
        <translation>没有找到已有定论且保存了图像的零件：请先复核零件</translation>
    </message>
    <message>
        <source>{parts} parts, {share} bad, {showings} showings for each appraiser.</source>
        <translation>{parts} 个零件，不良占 {share}，每位评价人 {showings} 次展示。</translation>
    </message>
</context>
<context>
    <name>PromisePane</name>
    <message>
        <source>At most {limit} of bad parts told OK</source>
        <translation>判为 OK 的不良品不超过 {limit}</translation>
    </message>
    <message>
        <source>{count} of {total} known bad parts, at most {bound} at 95 %</source>
        <translation>已知 {total} 个不良品中有 {count} 个；95 % 置信上限 {bound}</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已保证</translation>
    </message>
    <message>
        <source>holds on these parts, which it was looked for on; later parts must prove it</source>
        <translation>在这些零件上成立，但阈值正是据此挑选的；须由之后的零件证明</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>未能保证</translation>
    </message>
    <message>
        <source>cannot guarantee, collect {count} more bad parts</source>
        <translation>无法保证，还需收集 {count} 个不良品</translation>
    </message>
    <message>
        <source>cannot guarantee, at least {count} more blind reviews are needed</source>
        <translation>无法保证，至少还需 {count} 次盲检复判</translation>
    </message>
    <message>
        <source>cannot guarantee, {count} more parts are needed</source>
        <translation>无法保证，还需 {count} 个零件</translation>
    </message>
</context>
<context>
    <name>Promotion</name>
    <message>
        <source>Good, if at most so many of its verdicts are overturned or lost</source>
        <translation>好：被推翻或丢失的判定不超过</translation>
    </message>
    <message>
        <source>Bad, if at least so many of them are</source>
        <translation>坏：被推翻或丢失的判定达到</translation>
    </message>
    <message>
        <source>Chance that a good one is stopped all the same</source>
        <translation>好模型仍被停止的概率</translation>
    </message>
    <message>
        <source>Chance that a bad one passes all the same</source>
        <translation>坏模型仍通过的概率</translation>
    </message>
    <message>
        <source>It cannot pass before so many parts</source>
        <translation>至少判定多少件后才可通过</translation>
    </message>
    <message>
        <source>Promote {model} for {recipe}, camera {camera}</source>
        <translation>将 {model} 投入使用：配方 {recipe}，相机 {camera}</translation>
    </message>
    <message>
        <source>Stop rule</source>
        <translation>停止规则</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>All parts at once: no stop rule. The station watches it and rolls back by itself on faults</source>
        <translation>一次决定全部零件：没有停止规则。工位会监视它，出现故障时自动回退</translation>
    </message>
    <message>
        <source>A sequential test (Wald) after every part: {stops} bad ones at the start stop it; without any it has passed after {passes} parts of its own, about {line} of the line</source>
        <translation>每件之后做序贯检验（Wald）：开头出现 {stops} 件坏判定即停止；若一件都没有，则判定 {passes} 件后通过，约为产线的 {line} 件</translation>
    </message>
    <message>
        <source>With the second signature, from the next part on: {model} decides {share} of the parts, drawn evenly; {champion} decides the others. The line goes on. The station rolls back by itself when the stop rule says so, or when the model fails, is too slow or is overturned too often</source>
        <translation>第二人签名后，从下一件起：{model} 决定均匀抽取的 {share} 的零件，其余由 {champion} 决定。产线不停。停止规则要求时，或模型出错、太慢、被推翻太多时，工位自动回退</translation>
    </message>
    <message>
        <source>With the second signature, from the next part on: {model} decides every part in place of {champion}. The line goes on. {champion} stays at the station and is back in one press, and by itself when the model fails, is too slow or is overturned too often</source>
        <translation>第二人签名后，从下一件起：{model} 取代 {champion} 决定每一件零件。产线不停。{champion} 保留在工位上，一按即可恢复；模型出错、太慢、被推翻太多时自动恢复</translation>
    </message>
    <message>
        <source>the champion of now</source>
        <translation>目前的现役模型</translation>
    </message>
    <message>
        <source>{name} signed for {share} of the parts, {time}</source>
        <translation>{name} 已签名：{share} 的零件，{time}</translation>
    </message>
    <message>
        <source>The channel has offered a higher number here: say why this one is let in all the same. Both sign for that</source>
        <translation>通道已下发编号更高的模型：请说明为什么仍使用这一个。两人都为此签名</translation>
    </message>
    <message>
        <source>{terms}. You sign for exactly the same</source>
        <translation>{terms}。您签名的内容与之完全相同</translation>
    </message>
    <message>
        <source>{names} signed. Reading what for…</source>
        <translation>{names} 已签名。正在读取签名内容…</translation>
    </message>
    <message>
        <source>Two different people sign, one after the other: an engineer and one of quality</source>
        <translation>由两个不同的人先后签名：一名工程师和一名质量人员</translation>
    </message>
</context>
<context>
    <name>PromotionPage</name>
    <message>
        <source>Second signature, of another person</source>
        <translation>第二个签名，由另一人签</translation>
    </message>
    <message>
        <source>First of two signatures</source>
        <translation>两个签名中的第一个</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Share of the parts that it decides</source>
        <translation>由它决定的零件比例</translation>
    </message>
    <message>
        <source>Sign for other terms</source>
        <translation>改签其他条件</translation>
    </message>
    <message>
        <source>Not taken: this does not lie within its limits</source>
        <translation>未采用：超出范围</translation>
    </message>
</context>
<context>
    <name>QualityPage</name>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>启用版本</translation>
    </message>
    <message>
        <source>Taught</source>
        <translation>示教值</translation>
    </message>
    <message>
        <source>Teach from good parts</source>
        <translation>用良品示教</translation>
    </message>
    <message>
        <source>Take what was taught</source>
        <translation>采用示教值</translation>
    </message>
    <message>
        <source>Cannot say: fewer than {count} good parts of this camera are recorded</source>
        <translation>无法判断：该相机记录的良品少于 {count} 件</translation>
    </message>
    <message>
        <source>Teaching takes the newest good parts: mean ± {k} standard deviations</source>
        <translation>示教使用最新的良品：平均值 ± {k} 倍标准差</translation>
    </message>
    <message>
        <source>From {parts} good parts. Of these the shown limits refuse {today}, the taught ones {then}</source>
        <translation>来自 {parts} 件良品。其中当前限值会拒绝 {today} 件，示教值会拒绝 {then} 件</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>The part is good. Why did the station reject it?</source>
        <translation>零件合格，误判原因是什么？</translation>
    </message>
    <message>
        <source>Draw a box around the defect, then say what it is</source>
        <translation>在图像上框出缺陷，再选择缺陷类别</translation>
    </message>
    <message>
        <source>Tap the camera that shows the defect, draw a box, then say what it is</source>
        <translation>先点选看得到缺陷的相机，框出缺陷，再选择缺陷类别</translation>
    </message>
    <message>
        <source>Which recipe?</source>
        <translation>请选择配方</translation>
    </message>
    <message>
        <source>Who is at the station?</source>
        <translation>当前操作员是谁？</translation>
    </message>
    <message>
        <source>Who gives this answer?</source>
        <translation>请确认判定人</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Scan the badge, or type the name and press Enter</source>
        <translation>扫描工牌，或输入姓名后按回车</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Serial number of the next part</source>
        <translation>下一件的序列号</translation>
    </message>
    <message>
        <source>Scan, or type the number and press Enter</source>
        <translation>扫码，或输入序列号后按回车</translation>
    </message>
    <message>
        <source>Stop the roll</source>
        <translation>结束本卷</translation>
    </message>
    <message>
        <source>Does the roll end here?</source>
        <translation>本卷到此结束吗？</translation>
    </message>
    <message>
        <source>Scan the roll&apos;s code, or type its name and press Enter</source>
        <translation>扫描卷料条码，或输入卷号后按回车</translation>
    </message>
    <message>
        <source>Which roll begins?</source>
        <translation>新卷的卷号是？</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Who is at the station? Scan your badge, or tap your name</source>
        <translation>谁在工位？请刷工牌，或点按姓名</translation>
    </message>
    <message>
        <source>Who gives this answer? Scan your badge, or tap your name</source>
        <translation>由谁答复？请刷工牌，或点按姓名</translation>
    </message>
    <message>
        <source>More names</source>
        <translation>更多姓名</translation>
    </message>
    <message>
        <source>{name}: scan your badge</source>
        <translation>{name}：请刷工牌</translation>
    </message>
    <message>
        <source>Other name</source>
        <translation>其他人</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>PIN of {name}</source>
        <translation>{name} 的 PIN</translation>
    </message>
    <message>
        <source>Password of {name}</source>
        <translation>{name} 的密码</translation>
    </message>
    <message>
        <source>Enter the PIN</source>
        <translation>请输入 PIN</translation>
    </message>
    <message>
        <source>Type the password, press Enter</source>
        <translation>输入密码并按回车</translation>
    </message>
    <message>
        <source>Again in {seconds} s</source>
        <translation>{seconds} 秒后可再试</translation>
    </message>
    <message>
        <source>{what}. {again}</source>
        <translation>{what}。{again}</translation>
    </message>
</context>
<context>
    <name>QuestionPane</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Readouts</name>
    <message>
        <source>Pixels are square: circles look round</source>
        <translation>像素为正方形：圆形显示为圆</translation>
    </message>
    <message>
        <source>Pixels are {ratio} times as long as they are wide: stored images look compressed</source>
        <translation>像素长宽比为 {ratio}：存储的图像纵向被压缩</translation>
    </message>
    <message>
        <source>Pixels are {ratio} times as long as they are wide: stored images look stretched</source>
        <translation>像素长宽比为 {ratio}：存储的图像纵向被拉长</translation>
    </message>
    <message>
        <source>{mm} mm</source>
        <translation>{mm} mm</translation>
    </message>
    <message>
        <source>On the roll</source>
        <translation>卷内位置</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Lost lines</source>
        <translation>丢失行数</translation>
    </message>
    <message>
        <source>Along</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>{mm} mm/line</source>
        <translation>{mm} mm/行</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>{mm} mm/px</source>
        <translation>{mm} mm/像素</translation>
    </message>
    <message>
        <source>Length : width</source>
        <translation>长宽比</translation>
    </message>
    <message>
        <source>Width seen</source>
        <translation>视野宽度</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Dust</source>
        <translation>灰尘</translation>
    </message>
    <message>
        <source>Reflection</source>
        <translation>反光</translation>
    </message>
    <message>
        <source>Within limit sample</source>
        <translation>限度样品范围内</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置偏移</translation>
    </message>
    <message>
        <source>Model is wrong</source>
        <translation>模型判断有误</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>Recipes</name>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>lead</source>
        <translation>班长</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>engineer</source>
        <translation>工程师</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Time to the verdict, ms</source>
        <translation>判定时限（毫秒）</translation>
    </message>
    <message>
        <source>Codes that choose it</source>
        <translation>选择该配方的条码</translation>
    </message>
    <message>
        <source>Model package</source>
        <translation>模型包</translation>
    </message>
    <message>
        <source>Hash of the package</source>
        <translation>模型包哈希</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>Place x, y, width, height</source>
        <translation>位置 x、y、宽、高</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Brightness at least</source>
        <translation>亮度下限</translation>
    </message>
    <message>
        <source>Brightness at most</source>
        <translation>亮度上限</translation>
    </message>
    <message>
        <source>Dark share at most</source>
        <translation>暗区比例上限</translation>
    </message>
    <message>
        <source>Bright share at most</source>
        <translation>亮区比例上限</translation>
    </message>
    <message>
        <source>Focus at least</source>
        <translation>清晰度下限</translation>
    </message>
    <message>
        <source>When the set-up differs</source>
        <translation>设置有差异时</translation>
    </message>
    <message>
        <source>Exposure may differ, share</source>
        <translation>曝光允差（比例）</translation>
    </message>
    <message>
        <source>Gain may differ, dB</source>
        <translation>增益允差（dB）</translation>
    </message>
    <message>
        <source>Brightness may differ</source>
        <translation>亮度允差</translation>
    </message>
    <message>
        <source>Grey levels may differ</source>
        <translation>灰度允差</translation>
    </message>
    <message>
        <source>Focus may differ, share</source>
        <translation>清晰度允差（比例）</translation>
    </message>
    <message>
        <source>Place may differ, pixels</source>
        <translation>位置允差（像素）</translation>
    </message>
    <message>
        <source>Turn may differ, degrees</source>
        <translation>角度允差（度）</translation>
    </message>
    <message>
        <source>Likeness at least</source>
        <translation>相似度下限</translation>
    </message>
    <message>
        <source>Asked from score</source>
        <translation>询问起始分</translation>
    </message>
    <message>
        <source>Rejected from score</source>
        <translation>剔除起始分</translation>
    </message>
    <message>
        <source>Serial number comes from</source>
        <translation>序列号来源</translation>
    </message>
    <message>
        <source>Serial number looks like</source>
        <translation>序列号格式</translation>
    </message>
    <message>
        <source>Serial number only once</source>
        <translation>序列号唯一</translation>
    </message>
    <message>
        <source>Serial number must be there</source>
        <translation>必须有序列号</translation>
    </message>
    <message>
        <source>Camera that reads the code</source>
        <translation>读码相机</translation>
    </message>
    <message>
        <source>Kinds of code</source>
        <translation>条码种类</translation>
    </message>
    <message>
        <source>Time for reading, ms</source>
        <translation>读码时限（毫秒）</translation>
    </message>
    <message>
        <source>Images that are kept</source>
        <translation>保存的图像</translation>
    </message>
    <message>
        <source>Share of passes kept</source>
        <translation>保存的合格品比例</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>evidence and a share of passes</source>
        <translation>证据图像及部分合格品</translation>
    </message>
    <message>
        <source>nowhere: parts have none</source>
        <translation>无：工件没有序列号</translation>
    </message>
    <message>
        <source>scanner</source>
        <translation>扫码枪</translation>
    </message>
    <message>
        <source>image of the part</source>
        <translation>工件图像</translation>
    </message>
    <message>
        <source>an alarm</source>
        <translation>报警</translation>
    </message>
    <message>
        <source>the line stops</source>
        <translation>产线停止</translation>
    </message>
</context>
<context>
    <name>RecipesScreen</name>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Rev.</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Revisions of the recipes</source>
        <translation>配方版本</translation>
    </message>
    <message>
        <source>Part and cameras</source>
        <translation>工件与相机</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Image quality</source>
        <translation>图像质量</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Serial number, images</source>
        <translation>序列号与图像</translation>
    </message>
</context>
<context>
    <name>ReferencePage</name>
    <message>
        <source>Replace the reference? Later pictures are compared with the new one</source>
        <translation>替换基准？以后的画面将与新基准比较</translation>
    </message>
    <message>
        <source>Save as reference</source>
        <translation>保存为基准</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>The set-up was not checked yet: that is done when a shift starts</source>
        <translation>设置尚未核对：班次开始时自动进行</translation>
    </message>
    <message>
        <source>Checked {time}: the set-up is as its reference</source>
        <translation>{time} 核对：设置与基准一致</translation>
    </message>
    <message>
        <source>Checked {time}: the set-up differs ({cameras})</source>
        <translation>{time} 核对：设置有偏差（{cameras}）</translation>
    </message>
    <message>
        <source>Nothing was compared</source>
        <translation>没有比较项</translation>
    </message>
</context>
<context>
    <name>RegionPage</name>
    <message>
        <source>No reference image of this camera, and no stored image of a good part</source>
        <translation>该相机没有基准图像，也没有已保存的良品图像</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Draw region</source>
        <translation>画区域</translation>
    </message>
    <message>
        <source>Draw left-out region</source>
        <translation>画排除区域</translation>
    </message>
    <message>
        <source>Delete region</source>
        <translation>删除区域</translation>
    </message>
</context>
<context>
    <name>Remedy</name>
    <message>
        <source>Inspect the part again</source>
        <translation>请重新检测该零件</translation>
    </message>
    <message>
        <source>Check the camera&apos;s cable and power, then inspect again</source>
        <translation>检查相机线缆和电源，然后重新检测</translation>
    </message>
    <message>
        <source>Check light and lens, then inspect again</source>
        <translation>检查光源和镜头，然后重新检测</translation>
    </message>
    <message>
        <source>Call the lead: recipe and model do not fit</source>
        <translation>呼叫班长：配方与模型不匹配</translation>
    </message>
    <message>
        <source>Call the lead: check the disk</source>
        <translation>呼叫班长：检查磁盘</translation>
    </message>
    <message>
        <source>Inspect again; if it returns, slow the line down</source>
        <translation>重新检测；若再次出现，请降低线速</translation>
    </message>
    <message>
        <source>Inspect again; if it returns, call the lead</source>
        <translation>重新检测；若再次出现，请呼叫班长</translation>
    </message>
    <message>
        <source>Scan the part&apos;s code, or check its print, then inspect again</source>
        <translation>扫描零件的码或检查码的印刷，然后重新检测</translation>
    </message>
    <message>
        <source>Set the part aside and call the lead: whose number is it?</source>
        <translation>将零件隔离存放并呼叫班长：确认序列号归属</translation>
    </message>
    <message>
        <source>Call the lead</source>
        <translation>呼叫班长</translation>
    </message>
    <message>
        <source>If it lasts, call the lead</source>
        <translation>若持续不恢复，呼叫班长</translation>
    </message>
    <message>
        <source>Set the parts aside; if it lasts, call the lead</source>
        <translation>请将零件隔离存放；若持续不恢复，呼叫班长</translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message>
        <source>Not judged: an image is not stored</source>
        <translation>未重判：有图像未保存</translation>
    </message>
    <message>
        <source>Not judged: no result, for a reason that no image shows</source>
        <translation>未重判：当时无结果，且原因不在图像中</translation>
    </message>
    <message>
        <source>Not judged: scanned line by line, or a label no model has</source>
        <translation>未重判：线扫描零件，或模型没有该标签</translation>
    </message>
    <message>
        <source>Not judged: a stored image is damaged</source>
        <translation>未重判：保存的图像已损坏</translation>
    </message>
    <message>
        <source>Nothing is being judged again</source>
        <translation>当前没有重判任务</translation>
    </message>
    <message>
        <source>{name}: the models are being loaded</source>
        <translation>{name}：正在加载模型</translation>
    </message>
    <message>
        <source>{name}: {done} of {total} parts, {flipped} told something else</source>
        <translation>{name}：已完成 {done} / {total} 个零件，{flipped} 个判定改变</translation>
    </message>
    <message>
        <source>{name}: ends after this part</source>
        <translation>{name}：完成当前零件后停止</translation>
    </message>
    <message>
        <source>{name}: all parts are judged</source>
        <translation>{name}：全部零件已重判</translation>
    </message>
    <message>
        <source>{name}: stopped; it can go on where it was</source>
        <translation>{name}：已停止；可从停止处继续</translation>
    </message>
    <message>
        <source>{name}: {why}</source>
        <translation>{name}：{why}</translation>
    </message>
    <message>
        <source>No part could be judged again</source>
        <translation>没有可以重判的零件</translation>
    </message>
    <message>
        <source>All {count} parts judged again are equal to the last bit</source>
        <translation>重判的 {count} 个零件全部逐位一致</translation>
    </message>
    <message>
        <source>{flipped} of {count} parts would be told something else</source>
        <translation>{count} 个零件中有 {flipped} 个判定会改变</translation>
    </message>
    <message>
        <source>{recipe}, {begin} to {end}, {provider}</source>
        <translation>{recipe}，{begin} 至 {end}，{provider}</translation>
    </message>
    <message>
        <source>Parts judged again</source>
        <translation>重判零件数</translation>
    </message>
    <message>
        <source>Equal to the last bit</source>
        <translation>逐位一致</translation>
    </message>
    <message>
        <source>Escapes, of all parts</source>
        <translation>漏检，占全部零件</translation>
    </message>
    <message>
        <source>Overkill, of all parts</source>
        <translation>过杀，占全部零件</translation>
    </message>
    <message>
        <source>Nobody has reviewed one of these parts blind</source>
        <translation>这些零件尚无盲检复判结果</translation>
    </message>
    <message>
        <source>Of {labelled} parts with a known truth none was told right by one and wrong by the other</source>
        <translation>真值已知的 {labelled} 个零件中，没有一方判对而另一方判错的</translation>
    </message>
    <message>
        <source>Of {labelled} parts with a known truth {old} were right only before, {new} only now: {reading}</source>
        <translation>真值已知的 {labelled} 个零件中，仅原判正确 {old} 个，仅重判正确 {new} 个：{reading}</translation>
    </message>
    <message>
        <source>the difference is no chance (mid-p {p})</source>
        <translation>差异并非偶然（mid-p {p}）</translation>
    </message>
    <message>
        <source>that may be chance (mid-p {p})</source>
        <translation>可能出于偶然（mid-p {p}）</translation>
    </message>
    <message>
        <source>{value} ({low} to {high})</source>
        <translation>{value}（{low} 至 {high}）</translation>
    </message>
</context>
<context>
    <name>ReplayPage</name>
    <message>
        <source>Replay</source>
        <translation>回放重判</translation>
    </message>
    <message>
        <source>Folder of another model package</source>
        <translation>另一个模型包的文件夹</translation>
    </message>
    <message>
        <source>being changed</source>
        <translation>修改中</translation>
    </message>
    <message>
        <source>The parts of {recipe} in this time, judged by revision {number} ({state})</source>
        <translation>此时段内 {recipe} 的零件，按版本 {number}（{state}）判定</translation>
    </message>
</context>
<context>
    <name>ReplayView</name>
    <message>
        <source>Judge again</source>
        <translation>重新判定</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Other model …</source>
        <translation>其他模型…</translation>
    </message>
    <message>
        <source>The recipe&apos;s own model</source>
        <translation>配方自带的模型</translation>
    </message>
    <message>
        <source>Folder of another model package</source>
        <translation>另一个模型包的文件夹</translation>
    </message>
    <message>
        <source>Replays</source>
        <translation>重判记录</translation>
    </message>
    <message>
        <source>Last judged</source>
        <translation>最近重判</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>原记录</translation>
    </message>
    <message>
        <source>Judged again</source>
        <translation>重判</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Trigger to verdict</source>
        <translation>触发到判定</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Findings of rejected parts by kind</source>
        <translation>不合格件的缺陷按种类</translation>
    </message>
    <message>
        <source>No finding on any rejected part.</source>
        <translation>不合格件上没有缺陷记录。</translation>
    </message>
    <message>
        <source>{count} findings in all, {kinds} kinds.</source>
        <translation>共 {count} 处缺陷，{kinds} 种。</translation>
    </message>
    <message>
        <source>The first kind is proved to be more frequent than the next.</source>
        <translation>第一种被证明比下一种更常见。</translation>
    </message>
    <message>
        <source>Share of NG and REVIEW over time, Laney p&apos;</source>
        <translation>NG 与待判比例随时间变化，Laney p&apos;</translation>
    </message>
    <message>
        <source>One point stands for: {grouping}.</source>
        <translation>每个点代表：{grouping}。</translation>
    </message>
    <message>
        <source>Cycle times</source>
        <translation>节拍时间</translation>
    </message>
    <message>
        <source>Below which so many of the parts lay, ms</source>
        <translation>该比例的零件低于此值，毫秒</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>件数</translation>
    </message>
    <message>
        <source>Shift report</source>
        <translation>班次报告</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>工位</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>制作人</translation>
    </message>
    <message>
        <source>Beginning of the records</source>
        <translation>记录开始</translation>
    </message>
    <message>
        <source>The station knows no shifts</source>
        <translation>工位没有设置班次</translation>
    </message>
    <message>
        <source>Not one shift</source>
        <translation>不是单个班次</translation>
    </message>
    <message>
        <source>Shift from {time}</source>
        <translation>{time} 开始的班次</translation>
    </message>
    <message>
        <source>No part was inspected in this period.</source>
        <translation>此时段没有检测任何零件。</translation>
    </message>
    <message>
        <source>{program}, made {time} by {who}, audit chain {head}</source>
        <translation>{program}，{who} 于 {time} 制作，审计链 {head}</translation>
    </message>
    <message>
        <source>Decisions of people</source>
        <translation>人员的判定</translation>
    </message>
    <message>
        <source>Nobody decided anything in this period.</source>
        <translation>此时段没有人员判定。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>零件</translation>
    </message>
    <message>
        <source>From</source>
        <translation>由</translation>
    </message>
    <message>
        <source>To</source>
        <translation>改为</translation>
    </message>
    <message>
        <source>Reason or defect</source>
        <translation>原因或缺陷</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>These are the newest {shown} of {count}; all of them are in the history.</source>
        <translation>此处为 {count} 条中最新的 {shown} 条；全部在历史记录中。</translation>
    </message>
    <message>
        <source>{decision} (taken back)</source>
        <translation>{decision}（已撤回）</translation>
    </message>
    <message>
        <source>Rejected and overridden parts, the newest {count}</source>
        <translation>不合格与被改判的零件，最新 {count} 件</translation>
    </message>
    <message>
        <source>No image is stored of these parts: {parts}.</source>
        <translation>以下零件没有存储图像：{parts}。</translation>
    </message>
    <message>
        <source>Audit chain</source>
        <translation>审计链</translation>
    </message>
    <message>
        <source>Newest row, SHA-256</source>
        <translation>最新一行，SHA-256</translation>
    </message>
    <message>
        <source>The station has not signed the chain yet.</source>
        <translation>工位尚未对审计链签名。</translation>
    </message>
    <message>
        <source>Row {number}, {hash}, signed {time} with the key {key}</source>
        <translation>第 {number} 行，{hash}，于 {time} 用密钥 {key} 签名</translation>
    </message>
    <message>
        <source>Newest head that the station signed</source>
        <translation>工位最新签名的链首</translation>
    </message>
    <message>
        <source>Shift lead: name, date, signature</source>
        <translation>班长：姓名、日期、签字</translation>
    </message>
    <message>
        <source>Quality: name, date, signature</source>
        <translation>质量：姓名、日期、签字</translation>
    </message>
    <message>
        <source>Escapes and overkill, from the blind sample</source>
        <translation>漏检与过杀，来自盲抽样</translation>
    </message>
    <message>
        <source>Escapes: bad parts among those told OK</source>
        <translation>漏检：判为 OK 的零件中的不良品</translation>
    </message>
    <message>
        <source>Overkill: good parts among those told NG or REVIEW</source>
        <translation>过杀：判为 NG 或待判的零件中的良品</translation>
    </message>
    <message>
        <source>Caught: of the bad parts, those told NG or REVIEW</source>
        <translation>检出：不良品中判为 NG 或待判的</translation>
    </message>
    <message>
        <source>told OK</source>
        <translation>判为 OK</translation>
    </message>
    <message>
        <source>told NG or REVIEW</source>
        <translation>判为 NG 或待判</translation>
    </message>
    <message>
        <source>Sample of the parts</source>
        <translation>零件抽样</translation>
    </message>
    <message>
        <source>The sample is not kept by model: it is that of all models.</source>
        <translation>抽样不按模型区分：这里是所有模型的抽样。</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>已抽取</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>已复核</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Verdict of the station</source>
        <translation>工位的判定</translation>
    </message>
    <message>
        <source>Share of the judged parts</source>
        <translation>占已判定零件的比例</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>已判定</translation>
    </message>
    <message>
        <source>All triggers</source>
        <translation>全部触发</translation>
    </message>
    <message>
        <source>Why there is no result</source>
        <translation>无结果的原因</translation>
    </message>
    <message>
        <source>Yield</source>
        <translation>良率</translation>
    </message>
    <message>
        <source>By the model alone</source>
        <translation>仅由模型判定</translation>
    </message>
    <message>
        <source>After people&apos;s decisions</source>
        <translation>人员判定之后</translation>
    </message>
    <message>
        <source>Without result, of all triggers</source>
        <translation>无结果，占全部触发</translation>
    </message>
    <message>
        <source>Recipes and models</source>
        <translation>配方与模型</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Yield by the model, with its interval</source>
        <translation>模型判定的良率及其区间</translation>
    </message>
    <message>
        <source>Model package, SHA-256</source>
        <translation>模型包，SHA-256</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Save PDF</source>
        <translation>保存 PDF</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Good</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>显示判定</translation>
    </message>
    <message>
        <source>Next part</source>
        <translation>下一件</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Next drawing tool</source>
        <translation>下一个绘图工具</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Thinner brush</source>
        <translation>画笔变细</translation>
    </message>
    <message>
        <source>Thicker brush</source>
        <translation>画笔变粗</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>原始大小</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Darker</source>
        <translation>调暗</translation>
    </message>
    <message>
        <source>Brighter</source>
        <translation>调亮</translation>
    </message>
    <message>
        <source>Less contrast</source>
        <translation>降低对比度</translation>
    </message>
    <message>
        <source>More contrast</source>
        <translation>提高对比度</translation>
    </message>
    <message>
        <source>Next camera</source>
        <translation>下一台相机</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Next queue</source>
        <translation>下一个队列</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Put the tool away</source>
        <translation>收起工具</translation>
    </message>
    <message>
        <source>Blind sample</source>
        <translation>盲检样本</translation>
    </message>
    <message>
        <source>Overrides</source>
        <translation>人工改判</translation>
    </message>
    <message>
        <source>Near threshold</source>
        <translation>接近阈值</translation>
    </message>
    <message>
        <source>No result</source>
        <translation>无结果</translation>
    </message>
    <message>
        <source>Suspects</source>
        <translation>可疑件</translation>
    </message>
    <message>
        <source>Contested</source>
        <translation>有争议</translation>
    </message>
    <message>
        <source>Minor</source>
        <translation>轻微</translation>
    </message>
    <message>
        <source>Major</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>致命</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>手形</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮</translation>
    </message>
    <message>
        <source>The station does not answer: no review can be recorded</source>
        <translation>工位无响应：无法记录复判</translation>
    </message>
    <message>
        <source>Sign in first: every review is recorded with its reviewer</source>
        <translation>请先登录：每次复判都会记录复判员</translation>
    </message>
    <message>
        <source>Reviews need a lead, quality or an engineer, signed in with a password</source>
        <translation>复判需要班长、质量或工程师用密码登录</translation>
    </message>
    <message>
        <source>Contested parts are settled by quality, signed in with a password</source>
        <translation>有争议的零件由质量人员用密码登录后裁定</translation>
    </message>
    <message>
        <source>oldest {count} d</source>
        <translation>最早 {count} 天前</translation>
    </message>
    <message>
        <source>oldest {count} h</source>
        <translation>最早 {count} 小时前</translation>
    </message>
    <message>
        <source>oldest {count} min</source>
        <translation>最早 {count} 分钟前</translation>
    </message>
    <message>
        <source>The queue is being read</source>
        <translation>正在读取队列</translation>
    </message>
    <message>
        <source>Nothing waits in this queue</source>
        <translation>此队列中没有待复判的零件</translation>
    </message>
    <message>
        <source>No image of this part was kept: skip it</source>
        <translation>此零件的图像未保存：请跳过</translation>
    </message>
    <message>
        <source>The image is being read</source>
        <translation>正在读取图像</translation>
    </message>
    <message>
        <source>Being recorded</source>
        <translation>正在记录</translation>
    </message>
    <message>
        <source>Recorded. Now see what the station said: R</source>
        <translation>已记录。现在查看工位的判定：R</translation>
    </message>
    <message>
        <source>N goes on to the next part</source>
        <translation>按 N 进入下一件</translation>
    </message>
    <message>
        <source>Look at the whole part, then answer</source>
        <translation>看过整个零件后再作答</translation>
    </message>
    <message>
        <source>Choose what kind of defect it is</source>
        <translation>请选择缺陷类别</translation>
    </message>
    <message>
        <source>Enter records the answer</source>
        <translation>按 Enter 记录答案</translation>
    </message>
    <message>
        <source>Taken back: somebody else judges that part</source>
        <translation>已撤回：该零件由他人判定</translation>
    </message>
    <message>
        <source>Agreement cannot be said yet: all answers are alike</source>
        <translation>尚不能给出一致性：所有答案都相同</translation>
    </message>
    <message>
        <source>Agreement cannot be said yet: no part has a second reviewer</source>
        <translation>尚不能给出一致性：还没有零件经第二位复判员复判</translation>
    </message>
    <message>
        <source>Agreement κ {value} ({low} to {high}), {count} of {total} parts alike</source>
        <translation>一致性 κ {value}（{low} 至 {high}），{total} 件中 {count} 件相同</translation>
    </message>
    <message>
        <source>The station has no record of this part</source>
        <translation>工位没有此零件的记录</translation>
    </message>
    <message>
        <source>Station: {verdict}</source>
        <translation>工位：{verdict}</translation>
    </message>
    <message>
        <source>This was a known bad part, shown again. You were not sure</source>
        <translation>这是再次出示的已知不良品。您不确定</translation>
    </message>
    <message>
        <source>This was a known bad part, shown again. You found it</source>
        <translation>这是再次出示的已知不良品。您发现了</translation>
    </message>
    <message>
        <source>This was a known bad part, shown again. You missed it</source>
        <translation>这是再次出示的已知不良品。您漏检了</translation>
    </message>
    <message>
        <source>Nothing to compare: one of you did not say good or bad</source>
        <translation>无法比较：其中一方没有给出合格或不合格</translation>
    </message>
    <message>
        <source>You and the station agree</source>
        <translation>您与工位一致</translation>
    </message>
    <message>
        <source>You and the station differ</source>
        <translation>您与工位不一致</translation>
    </message>
    <message>
        <source>No operator has answered</source>
        <translation>没有操作员作答</translation>
    </message>
    <message>
        <source>Operator {name}: {answer}, {time}</source>
        <translation>操作员 {name}：{answer}，{time}</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>Operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>Line lead</source>
        <translation>班长</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Engineer</source>
        <translation>工程师</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Operator&apos;s rights: sign in</source>
        <translation>操作员权限：请登录</translation>
    </message>
    <message>
        <source>Operator&apos;s rights: sign in again for more</source>
        <translation>操作员权限：重新登录以获得更多</translation>
    </message>
</context>
<context>
    <name>RollMap</name>
    <message>
        <source>Map of the roll: no roll yet</source>
        <translation>卷料缺陷图：尚无卷料</translation>
    </message>
    <message>
        <source>Map of roll {name}</source>
        <translation>卷号 {name} 的缺陷图</translation>
    </message>
    <message>
        <source>The map of the roll appears here</source>
        <translation>卷料缺陷图显示在这里</translation>
    </message>
</context>
<context>
    <name>SavedPane</name>
    <message>
        <source>No reference yet</source>
        <translation>尚无基准</translation>
    </message>
    <message>
        <source>Set the camera up, then save its picture as reference</source>
        <translation>调好相机后，将画面保存为基准</translation>
    </message>
    <message>
        <source>Reference saved earlier</source>
        <translation>基准已保存</translation>
    </message>
    <message>
        <source>Saved {time}</source>
        <translation>保存于 {time}</translation>
    </message>
    <message>
        <source>by {operator}</source>
        <translation>保存人：{operator}</translation>
    </message>
</context>
<context>
    <name>ScoreHistogram</name>
    <message>
        <source>{label}: asked from {review}, rejected from {fail}</source>
        <translation>{label}：自 {review} 起询问，自 {fail} 起剔除</translation>
    </message>
    <message>
        <source>No scores on record</source>
        <translation>没有记录的分数</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>剔除</translation>
    </message>
</context>
<context>
    <name>Screen</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复判</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>研究</translation>
    </message>
</context>
<context>
    <name>Secret</name>
    <message>
        <source>Badge</source>
        <translation>工牌</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
</context>
<context>
    <name>SessionPane</name>
    <message>
        <source>Answered {figures}</source>
        <translation>已答 {figures}</translation>
    </message>
</context>
<context>
    <name>Setting</name>
    <message>
        <source>Exposure: how long it gathers light</source>
        <translation>曝光时间：每幅画面的采光时长</translation>
    </message>
    <message>
        <source>Gain: how much it amplifies</source>
        <translation>增益：画面放大的程度</translation>
    </message>
    <message>
        <source>Rate: pictures or lines a second</source>
        <translation>速率：每秒画面数或行数</translation>
    </message>
    <message>
        <source>Trigger: what starts a picture</source>
        <translation>触发：由什么启动拍照</translation>
    </message>
    <message>
        <source>Pixel format: grey or colour, and how fine</source>
        <translation>像素格式：灰度或彩色及其精细度</translation>
    </message>
    <message>
        <source>This is no number</source>
        <translation>这不是数字</translation>
    </message>
    <message>
        <source>Only whole numbers</source>
        <translation>只能是整数</translation>
    </message>
    <message>
        <source>Too low: at least {value}</source>
        <translation>太小：至少 {value}</translation>
    </message>
    <message>
        <source>Too high: at most {value}</source>
        <translation>太大：最多 {value}</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>switch</source>
        <translation>开关</translation>
    </message>
    <message>
        <source>choice</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>command</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Can only be read</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Asked for {asked}: the camera took {taken}</source>
        <translation>要求 {asked}：相机采用 {taken}</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>A setting holds until the recipe is loaded again</source>
        <translation>设置在重新加载配方前有效</translation>
    </message>
    <message>
        <source>This camera has no such setting</source>
        <translation>此相机没有此设置</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>尚未读取</translation>
    </message>
</context>
<context>
    <name>SetupScreen</name>
    <message>
        <source>Test shot</source>
        <translation>试拍</translation>
    </message>
    <message>
        <source>Judged and shown, never recorded or told to the line</source>
        <translation>仅判定并显示，不记录，不发送给产线</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>基准</translation>
    </message>
</context>
<context>
    <name>Shadow</name>
    <message>
        <source>{dropped} more had no time for a comparison; {lost} had no result on a side</source>
        <translation>另有 {dropped} 件来不及比较；{lost} 件有一方没有结果</translation>
    </message>
    <message>
        <source>{said}, {count} of them the candidate&apos;s</source>
        <translation>{said}，其中候选模型 {count} 件</translation>
    </message>
    <message>
        <source>Parts compared</source>
        <translation>已比较的零件</translation>
    </message>
    <message>
        <source>Does one reject more than the other?</source>
        <translation>是否有一方剔除得更多？</translation>
    </message>
    <message>
        <source>No part was judged differently: nothing speaks for a difference yet</source>
        <translation>没有判定不同的零件：尚无迹象表明有差别</translation>
    </message>
    <message>
        <source>Cannot say</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>The candidate alone rejects {candidate}, the champion alone {champion}</source>
        <translation>仅候选模型剔除 {candidate} 件，仅现役模型剔除 {champion} 件</translation>
    </message>
    <message>
        <source>No difference is shown</source>
        <translation>未显示出差别</translation>
    </message>
    <message>
        <source>Yes: the candidate rejects more</source>
        <translation>是：候选模型剔除得更多</translation>
    </message>
    <message>
        <source>Yes: the candidate rejects fewer</source>
        <translation>是：候选模型剔除得更少</translation>
    </message>
    <message>
        <source>Who is right, by operators and reviewers?</source>
        <translation>按操作员和复判员的判断，谁是对的？</translation>
    </message>
    <message>
        <source>No compared part was decided at the line or reviewed yet</source>
        <translation>还没有已比较的零件在产线上被判断或被复判</translation>
    </message>
    <message>
        <source>Candidate agrees with people</source>
        <translation>候选模型与人一致</translation>
    </message>
    <message>
        <source>Champion agrees with people</source>
        <translation>现役模型与人一致</translation>
    </message>
    <message>
        <source>Both equally often</source>
        <translation>两者一样多</translation>
    </message>
    <message>
        <source>The candidate, more often</source>
        <translation>候选模型更常判对</translation>
    </message>
    <message>
        <source>The champion, more often</source>
        <translation>现役模型更常判对</translation>
    </message>
    <message>
        <source>Right alone on {parts} judged parts: candidate {candidate}, champion {champion}</source>
        <translation>{parts} 件有人判断的零件中，仅一方判对：候选 {candidate} 件，现役 {champion} 件</translation>
    </message>
    <message>
        <source>Of the newest judged parts alone</source>
        <translation>仅统计最新判断的零件</translation>
    </message>
    <message>
        <source>People look at what was rejected, and seldom at what passed: this is no escape rate</source>
        <translation>人主要看被剔除的零件，很少看通过的：这不是漏检率</translation>
    </message>
    <message>
        <source>If both were alike, chance would do so much in {chance} of trials (exact McNemar, {p})</source>
        <translation>若两者相同，偶然出现这样差别的可能为 {chance}（精确 McNemar 检验，{p}）</translation>
    </message>
    <message>
        <source>Chance alone does so in {chance} of trials of two alike (exact McNemar, {p})</source>
        <translation>两者相同时，仅凭偶然也有 {chance} 的可能如此（精确 McNemar 检验，{p}）</translation>
    </message>
    <message>
        <source>{count} of {total} judged parts; {low} to {high} at 95 %, exact interval</source>
        <translation>{total} 件有人判断的零件中 {count} 件；95 % 精确区间 {low} 至 {high}</translation>
    </message>
    <message>
        <source>Champion passes, candidate rejects</source>
        <translation>现役通过，候选剔除</translation>
    </message>
    <message>
        <source>Candidate passes, champion rejects</source>
        <translation>候选通过，现役剔除</translation>
    </message>
    <message>
        <source>Part {number}</source>
        <translation>零件 {number}</translation>
    </message>
    <message>
        <source>champion</source>
        <translation>现役</translation>
    </message>
    <message>
        <source>candidate</source>
        <translation>候选</translation>
    </message>
    <message>
        <source>people say bad</source>
        <translation>人判为不良</translation>
    </message>
    <message>
        <source>people say good</source>
        <translation>人判为良品</translation>
    </message>
</context>
<context>
    <name>ShadowPage</name>
    <message>
        <source>{side}: {count}</source>
        <translation>{side}：{count}</translation>
    </message>
    <message>
        <source>Newer</source>
        <translation>较新</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>较早</translation>
    </message>
    <message>
        <source>No package is chosen</source>
        <translation>未选择模型包</translation>
    </message>
    <message>
        <source>the champion</source>
        <translation>现役模型</translation>
    </message>
    <message>
        <source>{model} beside {champion} · {recipe} / {camera} · {stage}</source>
        <translation>{model} 对比 {champion} · {recipe} / {camera} · {stage}</translation>
    </message>
    <message>
        <source>Choose one under Packages</source>
        <translation>请在“模型包”中选择</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>It has not judged any part beside the champion yet</source>
        <translation>它还没有与现役模型并行判定过零件</translation>
    </message>
    <message>
        <source>No part differs in this way</source>
        <translation>没有这样不同的零件</translation>
    </message>
    <message>
        <source>Newest first, {count} on this page. Tap one to see it large</source>
        <translation>从最新开始，本页 {count} 件。点一件可放大</translation>
    </message>
</context>
<context>
    <name>Shot</name>
    <message>
        <source>Test shot: not recorded, not told to the line</source>
        <translation>试拍：不记录，不发送给产线</translation>
    </message>
    <message>
        <source>no defect found</source>
        <translation>未发现缺陷</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>{recipe} · revision {number} · being changed</source>
        <translation>{recipe} · 版本 {number} · 修改中</translation>
    </message>
    <message>
        <source>{recipe} · revision {number} · {state}</source>
        <translation>{recipe} · 版本 {number} · {state}</translation>
    </message>
    <message>
        <source>Choose a revision in the list</source>
        <translation>请在列表中选择版本</translation>
    </message>
    <message>
        <source>Changes are kept when the draft is saved. Every change drops the signatures</source>
        <translation>保存草稿后修改才会保留。任何修改都会使签名失效</translation>
    </message>
    <message>
        <source>Still needs the approval of: {roles}</source>
        <translation>仍需批准：{roles}</translation>
    </message>
    <message>
        <source>This is what the line loads. To change it, an engineer signs in with a password</source>
        <translation>产线加载的就是此版本。如需修改，请工程师用密码登录</translation>
    </message>
    <message>
        <source>Approved by two people. Once active, it is taken at the next load</source>
        <translation>已由两人批准。启用后，下次加载时生效</translation>
    </message>
    <message>
        <source>This is what the line loads. To change it, make a draft of it</source>
        <translation>产线加载的就是此版本。如需修改，请先建立草稿</translation>
    </message>
    <message>
        <source>Not in use. Once active, it can be made active again in one step</source>
        <translation>未使用。曾启用过的版本可一步重新启用</translation>
    </message>
    <message>
        <source>No difference to the active revision</source>
        <translation>与启用的版本没有差异</translation>
    </message>
    <message>
        <source>Difference to the active</source>
        <translation>与启用版本的差异</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>signed as {role}</source>
        <translation>以{role}身份签名</translation>
    </message>
    <message>
        <source>The changes of revision {number} are not saved. Drop them?</source>
        <translation>版本 {number} 的修改尚未保存。要放弃吗？</translation>
    </message>
    <message>
        <source>Save revision {number} as a draft?</source>
        <translation>将版本 {number} 保存为草稿？</translation>
    </message>
    <message>
        <source>Take in the recipe&apos;s file as a new draft?</source>
        <translation>将配方文件纳入为新草稿？</translation>
    </message>
    <message>
        <source>Approve revision {number} as it is shown?</source>
        <translation>按显示内容批准版本 {number}？</translation>
    </message>
    <message>
        <source>Make revision {number} active? It is loaded the next time</source>
        <translation>启用版本 {number}？下次加载时生效</translation>
    </message>
    <message>
        <source>Withdraw revision {number}?</source>
        <translation>停用版本 {number}？</translation>
    </message>
</context>
<context>
    <name>SignPane</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>原因？</translation>
    </message>
    <message>
        <source>Why? (if you like)</source>
        <translation>原因（可不填）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>SpanRow</name>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
</context>
<context>
    <name>SplitBar</name>
    <message>
        <source>{percent} % of the first part</source>
        <translation>第一个零件占 {percent} %</translation>
    </message>
    <message>
        <source>Good part</source>
        <translation>合格件</translation>
    </message>
    <message>
        <source>Confirmed bad part</source>
        <translation>已确认的不良品</translation>
    </message>
    <message>
        <source>This part</source>
        <translation>本零件</translation>
    </message>
</context>
<context>
    <name>StageLine</name>
    <message>
        <source>{stage} (done)</source>
        <translation>{stage}（已完成）</translation>
    </message>
    <message>
        <source>{stage} (left out)</source>
        <translation>{stage}（跳过）</translation>
    </message>
    <message>
        <source>{stage} (now)</source>
        <translation>{stage}（当前）</translation>
    </message>
    <message>
        <source>{stage} (the end)</source>
        <translation>{stage}（结束）</translation>
    </message>
    <message>
        <source>{stage} (ahead)</source>
        <translation>{stage}（未到）</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>OFFLINE</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>READY</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>RUNNING</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>PAUSED</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>FAULT</source>
        <translation>故障</translation>
    </message>
</context>
<context>
    <name>StateStrip</name>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Camera not connected: {cameras}</source>
        <translation>相机未连接：{cameras}</translation>
    </message>
    <message>
        <source>Next part: {serial}</source>
        <translation>下一件：{serial}</translation>
    </message>
    <message>
        <source>Press F12 to run</source>
        <translation>按 F12 开始运行</translation>
    </message>
    <message>
        <source>Go back to the line to run it</source>
        <translation>请返回产线画面后运行</translation>
    </message>
    <message>
        <source>Scan the next part</source>
        <translation>请扫描下一件</translation>
    </message>
    <message>
        <source>Lot {lot}</source>
        <translation>批次 {lot}</translation>
    </message>
    <message>
        <source>{model} decides {share} of the parts on trial</source>
        <translation>{model} 试用中，决定 {share} 的零件</translation>
    </message>
    <message>
        <source>{what}: {remedy}</source>
        <translation>{what}：{remedy}</translation>
    </message>
</context>
<context>
    <name>StretchBar</name>
    <message>
        <source>Last shift</source>
        <translation>上一班次</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
</context>
<context>
    <name>Studies</name>
    <message>
        <source>Agreement study {number}</source>
        <translation>一致性研究 {number}</translation>
    </message>
    <message>
        <source>Part {part}, {standard}: {wrong} of {answers} wrong</source>
        <translation>零件 {part}，{standard}：{answers} 次中错 {wrong} 次</translation>
    </message>
    <message>
        <source>{parts} parts, {bad} of them bad ({share}); {trials} trials; started by {name}, {time}.</source>
        <translation>{parts} 个零件，其中不良 {bad} 个（{share}）；{trials} 轮；由 {name} 于 {time} 开始。</translation>
    </message>
    <message>
        <source>Closed by {name}, {time}. {reason}</source>
        <translation>由 {name} 于 {time} 结束。{reason}</translation>
    </message>
    <message>
        <source>Unfinished, and in no figure below: {names}.</source>
        <translation>未完成，不计入以下任何数字：{names}。</translation>
    </message>
    <message>
        <source>Appraiser</source>
        <translation>评价人</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Same in all trials</source>
        <translation>各轮一致</translation>
    </message>
    <message>
        <source>Interval 95 %</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>Fleiss kappa</source>
        <translation>Fleiss kappa</translation>
    </message>
    <message>
        <source>Proved</source>
        <translation>可证明</translation>
    </message>
    <message>
        <source>one verdict, recorded once</source>
        <translation>只有一次记录的判定</translation>
    </message>
    <message>
        <source>Of all parts, those that an appraiser judged the same in every trial.</source>
        <translation>全部零件中，评价人各轮判断一致的零件。</translation>
    </message>
    <message>
        <source>Within appraisers</source>
        <translation>评价人自身</translation>
    </message>
    <message>
        <source>Right in all trials</source>
        <translation>各轮均正确</translation>
    </message>
    <message>
        <source>Cohen kappa</source>
        <translation>Cohen kappa</translation>
    </message>
    <message>
        <source>Of all parts, those that an appraiser judged as the standard in every trial.</source>
        <translation>全部零件中，评价人各轮均与标准一致的零件。</translation>
    </message>
    <message>
        <source>Against the standard</source>
        <translation>与标准比较</translation>
    </message>
    <message>
        <source>Among</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>All the same</source>
        <translation>全部一致</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>全部正确</translation>
    </message>
    <message>
        <source>All appraisers</source>
        <translation>全部评价人</translation>
    </message>
    <message>
        <source>People alone</source>
        <translation>仅单独评价的人</translation>
    </message>
    <message>
        <source>Kappa is agreement beyond chance: from 0.9 good, from 0.7 marginal; it falls with the share of bad parts and is never compared between sets. Proved is what the lower end of its interval reaches, which holds however alike the trials of a part are.</source>
        <translation>Kappa 是超出偶然的一致程度：0.9 起为良好，0.7 起为临界；它随不良占比下降而降低，不可在不同零件组之间比较。“可证明”取其区间下限所达到的等级，无论同一零件各轮多么相似都成立。</translation>
    </message>
    <message>
        <source>Between appraisers</source>
        <translation>评价人之间</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>两两比较</translation>
    </message>
    <message>
        <source>Effectiveness</source>
        <translation>有效性</translation>
    </message>
    <message>
        <source>Misses</source>
        <translation>漏判</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>误判</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Of all answers. Acceptable: effectiveness from {best[0]:g} %, misses to {best[1]:g} %, false alarms to {best[2]:g} %; marginal: {fair[0]:g} / {fair[1]:g} / {fair[2]:g} %.</source>
        <translation>按全部答案计。可接受：有效性 ≥ {best[0]:g} %，漏判 ≤ {best[1]:g} %，误判 ≤ {best[2]:g} %；临界：{fair[0]:g} / {fair[1]:g} / {fair[2]:g} %。</translation>
    </message>
    <message>
        <source>The grade is of the observed rates. Proved is the grade at the safe ends of the exact 95 % intervals over parts, which hold however alike the trials of a part are.</source>
        <translation>“等级”按观察到的比率。“可证明”按零件计的 95 % 精确区间的保守端：无论同一零件各轮多么相似都成立。</translation>
    </message>
    <message>
        <source>Effectiveness, misses, false alarms</source>
        <translation>有效性、漏判、误判</translation>
    </message>
    <message>
        <source>{name}, over parts: right in all trials {right}; missed at least once {missed}; falsely rejected at least once {alarmed}.</source>
        <translation>{name}，按零件计：各轮均正确 {right}；至少漏判一次 {missed}；至少误判一次 {alarmed}。</translation>
    </message>
    <message>
        <source>What this proves of misses</source>
        <translation>关于漏判能证明什么</translation>
    </message>
    <message>
        <source>{name}: {parts} bad parts with {missed} missed prove only ≤ {by_part} missed.</source>
        <translation>{name}：{parts} 个不良零件漏判 {missed} 个，只能证明漏判 ≤ {by_part}。</translation>
    </message>
    <message>
        <source>{name}: {parts} bad parts x {trials} trials with {answers} misses prove only ≤ {by_answer} missed, were every trial independent; {missed} of the {parts} parts were missed at least once, which proves ≤ {by_part} however alike the trials are (95 %, one-sided).</source>
        <translation>{name}：{parts} 个不良零件 × {trials} 轮，漏判 {answers} 次，即使各轮相互独立也只能证明漏判 ≤ {by_answer}；{parts} 个零件中有 {missed} 个至少漏判一次，无论各轮多么相似，可证明 ≤ {by_part}（95 %，单侧）。</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>零件</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>{count} of {parts} parts were not judged right by everybody in every trial. Each cell: wrong answers of {trials}.</source>
        <translation>{parts} 个零件中有 {count} 个并非所有人各轮都判断正确。每格：{trials} 次中的错误次数。</translation>
    </message>
    <message>
        <source>Disputed parts</source>
        <translation>有分歧的零件</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>No known-bad image was answered in a review yet.</source>
        <translation>复核中还没有回答过已知不良图像。</translation>
    </message>
    <message>
        <source>Known-bad images, mixed unseen into the blind reviews: a figure of the team, never of a person. Who was unsure has not caught it.</source>
        <translation>已知不良图像不加提示地混入盲复核：这是团队的数字，绝不是个人的。回答“不确定”不算发现。</translation>
    </message>
    <message>
        <source>Counted by</source>
        <translation>统计周期</translation>
    </message>
    <message>
        <source>{missed} of {total} missed prove only ≤ {bound} missed (95 %, one-sided)</source>
        <translation>{total} 个中漏判 {missed} 个，只能证明漏判 ≤ {bound}（95 %，单侧）</translation>
    </message>
    <message>
        <source>a sign above {limit} missed</source>
        <translation>漏判超过 {limit} 为警示</translation>
    </message>
    <message>
        <source>Since {time}</source>
        <translation>自 {time} 起</translation>
    </message>
    <message>
        <source>Known-bad images caught</source>
        <translation>发现的已知不良图像</translation>
    </message>
    <message>
        <source>What this proves</source>
        <translation>能证明什么</translation>
    </message>
    <message>
        <source>caught</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>interval 95 %</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>展示</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>漏判</translation>
    </message>
    <message>
        <source>Caught, interval 95 %</source>
        <translation>发现率，95 % 区间</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>随时间变化</translation>
    </message>
    <message>
        <source>Fewer than 50 parts: the intervals will be wide.</source>
        <translation>少于 50 个零件：区间会很宽。</translation>
    </message>
    <message>
        <source>Fewer than 30 % bad parts: little will be known about misses.</source>
        <translation>不良零件少于 30 %：对漏判所知甚少。</translation>
    </message>
    <message>
        <source>More than 50 % bad parts: little will be known about false alarms.</source>
        <translation>不良零件多于 50 %：对误判所知甚少。</translation>
    </message>
    <message>
        <source>No borderline part: clear parts flatter everybody.</source>
        <translation>没有临界零件：明显的零件会美化所有人的结果。</translation>
    </message>
    <message>
        <source>One trial: nobody can differ from themselves.</source>
        <translation>只有一轮：无法看出自身的不一致。</translation>
    </message>
    <message>
        <source>One appraiser: nobody can differ from another.</source>
        <translation>只有一位评价人：无法看出相互的不一致。</translation>
    </message>
    <message>
        <source>acceptable</source>
        <translation>可接受</translation>
    </message>
    <message>
        <source>marginal</source>
        <translation>临界</translation>
    </message>
    <message>
        <source>unacceptable</source>
        <translation>不可接受</translation>
    </message>
    <message>
        <source>good agreement</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>{name} + model</source>
        <translation>{name} + 模型</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>不良</translation>
    </message>
    <message>
        <source>good</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>all answered</source>
        <translation>全部已答</translation>
    </message>
    <message>
        <source>open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>closed early</source>
        <translation>提前结束</translation>
    </message>
</context>
<context>
    <name>StudiesDesk</name>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
</context>
<context>
    <name>StudiesScreen</name>
    <message>
        <source>Agreement studies</source>
        <translation>一致性研究</translation>
    </message>
    <message>
        <source>Known-bad images</source>
        <translation>已知不良图像</translation>
    </message>
</context>
<context>
    <name>Suspicion</name>
    <message>
        <source>Looks unlike the other parts</source>
        <translation>外观与其他零件不同</translation>
    </message>
    <message>
        <source>May have been mixed up</source>
        <translation>可能混料</translation>
    </message>
    <message>
        <source>Complaint of the customer</source>
        <translation>客户投诉</translation>
    </message>
    <message>
        <source>Why is this part suspect? It will be reviewed</source>
        <translation>为什么怀疑此零件？它将进入复判</translation>
    </message>
    <message>
        <source>Another reason: type it and press Enter</source>
        <translation>其他原因：输入后按 Enter</translation>
    </message>
</context>
<context>
    <name>Sync</name>
    <message>
        <source>No store is set up: the records stay at this station</source>
        <translation>未设置存储：记录留在本工位</translation>
    </message>
    <message>
        <source>All records have been sent</source>
        <translation>记录已全部发送</translation>
    </message>
    <message>
        <source>Records are being sent</source>
        <translation>正在发送记录</translation>
    </message>
    <message>
        <source>Records wait; it goes on by itself</source>
        <translation>记录在等待，会自动继续</translation>
    </message>
    <message>
        <source>The store refuses the records: a person must act</source>
        <translation>存储拒绝接收记录：需要人处理</translation>
    </message>
    <message>
        <source>&lt; 1 min</source>
        <translation>不到 1 分钟</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count}&#xa0;分⁠钟</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count}&#xa0;小⁠时</translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation>{count}&#xa0;天</translation>
    </message>
    <message>
        <source>Sync refused</source>
        <translation>同步被拒绝</translation>
    </message>
    <message>
        <source>Sync ✓</source>
        <translation>同步 ✓</translation>
    </message>
    <message>
        <source>Sync {age}</source>
        <translation>同步 {age}</translation>
    </message>
    <message>
        <source>nothing waits</source>
        <translation>没有等待的记录</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>no limit is set</source>
        <translation>未设上限</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Age of the oldest record that waits</source>
        <translation>最早等待的记录已等待</translation>
    </message>
    <message>
        <source>Records that wait</source>
        <translation>等待的记录</translation>
    </message>
    <message>
        <source>Bytes that wait</source>
        <translation>等待的数据量</translation>
    </message>
    <message>
        <source>Left to send today</source>
        <translation>今天还可发送</translation>
    </message>
    <message>
        <source>Last receipt</source>
        <translation>上次回执</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>下次尝试</translation>
    </message>
    <message>
        <source>Set aside (quarantine)</source>
        <translation>已隔离</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即尝试</translation>
    </message>
    <message>
        <source>The station does not answer</source>
        <translation>工位没有应答</translation>
    </message>
</context>
<context>
    <name>ThresholdEditor</name>
    <message>
        <source>less</source>
        <translation>减</translation>
    </message>
    <message>
        <source>more</source>
        <translation>加</translation>
    </message>
    <message>
        <source>Asked from score</source>
        <translation>询问起始分</translation>
    </message>
    <message>
        <source>Rejected from score</source>
        <translation>剔除起始分</translation>
    </message>
</context>
<context>
    <name>ThresholdPage</name>
    <message>
        <source>Label</source>
        <translation>缺陷类别</translation>
    </message>
    <message>
        <source>Asked from</source>
        <translation>询问起始</translation>
    </message>
    <message>
        <source>Rejected from</source>
        <translation>剔除起始</translation>
    </message>
    <message>
        <source>Active: asked</source>
        <translation>启用版本：待判</translation>
    </message>
    <message>
        <source>Active: rejected</source>
        <translation>启用版本：剔除</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>Empty place</source>
        <translation>空位</translation>
    </message>
    <message>
        <source>Look back at part {name}, {verdict}</source>
        <translation>回看零件 {name}，{verdict}</translation>
    </message>
</context>
<context>
    <name>Tool</name>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>全图</translation>
    </message>
    <message>
        <source>Hide marks</source>
        <translation>隐藏标记</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>卷材</translation>
    </message>
</context>
<context>
    <name>TopStrip</name>
    <message>
        <source>No recipe</source>
        <translation>无配方</translation>
    </message>
    <message>
        <source>Choose recipe, now {name}</source>
        <translation>选择配方，当前 {name}</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>日间</translation>
    </message>
    <message>
        <source>Dim</source>
        <translation>夜间</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>工位</translation>
    </message>
</context>
<context>
    <name>TrialBar</name>
    <message>
        <source>Roll back</source>
        <translation>回退</translation>
    </message>
    <message>
        <source>{model} decides {share} of the parts of {recipe} on trial since {time}</source>
        <translation>{model} 自 {time} 起试用，决定 {recipe} 的 {share} 零件</translation>
    </message>
    <message>
        <source>{model} decides all parts of {recipe} since {time}</source>
        <translation>{model} 自 {time} 起决定 {recipe} 的全部零件</translation>
    </message>
</context>
<context>
    <name>ValueEditor</name>
    <message>
        <source>Less</source>
        <translation>减小</translation>
    </message>
    <message>
        <source>More</source>
        <translation>增大</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Carry out</source>
        <translation>执行</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>REVIEW</source>
        <translation>待判</translation>
    </message>
    <message>
        <source>NO
RESULT</source>
        <translation>无结果</translation>
    </message>
    <message>
        <source>Good · 合格</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Reject · 不合格</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>You decide · 待判定</source>
        <translation>REVIEW · 由您判定</translation>
    </message>
    <message>
        <source>Rejected · 无结果</source>
        <translation>NO RESULT · 已剔除</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>Connecting to the station</source>
        <translation>正在连接工位</translation>
    </message>
    <message>
        <source>NO CONNECTION
TO STATION</source>
        <translation>与工位失去连接</translation>
    </message>
    <message>
        <source>Treat parts as not inspected</source>
        <translation>零件按未检测处理</translation>
    </message>
    <message>
        <source>No part yet</source>
        <translation>暂无零件</translation>
    </message>
</context>
<context>
    <name>ViewHeader</name>
    <message>
        <source>Back to live</source>
        <translation>返回实时</translation>
    </message>
</context>
<context>
    <name>WallPane</name>
    <message>
        <source>{change}: {total}</source>
        <translation>{change}：{total}</translation>
    </message>
    <message>
        <source>{change}: {total}, of which the newest {shown} are shown</source>
        <translation>{change}：{total}，显示最新的 {shown} 个</translation>
    </message>
</context>
<context>
    <name>Waterfall</name>
    <message>
        <source>Web</source>
        <translation>卷材</translation>
    </message>
    <message>
        <source>Waiting for the first lines</source>
        <translation>等待第一批行</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>{count} lines lost</source>
        <translation>丢失 {count} 行</translation>
    </message>
</context>
<context>
    <name>WaterfallPane</name>
    <message>
        <source>Lines</source>
        <translation>行图像</translation>
    </message>
</context>
<context>
    <name>Web</name>
    <message>
        <source>The station does not answer: this is the last picture</source>
        <translation>工位没有应答：这是最后的画面</translation>
    </message>
    <message>
        <source>Camera {name} is not connected: this is the last picture</source>
        <translation>相机 {name} 未连接：这是最后的画面</translation>
    </message>
    <message>
        <source>No live picture: the camera is not watched</source>
        <translation>无实时画面：未开启相机监视</translation>
    </message>
</context>
<context>
    <name>WebPane</name>
    <message>
        <source>Stop roll</source>
        <translation>结束本卷</translation>
    </message>
    <message>
        <source>Start roll</source>
        <translation>开始新卷</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Lost lines seen</source>
        <translation>确认丢行</translation>
    </message>
    <message>
        <source>Back to the web</source>
        <translation>返回卷材</translation>
    </message>
    <message>
        <source>Light and flat field</source>
        <translation>光照与平场</translation>
    </message>
</context>
<context>
    <name>WhatIf</name>
    <message>
        <source>Review, minutes a shift</source>
        <translation>人工判定，分钟/班</translation>
    </message>
    <message>
        <source>Escapes, of all parts</source>
        <translation>漏检，占全部零件</translation>
    </message>
    <message>
        <source>Overkill, of all parts</source>
        <translation>过杀，占全部零件</translation>
    </message>
    <message>
        <source>{value} ({low} to {high})</source>
        <translation>{value}（{low} 至 {high}）</translation>
    </message>
</context>
<context>
    <name>WhatIfPage</name>
    <message>
        <source>Try thresholds</source>
        <translation>试用阈值</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>{parts} parts with a result on record, {none} without; the truth of {known} is known</source>
        <translation>记录中有结果的零件 {parts} 个，无结果 {none} 个；其中 {known} 个真值已知</translation>
    </message>
    <message>
        <source>the newest of more</source>
        <translation>仅最新的一部分</translation>
    </message>
</context>
<context>
    <name>WhatIfView</name>
    <message>
        <source>Figures</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Reset to active</source>
        <translation>恢复为启用值</translation>
    </message>
    <message>
        <source>Into the draft</source>
        <translation>写入草稿</translation>
    </message>
    <message>
        <source>Thresholds moved until past figures please are fitted to these very parts</source>
        <translation>为迎合过往数据而调整的阈值，只是对这些零件的拟合</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>剔除</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>试用</translation>
    </message>
</context>
</TS>
