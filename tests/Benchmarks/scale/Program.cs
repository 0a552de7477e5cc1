using ScaleFunctions.Core.Policies;
using ScaleFunctions.Scale.Benchmarks;

if (args is ["work", var sandbox, var store, var mode])
{
    await Worker.RunAsync(sandbox, store, Enum.Parse<PolicyMode>(mode));
    return 0;
}

var tables = new Dictionary<string, Func<Arguments, Task>>
{
    ["growth"] = ScaleTables.GrowthAsync,
    ["tail"] = ScaleTables.TailAsync,
    ["workers"] = ScaleTables.WorkersAsync,
    ["contention"] = ContentionTable.PrintAsync,
};
string[] chosen = args is ["scale", ..] or [] ? [.. tables.Keys] : [args[0]];
if (!chosen.All(tables.ContainsKey))
{
    await Console.Error.WriteLineAsync($"there is no table '{args[0]}'; expected scale for all of them, or {string.Join(", ", tables.Keys)}");
    return 1;
}

foreach (var table in chosen)
{
    await tables[table](new Arguments([.. args.Skip(1)]));
}

return 0;
