/** A source file as the architecture rules see it: its text, its imports, what it exports by default, its reads of `process.env`. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** Relative to `src/`, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Every module named, type-only ones included; relative ones as a path below `src/`. */
  readonly imports: readonly string[];
  readonly packages: readonly string[];
  readonly hasDefaultExport: boolean;
  readonly readsEnvironment: boolean;
  /** Whether a statement is left when types are stripped. */
  readonly hasRuntimeCode: boolean;
  readonly onlyReExports: boolean;
}

function literal(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** `import()`, `require()`, `require.resolve()` and `import.meta.resolve()` name a module as much as `import` does. */
function calledModule(node: ts.CallExpression): string | undefined {
  const { expression } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require') ||
    (ts.isPropertyAccessExpression(expression) &&
      expression.name.text === 'resolve' &&
      ['require', 'import.meta'].includes(expression.expression.getText()));
  return loads ? literal(node.arguments[0]) : undefined;
}

function namedModule(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  return ts.isCallExpression(node) ? calledModule(node) : undefined;
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  if (!ts.canHaveModifiers(node)) return false;
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true;
}

function isEnvironmentRead(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    const name = ts.isPropertyAccessExpression(node) ? node.name.text : literal(node.argumentExpression);
    return name === 'env' && /^(globalThis\.)?process$/.test(node.expression.getText());
  }
  if (ts.isVariableDeclaration(node)) {
    return ts.isObjectBindingPattern(node.name) && node.initializer?.getText() === 'process';
  }
  return ts.isImportDeclaration(node) && /^(node:)?process$/.test(literal(node.moduleSpecifier) ?? '');
}

function isTypeOnly(statement: ts.Statement): boolean {
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true;
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  return (
    ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
  );
}

function everyNode(root: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

/** @param filePath relative to `src/` */
export function parseSource(filePath: string, text: string): SourceFile {
  const source = ts.createSourceFile(filePath, text, ts.ScriptTarget.Latest, true);
  const nodes = everyNode(source);
  const modules = nodes.map(namedModule).filter((name) => name !== undefined);
  const isRelative = (name: string): boolean => name.startsWith('.');
  return {
    path: filePath,
    text,
    imports: modules
      .filter(isRelative)
      .map((name) => path.posix.normalize(path.posix.join(path.posix.dirname(filePath), name))),
    packages: modules.filter((name) => !isRelative(name)),
    hasDefaultExport: nodes.some(isDefaultExport),
    readsEnvironment: nodes.some(isEnvironmentRead),
    hasRuntimeCode: !source.statements.every(isTypeOnly),
    onlyReExports: source.statements.length > 0 && source.statements.every(isReExport),
  };
}

function isReExport(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
}

/** Every script below a folder, sorted. */
export function readSources(root: string): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]s$/.test(name))
    .map((name) => name.split(path.sep).join('/'))
    .sort()
    .map((name) => parseSource(name, readFileSync(path.join(root, name), 'utf8')));
}
