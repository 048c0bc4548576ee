# ruff: noqa: E501
"""Strings that exercise every repair: written for these tests, in the manner of reports, scans and mirrors."""

from __future__ import annotations

from hypothesis import strategies as st

from transforms.normalize.dictionaries import characters, phrases

DAMAGE = (
    "關(guān)刀鎮(zhèn)", "處（chu）理", "調(diào,tiáo)解", "14場(chǎng)次", "系统(an)", "(一)", "（二）", "5 00 0 余人 次",
    "1 200 人", "46 250元", "１ ４ 次", "100 %", "98. 5%", "36批 58人", "2022 年", "近 20 人", "3 万 余份", "29 件",
    "\n", "\n\n", "\f", "\r\n", "\n— 3 —\n", "\n第 4 页 共 9 页\n", "\n12\n", "\n　　", "  ", "\t", "\u3000",
    "，", "。", "、", ",,", ",、", "，。", "；", "：", "。。。", "《", "》", "“", "”", " and ", " or ", "?,F(xiàn)將", ",F就",
    "\u200b", "\ufeff", "\u00ad", "\ue5e5", "\u00a0", "⼯作⾯", "\uf914", "２０２３", "％", "å…³äºŽ", "鍏充簬", "¹ØÓÚ",
    "乾县", "於潜镇", "乾縣", "於潛鎮", "濛阳街道", "显著", "乾隆", "一坏", "一壞", "签发人：沈乾 ", "簽發人：鍾於\n", "鎮長：張乾",
    "一、加强领导", "一是", "全镇共受理矛盾纠纷", "，全部调解成功", "召开会议", "村委会", "12345", "0", "7", "a", "F", "(", ")", "（",
)  # fmt: skip

# what stands at the edge of a repair, alone
EDGES = (
    *"0123456789０１２３，。、；：（）()《》“”%％‰.．-—/·页頁第共年月日号號件個个人次場场余餘多万萬十百千一二三条條嵗麫衹",
    "1", "2", "\t", "\t", " ", "\n", "\ue000", "\ufeff", "\u2028", "\x0b", "(guān)", "（zhen）", "(an)", "— 4 —", "\f3\f",
    "序号\t项目\t数量\n1\t", "調解（件）\t", "单位：件\n", "签发人：", "¹ØÓÚ", "鍏充簬", "锛", "銆", "銏", " 1 ", "98. 5 %",
)  # fmt: skip

_HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
_ANY = st.characters()
_KEYS = st.sampled_from(sorted(phrases()))
_CHARACTERS = st.sampled_from(sorted(characters()))

damaged_texts = st.lists(
    st.one_of(
        st.sampled_from(DAMAGE),
        st.sampled_from(DAMAGE),
        _HAN,
        _KEYS,
        _CHARACTERS,
        st.integers(0, 99999).map(str),
        _ANY,
    ),
    max_size=24,
).map("".join)
script_texts = st.lists(
    st.one_of(_KEYS, _CHARACTERS, _HAN, st.sampled_from("，。 \n县镇乾於")), max_size=12
).map("".join)
