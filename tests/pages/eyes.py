"""What somebody who cannot see well would stumble over on a page, found by axe-core."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  // What stands behind a dialog has a sight of its own.
  const shown = document.querySelector('[aria-modal=true]') ?? document
  // A violation is as grave as its rule: those that cannot give what is asked for are left out.
  const slight = axe._audit.rules.filter(({ impact }) => ['minor', 'moderate'].includes(impact))
  const rules = Object.fromEntries(slight.map(({ id }) => [id, { enabled: false }]))
  const { violations } = await axe.run(shown, { resultTypes: ['violations'], rules })
  return violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => ({
    id: one.id, help: one.help,
    nodes: one.nodes.map((node) => `${node.html.slice(0, 200)} ${node.any[0]?.message ?? ''}`),
  }))
}"""
SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll('main, .x-frame')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => `${one.className || one.tagName} is ${one.scrollWidth} wide`)"""

BROKEN = """() => [...document.querySelectorAll('nav a')].flatMap((link) => {
  const broken = []
  const texts = document.createTreeWalker(link, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    for (const { 0: word, index } of text.data.matchAll(/\\p{Script=Latin}{2,}/gu)) {
      const range = document.createRange()
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
      if (lines.size > 1) broken.push(`${word} is broken into ${lines.size} lines`)
    }
  return broken
})"""


def troubles(page: Page) -> list[str]:
    """What axe finds serious here, what must be scrolled sideways, and which words of the menu are broken."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(RUN)
    told = [f"{one['id']} ({one['help']}): {node}" for one in found for node in one["nodes"]]
    broken: list[str] = page.evaluate(BROKEN)
    return told + sideways(page) + broken


def sideways(page: Page) -> list[str]:
    """What hangs over the side."""
    return page.evaluate(SIDEWAYS)
