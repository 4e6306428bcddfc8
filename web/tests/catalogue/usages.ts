/** Where pages use the catalogue: calls of `t`, `<Trans>`, and addresses such as `routing:nav.queues`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'

export interface Usage {
  domain: string
  /** Literal pieces of the key; more than one where something is filled in between. */
  pieces: readonly string[]
  /** Names given for the placeholders; null when they cannot be read from the text. */
  given: readonly string[] | null
  at: string
}

export interface Found {
  usages: Usage[]
  /** Calls of `t` whose domain cannot be told. */
  unclear: string[]
  /** All texts in quotes, for keys that travel through variables. */
  literals: Set<string>
}

export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourceFiles(path)
    return /\.tsx?$/.test(entry.name) && !/\.test\.|\.d\.ts$/.test(entry.name) ? [path] : []
  })
}

export function findUsages(files: readonly string[], root: string): Found {
  const found: Found = { usages: [], unclear: [], literals: new Set() }
  for (const path of files) readUsages(readFileSync(path, 'utf8'), relative(root, path), found)
  return found
}

export function readUsages(text: string, name: string, found: Found): Found {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && !ts.isImportDeclaration(node.parent)) onLiteral(node)
    if (ts.isTemplateExpression(node)) onTemplate(node)
    if (ts.isCallExpression(node) && isT(node.expression)) onCall(node)
    ts.forEachChild(node, visit)
  }
  const place = (node: ts.Node) => `${name}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`

  function onLiteral(node: ts.StringLiteralLike): void {
    found.literals.add(node.text)
    const address = /^([a-z][a-z_]*):([a-z][\w.]*)$/.exec(node.text)
    const asked = ts.isCallExpression(node.parent) && isT(node.parent.expression)
    if (!address?.[1] || !address[2] || asked) return
    found.usages.push({ domain: address[1], pieces: [address[2]], given: null, at: place(node) })
  }

  /** An address with its end filled in travels through a variable, too: `measures:kind.${word}`. */
  function onTemplate(node: ts.TemplateExpression): void {
    const address = /^([a-z][a-z_]*):([a-z][\w.]*\.)$/.exec(node.head.text)
    const asked = ts.isCallExpression(node.parent) && isT(node.parent.expression)
    if (!address?.[1] || !address[2] || asked) return
    const rest = node.templateSpans.map((span) => span.literal.text)
    found.usages.push({ domain: address[1], pieces: [address[2], ...rest], given: null, at: place(node) })
  }

  function onCall(call: ts.CallExpression): void {
    const [key, options] = call.arguments
    if (!key) return
    for (const pieces of keysOf(key)) {
      const [first = '', ...rest] = pieces
      const colon = first.indexOf(':')
      const domain = colon > 0 ? first.slice(0, colon) : domainOf(call.expression)
      if (domain === null) {
        found.unclear.push(place(call))
        continue
      }
      const whole = colon > 0 ? [first.slice(colon + 1), ...rest] : pieces
      found.usages.push({ domain, pieces: whole, given: namesOf(options), at: place(call) })
    }
  }

  visit(source)
  return found
}

/** `t(…)`, `i18n.t(…)`, `words.t(…)`; never somebody's `first(…)`. */
function isT(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 't'
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 't'
}

/** The keys an argument can stand for; nothing for a variable (its text is found elsewhere). */
function keysOf(node: ts.Expression): string[][] {
  if (ts.isStringLiteralLike(node)) return [[node.text]]
  if (ts.isTemplateExpression(node)) return [[node.head.text, ...node.templateSpans.map((span) => span.literal.text)]]
  if (ts.isConditionalExpression(node)) return [...keysOf(node.whenTrue), ...keysOf(node.whenFalse)]
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return keysOf(node.expression)
  return []
}

function namesOf(options: ts.Expression | undefined): string[] | null {
  if (!options) return []
  if (!ts.isObjectLiteralExpression(options)) return null
  const names: string[] = []
  for (const property of options.properties) {
    if (ts.isSpreadAssignment(property)) return null
    if (property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))) names.push(property.name.text)
  }
  return names
}

/** The domain of a `t`: from `const { t } = useTranslation('x')` or a parameter `t: TFunction<'x'>` around it. */
function domainOf(callee: ts.Expression): string | null {
  if (!ts.isIdentifier(callee)) return null
  for (let scope: ts.Node = callee; scope; scope = scope.parent) {
    const domain = declaredIn(scope, callee.text)
    if (domain !== null) return domain
  }
  return null
}

function declaredIn(scope: ts.Node, name: string): string | null {
  if (ts.isFunctionLike(scope)) {
    for (const parameter of scope.parameters) {
      if (ts.isIdentifier(parameter.name) && parameter.name.text === name) return domainOfType(parameter.type)
    }
  }
  if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) return null
  for (const statement of scope.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const declaration of statement.declarationList.declarations) {
      if (binds(declaration.name, name)) return domainOfHook(declaration.initializer)
    }
  }
  return null
}

function binds(pattern: ts.BindingName, name: string): boolean {
  if (!ts.isObjectBindingPattern(pattern)) return false
  return pattern.elements.some((element) => ts.isIdentifier(element.name) && element.name.text === name)
}

function domainOfHook(call: ts.Expression | undefined): string | null {
  if (!call || !ts.isCallExpression(call)) return null
  const [argument] = call.arguments
  if (!argument) return 'ui'
  if (ts.isStringLiteralLike(argument)) return argument.text
  const first = ts.isArrayLiteralExpression(argument) ? argument.elements[0] : undefined
  return first && ts.isStringLiteralLike(first) ? first.text : null
}

function domainOfType(type: ts.TypeNode | undefined): string | null {
  const argument = type && ts.isTypeReferenceNode(type) ? type.typeArguments?.[0] : undefined
  return argument && ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal) ? argument.literal.text : null
}
