using ScaleFunctions.Core.Policies;
using ScaleFunctions.Scale.Benchmarks;

if (args is ["work", var sandbox, var store, var clock, var mode])
{
    await Worker.RunAsync(sandbox, store, clock, Enum.Parse<PolicyMode>(mode));
    return 0;
}

var tables = new Dictionary<string, Func<Arguments, Task>>
{
    ["growth"] = ScaleTables.GrowthAsync,
    ["tail"] = ScaleTables.TailAsync,
    ["workers"] = ScaleTables.WorkersAsync,
    ["lag"] = LagTable.PrintAsync,
    ["contention"] = ContentionTable.PrintAsync,
};
string[] chosen = args is ["scale", ..] ? [.. tables.Keys] : [.. args.Take(1)];
if (chosen is [] || !chosen.All(tables.ContainsKey))
{
    await Console.Error.WriteLineAsync($"error: there is no table '{args.FirstOrDefault()}'; expected scale for all of them, or {string.Join(", ", tables.Keys)}");
    return 1;
}

try
{
    var arguments = new Arguments([.. args.Skip(1)]);
    arguments.RequireKnown();
    foreach (var table in chosen)
    {
        await tables[table](arguments);
    }

    return 0;
}
catch (Exception exception) when (exception is FormatException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync($"error: {exception.Message}");
    return 1;
}
