using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Four scale sets under a load that is not ours to choose.</summary>
internal sealed class StirredEstate
{
    private static readonly string[] Names = ["web", "api", "worker", "batch"];

    private readonly List<StirredLoad> _loads = [];

    /// <summary>A load that never rests until calm is asked for: every four minutes another one.</summary>
    public StirredEstate()
        : this(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(4))
    {
    }

    /// <summary>One that is another after each step.</summary>
    public StirredEstate(DateTimeOffset start, TimeSpan step)
    {
        Start = start;
        _loads.AddRange(Names.Select((_, index) => new StirredLoad(start, index, step)));
        Spec = new EstateSpec([.. Names.Zip(_loads, Service)]);
    }

    /// <summary>One load for all.</summary>
    public StirredEstate(DateTimeOffset start, ILoadSource load)
    {
        Start = start;
        Spec = new EstateSpec([.. Names.Select(name => Service(name, load))]);
    }

    public DateTimeOffset Start { get; }

    public EstateSpec Spec { get; }

    /// <summary>From then on the load stays as it is.</summary>
    public void CalmFrom(DateTimeOffset at) => _loads.ForEach(load => load.Calm = at);

    private static ScaleSetSpec Service(string name, ILoadSource load) => new()
    {
        Id = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, EstateSpec.DefaultResourceGroup, name),
        Load = load,
        InitialCapacity = 4,
        BootTime = TimeSpan.FromMinutes(1),
        Tags = new Dictionary<string, string> { ["app"] = "shop" },
    };
}
