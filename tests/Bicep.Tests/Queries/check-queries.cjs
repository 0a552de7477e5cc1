// Says what the language service of Kusto has against queries. Arguments: its folder, a file with the tables ({ "Table": "(Column: type, …)" }).
// Reads a JSON array of queries, writes as many arrays of messages.
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const [service, tables] = process.argv.slice(2);

// Bridge.NET makes classic scripts that share one global scope.
globalThis.window = globalThis;
for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) {
  vm.runInThisContext(fs.readFileSync(path.join(service, file), 'utf8'), { filename: file });
}

const { KustoCode, GlobalState, Symbols } = Kusto.Language;
const known = Object.entries(JSON.parse(fs.readFileSync(tables, 'utf8'))).map(([name, columns]) => new Symbols.TableSymbol.$ctor7(name, columns, null));
const list = new (System.Collections.Generic.List$1(Symbols.Symbol).ctor)();
known.forEach(table => list.add(table));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor3('workspace', null, list, false));

const queries = JSON.parse(fs.readFileSync(0, 'utf8'));
const messages = queries.map(query => {
  const found = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  return Array.from({ length: System.Array.getCount(found) }, (_, i) => System.Array.getItem(found, i))
    .map(each => `${each.Severity} at ${each.Start}: ${each.Message}`);
});
process.stdout.write(JSON.stringify(messages));
