/** Types of the events on the wire, from docs/api/events.json. */
import openapiTS, { astToString } from 'openapi-typescript'

/**
 * `{"events": {"conversations.entry_added": {"schema": "EntryAdded", …}}, "schemas": {"EntryAdded": {JSON Schema}}}`
 * becomes one interface of bodies by name, and the list of names.
 */
export async function eventTypes({ events, schemas }) {
  const document = { openapi: '3.1.0', info: { title: 'events', version: '1' }, paths: {}, components: { schemas } }
  const written = astToString(await openapiTS(document, { defaultNonNullable: false }))
  const types = written.replaceAll(/^export type (?:paths|webhooks|operations|\$defs) = .*;\n/gm, '').trim()
  const names = Object.keys(events).toSorted()
  const bodies = names.map((name) => `  '${name}': components['schemas']['${events[name].schema}']`)
  return `${types}
export interface EventBodies {
${bodies.join('\n')}
}

export const EVENT_NAMES = [
${names.map((name) => `  '${name}',`).join('\n')}
] as const satisfies readonly (keyof EventBodies)[]
`
}
