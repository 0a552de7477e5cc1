using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>A simulated Azure that outlives the verbs that work on it, and policies that act within one tick.</summary>
internal sealed class ApplyWorld : IAsyncDisposable
{
    private readonly Workplace _place = new();

    private ApplyWorld(SandboxServer sandbox) => Sandbox = sandbox;

    public SandboxServer Sandbox { get; }

    public Workplace Place => _place;

    public string Address => $"{Sandbox.Port}/{Sandbox.Thumbprint}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="sets">Scale sets: their names, how many instances they have, and how many their load needs.</param>
    public static Task<ApplyWorld> StartAsync(params (string Name, int Count, double Needs)[] sets) => StartAsync([], sets);

    public static async Task<ApplyWorld> StartAsync(IReadOnlyList<FaultRule> faults, params (string Name, int Count, double Needs)[] sets)
    {
        var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Start = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero),
                Estate = new EstateSpec([.. sets.Select(set => new ScaleSetSpec
                {
                    Id = IdOf(set.Name),
                    InitialCapacity = set.Count,
                    Load = new ConstantLoad(set.Needs),
                    Tags = new Dictionary<string, string> { ["app"] = "shop" },
                })]),
                Behavior = new EstateOptions { History = TimeSpan.FromHours(1) },
                Faults = faults,
            },
            Cancellation);
        var world = new ApplyWorld(sandbox);
        await SamplePolicies.WriteToAsync(world.Place.File("mine"));
        return world;
    }

    public static TargetId IdOf(string name) => ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", name);

    /// <summary>Runs the verb on this sandbox.</summary>
    public Task<Finished> RunAsync(string arguments) => _place.RunAsync($"{arguments} --sandbox {Address} --policies mine");

    public ValueTask PassAsync(TimeSpan time) => Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow() + time, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await _place.DisposeAsync();
    }
}
