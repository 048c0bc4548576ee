"""The ways towns write, each with sentences of its own: what is read, and what is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from transforms import read_text
from transforms.tabulate.facts import Fact


def results(text: str, year: int = 2023) -> list[tuple[str, object]]:
    """Indicator and value (or both ends) of every result, in order of place."""
    return [(f.indicator, _value(f)) for f in sorted(facts(text, year), key=lambda f: (f.start, f.indicator))]


def facts(text: str, year: int = 2023) -> list[Fact]:
    return [f for f in read_text(text, year)[0] if f.status == "reported"]


def _value(fact: Fact) -> object:
    if fact.value is None:
        return (fact.low, fact.high)
    return int(fact.value) if fact.value == int(fact.value) else float(fact.value)


READ = {
    "a review of several kinds at once": (
        "对重大行政决策、规范性文件及合同开展审查46件，覆盖率达100%。其中，规范性文件审查3件，其他事项审查5件，合同审查38件。",
        [("legality_reviews", 46), ("legality_review_rate", 100), ("contract_reviews", 38)],
    ),
    "a review of each kind": (
        "审查重大决策2项、合同37份。",
        [("legality_reviews", 2), ("contract_reviews", 37)],
    ),
    "villages with a second name in brackets": (
        "辖区17个行政村(社区)，企业30家。",
        [("villages_and_communities", 17)],
    ),
    "all villages have an adviser": (
        "实现17个村(社区)法律顾问全覆盖。",
        [("villages_and_communities", 17), ("village_adviser_coverage_rate", 100)],
    ),
    "where advisers work is no count of villages": ("在9个村（社区）法律顾问工作室开展试点。", []),
    "villages people come from": ("现有社区矫正对象14人，来自5个村。", [("corrections_current", 14)]),
    "posts of an account, itself counted in brackets": (
        "微信公众账号(1个)发布信息82条；微博账号(1个)发布信息75条；抖音短视频账号(1个)发布信息17条。",
        [("online_posts", 82), ("online_posts", 75), ("online_posts", 17)],
    ),
    "a website is no account": (
        "通过政府网站（1个）发布政务信息82条。",
        [("information_disclosed", 82)],
    ),
    "posts of an account named before": (
        "微信公众号也用得活，全年共推送信息130条。",
        [("online_posts", 130)],
    ),
    "fines by procedure beside their stated total": (
        "办理行政处罚案件33起，同比上升8%；其中适用简易程序案件30起，累计罚款8100元；"
        "适用普通程序案件3起，罚款7900元，全年罚款总额达16000元。",
        [("penalty_cases", 33), ("fines", 16000)],
    ),
    "fines that are not all of the total": (
        "适用简易程序案件30起，罚款8100元；普通程序案件3起，罚款7900元，全年罚款总额达17000元。",
        [
            ("penalty_cases", 30),
            ("fines", 8100),
            ("penalty_cases", 3),
            ("fines", 7900),
            ("fines", 17000),
        ],
    ),
    "fields are no items": ("规范公开了教育、就业等12个领域的公开信息。", []),
    "kinds of what was made public": (
        "全年主动公开政府信息80条。其中工作动态信息58条，普法信息8条，领导信息14条。",
        [("information_disclosed", 80)],
    ),
    "posts beside what was made public": (
        "全年主动公开政府信息80条，推送普法信息8条。",
        [("information_disclosed", 80), ("online_posts", 8)],
    ),
    "meetings of the district": ("区委、区政府召开2次行政执法专题会。", []),
    "meetings of the town": ("镇党委召开2次法治建设专题会。", [("rule_of_law_meetings", 2)]),
    "in a grid": ("一个网格里谁家有事都能知道。", []),
    "people who came": ("那天有两名矫正对象来报到，两名矫正对象一到就办理手续。", []),
    "a rate that names disputes, behind a hotline": (
        "办理热线诉求40件，矛盾纠纷化解率达97%。",
        [("hotline_requests", 40), ("dispute_resolution_rate", 97)],
    ),
    "decisions picked, behind reviews": (
        "全年审查合同12份；筛选重大行政决策事项3项。",
        [("contract_reviews", 12), ("major_decisions", 3)],
    ),
    "a letter to all is no count": (
        "在楼栋张贴致业主的一封信、防火海报，依托公开栏、一封信、明白纸开展宣传。",
        [],
    ),
    "so many letters are": ("入户发放《致家长的一封信》420份。", [("leaflets", 420)]),
    "study in all forms is of no one forum": (
        "将宪法纳入党委理论学习中心组学习内容，组织各类形式集体学法9次。",
        [("study_sessions", 9)],
    ),
    "study of the forum named": (
        "将宪法纳入党委理论学习中心组学习内容，组织集体学法9次。",
        [("centre_group_study", 9)],
    ),
    "passing on, told over a mark": (
        "党委会传达学习、研究贯彻上级全会精神，以及市、县关于依法行政的决策部署共7次。",
        [("study_sessions", 7)],
    ),
    "passing on a list, told over a mark": (
        "党委会传达学习二十届二中、三中全会精神，以及市、县关于依法行政的决策部署共7次。",
        [("study_sessions", 7)],
    ),
    "what is found in a list of quarrels": (
        "排查邻里纠纷、婚恋矛盾等隐患15起。",
        [("disputes_found", 15)],
    ),
    "what is found in a list of dangers": ("排查线路老化、触电等隐患15处。", [("hazards_found", 15)]),
    "kinds headed by a general word": (
        "举办各类普法活动、法治课堂14场次。",
        [("publicity_events", 14)],
    ),
    "two nouns that are not said to be kinds": ("举办法治课堂14场次。", [("law_lectures", 14)]),
    "kinds of two indicators": ("组织各类培训、集体学习33场次。", []),
    "one kind": ("组织各类法治培训33场次。", [("training_sessions", 33)]),
    "deliberating on plans is no study": ("党委研讨乡人大年度工作安排3次。", []),
    "deliberating and exchanging is": ("开展专题研讨与学习交流3次。", [("study_seminars", 3)]),
    "who took part in deliberating was not reached": (
        "广泛开展法治宣传。开展专题研讨3次，参与党员干部90人次。",
        [("study_seminars", 3)],
    ),
    "talks at the base": ("组织基层宣讲13场。", [("publicity_events", 13)]),
    "advisers among others give talks": (
        "组织法律顾问、乡贤到村寨开展宣讲17场。",
        [("publicity_events", 17)],
    ),
    "a list of quarrels called troubles": (
        "网格员化解邻里纠纷、婚恋矛盾等隐患15起。",
        [("disputes_resolved", 15)],
    ),
    "a list of dangers is none of quarrels": (
        "化解邻里纠纷、消防安全等隐患15起。",
        [("hazards_rectified", 15)],
    ),
    "a campaign named after the schools": (
        "开展普法宣传，组织“清风校园”活动4次。",
        [("school_events", 4)],
    ),
    "a campaign of another field": ("组织“书香校园”活动4次。", []),
    "things of law culture handed out": (
        "发放法律读本160本，法治文化产品90件。",
        [("law_books", 160), ("promo_items", 90)],
    ),
    "things of law culture made": ("创作制作法治文化产品9件。", []),
    "those who passed were examined": (
        "42名机关干部法治理论考试合格率100%。",
        [("exam_participants", 42), ("exam_pass_rate", 100)],
    ),
    "what is prescribed": (
        "按照举办一场法治讲座、张贴一批标语、开展一次普法活动的要求，各村积极行动。",
        [],
    ),
    "what was done as prescribed": (
        "按照上级要求，开展法治讲座1场。",
        [("law_lectures", 1)],
    ),
    "some of those named before": ("退出岗位的执法人员中2人调离。", []),
    "a check undergone": ("接受县人大执法检查3次。", []),
    "checks of food are no work safety": (
        "开展食品安全专项检查26次。",
        [("enforcement_inspections", 26)],
    ),
    "of what came in so many are done": (
        "综合窗口受理业务6320件，办结6300件。",
        [("service_items_handled", 6320)],
    ),
    "what ends a list is what is counted": (
        "司法所参与合同审查、信访积案化解等涉法事务36件。",
        [],
    ),
    "what is done to a list is done to its parts": (
        "合法性审查行政决策12件、处罚决定6件。",
        [("legality_reviews", 12)],
    ),
    "a noun of its own before a colon": (
        "行政处罚：26件；行政强制：0件。",
        [("penalty_cases", 26)],
    ),
    "fines let off": ("首违不罚36件，减免罚款5.2万元。", []),
    "suits of any kind": ("办理涉诉案件11件，其中行政诉讼3件、民事诉讼8件。", [("litigation_cases", 3)]),
    "a bureau of the district": ("区司法局组织评查案卷46份。", []),
    "leaders who receive are no visitors": ("镇党政领导接访96人次。", []),
    "a rate of other matters": ("收到依申请公开2件，办结率100%。", [("disclosure_requests", 2)]),
    "points where help is given": ("设立村级帮代办点16个。", []),
    "a mark behind 其中 parts it from the first of the parts": (
        "主动公开政府信息140条，其中，政策类12条，工作动态信息98条，财政信息30条。",
        [("information_disclosed", 140)],
    ),
    "a breakdown told in the sentences that follow": (
        "主动公开政府信息共计90条。一是通过网站公开信息60条。二是通过公告栏公开信息30条。",
        [("information_disclosed", 90)],
    ),
    "no breakdown where the sum is another": (
        "主动公开政府信息共计90条。一是通过网站公开信息60条。二是通过公告栏公开信息20条。",
        [("information_disclosed", 90), ("information_disclosed", 60), ("information_disclosed", 20)],
    ),
    "cases by procedure beside their total": (
        "综合执法队共办理案件30起，简易程序18起，罚款900元，普通程序12起，罚款7000元。",
        [("penalty_cases", 30), ("fines", 900), ("fines", 7000)],
    ),
    "cases by procedure alone": (
        "全年适用简易程序18起、普通程序12起。",
        [("penalty_cases", 18), ("penalty_cases", 12)],
    ),
    "posts are no people": ("核定行政编制32名、事业编制40名，全镇现有在编人员66名。", [("staff", 66)]),
    "the people of a team are not the town's staff": ("执法大队实有在编人员15名。", []),
    "people lent to others, listed": ("2名执法人员、3名辅助人员（无执法证）长期被借调。", []),
    "a mean fine": ("案均罚款860元。", []),
    "by how many checks there are fewer": ("推行综合查一次，减少入企检查45次。", []),
    "files that won a prize": ("报送的3份案卷均获评优秀。", []),
    "what was found in files": ("评查案卷24份，发现问题11个，整改11个。", [("case_file_reviews", 24)]),
    "what is done to a list is said behind it": (
        "对32份经济合同、4项重大行政决策进行合法性审查。",
        [("contract_reviews", 32), ("legality_reviews", 4)],
    ),
    "the number first, twice": (
        "办理6件行政复议、8件行政诉讼。",
        [("reconsideration_cases", 6), ("litigation_cases", 8)],
    ),
    "one of two rates has an indicator": (
        "负责人出庭应诉率与案件胜诉率均达100%。",
        [("official_appearance_rate", 100)],
    ),
    "a list of matters covers all, no review does": ("合法性审查事项清单编制实现全覆盖。", []),
    "rates of penalties are none of petitions": (
        "办理行政处罚案件29件，公示率100%，按期办结率100%。",
        [("penalty_cases", 29)],
    ),
    "the number before a meeting is of meetings": (
        "全年召开4次法治专题会议解决疑难问题。",
        [("rule_of_law_meetings", 4)],
    ),
    "the sessions of a congress are ordinals": ("认真学习县委九届五次、六次全会精神。", []),
    "the steps a rule names": ("把征求意见、合法性审查等3项程序列为重大行政决策必要条件。", []),
    "a rate of taking part in something else": ("组织干部学法，岗位参与率达100%。", []),
    "trainings of others": (
        "参与区级法治培训3批次，组织干部参加县级业务培训2期。",
        [("training_sessions", 2)],
    ),
    "the cases of an enforcement team": (
        "综合执法队共办理案件64起，其中简易程序30起、一般程序34起。",
        [("penalty_cases", 64)],
    ),
    "cases closed are no requests": ("综合执法队案件办结率100%。", []),
    "how a team is made up": ("综合执法队共有人员12人，其中事业编制7人、工勤编制5人。", []),
    "a number cut off": ("规范开展各项工作。全年共开展执法检查6", []),
    "papers given back are no holders": ("全年注销执法证件2人，另有待申领执法证的1人。", []),
    "people lent to others": ("4名在编干部（无执法资格）现由区里借调。", []),
    "a marker glued to its heading": ("3提升法治文化阵地建设水平", []),
    "each village has its grids": (
        "依托全镇19个村（社区）网格开展走访。",
        [("villages_and_communities", 19)],
    ),
    "who took part is no topic": (
        "会同消防、应急等部门开展联合执法行动9次。",
        [("joint_enforcement_actions", 9)],
    ),
    "those singled out are not all": ("3名调解员被评为先进个人。", []),
    "those who came are not all": ("各村书记、调解员共45人参会。", []),
    "those who did it once are not all": ("3名调解员为20余名群众讲解法律知识。", []),
    "those gathered are not all": ("组织执法人员和村干部30余人开展整治。", []),
    "an example is no count": ("例如，某村化解土地纠纷8起。", []),
    "a single occasion is no count": ("12月19日，开展了一次安全生产大检查。", []),
    "what is told of one case": ("成功调处一起宅基地纠纷，双方签订调解协议1份。", []),
    "a case of named people": ("张某与李某因通道发生纠纷，签订调解协议1份。", []),
    "a total after a story counts": ("调处一起宅基地纠纷，全年共调解纠纷36件。", [("disputes_mediated", 36)]),
    "a title is not what is listed in it": ("编制53小项的《合法性审查事项目录清单》。", []),
    "the noun a title ends in is counted": ("签订《法治建设责任书》10份。", [("pledges_signed", 10)]),
    "a body named after another": ("成立4个网格临时党小组。", []),
    "of two nouns that touch the second": ("建成5个社区综治中心。", [("governance_centres", 5)]),
    "a name of its own between": ("建设网格“微阵地”217个。", []),
    "the place behind a number is counted": ("在5个小区设立矛盾纠纷调解服务。", []),
    "others honoured": ("县里授予29个人民调解委员会先进称号。", []),
    "two rates in a row": (
        "组织学法考试，参考率优秀率均达100%。",
        [("exam_excellent_rate", 100), ("exam_participation_rate", 100)],
    ),
    "each place has so many": ("每个村配备法律顾问1名、人民调解员1名，兼职调解员4名。", []),
    "parts of what was counted before the last": (
        "调处纠纷28件，成功28件，其中婚姻纠纷调解4件，邻里纠纷22件。",
        [("disputes_mediated", 28), ("disputes_resolved", 28)],
    ),
    "a paper of another name": ("制作人民调解书4份，复议决定书6份。", [("mediation_agreements", 4)]),
    "people of another name": ("现有网格员112名、法治副校长6名。", [("grid_workers", 112)]),
    "another thing done": ("组织网格员排查房屋320户，登记流动人口1200人。", []),
    "what a meeting was for, behind it": (
        "召开党委会议4次研究部署依法治镇工作。",
        [("rule_of_law_meetings", 4)],
    ),
    "a kind after 其中 is a part": (
        "办理热线工单90件，其中咨询类40件、投诉类50件。",
        [("hotline_requests", 90)],
    ),
    "a difference is no result": ("纠纷总量下降12件。", []),
    "the level alone inherits": (
        "镇级受理矛盾纠纷21件，村级34件。",
        [("disputes_accepted", 21), ("disputes_accepted", 34)],
    ),
    "a title holds no verbs": ("专题学习保密、《反有组织犯罪法》等13场次。", [("study_sessions", 13)]),
    "a list of names before 等 gives no head": ("设置综合受理、信访接待等4个常驻窗口。", []),
    "two kinds of people, one number": ("配备人民调解员、法律明白人40余人。", []),
    "an unknown noun takes the number": ("受理矛盾纠纷30件，走访71个党支部。", [("disputes_accepted", 30)]),
    "a name of its own stands where the noun would": (
        "开展专题研讨5次，开展“以案述法”2次。",
        [("study_seminars", 5)],
    ),
    "parts go on over a full stop": (
        "全年公开政府信息90条。其中，公开工作动态信息50条，公开财政信息40条。",
        [("information_disclosed", 90)],
    ),
    "a body before the number did it": (
        "镇调委会调解纠纷34件，村级调委会51件。",
        [("disputes_mediated", 34), ("disputes_mediated", 51)],
    ),
    "a verb behind a number opens the next count": (
        "排查矛盾纠纷60件化解58件签订调解协议20份。",
        [("disputes_found", 60), ("disputes_resolved", 58), ("mediation_agreements", 20)],
    ),
    "bare numbers, bare verbs": ("排查隐患45，整改41。", [("hazards_found", 45), ("hazards_rectified", 41)]),
    "what was built beside what there is": (
        "新建法治文化广场2个，现有法治文化广场12个。",
        [("culture_sites", 12)],
    ),
    "a noun with its own verb is not carried under another": (
        "合同审查70份，印发各类文件83份。",
        [("contract_reviews", 70)],
    ),
    "number first": ("先后召开5次法治专题会议。", [("rule_of_law_meetings", 5)]),
    "verb carried over a comma": (
        "发放宣传单700份，普法读本80册，环保袋60个。",
        [("leaflets", 700), ("law_books", 80), ("promo_items", 60)],
    ),
    "topic carried": (
        "受理矛盾纠纷61件，调解成功60件。",
        [("disputes_accepted", 61), ("disputes_resolved", 60)],
    ),
    "topic carried over a full stop": (
        "全年受理矛盾纠纷61件。调解成功60件，签订调解协议44份。",
        [("disputes_accepted", 61), ("disputes_resolved", 60), ("mediation_agreements", 44)],
    ),
    "cases of the court are no part of the others": (
        "受理矛盾纠纷61件，调解成功60件，法院移交案件9件，成功调处8件。",
        [
            ("disputes_accepted", 61),
            ("disputes_resolved", 60),
            ("court_referred_cases", 9),
            ("court_referred_cases_resolved", 8),
        ],
    ),
    "reach after training": (
        "举办执法业务培训3期，覆盖90人次。",
        [("training_sessions", 3), ("training_trainees", 90)],
    ),
    "reach after publicity": (
        "开展法治宣传活动30场，覆盖900人次。",
        [("publicity_events", 30), ("people_reached", 900)],
    ),
    "reach in schools": (
        "在中小学开展法治宣传6次，累计参与700人次。",
        [("school_events", 6), ("school_participants", 700)],
    ),
    "one percentage for two rates": (
        "学法考试参考率、合格率均达100%。",
        [("exam_participation_rate", 100), ("exam_pass_rate", 100)],
    ),
    "two numbers, one count": ("下沉7个村民小组开展普法宣传19场。", [("publicity_events", 19)]),
    "sites are no inspections": (
        "对31家生产经营单位开展安全生产检查52次。",
        [("safety_campaigns", 52)],
    ),
    "adjacent numbers": (
        "接待群众来访12批31人次。",
        [("petition_visits", 12), ("petition_visitors", 31)],
    ),
    "aligned list": (
        "开展中心组学法、会前学法、专题研讨分别为6次、20次、3次。",
        [("centre_group_study", 6), ("study_sessions", 20), ("study_seminars", 3)],
    ),
    "aligned rates": (
        "调解成功率、协议履行率分别为98%和97%。",
        [("mediation_success_rate", 98), ("agreement_performance_rate", 97)],
    ),
    "aligned verbs share a noun": (
        "全乡排查、受理、化解矛盾纠纷分别为30件、22件、21件。",
        [("disputes_found", 30), ("disputes_accepted", 22), ("disputes_resolved", 21)],
    ),
    "each for several nouns": (
        "召开法治专题会议、开展会前学法各6次。",
        [("rule_of_law_meetings", 6), ("study_sessions", 6)],
    ),
    "each of one indicator twice": (
        "召开党委会、镇长办公会各9次。",
        [("decision_meetings", 9), ("decision_meetings", 9)],
    ),
    "topic without its verb": (
        "对村干部开展法治培训3次，对网格员5次。",
        [("training_sessions", 3), ("training_sessions", 5)],
    ),
    "a part with a code of its own": (
        "现有行政执法人员20名，其中持证18名。",
        [("enforcement_officers", 20), ("certified_officers", 18)],
    ),
    "a breakdown is no fact": (
        "受理矛盾纠纷50件，其中婚姻家庭30件、邻里20件。",
        [("disputes_accepted", 50)],
    ),
    "a breakdown in brackets": (
        "化解矛盾纠纷50件（婚姻家庭30、邻里关系20）。",
        [("disputes_resolved", 50)],
    ),
    "parts before their total": (
        "公开政策文件10条、财政信息15条、动态25条，合计主动公开政府信息50条。",
        [("information_disclosed", 50)],
    ),
    "two levels without a total are two facts": (
        "成功调解村级矛盾纠纷30件，镇级5件。",
        [("disputes_resolved", 30), ("disputes_resolved", 5)],
    ),
    "all of them won": (
        "发生行政诉讼案件3件，均已审结并胜诉。",
        [("litigation_cases", 3), ("litigation_won", 3)],
    ),
    "a level that changed": ("持证执法人员由9名增加到14名。", [("certified_officers", 14)]),
    "increment beside the stock": (
        "今年新增人民调解员6名，目前在册人民调解员58名。",
        [("mediators", 58)],
    ),
    "run-on text": (
        "全年开展安全生产检查35次排查隐患76处整改74处未发生越级上访",
        [
            ("safety_campaigns", 35),
            ("hazards_found", 76),
            ("hazards_rectified", 74),
            ("skip_level_petitions", 0),
        ],
    ),
    "heading glued to its sentence": (
        "（二）加强普法宣传开展法治讲座6场发放宣传单900份",
        [("law_lectures", 6), ("leaflets", 900)],
    ),
    "missing measure words": (
        "受理矛盾纠纷38，调解成功37。",
        [("disputes_accepted", 38), ("disputes_resolved", 37)],
    ),
    "Traditional script": ("發放宣傳單3700餘份，張貼海報60張。", [("leaflets", 3700), ("posters", 60)]),
    "range": ("参训人员80至90人。", [("training_trainees", (Decimal(80), Decimal(90)))]),
    "verb behind the number": (
        "受理民间纠纷87宗，85宗调解成功。",
        [("disputes_accepted", 87), ("disputes_resolved", 85)],
    ),
    "a rate is bound to its own noun": (
        "办结率、回访率、满意率分别为99%、100%、95%。",
        [("request_closing_rate", 99), ("satisfaction_rate", 95)],
    ),
    "two kinds of things, one number": ("印制宣传海报、展板80余张，宣传单、宣传品2000余份。", []),
    "two kinds of things, a number each": (
        "印制宣传海报、展板各80张。",
        [("display_boards", 80), ("posters", 80)],
    ),
    "advice of two kinds": ("法律顾问全年提供法律咨询和法律意见36次。", []),
    "a marker glued in the middle": (
        "深化普法宣传1抓实重点对象普法，开展普法宣传12场次。3加强法治文化阵地建设4推进全民守法。",
        [("publicity_events", 12)],
    ),
    "bare counts in a row are no markers": (
        "全年受理法律援助案件6出具法律意见书14。",
        [("legal_aid_cases", 6), ("legal_opinions", 14)],
    ),
    "who did it is no topic": (
        "组织村法律顾问开展“法律进村”活动40场，以案释法，覆盖群众9000余人次。",
        [("village_outreach_events", 40), ("people_reached", 9000)],
    ),
    "one name of two speaks only for itself": (
        "面向老人和孩子开展“校园小法庭”“银龄普法专场”活动3场，覆盖400余人次。",
        [("publicity_events", 3), ("people_reached", 400)],
    ),
    "two bodies share what was studied": (
        "将民法典纳入党委理论学习中心组学习重点内容和党委会议学习重点内容，全年组织集中学习9次。",
        [("study_sessions", 9)],
    ),
    "a frequency and a lower bound are no parts": (
        "开展例会学法11次、党委会学法每月1次，组织干部职工集中学习《宪法》等法律法规10余次。",
        [("study_sessions", 11), ("study_sessions", 10)],
    ),
    "two acts, one number": ("累计发放普法资料、悬挂横幅等1.1万余份。", []),
    "the second of two acts has a number": ("发放普法资料、悬挂横幅36条。", [("banners", 36)]),
    "activities of several kinds": ("开展旁听庭审、专题研讨等活动5次。", []),
    "activities of one kind": ("开展日常巡查、专项检查等执法活动80次。", [("enforcement_inspections", 80)]),
    "a school among other places": (
        "深入社区、企业、学校开展普法宣传19场次，覆盖5000余人次。",
        [("publicity_events", 19), ("people_reached", 5000)],
    ),
    "study and discussion are one session": ("全年组织法治学习及研讨13次。", [("study_sessions", 13)]),
    "what came of it is not carried": (
        "组织执法人员参加执法资格考试8人次，通过7人。",
        [("exam_participants", 8)],
    ),
    "a word that lies across two others": ("化解疑难纠纷6起，涉及群众80余人。", [("disputes_resolved", 6)]),
    "kinds of mediation are a breakdown": (
        "受理矛盾纠纷64件，其中口头调解40件，书面调解24件。",
        [("disputes_accepted", 64)],
    ),
    "a list that another kind ends": ("组织开展普法讲座、入户走访等活动22场。", []),
    "how often it was seen": ("制作“方言普法”系列短视频12期，播放8000余次。", [("online_posts", 12)]),
    "kinds of one indicator that add up": (
        "化解重点纠纷9件，其中行政调解3件、司法调解2件、人民调解4件。",
        [("disputes_resolved", 9)],
    ),
    "what was done of what came in": (
        "受理矛盾纠纷20件，其中调解成功18件。",
        [("disputes_accepted", 20), ("disputes_resolved", 18)],
    ),
    "sessions of a people's congress are ordinals": ("落实县十七届人大三次会议、四次会议精神。", []),
    "those who do it are not reached": ("发动法律明白人参与普法宣传130人次。", []),
    "so many in each": ("为11个村（社区）各配备1名法律顾问。", []),
    "several bodies with the centre group": (
        "县委常委会、理论学习中心组、县政府常务会组织学习法律法规17次。",
        [("study_sessions", 17)],
    ),
    "a meeting about inspections is none": ("召开行政执法联席会议3次。", []),
    "nor where the number stands first": ("召开3次行政执法联席会议。", []),
    "work that is looked into": ("开展普法工作督查4次、行政执法督导2次。", []),
    "one more character is another noun": ("编排普法剧5场、法治宣传赛2场。", []),
    "rooms of a service are none of its cases": ("建成人民调解工作室9个。", []),
    "helpers of a service": ("招募12名法律援助志愿者。", []),
    "what is made of the work": ("评选6个法治宣传案例，培育2个普法品牌。", []),
    "a station and rooms in one number": (
        "建成公共法律服务工作站和村（社区）工作室19个。",
        [("service_stations", 19)],
    ),
    "firms of a kind": ("创建诚信守法企业7家。", []),
    "villages told to publish": ("指导18个社区发布惠民政策信息。", []),
    "an evening school for another public": ("开办青年夜校16期。", []),
    "one number for several kinds of study": ("组织班子学法、研讨、各类讲座15次。", []),
    "aid that people are told to ask for": ("引导群众申请法律援助24人次。", []),
    "money by a standard": (
        "按照人均不低于2元的标准落实普法经费4.6万元。",
        [("rule_of_law_spending", 46000)],
    ),
    "documents by what they bear": (
        "法制审核把关严格，审查以街道名义印发的文件64件。",
        [("legality_reviews", 64)],
    ),
    "one event at the end of its clause": (
        "举办法治讲座一场，组织业务培训一场。",
        [("law_lectures", 1), ("training_sessions", 1)],
    ),
    "an idiom counts nothing": ("广大干部大干一场，再立新功。", []),
    "few that are named for what they became": (
        "三个社区获评市级民主法治示范社区。",
        [("model_villages", 3)],
    ),
    "many, spelled out": ("为二十六个村（社区）配备法律顾问。", [("villages_with_adviser", 26)]),
    "a head unknown, and 共 before the number": ("组织旁听行政诉讼庭审共7次。", []),
    "shows of several kinds in all": (
        "开展法治文艺展演、法治电影放映等活动共11场。",
        [("publicity_events", 11)],
    ),
    "the body that did it, and 累计": (
        "村级调委会调解纠纷共47件、镇调委会累计19件。",
        [("disputes_mediated", 47), ("disputes_mediated", 19)],
    ),
    "spaces around a line's number and after a list mark": (
        "全年办理 8890 诉求 214 件，行政复议 3 件、 行政诉讼 2 件。",
        [("hotline_requests", 214), ("reconsideration_cases", 3), ("litigation_cases", 2)],
    ),
    "who came, and how often, before what it was": (
        "面向110名村组干部开设7期法治培训。",
        [("training_trainees", 110), ("training_sessions", 7)],
    ),
    "who did it, and how often": ("组织23名调解员开展5次法治宣传。", [("publicity_events", 5)]),
    "meetings of the group just named": (
        "调整法治建设领导小组，全年召开会议5次。",
        [("rule_of_law_meetings", 5)],
    ),
    "meetings of another group": ("调整防汛工作领导小组，全年召开会议5次。", []),
    "a quiz of another field": ("举办民族团结知识竞赛2场、统计培训3期。", []),
    "a quiz of law": ("举办反诈知识竞赛2场、法律知识竞赛1场。", [("law_exams", 2), ("law_exams", 1)]),
    "all villages": (
        "将法治建设纳入14个村、1个社区年度考核。",
        [("villages", 14), ("communities", 1)],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_read(name: str) -> None:
    text, expected = READ[name]
    assert results(text) == expected


WORDED = {
    "已实现村（居）法律顾问全覆盖。": ("village_adviser_coverage_rate", 100, "全覆盖", "%"),
    "各村均配备法律顾问。": ("village_adviser_coverage_rate", 100, "各村均配备法律顾问", "%"),
    "培育“法律明白人”，每村2人，实现村级全覆盖。": ("pathfinder_coverage_rate", 100, "全覆盖", "%"),
    "执法人员全部持证上岗。": ("officer_certified_rate", 100, "全部持证上岗", "%"),
    "全镇民主法治村达到全覆盖。": ("democratic_village_coverage_rate", 100, "全覆盖", "%"),
    "全年无重新犯罪。": ("reoffenders", 0, "无重新犯罪", None),
    "没有一人重新犯罪。": ("reoffenders", 0, "没有一人重新犯罪", None),
    "群体性事件零发生。": ("mass_incidents", 0, "群体性事件零发生", None),
    "未制定行政规范性文件。": ("normative_documents_issued", 0, "未制定行政规范性文件", None),
}


@pytest.mark.parametrize("text", WORDED)
def test_worded_facts(text: str) -> None:
    (fact,) = facts(text)
    assert (fact.indicator, fact.value, fact.span, fact.unit) == WORDED[text]


def test_a_shared_denial_states_each() -> None:
    found = facts("全年没有发生群体性事件和越级上访。")
    assert {f.indicator: f.span for f in found} == {
        "mass_incidents": "没有发生群体性事件和越级上访",
        "skip_level_petitions": "没有发生群体性事件和越级上访",
    }


@pytest.mark.parametrize(
    "text",
    [
        "力争实现村（居）法律顾问全覆盖。",
        "有效预防和减少重新犯罪。",
        "从源头上遏制了越级上访事件的发生。",
        "执法人员持证上岗制度不断完善。",
        "未申请行政复议的，依法强制执行。",
        "实现镇村干部学习全覆盖。",
    ],
)
def test_words_that_state_nothing(text: str) -> None:
    assert facts(text) == []


NOT_RESULTS = {
    "每年开展法治宣传活动不少于4场。": "required",
    "每季度召开1次法治专题会议。": "frequency",
    "平均每周推送2条普法信息。": "mean",
    "便民服务大厅日均接待群众90人次。": "mean",
    "下一步，将举办法治培训6场。": "planned",
    "计划明年新增持证人员3名。": "planned",
    "受理矛盾纠纷，较上年下降15.6%。": "change",
    "全县17个乡镇调解矛盾纠纷2364件。": "elsewhere",
    "去年受理矛盾纠纷109件。": "elsewhere",
    "2021年发放宣传资料300份。": "elsewhere",
}


@pytest.mark.parametrize("text", NOT_RESULTS)
def test_what_is_no_result_has_its_role(text: str) -> None:
    read, ledger = read_text(text, 2023)
    assert [f for f in read if f.status == "reported"] == []
    assert NOT_RESULTS[text] in {entry.role for entry in ledger}


def test_a_duty_is_a_fact_of_that_status_and_so_is_a_plan() -> None:
    (duty,) = read_text("干部年度学法时间不少于40小时。", 2023)[0]
    (plan,) = read_text("下一步，计划举办法治培训6场。", 2023)[0]
    assert (duty.indicator, duty.status, duty.low) == ("study_hours", "required", 40)
    assert (plan.indicator, plan.status) == ("training_sessions", "planned")


PERIODS = {
    "近三年解除社区矫正47人。": ("multi_year", 3, None),
    "自2021年以来发放宣传资料6000份。": ("multi_year", 3, None),
    "三年累计发放宣传资料6000份。": ("multi_year", 3, None),
    "半年来，排查矛盾纠纷14件。": ("part_year", None, "2023-06-30"),
    "上半年主动公开信息156条。": ("part_year", None, "2023-06-30"),
    "第三季度查处违法行为11起。": ("part_year", None, "2023-09-30"),
    "1—10月排查矛盾纠纷147件。": ("part_year", None, "2023-10-31"),
    "截至11月底，受理矛盾纠纷20件。": ("part_year", None, "2023-11-30"),
    "截至12月31日，受理矛盾纠纷20件。": ("year", None, None),
    "今年以来，受理矛盾纠纷20件。": ("year", None, None),
    "截至目前，受理矛盾纠纷20件。": ("year", None, None),
    "当天发放宣传资料200份。": ("event", None, None),
    "近三年，目前在册人民调解员58名。": ("year", None, None),
}


@pytest.mark.parametrize("text", PERIODS)
def test_periods(text: str) -> None:
    (fact,) = facts(text)
    assert (fact.period, fact.years, fact.as_of) == PERIODS[text]


def test_a_period_holds_until_another_is_named() -> None:
    found = facts("1—10月排查矛盾纠纷147件，化解140件，全年发放宣传资料900份。")
    assert [f.period for f in found] == ["part_year", "part_year", "year"]


def test_scope_and_stated_total_are_kept() -> None:
    first, second = facts("成功调解村级矛盾纠纷30件，镇级5件。")
    assert (first.scope, second.scope) == ("村级", "镇级")
    (total,) = facts("全年累计发放宣传资料900份。")
    assert total.stated_total
    assert not first.stated_total


@pytest.mark.parametrize(
    "text",
    [
        "全年共受理矛盾纠纷***件，调解成功**件，成功率达**%。",
        "全年开展普法宣传活动XX场，发放宣传资料XXXX余份，覆盖群众X人次。",
        "全年召开专题会议×次，发放宣传资料××份。",
        "20XX年，某某镇开展法治讲座x场。",
        "依据《实施方案（20212025年）》和镇委发202414号文件，自202411日起实行月调度。",
        "深入贯彻党的二十届三中全会精神，落实“八五”普法规划和“1+5+N”机制。",
    ],
)
def test_broken_and_masked_text_yields_no_fact(text: str) -> None:
    assert read_text(text, 2023)[0] == ()


def test_a_fact_names_its_rule_cues_clause_and_confidence() -> None:
    (fact,) = facts("全年受理各类矛盾纠纷118件，纠纷主要集中在邻里之间。")
    assert fact.rule == "disputes_accepted"
    assert fact.cues == ("各类矛盾纠纷", "受理")
    assert fact.clause == "全年受理各类矛盾纠纷118件"
    assert 0.5 < fact.confidence <= 1


def test_plans_are_told_by_their_section() -> None:
    text = "一、工作成效\n开展法治讲座6场。\n二、下一步工作打算\n开展法治讲座8场。\n"
    assert [(f.value, f.status) for f in read_text(text, 2023)[0]] == [(6, "reported"), (8, "planned")]


def test_the_whole_county_is_elsewhere_in_a_town_and_at_home_in_a_county() -> None:
    from transforms.normalize import normalize
    from transforms.quantify import numerals
    from transforms.segment import segment
    from transforms.tabulate.tabulate import tabulate

    text = normalize("全县化解矛盾纠纷2364件。")
    parts = (text, numerals(text.text), segment(text.text))
    (town,) = tabulate(*parts, year=2023)[0]
    (county,) = tabulate(*parts, year=2023, own_level=False)[0]
    assert (town.status, county.status) == ("elsewhere", "reported")


def test_figures_of_a_part_year_report_are_of_that_part() -> None:
    from transforms.normalize import normalize
    from transforms.quantify import numerals
    from transforms.segment import segment
    from transforms.tabulate.tabulate import tabulate

    text = normalize("受理矛盾纠纷20件，近三年发放宣传资料900份。")
    made, _ = tabulate(text, numerals(text.text), segment(text.text), year=2023, period_end="2023-06-30")
    assert [(f.period, f.as_of) for f in made] == [("part_year", "2023-06-30"), ("multi_year", None)]
