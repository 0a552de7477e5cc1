using ScaleFunctions.Core.Policies;
using ScaleFunctions.Scale.Benchmarks;

if (args is ["work", var sandbox, var store, var mode])
{
    await Worker.RunAsync(sandbox, store, Enum.Parse<PolicyMode>(mode));
    return;
}

await Measurement.RunAsync(args);
