import { ts } from "ts-morph";

const testPath =
  /(^|\/)(__tests__|__mocks__|__fixtures__|tests?|spec|specs|fixtures|e2e|cypress)\/|[.-](test|spec|fixture|mock|cy|e2e)s?\.[cm]?[jt]sx?$/;

const frameworks =
  /^(?:vitest|jest|mocha|chai|ava|tap|tape|uvu|jasmine|qunit|cypress|node:test|bun:test|sinon|nock|supertest|(?:@jest|@vitest|@testing-library|@playwright|@tapjs|@std\/testing|uvu|vitest|tsd|expect-type)(?:\/.*)?|ts-jest|ts-mockito|jest-.*|chai-.*)$/;

const globalSuites = new Set(["describe", "test", "it", "suite", "beforeEach", "afterEach", "beforeAll", "afterAll"]);

/**
 * Does the file hold test code or fixtures? Judged by its path, relative to the project's root with `/`, by whether it
 * imports a test framework, and by whether it calls one that needs no import.
 */
export function isTestFile(file: ts.SourceFile, path: string): boolean {
  return testPath.test(path) || file.statements.some((each) => importsFramework(each) || callsFramework(each));
}

function importsFramework(statement: ts.Statement): boolean {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return false;
  return frameworks.test(statement.moduleSpecifier.text);
}

// `describe("…", () => …)`, `describe.each(…)(…)`
function callsFramework(statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return false;
  const called = calledName(statement.expression.expression);
  return called !== undefined && globalSuites.has(called);
}

function calledName(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return calledName(callee.expression);
  return undefined;
}
