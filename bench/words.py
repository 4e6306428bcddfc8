"""What is said: ordinary sentences of buyers and agents that no guard holds back."""

from collections.abc import Sequence
from itertools import product
from typing import Final

BUYER: Final = (
    "请问这件外套有加厚的吗",
    "我昨天下的单什么时候能发货呀?",
    "尺码偏大还是偏小,我身高一米七二,体重六十五公斤",
    "收到了,颜色和图片上不太一样",
    "可以帮我改一下收货地址吗",
    "好的,谢谢",
    "退款申请已经提交了,麻烦看一下",
    "这个能开发票吗?抬头写公司",
    "包裹显示签收,可是我没有收到",
    "两件一起买有优惠吗",
)
AGENT: Final = (
    "您好,在的,请问有什么可以帮您",
    "这款有常规和加厚两种,详情页可以选择",
    "请您稍等,我帮您查询一下订单",
    "根据您的身高体重,一般选择 L 码会比较合适",
    "不同屏幕会有一点色差,请您以收到的实物为准",
    "地址已经为您修改,请您核对一下",
    "不客气,祝您生活愉快",
    "退款申请已经收到,审核通过后会原路退回",
    "可以的,请您提供公司抬头和税号",
    "我这边联系一下快递核实情况,有消息就告诉您",
)
_WHO: Final = ("您好", "亲", "请问", "麻烦", "不好意思", "客服你好", "在吗", "你们家")
_WHAT: Final = (
    "外套", "羽绒服", "连衣裙", "运动鞋", "保温杯", "充电器", "蓝牙耳机", "行李箱", "床上四件套", "电饭煲",
    "儿童书包", "茶叶礼盒", "车厘子", "三文鱼", "洗发水", "台灯", "键盘", "手机壳", "双肩包", "拖鞋",
)  # fmt: skip
_HOW: Final = (
    "颜色发错了", "少了一个配件", "包装破损", "尺码不合适", "还没有收到", "什么时候发货", "可以换货吗",
    "怎么申请退款", "支持七天无理由吗", "有现货吗", "能不能送到驿站", "发票怎么开", "保修多久",
    "使用说明在哪里",
    "想再买一件", "快递停在中转站", "优惠券用不了", "付款失败了",
)  # fmt: skip
_MORE: Final = (
    "",
    "谢谢",
    "比较着急",
    "订单尾号是一八零二",
    "麻烦尽快看一下",
    "辛苦了",
    "明天要用",
    "送人的",
)
SOUGHT: Final = (
    "车厘", "发票", "键盘", "换货", "三文鱼", "中转站", "优惠券", "蓝牙耳机", "包装破损", "茶叶礼盒",
    "床上四件套", "行李箱怎么", "无理由吗", "支持七天", "付款失败了", "充电器有现货",
)  # fmt: skip
"""What is looked for, of two to six characters."""


def history() -> Sequence[str]:
    """A few tens of thousands of different sentences, for the years behind us."""
    return [
        f"{who},{what}{how}" + (f",{more}" if more else "")
        for who, what, how, more in product(_WHO, _WHAT, _HOW, _MORE)
    ]
