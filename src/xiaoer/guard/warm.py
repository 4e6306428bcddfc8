"""What reviews are made with is built before the first message, which would wait for it otherwise."""

from typing import Final

from xiaoer.guard import book, rules
from xiaoer.guard.model import Context, Role

_SAID: Final = (
    "您好，请问有什么可以帮您？",
    "亲，今天下午发货，预计明天可以送到，给您发顺丰快递",
    "加我微信 abc123 转账给我，或者扫收款码付款，我的手机 1 3 8 - 0 0 1 3 - 8 0 0 0",
    "联系快递员 13800138000，邮箱 ab@example.com，官网 www.example.com",
    "全网最低价，销量第一，包治百病，稳赚不赔，比别家好",
    "五星好评返现5元，差评删一下，晒图有红包",
    "您的身份证号、银行卡号和验证码发我一下，密码也要",
    "拆封不退，最终解释权归本店所有",
    "你有病吧，滚，再投诉试试，买不起别买，你🐴的",
    "jia wo wei信，全(quan)网 最 低，荃网蕞低架，quan网zui低jia，亻言，徽信，龌龊谞",
    "收到评价了吗？工作日48小时内退款到账，支付宝微信都可以",
    "全w最d价，加v，今天上午就能到，麻烦给我们好评哦，不满意再联系，用微信支付的",
    "已经帮您催了，包裹3到5天送达，别着急哦",
)
"""Between them they come to every way of reading and to what agents speak of most."""
_ROLES: Final[tuple[Role, ...]] = ("agent", "buyer")


def warm() -> None:
    """Build lists, automata, tables and the patterns that are asked most, about half a second of work."""
    shipped = book.shipped()
    for text in _SAID:
        for role in _ROLES:
            rules.review(text, Context(role=role), shipped)
