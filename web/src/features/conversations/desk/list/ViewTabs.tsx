import { useTranslation } from '@/i18n/react'
import type { View } from '../model/arrange'

export interface ViewTab {
  view: View
  count: number
  more?: boolean
  /** Something in it wants to be seen. */
  alive?: boolean
}

/** The lists of the desk by name, with how much stands in each. */
export function ViewTabs({ tabs, view, choose }: { tabs: readonly ViewTab[]; view: View; choose: (view: View) => void }) {
  const { t } = useTranslation('conversations')
  return (
    <div className="xd-tabs" role="group" aria-label={t('desk.views')}>
      {tabs.map((tab) => (
        <button
          key={tab.view}
          type="button"
          className="xd-tab"
          aria-pressed={tab.view === view}
          data-alive={Boolean(tab.alive)}
          onClick={() => choose(tab.view)}
        >
          <span className="xd-tab-name">{t(`desk.view.${tab.view}`)}</span>
          {tab.count > 0 ? (
            <span className="xd-tab-count x-figures">
              {tab.count}
              {tab.more ? '+' : ''}
            </span>
          ) : null}
        </button>
      ))}
    </div>
  )
}
