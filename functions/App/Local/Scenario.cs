using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.App.Local;

/// <summary>A local run that shows one thing: an estate, what goes wrong in it, and policies, which are put beside the state to be read and changed.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Shows">What is to be seen, in a line.</param>
/// <param name="Estate">By the seed of its load.</param>
/// <param name="Faults">What goes wrong.</param>
internal sealed record Scenario(string Name, string Shows, Func<int, EstateSpec> Estate, IReadOnlyList<FaultRule> Faults)
{
    private const string Bad = "Standard_D2s_v5";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new(
            "rightsize", $"'web' steps down a size at night; 'api' does, too, is not well with {Bad} and gets its old size back", Oversized,
            [new FaultRule { Effect = new UnhealthySize(Bad), Target = "virtualMachineScaleSets/api" }]),
    ];

    public static Scenario? Named(string? name) => All.FirstOrDefault(scenario => scenario.Name == name);

    /// <summary>Writes its policies into a directory, unless they are there already.</summary>
    /// <returns>The directory.</returns>
    public string PutPolicies(string state)
    {
        var directory = Path.Combine(state, "policies");
        var file = Path.Combine(directory, $"{Name}.yml");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(directory);
            using var from = typeof(Scenario).Assembly.GetManifestResourceStream($"scenarios/{Name}.yml")
                ?? throw new InvalidOperationException($"the program has no policies of the scenario {Name}");
            using var to = File.Create(file);
            from.CopyTo(to);
        }

        return directory;
    }

    /// <summary>Loads of which the smaller size could carry twice as much, and both fleets at their minimum.</summary>
    private static EstateSpec Oversized(int seed)
    {
        var estate = EstateSpec.CreateDefault(seed);
        var (web, api) = (estate.ScaleSets[0], estate.ScaleSets[1]);
        return new EstateSpec(
        [
            web with { Sku = "Standard_D8s_v5", InitialCapacity = 6, Load = Quiet(seed) },
            api with { Sku = "Standard_D4s_v5", InitialCapacity = 6, Load = Quiet(seed + 1) },
        ]);
    }

    private static GeneratedLoad Quiet(int seed) => new(new GeneratedLoadShape { Mean = 0.7, DailyAmplitude = 0.4, BurstsPerDay = 0 }, seed);
}
