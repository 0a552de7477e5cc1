using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>A scale set of which instances keep their size until they are told to take the new one, and what may go wrong with it.</summary>
internal sealed class SizedResource(TimeProvider time, int instances) : ISizedKind
{
    private static readonly TimeSpan Boot = TimeSpan.FromMinutes(2);

    private readonly List<Part> _parts = [.. Enumerable.Range(0, instances).Select(id => new Part($"{id}", SomeSizes.Middle))];
    private int _version;

    public string Size { get; set; } = SomeSizes.Middle;

    public RollOutMode Mode { get; init; } = RollOutMode.ByHand;

    /// <summary>The size with which instances are not well.</summary>
    public string? Bad { get; set; }

    /// <summary>Whether it is of a kind of which Azure tells no health, as a plan.</summary>
    public bool TellsNoHealth { get; init; }

    /// <summary>What happens at each call, by its name; nothing: it works.</summary>
    public Func<string, Mishap> Fault { get; set; } = _ => Mishap.None;

    public List<string> Writes { get; } = [];

    /// <summary>The most instances that were down at once, of our doing.</summary>
    public int MostDown { get; private set; }

    public IReadOnlyList<string> Sizes => [.. _parts.Select(part => part.Size)];

    public int RunningCores => _parts.Where(IsRunning).Sum(part => SomeSizes.Offers[part.Size].Cores);

    public bool AllRun => _parts.TrueForAll(IsRunning);

    public enum Mishap
    {
        None,

        /// <summary>The process ends before the call.</summary>
        CrashBefore,

        /// <summary>The process ends after the call has done what it does.</summary>
        CrashAfter,

        /// <summary>It has done what it does, and no answer came.</summary>
        LostAnswer,

        /// <summary>It did nothing, and no answer came.</summary>
        LostCall,

        Refused,
        Unreadable,
    }

    public bool Serves(string resourceType) => string.Equals(resourceType, Some.ScaleSet, StringComparison.OrdinalIgnoreCase);

    public Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken) => Call<CapacityReading>(
        "read",
        () => new CapacityReading.Read(_parts.Count, Size, $"\"{_version}\"", IsUpdating: false, time.GetUtcNow()),
        () => new CapacityReading.Unreadable("503", time.GetUtcNow()));

    public Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken) => Call<SizeReading>(
        "read-size",
        () => new SizeReading.Read(
            Size, Mode,
            TellsNoHealth
                ? [new SizedInstance("all", Size, _parts.TrueForAll(part => part.Size == Size), InstanceHealth.Unknown, AllRun)]
                : [.. _parts.Select(part => new SizedInstance(part.Id, part.Size, part.Size == Size, HealthOf(part), IsRunning(part)))],
            new SizeNeeds())
        { IsJudgedByGuard = TellsNoHealth, ReplacesBeforehand = TellsNoHealth, StandsFor = TellsNoHealth ? _parts.Count : null },
        () => new SizeReading.Unreadable("503"));

    public Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken) => Write(write.Size is null ? "count" : "size", () =>
    {
        if (write.IfMatch != $"\"{_version}\"")
        {
            return false;
        }

        (Size, _version) = (write.Size ?? Size, _version + 1);
        if (write.Size is null)
        {
            Writes.Add($"count {write.Goal}");
            while (_parts.Count < write.Goal)
            {
                _parts.Add(new Part($"{_parts.Count}", Size) { UpAt = time.GetUtcNow() + Boot });
            }

            _parts.RemoveRange(write.Goal, _parts.Count - write.Goal);
            return true;
        }

        Writes.Add($"size {Size} {write.Goal}");
        foreach (var part in Mode == RollOutMode.ByHand ? [] : _parts)
        {
            Restart(part);
        }

        return true;
    });

    public Task<WriteResult> UpgradeAsync(InstanceUpgrade upgrade, CancellationToken cancellationToken) => Write("upgrade", () =>
    {
        Writes.Add($"upgrade {string.Join(',', upgrade.Instances)}");
        foreach (var part in _parts.Where(part => upgrade.Instances.Contains(part.Id) && part.Size != Size))
        {
            Restart(part);
        }

        return true;
    });

    public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) =>
        Call<OperationReading>("operation", () => new OperationReading.Succeeded(), () => new OperationReading.Unreadable("503"));

    public Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken) =>
        Task.FromResult<InstancesReading>(new InstancesReading.Read(_parts.Count(IsRunning), _parts.Count));

    private void Restart(Part part)
    {
        (part.Size, part.UpAt) = (Size, time.GetUtcNow() + Boot);
        MostDown = Math.Max(MostDown, _parts.Count(each => !IsRunning(each)));
    }

    private InstanceHealth HealthOf(Part part) =>
        IsRunning(part) && part.Size == Bad ? InstanceHealth.Unhealthy : InstanceHealth.Healthy;

    private bool IsRunning(Part part) => part.UpAt <= time.GetUtcNow();

    private Task<T> Call<T>(string name, Func<T> works, Func<T> fails)
    {
        var mishap = Fault(name);
        return mishap is Mishap.CrashBefore or Mishap.CrashAfter ? throw new CrashException() : Task.FromResult(mishap == Mishap.None ? works() : fails());
    }

    private Task<WriteResult> Write(string name, Func<bool> works)
    {
        var mishap = Fault(name);
        if (mishap == Mishap.CrashBefore)
        {
            throw new CrashException();
        }

        if (mishap is Mishap.Refused or Mishap.Unreadable)
        {
            return Task.FromResult<WriteResult>(new WriteResult.Rejected(FailureClass.Capacity, "AllocationFailed", "no room"));
        }

        var isFresh = mishap == Mishap.LostCall || works();
        return mishap switch
        {
            Mishap.CrashAfter => throw new CrashException(),
            Mishap.LostAnswer or Mishap.LostCall => Task.FromResult<WriteResult>(new WriteResult.Unknown("the connection was cut")),
            _ => Task.FromResult<WriteResult>(isFresh ? new WriteResult.Accepted(new Uri("https://management.azure.com/op")) : new WriteResult.Stale()),
        };
    }

    private sealed class Part(string id, string size)
    {
        public string Id => id;

        public string Size { get; set; } = size;

        public DateTimeOffset UpAt { get; set; } = DateTimeOffset.MinValue;
    }
}
