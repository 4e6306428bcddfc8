"""What the first message would wait for is there before it."""

import subprocess
import sys

FIRST = """
from xiaoer.guard import book, rules, vocabulary
from xiaoer.guard.disguise import sounds, words
from xiaoer.guard.model import Context

rules.warm()
built = (book.shipped, sounds.rare, words.by_sound, words.by_initials, words.said)
made = [one.cache_info().misses for one in built]
patterns = set(vocabulary.shipped()._patterns)
for text in ("您好，请问有什么可以帮您？", "明天下午可以送到您家里", "微信支付可以的", "请您给个好评"):
    rules.review(text, Context(), book.shipped())
print(made, set(vocabulary.shipped()._patterns) - patterns)
"""


def test_everyday_first_messages_find_all_made():
    told = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[1, 1, 1, 1, 1] set()"
